/* The paper of a count, read back: every line is on it, its code is what a scanner enters, and a blind one tells nothing. */
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "db/db.h"
#include "print/count_sheet.h"
#include "support/paper.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_count_sheet"
#define FONT "DejaVu Sans, Droid Sans Fallback"

enum { LOTS = 30 };

SCENE("mei.lin")

/* A count of a drawer of its own with LOTS lots of 777 g. */
static int64_t opened(const char *drawer, bool blind)
{
    const struct count_plan plan = { .title = "月底盘点 November",
                                     .blind = blind,
                                     .limit_permille = -1,
                                     .limit_cents = -1,
                                     .places = &drawer,
                                     .place_count = 1 };
    int64_t id;

    sql_must(&c, SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, '%s', 'Z', 'drawer')",
                     (long long)c.who.shop_id, drawer));
    for (int i = 1; i <= LOTS; i++)
        stage_lot(&c, "ma_huang", SQL("%s-%02d", drawer, i), 777000, 300 + i, "released", drawer);
    ck_assert_msg(count_add(&c, &plan, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

/* The sheet as a file, and its text. */
static const char *drawn(int64_t id, const char **path)
{
    struct text bytes;

    text_init(&bytes, &c.arena);
    ck_assert_msg(count_sheet_pdf(&c, id, "a4", FONT, &bytes) == ST_OK, "%s", fault_text(&c));
    *path = paper_file(&c, ".pdf", &bytes);
    return paper_run(&c, SQL("pdftotext -layout %s -", *path));
}

START_TEST(every_line_is_on_paper_and_its_code_enters_it)
{
    const int64_t id = opened("ZA", true);
    const char *path, *text = drawn(id, &path), *code;
    struct count_entry entry = { .counted = 700000 };

    for (int i = 1; i <= LOTS; i++)
        ck_assert_msg(strstr(text, SQL("ZA-%02d", i)) != NULL, "lot %d is not on the sheet: %.900s", i, text);
    ck_assert_msg(strstr(text, "1/2") != NULL && strstr(text, "2/2") != NULL, "%.900s", text);
    ck_assert_msg(strstr(text, "月底盘点") != NULL && strstr(text, "T-ma_huang") != NULL, "%.900s", text);
    ck_assert_msg(strstr(text, "777") == NULL && strstr(text, "Books") == NULL, "a blind sheet tells: %.900s",
                  text);
    (void)paper_run(&c, SQL("pdftoppm -r 200 -f 1 -l 1 -png %s %s", path, path));
    ck_assert_ptr_nonnull(
        strstr(paper_run(&c, SQL("zbarimg -q --raw %s-1.png", path)), SQL("C%lld", (long long)id)));
    code = paper_run(&c, SQL("dmtxread -N1 -m9000 %s-1.png", path));
    (void)paper_run(&c, SQL("rm %s-1.png", path));
    ck_assert_msg(strncmp(code, SQL("C%lld-L", (long long)id), strlen(SQL("C%lld-L", (long long)id))) == 0,
                  "%s", code);
    entry.code = code;
    ck_assert_msg(count_enter(&c, id, &entry, 1, NULL, (struct instant){ 0 }) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT line_no FROM count_entries WHERE count_id = %lld", (long long)id)),
        strtol(strchr(code, 'L') + 1, NULL, 10));
}
END_TEST

START_TEST(one_that_is_not_blind_says_what_the_books_say)
{
    const char *path, *text = drawn(opened("ZB", false), &path);

    ck_assert_msg(strstr(text, "777 g") != NULL && strstr(text, "Books") != NULL, "%.900s", text);
}
END_TEST

/* How many lines a text means, or -1 when the code is refused. */
static int64_t lines_meant(int64_t id, const char *code, const char *thing)
{
    const struct rows *rows;
    int64_t lines = 0;

    if (count_meant(&c, id, code, &thing, thing == NULL ? 0 : 1, &rows) != ST_OK) {
        ctx_forgive(&c);
        return -1;
    }
    for (size_t i = 0; i < rows_count(rows); i++)
        lines += rows_named(rows, i, "line_no") != NULL;
    return lines;
}

START_TEST(what_is_scanned_or_typed_means_lines)
{
    const int64_t id = opened("ZM", true), other = opened("ZN", true);

    ck_assert_int_eq(lines_meant(id, "zm", NULL), LOTS);
    ck_assert_int_eq(lines_meant(id, "T-Ma_Huang", NULL), LOTS);
    ck_assert_int_eq(lines_meant(id, "ma huang", "ma_huang"), LOTS);
    ck_assert_int_eq(lines_meant(id, "zm-07", "ma_huang"), 1);
    ck_assert_int_eq(lines_meant(id, "(10)ZM-07", NULL), 1);
    ck_assert_int_eq(lines_meant(id, SQL("C%lld-L3", (long long)id), NULL), 1);
    ck_assert_int_eq(lines_meant(id, "ZN-07", NULL), 0); /* another drawer's: it may be put on the sheet */
    ck_assert_int_eq(lines_meant(id, "ZN", NULL), 0);
    ck_assert_int_eq(lines_meant(id, SQL("C%lld-L3", (long long)other), NULL), -1);
    ck_assert_int_eq(lines_meant(id, SQL("C%lld-L99", (long long)id), NULL), -1);
    ck_assert_int_eq(lines_meant(id, "ADJUST", NULL), -1);
    ck_assert_int_eq(lines_meant(id, "(01)09527000000011", NULL), -1);
    ck_assert_int_eq(lines_meant(id, "nothing", NULL), -1);
}
END_TEST

START_TEST(a_pack_is_entered_by_its_own_code_when_that_is_sure)
{
    const int64_t id = opened("ZC", true), other = opened("ZD", true);
    static const struct {
        const char *code, *part;
        enum status status;
    } wrong[] = {
        { "(10)ZC-99", "not on the sheet", ST_NOT_FOUND },
        { "(01)09527000000010", "names no lot", ST_INVALID },
        { "(10)ZD-01", "not on the sheet", ST_NOT_FOUND },
        { "C0-L1", "", ST_INVALID },
        { "C1-L1x", "", ST_INVALID },
        { "", "", ST_INVALID },
    };
    struct count_entry entry = { .code = "(10)ZC-03", .counted = 1 };

    ck_assert_msg(count_enter(&c, id, &entry, 1, NULL, (struct instant){ 0 }) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT line_no FROM count_entries WHERE count_id = %lld", (long long)id)), 3);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        entry.code = wrong[i].code;
        ck_assert_msg(count_enter(&c, id, &entry, 1, NULL, (struct instant){ 0 }) == wrong[i].status,
                      "%s: %s", wrong[i].code, fault_text(&c));
        ck_assert_msg(strstr(fault_text(&c), wrong[i].part) != NULL, "%s: %s", wrong[i].code, fault_text(&c));
        ctx_forgive(&c);
    }
    entry.code = SQL("C%lld-L1", (long long)other);
    ck_assert_int_eq(count_enter(&c, id, &entry, 1, NULL, (struct instant){ 0 }), ST_INVALID);
    ck_assert_msg(strstr(fault_text(&c), "is a line of count") != NULL, "%s", fault_text(&c));
}
END_TEST

SUITE(count_sheet)
{
    return suite_of(
        "count_sheet", 60, make, setup, scene_close,
        TESTS(every_line_is_on_paper_and_its_code_enters_it, one_that_is_not_blind_says_what_the_books_say,
              a_pack_is_entered_by_its_own_code_when_that_is_sure, what_is_scanned_or_typed_means_lines));
}
