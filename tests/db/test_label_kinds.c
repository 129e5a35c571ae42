/* What profiles ask of a real order's label, what lets it through all the same, and what every kind of label and sheet says. */
#include <string.h>

#include "db/db.h"
#include "support/database.h"
#include "support/labelled.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define MUST(call) ck_assert_msg((call) == ST_OK, "%s", fault_text(&c))

static struct ctx c;

static void make(void)
{
    database_fresh(LABELLED);
}

static void setup(void)
{
    database_open_test(&c, LABELLED, TEST_APP);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct label_content content_of(const char *kind, int64_t order, bool print, enum status status)
{
    struct label_job job = labelled_job(&c, kind, order, print);

    ck_assert_msg(label_make(&c, &job) == status, "%s", fault_text(&c));
    return job.content;
}

static bool warns(const struct label_content *content, const char *part)
{
    for (size_t i = 0; i < content->warning_count; i++)
        if (strstr(content->warnings[i].text, part) != NULL)
            return true;
    return false;
}

static const struct lint_finding *finding_of(const struct label_job *job, const char *field)
{
    for (size_t i = 0; i < job->lint.count; i++)
        if (strcmp(job->lint.findings[i].rule->field, field) == 0)
            return &job->lint.findings[i];
    ck_abort_msg("no rule for %s", field);
}

static struct label_job linted(const char *profile, int64_t order, bool print, enum status status)
{
    struct label_job job = labelled_job(&c, "patient", order, print);

    job.profile = profile;
    ck_assert_msg(label_make(&c, &job) == status, "%s: %s", profile, fault_text(&c));
    ctx_forgive(&c);
    return job;
}

START_TEST(every_profile_finds_what_it_asks_for)
{
    static const char *const profiles[] = { "au_cmba_2023", "uk_hmr_2012",       "us_ca_4076",
                                            "hk_549f",      "tw_pharmacist_act", "cn_rx_2007" };
    int64_t order = labelled_order(&c, false);

    labelled_weigh(&c, order);
    MUST(label_fact_note(&c, "order", order, "indication", "Tired, poor appetite"));
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        struct label_job job = linted(profiles[i], order, false, ST_OK);

        ck_assert_uint_gt(job.lint.count, 5);
        ck_assert_msg(job.lint.blocking == 0, "%s misses %s", profiles[i], job.lint.findings[0].rule->field);
    }
    linted("nobody_s_law", order, false, ST_NOT_FOUND);
}
END_TEST

START_TEST(a_profile_counts_from_its_first_day)
{
    int64_t order = labelled_order(&c, false);
    struct label_job job = labelled_job(&c, "patient", order, false);

    job.profile = "au_cmba_2023";
    job.on = date_from(2023, 11, 30);
    ck_assert_int_eq(label_make(&c, &job), ST_CONFLICT);
    ctx_forgive(&c);
    job.on = date_from(2023, 12, 1);
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.lint.count, 28);
}
END_TEST

START_TEST(a_label_without_a_due_field_is_not_printed_unless_somebody_says_why)
{
    int64_t order = labelled_order(&c, false);
    struct label_job job;

    labelled_weigh(&c, order);
    job = linted("tw_pharmacist_act", order, false, ST_OK);
    ck_assert_int_eq(finding_of(&job, "indication")->outcome, LINT_MISSING);
    ck_assert_uint_eq(job.lint.blocking, 1);
    job = labelled_job(&c, "patient", order, true);
    job.profile = "tw_pharmacist_act";
    ck_assert_int_eq(label_make(&c, &job), ST_UNSAFE);
    ck_assert_str_eq(c.fault.items[0].field, "indication");
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM printed_labels WHERE order_id = %lld", (long long)order)),
        0);
    job.reason = "not_known";
    ck_assert_int_eq(label_make(&c, &job), ST_INVALID);
    ctx_forgive(&c);
    job.note = "the prescriber cannot be reached";
    job.reason = "no_such_reason";
    ck_assert_int_eq(label_make(&c, &job), ST_INVALID);
    ctx_forgive(&c);
    job.reason = "not_known";
    MUST(label_make(&c, &job));
    ck_assert_int_eq(job.content.copy_no, 1);
    job = linted("tw_pharmacist_act", order, true, ST_OK); /* what was let through once need not be again */
    ck_assert_int_eq(job.content.copy_no, 2);
    ck_assert(strstr(finding_of(&job, "indication")->overridden, "the prescriber cannot be reached") != NULL);
    ck_assert_int_eq(
        sql_number(
            &c,
            SQL("SELECT count(*) FROM label_overrides WHERE order_id = %lld AND overridden_by IS NOT NULL",
                (long long)order)),
        1);
    ck_assert_int_ne(
        db_run(&c, &(struct query){ .name = "t", .sql = "UPDATE label_overrides SET note = 'other'" },
               NO_PARAMS),
        ST_OK);
    ctx_forgive(&c);
}
END_TEST

START_TEST(facts_only_labels_print_are_stored_and_printed)
{
    int64_t order = labelled_order(&c, false), patient = test_patient(&c, "D-0003"), nobody = 0;
    struct label_job job;

    labelled_weigh(&c, order);
    MUST(label_fact_note(&c, "order", order, "physical_description", "Blue cubes"));
    MUST(label_fact_note(&c, "patient", patient, "patient_address", "1 Lake Street"));
    MUST(label_fact_note(&c, "order", order, "timing", "before_meals"));
    MUST(label_fact_note(&c, "order", order, "maximum_dose", "2 packets a day"));
    ck_assert_int_eq(label_fact_note(&c, "patient", patient, "physical_description", "tall"), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(label_fact_note(&c, "order", order + 100000, "timing", "x"), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(label_fact_note(&c, "weather", nobody, "timing", "x"), ST_INVALID);
    ctx_forgive(&c);
    job = linted("us_ca_4076", order, false, ST_OK);
    ck_assert_str_eq(job.content.physical_description, "Blue cubes");
    ck_assert_str_eq(job.content.maximum_dose, "2 packets a day");
    ck_assert_str_eq(job.content.directions[5].text, "Take 30 minutes before meals.");
    ck_assert_str_eq(job.content.patient_address, ""); /* nobody asks for it here */
    MUST(label_fact_note(&c, "order", order, "maximum_dose", ""));
    ck_assert_str_eq(linted("us_ca_4076", order, false, ST_OK).content.maximum_dose, "");
}
END_TEST

static bool directs(const struct label_content *content, const char *part)
{
    for (size_t i = 0; i < content->direction_count; i++)
        if (strstr(content->directions[i].text, part) != NULL)
            return true;
    return false;
}

START_TEST(route_timing_and_frequency_are_the_versions)
{
    int64_t order = labelled_order(&c, false);
    struct label_content content;

    labelled_weigh(&c, order);
    content = content_of("patient", order, false, ST_OK);
    ck_assert(directs(&content, "Take by mouth") && !warns(&content, "external use"));
    stage_fate(
        &c, LABELLED,
        SQL("UPDATE prescription_versions v SET route_code = 'gargle', timing_code = 'empty_stomach', "
            "frequency_code = 'every_other_day' FROM orders o WHERE o.id = %lld AND v.prescription_id = "
            "o.prescription_id",
            (long long)order));
    content = content_of("patient", order, false, ST_OK);
    ck_assert(directs(&content, "Gargle and spit out") && directs(&content, "on an empty stomach") &&
              directs(&content, "every other day"));
    ck_assert(warns(&content, "external use only"));
}
END_TEST

START_TEST(the_shop_chooses_the_names_its_labels_show)
{
    int64_t order = labelled_order(&c, false);
    struct label_content content;

    MUST(label_settings_change(&c, "none", "pinyin,latin"));
    content = content_of("patient", order, false, ST_OK);
    ck_assert_str_eq(content.ingredients[0].hanzi, "");
    ck_assert_str_ne(content.ingredients[0].pinyin, "");
    ck_assert_str_ne(content.ingredients[0].latin, "");
    MUST(label_settings_change(&c, NULL, "none"));
    ck_assert_uint_eq(content_of("patient", order, false, ST_OK).ingredient_count, 0);
    ck_assert_int_eq(label_settings_change(&c, NULL, "klingon"), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(label_settings_change(&c, "no_such_law", NULL), ST_NOT_FOUND);
    ctx_forgive(&c);
    MUST(label_settings_change(&c, "us_ca_4076", "hanzi,pinyin,english"));
}
END_TEST

START_TEST(containers_and_chosen_lines)
{
    const int64_t second = 2, ninth = 9;
    int64_t order = labelled_order(&c, false);
    struct label_job job = labelled_job(&c, "patient", order, false);

    job.containers = 3;
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.paper_count, 3);
    job = labelled_job(&c, "herb", order, false);
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.paper_count, 2);
    job.lines = &second;
    job.line_count = 1;
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.paper_count, 1);
    job.lines = &ninth;
    ck_assert_int_eq(label_make(&c, &job), ST_INVALID);
    ctx_forgive(&c);
    job = labelled_job(&c, "lot", order, false);
    ck_assert_int_eq(label_make(&c, &job), ST_INVALID); /* an order is no lot */
    ctx_forgive(&c);
}
END_TEST

static const struct label_list *list_of(const struct label_content *content, const char *name)
{
    for (size_t i = 0; i < content->list_count; i++)
        if (strcmp(content->lists[i].name, name) == 0)
            return &content->lists[i];
    ck_abort_msg("no list %s", name);
}

static bool tells(const struct label_list *list, const char *part)
{
    for (size_t i = 0; i < list->count; i++)
        if (strstr(list->lines[i].text, part) != NULL)
            return true;
    return false;
}

START_TEST(sheets_say_what_the_order_is)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish" };
    static const char *const soaks[] = { "Soak the herbs", "浸泡", "浸泡", "moczyć", "Remoje" };
    int64_t order = labelled_order(&c, false);
    struct label_content content;
    struct label_job job;

    labelled_weigh(&c, order);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        job = labelled_job(&c, "cook-sheet", order, false);
        job.language = languages[i];
        MUST(label_make(&c, &job));
        ck_assert_msg(tells(list_of(&job.content, "steps"), soaks[i]), "%s", languages[i]);
        ck_assert(tells(list_of(&job.content, "steps"), "Dān Shēn"));
        job = labelled_job(&c, "information", order, false);
        job.language = languages[i];
        MUST(label_make(&c, &job));
        ck_assert_msg(tells(list_of(&job.content, "how"), soaks[i]), "%s", languages[i]);
        ck_assert(tells(list_of(&job.content, "mind"), "INR"));
        ck_assert(tells(list_of(&job.content, "call"), "312-555-0100"));
    }
    job.language = "latin";
    ck_assert_int_eq(label_make(&c, &job), ST_INVALID);
    ctx_forgive(&c);
    content = content_of("record", order, false, ST_OK);
    ck_assert(tells(list_of(&content, "findings"), "warfarin"));
    ck_assert(tells(list_of(&content, "findings"), "read by Lin Mei"));
    ck_assert(tells(list_of(&content, "events"), "weighed"));
    ck_assert_str_ne(content.ingredients[0].supplier, "");
    ck_assert_str_ne(content.ingredients[0].lot, "");
    ck_assert_int_gt(content.ingredients[0].planned.mg, 0);
    ck_assert_int_gt(content.ingredients[0].total.mg, 0);
    content = content_of("sticker", order, false, ST_OK);
    ck_assert(warns(&content, "Keep out of reach of children"));
    ck_assert(!warns(&content, "licorice"));
}
END_TEST

START_TEST(an_override_stands_on_the_record)
{
    int64_t order = labelled_order(&c, false);
    struct label_job job = labelled_job(&c, "patient", order, true);
    struct label_content content;

    labelled_weigh(&c, order);
    job.profile = "tw_pharmacist_act";
    job.reason = "added_by_hand";
    job.note = "written on it with a pen";
    MUST(label_make(&c, &job));
    content = content_of("record", order, false, ST_OK);
    ck_assert(tells(list_of(&content, "overrides"), "written on it with a pen"));
}
END_TEST

START_TEST(lots_and_drawers_have_labels)
{
    struct label_job job = labelled_job(&c, "lot", 1, true);

    job.about = "lot";
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.scan_code, "YAOFANG-LOT-1");
    sql_must(&c,
             "UPDATE items SET gtin = '09501101530003' WHERE id = (SELECT item_id FROM lots WHERE id = 1)");
    MUST(label_make(&c, &job));
    ck_assert(strstr(job.content.scan_code, "[01]09501101530003[17]") == job.content.scan_code);
    ck_assert(strstr(job.content.scan_code, SQL("[10]%s", job.content.control_number)) != NULL);
    sql_must(&c, "UPDATE items SET gtin = NULL WHERE id = (SELECT item_id FROM lots WHERE id = 1)");
    job.id = 100000;
    ck_assert_int_eq(label_make(&c, &job), ST_NOT_FOUND);
    ctx_forgive(&c);
    job = labelled_job(&c, "drawer", sql_number(&c, "SELECT id FROM locations WHERE code = 'A01'"), true);
    job.about = "drawer";
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.drawer, "A01");
    ck_assert_str_ne(job.content.product_hanzi, "");
}
END_TEST

START_TEST(many_orders_are_one_file_or_none)
{
    const int64_t orders[] = { labelled_order(&c, false), labelled_order(&c, false) };
    const struct label_job job = labelled_job(&c, "patient", 0, true);
    struct label_job *jobs = label_jobs(&c, &job, orders, 2);
    struct text out;

    text_init(&out, &c.arena);
    labelled_weigh(&c, orders[0]);
    ck_assert_int_eq(label_make_all(&c, jobs, 2), ST_CONFLICT); /* the second is not weighed */
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM printed_labels WHERE order_id = %lld",
                                        (long long)orders[0])),
                     0);
    labelled_weigh(&c, orders[1]);
    jobs = label_jobs(&c, &job, orders, 2);
    MUST(label_make_all(&c, jobs, 2));
    MUST(label_write_all(&c, jobs, 2, LABEL_PDF, 0, &out));
    ck_assert_uint_gt(out.size, 1000);
}
END_TEST

/* So many that they are composed while they are still being read. */
START_TEST(many_labels_say_what_one_says)
{
    enum { ORDERS = 30 };
    int64_t ids[ORDERS], order = labelled_order(&c, false);
    const struct label_job job = labelled_job(&c, "patient", order, false);
    struct label_job one = job, *jobs;
    struct text alone, among;

    for (size_t i = 0; i < ORDERS; i++)
        ids[i] = order;
    text_init(&alone, &c.arena);
    text_init(&among, &c.arena);
    MUST(label_make(&c, &one));
    MUST(label_write_all(&c, &one, 1, LABEL_ZPL, 203, &alone));
    jobs = label_jobs(&c, &job, ids, ORDERS);
    MUST(label_make_all(&c, jobs, ORDERS));
    MUST(label_write_all(&c, &jobs[ORDERS - 1], 1, LABEL_ZPL, 203, &among));
    ck_assert_str_eq(among.data, alone.data);
    ck_assert_uint_eq(jobs[7].lint.count, one.lint.count);
    ids[17] = order + 100000;
    jobs = label_jobs(&c, &job, ids, ORDERS);
    ck_assert_int_eq(label_make_all(&c, jobs, ORDERS), ST_NOT_FOUND);
    ck_assert_str_eq(c.fault.items[0].value, SQL("%lld", (long long)order + 100000));
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_number_typed_twice_is_one_label_and_long_numbers_are_whole)
{
    struct label_content content;
    int64_t *numbers = NULL, order;
    struct ctx owner;
    size_t count = 0;

    MUST(label_numbers(&c, "ORDER", "7,5-8,7", 10, &numbers, &count));
    ck_assert_uint_eq(count, 4);
    database_open_test(&owner, LABELLED, TEST_OWNER);
    sql_must(&owner, "ALTER TABLE orders ALTER COLUMN id RESTART WITH 1234567");
    ctx_close(&owner);
    order = labelled_order(&c, false);
    content = content_of("patient", order, false, ST_OK);
    ck_assert_str_eq(content.order_number, "1234567");
    ck_assert(strstr(content.control_number, "-1234567") != NULL);
    ck_assert_str_eq(content_of("weigh-sheet", order, false, ST_OK).order_number, "1234567");
}
END_TEST

SUITE(label_kinds)
{
    return suite_of(
        "label_kinds", 60, make, setup, teardown,
        TESTS(every_profile_finds_what_it_asks_for, a_profile_counts_from_its_first_day,
              a_label_without_a_due_field_is_not_printed_unless_somebody_says_why,
              facts_only_labels_print_are_stored_and_printed, route_timing_and_frequency_are_the_versions,
              the_shop_chooses_the_names_its_labels_show, containers_and_chosen_lines,
              sheets_say_what_the_order_is, an_override_stands_on_the_record, lots_and_drawers_have_labels,
              many_orders_are_one_file_or_none, many_labels_say_what_one_says,
              a_number_typed_twice_is_one_label_and_long_numbers_are_whole));
}
