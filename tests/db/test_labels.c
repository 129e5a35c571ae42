/* The label and weigh sheet of a real order: the warfarin patient's Bu Zhong Yi Qi Tang with Dan Shen and Chuan Xiong, from
   prescription to hand-over. What was printed stays as printed, and copies are counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/order.h"
#include "core/prescription.h"
#include "core/screening.h"
#include "db/db.h"
#include "print/draw.h"
#include "print/label_job.h"
#include "sql.h"
#include "support/database.h"
#include "support/paper.h"
#include "support/prescribe.h"
#include "support/runner.h"

#define DATABASE "test_labels"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define MUST(call) ck_assert_msg((call) == ST_OK, "%s", fault_text(&c))

static struct ctx c;

static void make(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
}

static void teardown(void)
{
    ctx_close(&c);
}

/* The classic, or two herbs of which there is plenty. */
static int64_t allocated(bool classic)
{
    const struct draft_formula formula = { .formula = "bu zhong yi qi tang" };
    const struct draft_herb herbs[] = { { .herb = "dan shen", .weight = { classic ? 9000 : 1000 } },
                                        { .herb = "chuan xiong", .weight = { classic ? 6000 : 1000 } } };
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, NULL, 0);
    const struct knowledge *knowledge = test_knowledge(DATABASE);
    int64_t prescription, order, read;
    struct screening_record screening;

    act_as(&c, "dr.wu");
    draft.formulas = &formula;
    draft.formula_count = classic;
    draft.herbs = herbs;
    draft.herb_count = 2;
    MUST(prescription_create(&c, knowledge, &draft, &prescription));
    test_answer_all(&c, prescription, 1);
    MUST(prescription_sign(&c, knowledge, prescription, 1));
    act_as(&c, "mei.lin");
    MUST(screening_latest(&c, prescription, 1, &screening));
    MUST(screening_acknowledge(&c, screening.id, &read));
    MUST(order_create(&c, NULL, prescription, &order));
    MUST(order_allocate(&c, order, DATE_NONE));
    return order;
}

static int64_t allocated_order(void)
{
    return allocated(true);
}

static int64_t small_order(void)
{
    return allocated(false);
}

static const struct column weighing_columns[] = {
    COLUMN(struct order_weighing, line_no),
    COLUMN(struct order_weighing, lot_id),
    COLUMN(struct order_weighing, location_id),
    COLUMN_NAMED(struct order_weighing, weighed, "planned"),
    COLUMNS_END,
};

static void weigh_all(int64_t order)
{
    struct order_weighing *weighings;
    size_t n;

    MUST(order_release(&c, test_knowledge(DATABASE), order));
    MUST(db_all(&c, &q_order_reservations, PARAMS(SHOP(&c), I64(order)), weighing_columns, sizeof *weighings,
                &weighings, &n));
    MUST(order_weigh(&c, order, weighings, n));
}

#define FONT "DejaVu Sans, Droid Sans Fallback"

static struct label_job job_of(const char *kind, int64_t order, bool print)
{
    struct ruler *ruler = arena_alloc(&c.arena, sizeof *ruler);
    struct label_job job = { .id = order, .print = print, .ruler = ruler, .on = DATE_NONE };

    MUST(label_find(&c, kind, &job.label));
    MUST(draw_ruler(&c, FONT, ruler));
    return job;
}

static struct label_content content_of(const char *kind, int64_t order, bool print, enum status status)
{
    struct label_job job = job_of(kind, order, print);

    ck_assert_msg(label_make(&c, &job) == status, "%s", fault_text(&c));
    return job.content;
}

static const struct label_ingredient *ingredient(const struct label_content *content, const char *hanzi)
{
    for (size_t i = 0; i < content->ingredient_count; i++)
        if (strcmp(content->ingredients[i].hanzi, hanzi) == 0)
            return &content->ingredients[i];
    ck_abort_msg("no %s", hanzi);
}

static bool warns(const struct label_content *content, const char *part)
{
    for (size_t i = 0; i < content->warning_count; i++)
        if (strstr(content->warnings[i].text, part) != NULL)
            return true;
    return false;
}

START_TEST(a_label_says_what_the_order_is)
{
    int64_t order = allocated_order();
    struct label_content content;
    int64_t sum = 0;

    weigh_all(order);
    content = content_of("patient", order, true, ST_OK);
    ck_assert_str_eq(content.patient_name, "Robert Hale");
    ck_assert_str_eq(content.order_number, SQL("%06lld", (long long)order));
    ck_assert(strstr(content.product_name, "Bǔ Zhōng Yì Qì Tāng + ") != NULL);
    ck_assert(strstr(content.product_name, "Dān Shēn") != NULL);
    ck_assert_int_eq(ingredient(&content, "丹参")->packet.mg, 9000);
    ck_assert_int_eq(ingredient(&content, "丹参")->total.mg, 63000);
    for (size_t i = 0; i < content.ingredient_count; i++)
        sum += content.ingredients[i].total.mg;
    ck_assert_int_eq(content.total.mg, sum);
    ck_assert(warns(&content, "INR"));
    ck_assert(warns(&content, "Keep your blood test appointments"));
    ck_assert(warns(&content, "Keep out of reach of children"));
    ck_assert_str_eq(content.directions[0].text, "Take one packet a day.");
    ck_assert_int_eq(content.copy_no, 1);
    ck_assert(!date_is_none(content.beyond_use));
}
END_TEST

START_TEST(what_was_printed_stays_and_copies_are_counted)
{
    int64_t order = allocated_order();
    struct label_content first, second;

    weigh_all(order);
    first = content_of("patient", order, true, ST_OK);
    sql_must(&c, SQL("UPDATE patients SET family_name = 'Renamed' WHERE code = 'D-0003'"));
    second = content_of("patient", order, true, ST_OK);
    ck_assert_int_eq(second.copy_no, 2);
    ck_assert_str_eq(second.patient_name, first.patient_name);
    ck_assert_int_eq(content_of("patient", order, false, ST_OK).copy_no, 2);
    sql_must(&c, SQL("UPDATE patients SET family_name = 'Hale' WHERE code = 'D-0003'"));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM printed_labels WHERE order_id = %lld", (long long)order)),
        2);
}
END_TEST

START_TEST(a_label_is_not_printed_before_the_herbs_are_weighed)
{
    int64_t order = allocated_order();

    content_of("patient", order, true, ST_CONFLICT);
    ck_assert_str_eq(c.fault.items[0].field, "state");
    ctx_forgive(&c);
    ck_assert_int_eq(content_of("patient", order, false, ST_OK).copy_no, 0);
    content_of("patient", order + 100000, false, ST_NOT_FOUND);
}
END_TEST

START_TEST(the_weigh_sheet_names_every_lot_with_its_target)
{
    int64_t order = allocated_order();
    struct label_content sheet = content_of("weigh-sheet", order, true, ST_OK);
    int64_t sum = 0;

    ck_assert_int_eq(
        (int64_t)sheet.ingredient_count,
        sql_number(&c, SQL("SELECT count(*) FROM reservations WHERE order_id = %lld", (long long)order)));
    for (size_t i = 0; i < sheet.ingredient_count; i++) {
        ck_assert_str_ne(sheet.ingredients[i].lot, "");
        ck_assert_str_ne(sheet.ingredients[i].drawer, "");
        sum += sheet.ingredients[i].total.mg;
    }
    ck_assert_int_eq(sum, sheet.total.mg);
    ck_assert_int_eq(sheet.total.mg,
                     sql_number(&c, SQL("SELECT sum(quantity) FROM reservations WHERE order_id = %lld",
                                        (long long)order)));
    ck_assert_int_eq(sheet.tolerance_permille, 50);
}
END_TEST

/* Draws it; the file is left in the folder PAPER_KEEP, when that is set, to be looked at. */
static void keep(const char *kind, const struct label_content *content)
{
    const char *folder = getenv("PAPER_KEEP");
    const struct label *label;
    struct text out;
    FILE *file;

    MUST(label_find(&c, kind, &label));
    text_init(&out, &c.arena);
    MUST(label_draw(&c, label, content, FONT, LABEL_PDF, 0, &out));
    if (folder == NULL)
        return;
    file = fopen(SQL("%s/%s-%s.pdf", folder, kind, content->language), "wb");
    ck_assert(file != NULL && fwrite(out.data, 1, out.size, file) == out.size && fclose(file) == 0);
}

START_TEST(every_patients_language_can_be_printed)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish" };

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        int64_t order = allocated_order();
        struct label_content content;

        sql_must(&c, SQL("UPDATE patients SET language = '%s' WHERE code = 'D-0003'", languages[i]));
        weigh_all(order);
        content = content_of("weigh-sheet", order, true, ST_OK);
        keep("weigh-sheet", &content);
        content = content_of("patient", order, true, ST_OK);
        ck_assert_int_eq(*content.directions[0].english == '\0', i == 0);
        for (size_t k = 0; k < content.warning_count; k++)
            ck_assert_msg((*content.warnings[k].english == '\0') == (i == 0), "%s: %s", languages[i],
                          content.warnings[k].text);
        ck_assert_str_eq(ingredient(&content, i == 2 ? "白朮" : "白术")->english,
                         "White atractylodes rhizome");
        ck_assert(strstr(ingredient(&content, i == 2 ? "人參" : "人参")->handling, "另煎") != NULL);
        keep("patient", &content);
    }
    sql_must(&c, "UPDATE patients SET language = 'english' WHERE code = 'D-0003'");
}
END_TEST

START_TEST(every_counsel_and_handling_has_its_words)
{
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM answer_reasons r LEFT JOIN label_phrases p"
                                    " ON p.key = 'counsel_' || r.code AND p.english = r.counselling"
                                    " WHERE r.counselling <> '' AND (p.zh_hans || p.zh_hant || p.polish ||"
                                    " p.spanish) IS NULL"),
                     0);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM herb_monographs m,"
                                    " unnest(string_to_array(m.handling, ';')) code WHERE code <> '' AND NOT"
                                    " EXISTS (SELECT FROM label_phrases WHERE key = 'handling_' || code)"),
                     0);
}
END_TEST

static const struct lint_finding *finding_of(const struct label_job *job, const char *field)
{
    for (size_t i = 0; i < job->lint.count; i++)
        if (strcmp(job->lint.findings[i].rule->field, field) == 0)
            return &job->lint.findings[i];
    ck_abort_msg("no rule for %s", field);
}

static struct label_job linted(const char *profile, int64_t order, bool print, enum status status)
{
    struct label_job job = job_of("patient", order, print);

    job.profile = profile;
    ck_assert_msg(label_make(&c, &job) == status, "%s: %s", profile, fault_text(&c));
    ctx_forgive(&c);
    return job;
}

START_TEST(every_profile_finds_what_it_asks_for)
{
    static const char *const profiles[] = { "au_cmba_2023", "uk_hmr_2012",       "us_ca_4076",
                                            "hk_549f",      "tw_pharmacist_act", "cn_rx_2007" };
    int64_t order = small_order();

    weigh_all(order);
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
    int64_t order = small_order();
    struct label_job job = job_of("patient", order, false);

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
    int64_t order = small_order();
    struct label_job job;

    weigh_all(order);
    job = linted("tw_pharmacist_act", order, false, ST_OK);
    ck_assert_int_eq(finding_of(&job, "indication")->outcome, LINT_MISSING);
    ck_assert_uint_eq(job.lint.blocking, 1);
    job = job_of("patient", order, true);
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
    int64_t order = small_order(), patient = test_patient(&c, "D-0003"), nobody = 0;
    struct label_job job;

    weigh_all(order);
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

START_TEST(the_shop_chooses_the_names_its_labels_show)
{
    int64_t order = small_order();
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
    int64_t order = small_order();
    struct label_job job = job_of("patient", order, false);

    job.containers = 3;
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.paper_count, 3);
}
END_TEST

SUITE(labels)
{
    Suite *suite = suite_create("labels");
    TCase *tests = tcase_create("labels");

    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_label_says_what_the_order_is);
    tcase_add_test(tests, what_was_printed_stays_and_copies_are_counted);
    tcase_add_test(tests, a_label_is_not_printed_before_the_herbs_are_weighed);
    tcase_add_test(tests, the_weigh_sheet_names_every_lot_with_its_target);
    tcase_add_test(tests, every_patients_language_can_be_printed);
    tcase_add_test(tests, every_counsel_and_handling_has_its_words);
    tcase_add_test(tests, every_profile_finds_what_it_asks_for);
    tcase_add_test(tests, a_profile_counts_from_its_first_day);
    tcase_add_test(tests, a_label_without_a_due_field_is_not_printed_unless_somebody_says_why);
    tcase_add_test(tests, facts_only_labels_print_are_stored_and_printed);
    tcase_add_test(tests, the_shop_chooses_the_names_its_labels_show);
    tcase_add_test(tests, containers_and_chosen_lines);
    suite_add_tcase(suite, tests);
    return suite;
}
