/* Weights and lines as people type them, and what bad input gets: the part that can be checked is, the rest is listed. */
#include <stdlib.h>
#include <string.h>

#include "clinic/typed.h"
#include "support/book.h"
#include "support/runner.h"

static struct understood understand(const char *line, enum liang liang)
{
    struct understood out = { .liang = liang };

    typed_item_add(&c.arena, k, line, REF_ITEMS, &out);
    typed_end(&c.arena, k, &out);
    return out;
}

/* "dang_gui 10000; huang_qi 15000", with "+gaps" behind when something was not checked. */
static const char *read_as(const char *line, enum liang liang)
{
    struct understood out = understand(line, liang);
    struct text text;

    text_init(&text, &c.arena);
    text_add(&text, "");
    for (size_t i = 0; i < out.item_count; i++)
        text_addf(&text, "%s%s %lld", i == 0 ? "" : "; ", ref_id(k, out.items[i].ref),
                  (long long)out.items[i].daily.mg);
    if (out.gap_count > 0)
        text_addf(&text, " +%zu", out.gap_count);
    return text.data;
}

START_TEST(weights_exactly)
{
    static const char *const lines[][2] = {
        { "dang gui 10g", "dang_gui 10000" },
        { "dang gui 1.5 g", "dang_gui 1500" },
        { "dang gui 1,5 g", "dang_gui 1500" },
        { "dang gui 250mg", "dang_gui 250" },
        { "当归12克", "dang_gui 12000" },
        { "当归十二克", "dang_gui 12000" },
        { "当归一百二十克", "dang_gui 120000" },
        { "dang gui 二钱", "dang_gui 6000" },
        { "当归三两", "dang_gui 90000" },
        { "当归一两半", "dang_gui 45000" },
        { "当归半两", "dang_gui 15000" },
        { "当归尾五分", "dang_gui_wei 1500" },
        { "三七三钱", "san_qi 9000" }, /* the three of the name is no number */
        { "当归１０克", "dang_gui 10000" },
        { "dang gui 1/2 oz", "dang_gui 14175" }, /* 14174.7615625 */
        { "dang gui ½ oz", "dang_gui 14175" },
        { "dang gui 1½ oz", "dang_gui 42524" },
        { "dang gui 1/4 lb", "dang_gui 113398" },
        { "dang gui 10 g x2", "dang_gui 20000" },
        { "dang gui 10 g × 2", "dang_gui 20000" },
        { "2 x 300 mg dang gui", "dang_gui 600" },
        { "dang gui 5 g tid", "dang_gui 15000" },
        { "dang gui 5 g 每日三次", "dang_gui 15000" },
        { "dang gui 5 g 3 times a day", "dang_gui 15000" },
        { "dang gui 10 g x 7 days", "dang_gui 10000" },
        { "当归10克×7剂", "dang_gui 10000" },
        { "dang gui 9", "dang_gui 9000" },
        { "当归、黄芪各10克", "dang_gui 10000; huang_qi 10000" },
        { "当归 黄芪各10克，甘草6克", "dang_gui 10000; huang_qi 10000; gan_cao 6000" },
        { "dang gui, huang qi 10 g each, gan cao 6 g", "dang_gui 10000; huang_qi 10000; gan_cao 6000" },
        { "dang gui 10g + huang qi 3 qian + 甘草 1/4 oz", "dang_gui 10000; huang_qi 9000; gan_cao 7087" },
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strcmp(read_as(lines[i][0], LIANG_NOT_CHOSEN), lines[i][1]) == 0, "%s: %s", lines[i][0],
                      read_as(lines[i][0], LIANG_NOT_CHOSEN));
}
END_TEST

START_TEST(a_range_is_its_upper_end_and_says_so)
{
    static const char *const lines[] = { "dang gui 3-6 g", "dang gui 3 - 6g", "dang gui 3 g to 6 g",
                                         "当归 ３～６克",  "当归一至二钱",    "dang gui 6-3 g",
                                         "dang gui 3-6" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = understand(lines[i], LIANG_NOT_CHOSEN);

        ck_assert_uint_eq(out.item_count, 1);
        ck_assert_int_eq(out.items[0].daily.mg, 6000);
        ck_assert_msg(out.items[0].remark != NULL &&
                          strstr(out.items[0].remark, "a range from 3 g to 6 g") != NULL,
                      "%s: %s", lines[i], out.items[0].remark == NULL ? "no remark" : out.items[0].remark);
    }
}
END_TEST

START_TEST(a_liang_is_what_the_case_says)
{
    static const struct {
        const char *line;
        enum liang liang;
        int64_t mg;
        const char *remark;
    } lines[] = {
        { "dang gui 1 liang", LIANG_NOT_CHOSEN, 30000, "as textbooks convert" },
        { "dang gui 1 liang", LIANG_PRC, 50000, "prc" },
        { "dang gui 1 liang", LIANG_TAIWAN, 37500, "taiwan" },
        { "dang gui 1 liang", LIANG_HONG_KONG, 37799, "hong_kong" }, /* 37799.36375 */
        { "当归三錢", LIANG_TAIWAN, 11250, "taiwan" },
        { "当归三錢", LIANG_HONG_KONG, 11340, "rounded to the milligram" }, /* 11339.809125 */
        { "dang gui 1 liang hk", LIANG_PRC, 37799, "hong_kong" }, /* the line's own word goes first */
        { "dang gui 1 jin", LIANG_PRC, 500000, "prc" },
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = understand(lines[i].line, lines[i].liang);

        ck_assert_msg(out.item_count == 1 && out.items[0].daily.mg == lines[i].mg, "%s: %lld", lines[i].line,
                      out.item_count == 0 ? -1LL : (long long)out.items[0].daily.mg);
        ck_assert_msg(out.items[0].remark != NULL && strstr(out.items[0].remark, lines[i].remark) != NULL,
                      "%s", lines[i].line);
    }
}
END_TEST

/* The herb is screened, its weight is not used, and that is said. */
START_TEST(a_weight_that_cannot_be_is_listed)
{
    static const char *const lines[] = {
        "dang gui -5 g",          "dang gui 0 g",
        "dang gui 0.0005 g",      "dang gui 1,500 mg",
        "dang gui 1/0 g",         "dang gui 99999999999999999999 g",
        "dang gui 999999999 kg",  "dang gui 10 ml",
        "dang gui 5 mcg",         "dang gui 20 g per week",
        "dang gui 2 jin",         "dang gui 1000000 g x 24",
        "dang gui 1.23456789 oz", "dang gui 99999999/999999999 oz",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strcmp(read_as(lines[i], LIANG_NOT_CHOSEN), "dang_gui 0 +1") == 0, "%s: %s", lines[i],
                      read_as(lines[i], LIANG_NOT_CHOSEN));
}
END_TEST

START_TEST(doses_that_contradict_each_other_are_listed)
{
    struct understood out = { 0 };

    ck_assert_str_eq(read_as("dang gui 10 g 12 g", LIANG_NOT_CHOSEN), "dang_gui 12000 +1");
    ck_assert_str_eq(read_as("dang gui 12 g (10 g)", LIANG_NOT_CHOSEN), "dang_gui 12000 +1");
    ck_assert_str_eq(read_as("dang gui 9 g (3 qian)", LIANG_NOT_CHOSEN),
                     "dang_gui 9000"); /* the same twice */
    ck_assert_str_eq(read_as("dang gui 10 g, dang gui 12 g", LIANG_NOT_CHOSEN),
                     "dang_gui 10000; dang_gui 12000 +1");
    typed_item_add(&c.arena, k, "当归 10克", REF_ITEMS, &out);
    typed_item_add(&c.arena, k, "Dong Quai 4 qian", REF_ITEMS, &out);
    typed_item_add(&c.arena, k, "huang qi 10 g", REF_ITEMS, &out);
    typed_end(&c.arena, k, &out);
    ck_assert_uint_eq(out.gap_count, 1);
    ck_assert_str_eq(out.gaps[0].typed, "当归 10克 / Dong Quai 4 qian");
}
END_TEST

/* Nothing that was typed is without a trace. */
START_TEST(nothing_typed_is_lost)
{
    static const char *const lines[] = { "",
                                         " ",
                                         ",",
                                         ";;;",
                                         "()",
                                         "((((",
                                         "\xF0\x9F\x92\x8A",
                                         "\xE2\x80\xAE",
                                         "1",
                                         "1.",
                                         "- ",
                                         "g",
                                         "10 g",
                                         "各10克",
                                         "x x x",
                                         "each",
                                         "半",
                                         "\xEF\xBB\xBF",
                                         "1/2",
                                         "、、",
                                         "minus",
                                         "in" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = understand(lines[i], LIANG_NOT_CHOSEN);

        ck_assert_msg(out.item_count + out.drug_count + out.condition_count + out.gap_count > 0, "'%s'",
                      lines[i]);
    }
}
END_TEST

START_TEST(marks_that_show_nothing_do_not_hide_a_name)
{
    ck_assert_str_eq(read_as("\xE2\x80\xAE"
                             "dang gui"
                             "\xE2\x80\xAC 10 g",
                             LIANG_NOT_CHOSEN),
                     "dang_gui 10000");
    ck_assert_str_eq(read_as("dang\xE2\x80\x8B gui 10 g", LIANG_NOT_CHOSEN), "dang_gui 10000");
    ck_assert_str_eq(read_as("\xF0\x9F\x8C\xBF dang gui 10 g", LIANG_NOT_CHOSEN), "dang_gui 10000");
    ck_assert_str_eq(read_as("\xEF\xBB\xBF"
                             "当归\xC2\xA0"
                             "10克",
                             LIANG_NOT_CHOSEN),
                     "dang_gui 10000");
}
END_TEST

START_TEST(five_hundred_herbs_are_five_hundred_items)
{
    struct understood out;
    struct text line;

    text_init(&line, &c.arena);
    for (size_t i = 0; i < 500; i++)
        text_addf(&line, "%s%s 3 g", i == 0 ? "" : ", ", k->herbs[i % 400].id);
    out = understand(line.data, LIANG_NOT_CHOSEN);
    ck_assert_uint_ge(out.item_count + out.gap_count, 500);
    ck_assert_uint_ge(out.item_count, 480);
}
END_TEST

/* A name longer than any on file, once as one word and once as many. */
START_TEST(an_endless_name_is_listed)
{
    char *text = arena_alloc(&c.arena, 100001);

    memset(text, 'a', 100000);
    ck_assert_str_eq(read_as(text, LIANG_NOT_CHOSEN), " +1");
    for (size_t i = 0; i < 100000; i += 3)
        text[i] = ' ';
    ck_assert_str_eq(read_as(text, LIANG_NOT_CHOSEN), " +1");
}
END_TEST

/* What a list says of an endless name is cut between two characters, never within one. */
START_TEST(an_endless_name_is_cut_between_characters)
{
    for (size_t lead = 0; lead < 4; lead++) {
        struct understood out;
        struct text line;

        text_init(&line, &c.arena);
        for (size_t i = 0; i < lead; i++)
            text_add_char(&line, 'a');
        for (size_t i = 0; i < 200; i++)
            text_add(&line, "煎");
        out = understand(line.data, LIANG_NOT_CHOSEN);
        typed_drug_add(&c.arena, k, line.data, NULL, &out);
        typed_condition_add(&c.arena, k, line.data, &out);
        ck_assert_uint_eq(out.gap_count, 3);
        for (size_t i = 0; i < out.gap_count; i++)
            ck_assert(utf8_valid(out.gaps[i].typed, strlen(out.gaps[i].typed)));
    }
}
END_TEST

SUITE(typed)
{
    return suite_of("typed", 60, NULL, book_setup, book_teardown,
                    TESTS(weights_exactly, a_range_is_its_upper_end_and_says_so,
                          a_liang_is_what_the_case_says, a_weight_that_cannot_be_is_listed,
                          doses_that_contradict_each_other_are_listed, nothing_typed_is_lost,
                          marks_that_show_nothing_do_not_hide_a_name,
                          five_hundred_herbs_are_five_hundred_items, an_endless_name_is_listed,
                          an_endless_name_is_cut_between_characters));
}
