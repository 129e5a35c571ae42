/* Papers beside the patient's label: what a prescriber signs, the record, a receipt, held against the rules of places; and everything that
   is printed, read back by readers that are not ours. */
#include <string.h>

#include "core/order.h"
#include "db/db.h"
#include "print/receipt.h"
#include "support/counter.h"
#include "support/database.h"
#include "support/labelled.h"
#include "support/paper.h"
#include "support/prescribe.h"
#include "support/runner.h"

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

static int64_t prescription_of(int64_t order)
{
    return sql_number(&c, SQL("SELECT prescription_id FROM orders WHERE id = %lld", (long long)order));
}

static struct label_job paper_of(int64_t prescription, const char *profile, bool print)
{
    struct label_job job = labelled_job(&c, "prescription", prescription, print);

    job.about = "prescription";
    job.profile = profile;
    return job;
}

static const struct lint_finding *finding_of(const struct label_lint *lint, const char *field)
{
    for (size_t i = 0; i < lint->count; i++)
        if (strcmp(lint->findings[i].rule->field, field) == 0)
            return &lint->findings[i];
    ck_abort_msg("no rule for %s", field);
}

static const struct label_list *list_of(const struct label_content *content, const char *name)
{
    for (size_t i = 0; i < content->list_count; i++)
        if (strcmp(content->lists[i].name, name) == 0)
            return &content->lists[i];
    ck_abort_msg("no list %s", name);
}

START_TEST(a_prescription_says_what_was_signed_and_why)
{
    int64_t prescription = prescription_of(labelled_order(&c, true));
    struct label_job job = paper_of(prescription, NULL, true);
    const struct label_list *findings;

    MUST(label_make(&c, &job));
    ck_assert_int_eq(job.content.copy_no, 1);
    ck_assert_str_eq(job.content.order_number, SQL("RX%06lld-1", (long long)prescription));
    ck_assert_uint_eq(job.content.ingredient_count, 10);
    ck_assert(strstr(job.content.prescriber_signature, "Wu Jianguo") != NULL);
    ck_assert_str_eq(job.content.patient_name, "Robert Hale");
    findings = list_of(&job.content, "findings");
    ck_assert(strstr(findings->lines[0].text, "warfarin") != NULL);
    ck_assert(strstr(findings->lines[0].text, "→") != NULL);
    MUST(label_make(&c, &job));
    ck_assert_int_eq(job.content.copy_no, 2);
    job = paper_of(prescription + 100000, NULL, true);
    ck_assert_int_eq(label_make(&c, &job), ST_NOT_FOUND);
    ck_assert_str_eq(c.fault.items[0].field, "prescription_id");
    ctx_forgive(&c);
    sql_must(
        &c,
        SQL("INSERT INTO prescription_versions (shop_id, prescription_id, version, dosage_form, merge_rule, "
            "dose_mode, days, doses_per_day, packets, total_mg, created_by) SELECT shop_id, prescription_id, "
            "2, "
            "dosage_form, merge_rule, dose_mode, days, doses_per_day, packets, total_mg, created_by "
            "FROM prescription_versions WHERE prescription_id = %lld",
            (long long)prescription));
    job = paper_of(prescription, NULL, true);
    ck_assert_int_eq(label_make(&c, &job), ST_CONFLICT); /* nobody signed the new version */
    ctx_forgive(&c);
}
END_TEST

START_TEST(rules_for_prescriptions_are_met_or_named)
{
    int64_t order = labelled_order(&c, false), prescription = prescription_of(order);
    struct label_job job = paper_of(prescription, "tw_pharmacist_act", false);

    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.lint.rules->document, "prescription");
    ck_assert_msg(job.lint.blocking == 0, "%s", job.lint.findings[0].rule->field);
    /* what the dispensary adds is due when it has handed over */
    ck_assert_int_eq(finding_of(&job.lint, "dispensed_on")->outcome, LINT_NOT_DUE);
    job = paper_of(prescription, "hk_549f", false);
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.lint.blocking, 2);
    ck_assert_int_eq(finding_of(&job.lint, "prescriber_address")->outcome, LINT_MISSING);
    ck_assert_int_eq(finding_of(&job.lint, "prescriber_phone")->outcome, LINT_MISSING);
    job = paper_of(prescription, "cn_rx_2007", true);
    ck_assert_int_eq(label_make(&c, &job), ST_UNSAFE);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM printed_labels WHERE prescription_id = %lld",
                                        (long long)prescription)),
                     0);
    MUST(label_fact_note(&c, "prescription", prescription, "diagnosis", "气虚"));
    job.reason = "does_not_apply";
    job.note = "no departments here";
    MUST(label_make(&c, &job));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM paper_overrides WHERE prescription_id = %lld"
                                        " AND field = 'department'",
                                        (long long)prescription)),
                     1);
    job = paper_of(prescription, "cn_rx_2007", true);
    MUST(label_make(&c, &job)); /* let through once */
    ck_assert(strstr(finding_of(&job.lint, "department")->overridden, "no departments here") != NULL);
    ck_assert_int_ne(sql_try(&c, "DELETE FROM paper_overrides"), ST_OK);
    ctx_forgive(&c);
}
END_TEST

START_TEST(the_french_register_is_checked_on_the_record)
{
    int64_t order = labelled_order(&c, false), patient = test_patient(&c, "D-0003");
    struct label_job job = labelled_job(&c, "record", order, false);

    labelled_weigh(&c, order);
    MUST(label_fact_note(&c, "patient", patient, "patient_address", "1 Lake Street"));
    MUST(label_fact_note(&c, "person", sql_number(&c, "SELECT id FROM users WHERE username = 'dr.wu'"),
                         "prescriber_address", "2 Lake Street"));
    job.profile = "fr_r5125_45";
    MUST(label_make(&c, &job));
    ck_assert_uint_eq(job.lint.count, 16);
    ck_assert_msg(job.lint.blocking == 0, "%s", job.lint.findings[0].rule->field);
    ck_assert_str_eq(job.content.patient_address, "1 Lake Street");
    ck_assert_int_eq(finding_of(&job.lint, "ingredient_suppliers")->outcome, LINT_PRESENT);
    ck_assert_int_eq(finding_of(&job.lint, "herb_names_latin")->outcome, LINT_PRESENT);
}
END_TEST

static int64_t days_of(int64_t order, const char *form, const char *decocts, const char *profile,
                       const char *packing)
{
    return sql_number(
        &c, SQL("SELECT days FROM beyond_use_rule((SELECT min(id) FROM shops), %lld, '%s', %s, '%s', '%s')",
                (long long)order, form, decocts, profile, packing));
}

START_TEST(how_long_it_keeps_is_decided_by_rows)
{
    int64_t order = labelled_order(&c, false); /* dan shen, and chuan xiong, which is aromatic */
    struct label_job job = labelled_job(&c, "record", order, false);
    struct ctx owner;

    ck_assert_int_eq(days_of(order, "granule", "false", "", ""), 180);
    ck_assert_int_eq(days_of(order, "granule", "false", "", "paper"), 60);
    ck_assert_int_eq(days_of(order, "granule", "false", "", "gold"), 180);
    ck_assert_int_eq(days_of(order, "powder", "false", "", ""), 90);
    ck_assert_int_eq(days_of(order, "raw_decoction", "false", "", ""), 90);
    ck_assert_int_eq(days_of(order, "raw_decoction", "true", "", ""), 7); /* the shop cooks it */
    ck_assert_int_eq(days_of(order, "decocted_liquid", "true", "", "open_bottle"), 1);
    database_open_test(&owner, LABELLED, TEST_OWNER);
    sql_must(&owner,
             "INSERT INTO beyond_use_rules (id, dosage_form, profile_id, days, english, source, verified, "
             "confidence) VALUES ('t', 'granule', 'uk_hmr_2012', 30, 'a law', 'a test', 'seen', 'high')");
    ck_assert_int_eq(days_of(order, "granule", "false", "uk_hmr_2012", ""), 30);
    ck_assert_int_eq(days_of(order, "granule", "false", "us_ca_4076", ""), 180);
    sql_must(&owner, "DELETE FROM beyond_use_rules WHERE id = 't'");
    sql_must(&owner,
             SQL("UPDATE order_lines SET herb_id = 'sheng_jiang' WHERE order_id = %lld AND line_no = 1",
                 (long long)order));
    ck_assert_int_eq(days_of(order, "raw_decoction", "false", "", ""), 2);
    MUST(label_make(&c, &job));
    ck_assert(strstr(job.content.beyond_use_because, "2 days: a fresh herb") ==
              job.content.beyond_use_because);
    ck_assert(strstr(job.content.storage, "refrigerator") != NULL);
    ck_assert_str_eq(job.lint.beyond_use_because, job.content.beyond_use_because);
    ck_assert_int_eq(label_fact_note(&c, "order", order, "packing", "gold"), ST_INVALID);
    ctx_forgive(&c);
    MUST(label_fact_note(&c, "order", order, "packing", "fresh_apart"));
    MUST(label_make(&c, &job));
    ck_assert(strstr(job.content.beyond_use_because, "90 days: ") == job.content.beyond_use_because);
    sql_must(&owner, SQL("UPDATE order_lines SET herb_id = 'dan_shen' WHERE order_id = %lld AND line_no = 1",
                         (long long)order));
    ctx_close(&owner);
}
END_TEST

START_TEST(what_decided_is_kept_with_the_final_check)
{
    int64_t order = labelled_order(&c, false), first = labelled_order(&c, false);
    struct label_job job = labelled_job(&c, "record", order, false);
    struct ctx owner;

    labelled_weigh(&c, order);
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.beyond_use_because,
                     "90 days: dry herbs, packed and kept dry (draft: to be confirmed)");
    ck_assert_str_eq(job.content.beyond_use_reason, "form");
    act_as(&c, "mei.lin");
    labelled_weigh(&c, first);
    database_open_test(&owner, LABELLED, TEST_OWNER);
    sql_must(&owner,
             SQL("UPDATE lots SET expires_on = shop_today(shop_id) + 20 WHERE id = (SELECT min(lot_id) "
                 "FROM weighings "
                 "WHERE order_id = %lld)",
                 (long long)first));
    ctx_close(&owner);
    act_as(&c, "david.chen");
    MUST(order_check(&c, first, NULL));
    job = labelled_job(&c, "record", first, false);
    MUST(label_make(&c, &job));
    ck_assert(strstr(job.content.beyond_use_because, "earliest ingredient: ") ==
              job.content.beyond_use_because);
    ck_assert_str_eq(job.content.beyond_use_reason, "ingredient");
}
END_TEST

/* Named by what the shop calls it, and by what was put in beside. */
START_TEST(a_house_formulas_name_is_the_products)
{
    int64_t order = labelled_order(&c, false);
    struct label_job job = labelled_job(&c, "patient", order, false);
    struct ctx owner;

    database_open_test(&owner, LABELLED, TEST_OWNER);
    sql_must(&owner, "INSERT INTO house_formulas (shop_id, name, version, created_by) SELECT min(shop_id), "
                     "'Blood mover', 1, "
                     "min(id) FROM users");
    sql_must(&owner,
             SQL("UPDATE prescription_items SET via = 'house:' || (SELECT max(id) FROM house_formulas) WHERE "
                 "line_no = 1 AND prescription_id = %lld",
                 (long long)prescription_of(order)));
    sql_must(&owner,
             SQL("INSERT INTO prescription_houses (shop_id, prescription_id, version, seq, "
                 "house_formula_id) SELECT shop_id, %lld, 1, 1, max(id) FROM house_formulas GROUP BY shop_id",
                 (long long)prescription_of(order)));
    ctx_close(&owner);
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.product_name, "Blood mover + Chuān Xiōng");
    job = paper_of(prescription_of(order), NULL, false);
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.product_name, "Blood mover + Chuān Xiōng");
    job = labelled_job(&c, "weigh-sheet", order, false);
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.product_name, "Blood mover");
    ck_assert_str_eq(job.content.overage, "");
}
END_TEST

static int64_t sold(const char *sku)
{
    struct ticket_price price;
    int64_t ticket;

    act_as(&c, "mei.lin");
    ticket = counter_open(&c, NULL);
    counter_add(&c, ticket, sku, 1);
    counter_sell(&c, ticket, &price);
    return ticket;
}

START_TEST(a_receipt_is_held_against_the_rules_of_its_place)
{
    int64_t tea = sold("S-GINGER-TEA");
    struct label_lint lint;
    struct text pdf;

    text_init(&pdf, &c.arena);
    MUST(receipt_lint(&c, tea, "hk_549f", LABEL_FONT, &lint));
    ck_assert_uint_eq(lint.count, 7);
    ck_assert_int_eq(finding_of(&lint, "invoice_number")->outcome, LINT_PRESENT);
    ck_assert_int_eq(finding_of(&lint, "seller_address")->outcome, LINT_PRESENT);
    ck_assert_int_eq(finding_of(&lint, "transaction_date")->outcome, LINT_PRESENT);
    sql_must(&c, "UPDATE shops SET label_profile = 'hk_549f', phone = ''");
    ck_assert_int_eq(receipt_draw(&c, tea, LABEL_FONT, LABEL_PDF, 0, &pdf), ST_UNSAFE);
    ck_assert_str_eq(c.fault.items[0].field, "seller_phone");
    ctx_forgive(&c);
    ck_assert_int_eq(receipt_override(&c, tea, LABEL_FONT, "no_such_reason", "none"), ST_INVALID);
    ctx_forgive(&c);
    MUST(receipt_override(&c, tea, LABEL_FONT, "added_by_hand", "stamped"));
    MUST(receipt_draw(&c, tea, LABEL_FONT, LABEL_PDF, 0, &pdf));
    sql_must(&c, "UPDATE shops SET label_profile = 'us_ca_4076', phone = '312-555-0100'");
    MUST(receipt_draw(&c, sold("S-GINGER-TEA"), LABEL_FONT, LABEL_PDF, 0, &pdf));
}
END_TEST

/* Whatever stands on the papers comes out of the file, each text whole, its characters in their order. */
static void expect_read_back(const struct label_job *job)
{
    struct text pdf;
    const char *read;

    text_init(&pdf, &c.arena);
    MUST(label_write_all(&c, job, 1, LABEL_PDF, 0, &pdf));
    read = paper_squeezed(&c, paper_run(&c, SQL("pdftotext -raw %s -", paper_file(&c, ".pdf", &pdf))));
    for (size_t p = 0; p < job->paper_count; p++)
        for (size_t i = 0; i < job->papers[p].count; i++) {
            const struct mark *mark = &job->papers[p].marks[i];

            if (mark->kind == MARK_TEXT)
                ck_assert_msg(strstr(read, paper_squeezed(&c, mark->text)) != NULL, "%s, %s: %s",
                              job->label->name, job->content.language, mark->text);
        }
}

START_TEST(every_character_of_every_paper_is_read_back)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish" };
    int64_t order = labelled_order(&c, true);

    labelled_weigh(&c, order);
    for (const struct label *label = labels; label->name != NULL; label++) {
        const char *about = strcmp(label->kind, "lot") == 0            ? "lot"
                            : strcmp(label->kind, "drawer") == 0       ? "drawer"
                            : strcmp(label->kind, "prescription") == 0 ? "prescription"
                                                                       : "order";
        const bool spoken = strcmp(about, "order") == 0 || strcmp(about, "prescription") == 0;

        for (size_t i = 0; i < (spoken ? sizeof languages / sizeof *languages : 1); i++) {
            struct label_job job = labelled_job(&c, label->name, order, false);

            job.about = about;
            job.language = spoken ? languages[i] : NULL;
            if (!spoken)
                job.id = 1;
            if (strcmp(about, "prescription") == 0)
                job.id = prescription_of(order);
            if (strcmp(about, "drawer") == 0)
                job.id = sql_number(&c, "SELECT id FROM locations WHERE code = 'A01'");
            MUST(label_make(&c, &job));
            expect_read_back(&job);
        }
    }
}
END_TEST

START_TEST(a_receipts_chinese_is_read_back)
{
    int64_t ticket = sold("S-TIGER-BALM-PATCH");
    struct text pdf;
    const char *read;

    text_init(&pdf, &c.arena);
    MUST(receipt_draw(&c, ticket, LABEL_FONT, LABEL_PDF, 0, &pdf));
    read = paper_squeezed(&c, paper_run(&c, SQL("pdftotext -raw %s -", paper_file(&c, ".pdf", &pdf))));
    ck_assert_msg(strstr(read, "奥秘药材行") != NULL && strstr(read, "合计") != NULL, "%s", read);
    ck_assert_msg(strstr(read, "虎标") != NULL, "%s", read);
}
END_TEST

SUITE(papers)
{
    Suite *suite = suite_create("papers");
    TCase *tests = tcase_create("papers");

    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_prescription_says_what_was_signed_and_why);
    tcase_add_test(tests, rules_for_prescriptions_are_met_or_named);
    tcase_add_test(tests, the_french_register_is_checked_on_the_record);
    tcase_add_test(tests, a_receipt_is_held_against_the_rules_of_its_place);
    tcase_add_test(tests, how_long_it_keeps_is_decided_by_rows);
    tcase_add_test(tests, what_decided_is_kept_with_the_final_check);
    tcase_add_test(tests, a_house_formulas_name_is_the_products);
    tcase_add_test(tests, every_character_of_every_paper_is_read_back);
    tcase_add_test(tests, a_receipts_chinese_is_read_back);
    suite_add_tcase(suite, tests);
    return suite;
}
