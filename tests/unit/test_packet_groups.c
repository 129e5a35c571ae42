/* Little packets for what is handled apart: which herbs share one, and that no milligram is lost between them. */
#include "clinic/packet_groups.h"

#include <stdlib.h>

#include "base/ctx.h"
#include "support/runner.h"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct packet_group *grouped(const struct packet_line *lines, size_t count, int packets, size_t *n)
{
    struct packet_group *groups;

    ck_assert_int_eq(packet_groups(&c, lines, count, packets, &groups, n), ST_OK);
    return groups;
}

START_TEST(what_is_handled_apart_lies_apart)
{
    const struct packet_line lines[] = {
        { "", { 70000 } },
        { "add_late", { 42001 } },
        { "crush", { 21000 } },
        { "decoct_first;crush", { 105000 } },
        { "wrap", { 35000 } },
        { "decoct_first", { 104999 } },
        { "wrap;decoct_first", { 7000 } },
    };
    size_t n;
    const struct packet_group *groups = grouped(lines, 7, 7, &n);

    ck_assert_uint_eq(n, 5);
    ck_assert_str_eq(groups[0].handling, "");
    ck_assert_uint_eq(groups[0].count, 2); /* crushing sets nothing apart */
    ck_assert_str_eq(groups[1].handling, "decoct_first;wrap");
    ck_assert_str_eq(groups[2].handling, "decoct_first");
    ck_assert_uint_eq(groups[2].lines[1], 5);
    ck_assert_int_eq(groups[2].total.mg, 209999);
    ck_assert_int_eq(groups[2].packing.heaviest.mg, 30000);
    ck_assert_int_eq(groups[2].packing.lightest.mg, 29999);
    ck_assert_int_eq(groups[2].packing.heavy, 6);
    ck_assert_str_eq(groups[3].handling, "wrap");
    ck_assert_str_eq(groups[4].handling, "add_late");
    ck_assert_int_eq(groups[4].packing.packets, 7);
}
END_TEST

START_TEST(without_a_rest_there_is_no_main_packet)
{
    const struct packet_line line = { "melt", { 3000 } };
    size_t n;
    const struct packet_group *groups = grouped(&line, 1, 3, &n);

    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(groups[0].handling, "melt");
    (void)grouped(&line, 0, 3, &n);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(packet_groups(&c, &line, 1, 0, (struct packet_group **)&groups, &n), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "packets");
    ctx_forgive(&c);
}
END_TEST

/* Whatever the herbs, each is in one group, and every group's packets come to its herbs. */
START_TEST(no_milligram_is_lost_between_the_groups)
{
    static const char *const codes[] = {
        "", "crush", "decoct_first", "wrap", "add_late;crush", "melt", "take_drenched", "decoct_first;wrap"
    };
    unsigned seed = 20260101;

    for (int round = 0; round < 2000; round++) {
        struct packet_line lines[40];
        const size_t count = 1 + (seed = seed * 1103515245 + 12345, seed >> 16) % 40;
        const int packets = 1 + (int)((seed >> 8) % 60);
        int64_t wanted = 0, got = 0;
        size_t n, members = 0;
        struct packet_group *groups;

        for (size_t i = 0; i < count; i++) {
            seed = seed * 1103515245 + 12345;
            lines[i] = (struct packet_line){ codes[(seed >> 16) % 8], { 1 + (seed >> 8) % 500000 } };
            wanted += lines[i].total.mg;
        }
        groups = grouped(lines, count, packets, &n);
        for (size_t g = 0; g < n; g++) {
            members += groups[g].count;
            got += groups[g].packing.lightest.mg * packets;
            if (groups[g].packing.heaviest.mg > groups[g].packing.lightest.mg)
                got += groups[g].packing.heavy;
        }
        ck_assert_uint_eq(members, count);
        ck_assert_int_eq(got, wanted);
        arena_reset(&c.arena);
    }
}
END_TEST

SUITE(packet_groups)
{
    return suite_of("packet_groups", 60, NULL, setup, teardown,
                    TESTS(what_is_handled_apart_lies_apart, without_a_rest_there_is_no_main_packet,
                          no_milligram_is_lost_between_the_groups));
}
