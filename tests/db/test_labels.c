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
#include "support/labelled.h"
#include "support/paper.h"
#include "support/prescribe.h"
#include "support/runner.h"

#define DATABASE LABELLED
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

static struct label_content content_of(const char *kind, int64_t order, bool print, enum status status)
{
    struct label_job job = labelled_job(&c, kind, order, print);

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
    int64_t order = labelled_order(&c, true);
    struct label_content content;
    int64_t sum = 0;

    labelled_weigh(&c, order);
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
    int64_t order = labelled_order(&c, true);
    struct label_content first, second;

    labelled_weigh(&c, order);
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
    int64_t order = labelled_order(&c, true);

    content_of("patient", order, true, ST_CONFLICT);
    ck_assert_str_eq(c.fault.items[0].field, "state");
    ctx_forgive(&c);
    ck_assert_int_eq(content_of("patient", order, false, ST_OK).copy_no, 0);
    content_of("patient", order + 100000, false, ST_NOT_FOUND);
}
END_TEST

START_TEST(the_weigh_sheet_names_every_lot_with_its_target)
{
    int64_t order = labelled_order(&c, true);
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
    MUST(label_draw(&c, label, content, LABEL_FONT, LABEL_PDF, 0, &out));
    if (folder == NULL)
        return;
    file = fopen(SQL("%s/%s-%s.pdf", folder, kind, content->language), "wb");
    ck_assert(file != NULL && fwrite(out.data, 1, out.size, file) == out.size && fclose(file) == 0);
}

START_TEST(every_patients_language_can_be_printed)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish" };
    static const char *const forms[] = { "Raw herb packet for decoction", "汤剂饮片", "湯劑飲片",
                                         "Zioła surowe do gotowania", "Hierbas crudas para decocción" };
    static const char *const packets[] = { "7 packets", "7剂", "7劑", "Porcje: 7", "Paquetes: 7" };

    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        int64_t order = labelled_order(&c, true);
        struct label_content content;

        sql_must(&c, SQL("UPDATE patients SET language = '%s' WHERE code = 'D-0003'", languages[i]));
        labelled_weigh(&c, order);
        content = content_of("weigh-sheet", order, true, ST_OK);
        keep("weigh-sheet", &content);
        content = content_of("patient", order, true, ST_OK);
        ck_assert_int_eq(*content.directions[0].english == '\0', i == 0);
        for (size_t k = 0; k < content.warning_count; k++)
            ck_assert_msg((*content.warnings[k].english == '\0') == (i == 0), "%s: %s", languages[i],
                          content.warnings[k].text);
        /* readers of Polish and Spanish have the Latin name beside the pinyin */
        ck_assert_str_eq(ingredient(&content, i == 2 ? "白朮" : "白术")->english,
                         i < 3 ? "White atractylodes rhizome" : "");
        if (i >= 3)
            ck_assert_str_eq(ingredient(&content, "白术")->latin, "Atractylodis Macrocephalae Rhizoma");
        ck_assert(strstr(content.form, forms[i]) != NULL);
        ck_assert(strstr(content.packets, packets[i]) != NULL);
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

SUITE(labels)
{
    return suite_of("labels", 60, make, setup, teardown,
                    TESTS(a_label_says_what_the_order_is, what_was_printed_stays_and_copies_are_counted,
                          a_label_is_not_printed_before_the_herbs_are_weighed,
                          the_weigh_sheet_names_every_lot_with_its_target,
                          every_patients_language_can_be_printed, every_counsel_and_handling_has_its_words));
}
