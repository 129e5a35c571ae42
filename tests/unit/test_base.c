/* Dates, text, columns, faults and the arena. */
#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/text.h"
#include "support/runner.h"

static struct ctx c;

static void begin(void)
{
    ctx_init(&c);
}

static void end(void)
{
    ctx_close(&c);
}

START_TEST(a_month_means_its_last_day)
{
    struct date date;

    ck_assert(date_parse("2028-02", &date));
    ck_assert_str_eq(date_text(&c.arena, date), "2028-02-29");
    ck_assert(date_parse("2027-02", &date));
    ck_assert_str_eq(date_text(&c.arena, date), "2027-02-28");
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
    static const char *const bad[] = { "2027-02-30", "2027-13-01",  "2027-00-10", "2027-1-1",
                                       "27-01-01",   "2027-01-01 ", "2027-02-29", "",
                                       "2027",       "9999-01-01",  "2027-04-31" };
    struct date date;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!date_parse(bad[i], &date), "%s", bad[i]);
}
END_TEST

START_TEST(every_day_of_four_centuries_survives_the_round_trip)
{
    for (struct date day = date_from(1800, 1, 1); day.days <= date_from(2199, 12, 31).days; day.days++) {
        int y, m, d;

        date_parts(day, &y, &m, &d);
        ck_assert_int_eq(date_from(y, m, d).days, day.days);
    }
}
END_TEST

START_TEST(age_counts_birthdays)
{
    struct date birth = date_from(1984, 11, 22);

    ck_assert_int_eq(date_years_between(birth, date_from(2026, 11, 21)), 41);
    ck_assert_int_eq(date_years_between(birth, date_from(2026, 11, 22)), 42);
}
END_TEST

START_TEST(instants_read_back)
{
    struct instant instant;

    ck_assert(instant_parse("2026-11-21 23:05:09.123456+00", &instant));
    ck_assert_str_eq(instant_text(&c.arena, instant), "2026-11-21T23:05:09Z");
    ck_assert_int_eq(instant.us % 1000000, 123456);
    ck_assert(!instant_parse("2026-11-21 23:05:09-06", &instant));
}
END_TEST

START_TEST(utf8_is_checked_strictly)
{
    ck_assert(utf8_valid("当归 ā", strlen("当归 ā")));
    ck_assert(!utf8_valid("\xc0\xaf", 2));
    ck_assert(!utf8_valid("\xed\xa0\x80", 3));
    ck_assert(!utf8_valid("\xf4\x90\x80\x80", 4));
    ck_assert(!utf8_valid("\xe5\xbd", 2));
    ck_assert(!utf8_valid("a\0b", 3));
    ck_assert_uint_eq(utf8_length("当归 ā"), 4);
}
END_TEST

START_TEST(what_is_printed_is_whole_however_little_room_there_was)
{
    static const int64_t numbers[] = { 0, 7, -1, 9223372036854775807, -9223372036854775807 - 1 };

    for (int start = 0; start < 200; start++) {
        struct text text;

        text_init(&text, &c.arena);
        for (int i = 0; i < start; i++)
            text_add_char(&text, 'x');
        text_addf(&text, "%s-%d", "abcdefghijklmnopqrstuvwxyz", 42);
        ck_assert_uint_eq(text.size, (size_t)start + 29);
        ck_assert_str_eq(text.data + start, "abcdefghijklmnopqrstuvwxyz-42");
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct text written, printed;

        text_init(&written, &c.arena);
        text_init(&printed, &c.arena);
        text_add_i64(&written, numbers[i]);
        text_addf(&printed, "%lld", (long long)numbers[i]);
        ck_assert_str_eq(written.data, printed.data);
    }
}
END_TEST

START_TEST(text_splits_and_trims)
{
    size_t n;
    char **part = text_split(&c.arena, " a ; b c;; ;d", ';', &n);

    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(part[1], "b c");
    ck_assert_str_eq(text_trim(&c.arena, "  x y\t\n"), "x y");
}
END_TEST

struct sample {
    const char *name;
    struct weight dose_mg;
    bool seen;
    struct ratio ratio;
    struct date expiry;
};

static const struct column sample_columns[] = {
    COLUMN(struct sample, name),  COLUMN(struct sample, dose_mg), COLUMN(struct sample, seen),
    COLUMN(struct sample, ratio), COLUMN(struct sample, expiry),  COLUMNS_END,
};

START_TEST(cells_become_fields_or_a_named_fault)
{
    struct sample row = { 0 };

    ck_assert_int_eq(column_read(&c, &sample_columns[0], NULL, &row), ST_OK);
    ck_assert_int_eq(column_read(&c, &sample_columns[1], "9000", &row), ST_OK);
    ck_assert_int_eq(column_read(&c, &sample_columns[2], "yes", &row), ST_OK);
    ck_assert_int_eq(column_read(&c, &sample_columns[3], "1.5", &row), ST_OK);
    ck_assert_int_eq(column_read(&c, &sample_columns[4], NULL, &row), ST_OK);
    ck_assert_str_eq(row.name, "");
    ck_assert(row.dose_mg.mg == 9000 && row.seen && row.ratio.num == 3 && date_is_none(row.expiry));
    ck_assert_int_eq(column_read(&c, &sample_columns[1], "9.5", &row), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "dose_mg");
    ck_assert_str_eq(c.fault.items[0].value, "9.5");
}
END_TEST

START_TEST(an_absent_cell_leaves_nothing_of_what_the_field_held)
{
    struct sample row = { .name = "x", .dose_mg = { 7 }, .seen = true, .ratio = { 1, 2 }, .expiry = { 3 } };

    for (const struct column *column = sample_columns; column->name != NULL; column++)
        ck_assert_int_eq(column_read(&c, column, NULL, &row), ST_OK);
    ck_assert_str_eq(row.name, "");
    ck_assert(row.dose_mg.mg == 0 && !row.seen && row.ratio.num == 0 && date_is_none(row.expiry));
}
END_TEST

static void count(void *number)
{
    ++*(int *)number;
}

START_TEST(an_arena_runs_what_was_deferred_and_gives_zeroed_memory_again)
{
    int closed = 0;
    char *bytes;

    memset(arena_alloc(&c.arena, 100), 7, 100);
    arena_defer(&c.arena, count, &closed);
    (void)arena_alloc(&c.arena, 5000000);
    ctx_reset(&c);
    ck_assert_int_eq(closed, 1);
    bytes = arena_alloc(&c.arena, 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(bytes[i], 0);
}
END_TEST

START_TEST(the_first_status_noted_stands)
{
    ctx_note(&c, ST_SHORT, "dan_shen", "70 g", "is short");
    ck_assert_int_eq(ctx_fail(&c, ST_INVALID, "x", NULL, "is odd"), ST_SHORT);
    ck_assert_uint_eq(c.fault.count, 2);
    ctx_forgive(&c);
    ck_assert_int_eq(ctx_fault_or_ok(&c), ST_OK);
}
END_TEST

SUITE(base)
{
    return suite_of(
        "base", 4, NULL, begin, end,
        TESTS(a_month_means_its_last_day, days_that_do_not_exist_are_refused,
              every_day_of_four_centuries_survives_the_round_trip, age_counts_birthdays, instants_read_back,
              utf8_is_checked_strictly, text_splits_and_trims,
              what_is_printed_is_whole_however_little_room_there_was, cells_become_fields_or_a_named_fault,
              an_absent_cell_leaves_nothing_of_what_the_field_held,
              an_arena_runs_what_was_deferred_and_gives_zeroed_memory_again, the_first_status_noted_stands));
}
