/* Imports: a file is checked to its end, applied whole or not at all, once, and taken back whole. */
#include <stdio.h>
#include <string.h>

#include "core/import.h"
#include "core/knowledge_db.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/stage.h"

static struct ctx c;
static struct knowledge *knowledge;

static void make(void)
{
    database_fresh("test_import");
}

static void begin(void)
{
    database_open_test(&c, "test_import", TEST_APP);
    ck_assert_int_eq(knowledge_from_database(&c, &knowledge), ST_OK);
    act_as(&c, "mei.lin");
}

static void end(void)
{
    knowledge_close(knowledge);
    ctx_close(&c);
}

static void close_file(void *file)
{
    (void)fclose(file);
}

static struct import_request request(const char *kind, const char *key, const char *text)
{
    struct import_request in = {
        .file = tmpfile(), .file_name = "people.csv", .key = key, .knowledge = knowledge
    };

    ck_assert_ptr_nonnull(in.file);
    arena_defer(&c.arena, close_file, in.file);
    (void)fputs(text, in.file);
    ck_assert_int_eq(import_kind_find(&c, kind, &in.kind), ST_OK);
    return in;
}

static enum status stage(const char *kind, const char *key, const char *text, struct import *out)
{
    struct import_request in = request(kind, key, text);

    return import_stage(&c, &in, out);
}

static void must(enum status status)
{
    ck_assert_msg(status == ST_OK, "%s", fault_text(&c));
}

static void refused(enum status status, enum status wanted, const char *field, const char *rule)
{
    ck_assert_msg(status == wanted, "%d: %s", (int)status, fault_text(&c));
    for (size_t i = 0; i < c.fault.count; i++)
        if (strstr(c.fault.items[i].field, field) != NULL && strstr(c.fault.items[i].rule, rule) != NULL) {
            ctx_forgive(&c);
            return;
        }
    ck_abort_msg("%s", fault_text(&c));
}

#define PATIENTS \
    "Patient no.,Family name,Given name,Date of birth,Weight,Sex,Phone\n" \
    "X-1,Zhang,Wei,1970-02-03,62 kg,女,+1 555 0101\n" \
    ",=HYPERLINK(1),Anna,1988-05,,f,@phone\n" \
    ",Wang,,,,,\n"

START_TEST(patients_come_in_and_go_again)
{
    struct import import, second;
    int64_t before = sql_number(&c, "SELECT count(*) FROM patients");

    must(stage("patients", "key-1", PATIENTS, &import));
    ck_assert_str_eq(import.state, "ready");
    ck_assert_int_eq((int)import.rows_total, 3);
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM patients"), (int)before);
    must(import_apply(&c, import.id, &import));
    ck_assert_str_eq(import.state, "applied");
    ck_assert_str_eq(import.applied_by, "Lin Mei (demo)");
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM patients"), (int)before + 3);
    ck_assert_int_eq(
        (int)sql_number(&c, "SELECT count(*) FROM patients WHERE code = 'X-1' AND weight_mg = 62000000 AND "
                            "sex = 'female' AND born_on = '1970-02-03'"),
        1);
    ck_assert_int_eq(
        (int)sql_number(&c,
                        "SELECT count(*) FROM patients WHERE family_name = '=HYPERLINK(1)' AND code ~ '^P-'"),
        1);
    refused(import_apply(&c, import.id, &import), ST_CONFLICT, "import", "is applied");
    refused(stage("patients", "key-2", PATIENTS "\n", &second), ST_INVALID, "row 2 column A (code)",
            "belongs to another patient");
    must(import_undo(&c, import.id, &import));
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM patients"), (int)before);
    refused(import_undo(&c, import.id, &import), ST_CONFLICT, "import", "is undone");
    must(stage("patients", "key-3", PATIENTS, &import));
    must(import_apply(&c, import.id, &import));
    must(import_undo(&c, import.id, &import));
}
END_TEST

START_TEST(a_file_is_applied_once)
{
    static const char file[] = "family_name\nOnce\n";
    struct import first, second;

    must(stage("patients", "once-1", file, &first));
    must(stage("patients", "once-2", file, &second));
    must(import_apply(&c, first.id, &first));
    refused(import_apply(&c, second.id, &second), ST_CONFLICT, "file", "was applied already");
    refused(stage("patients", "once-3", file, &second), ST_CONFLICT, "file", "was applied already, at 2");
    must(import_undo(&c, first.id, &first));
    must(stage("patients", "once-3", file, &second));
    must(import_apply(&c, second.id, &second));
    must(import_undo(&c, second.id, &second));
}
END_TEST

START_TEST(a_key_gives_the_same_import)
{
    struct import first, again;

    must(stage("patients", "same", "family_name\nA\n", &first));
    must(stage("patients", "same", "family_name\nA\n", &again));
    ck_assert_int_eq((int)first.id, (int)again.id);
    refused(stage("patients", "same", "family_name\nB\n", &again), ST_KEY_REUSED, "Idempotency-Key",
            "something else");
    refused(stage("herbs", "same", "family_name\nA\n", &again), ST_DENIED, "", "");
}
END_TEST

START_TEST(a_lost_reader_is_replaced)
{
    struct import first, again;

    must(stage("patients", "lost", "family_name\nA\n", &first));
    stage_fate(&c, "test_import",
               "UPDATE imports SET state = 'checking', touched_at = now() - interval '2 minutes' "
               "WHERE request_key = 'lost'");
    must(stage("patients", "lost", "family_name\nA\n", &again));
    ck_assert_int_eq((int)first.id, (int)again.id);
    ck_assert_int_eq((int)again.rows_total, 1);
    stage_fate(&c, "test_import",
               "UPDATE imports SET state = 'checking', touched_at = now() WHERE request_key = 'lost'");
    refused(stage("patients", "lost", "family_name\nA\n", &again), ST_BUSY, "Idempotency-Key",
            "at this moment");
    stage_fate(&c, "test_import", "UPDATE imports SET state = 'ready' WHERE state = 'checking'");
}
END_TEST

START_TEST(every_fault_is_named_at_once)
{
    struct import import;
    enum status status = stage("patients", "faults",
                               "code,family_name,born_on,weight,sex\n"
                               "D,A,31/12/1970,5,f\n"
                               "D,,2999-01-01,62 kg,none\n",
                               &import);

    ck_assert_int_eq(status, ST_INVALID);
    ck_assert_str_eq(import.state, "refused");
    ck_assert_int_eq((int)import.faults, 7);
    ck_assert_uint_eq(c.fault.count, 7);
    refused(status, ST_INVALID, "sheet people.csv row 2 column C (born_on)", "real date");
    refused(stage("patients", "faults",
                  "code,family_name,born_on,weight,sex\nD,A,31/12/1970,5,f\nD,,2999-01-01,62 kg,none\n",
                  &import),
            ST_INVALID, "row 3 column A (code)", "another row");
    refused(import_apply(&c, import.id, &import), ST_CONFLICT, "import", "is refused");
    refused(stage("patients", "faults-2", "code,name\nD,A\n", &import), ST_INVALID, "row 1 column B",
            "no column");
    ck_assert_str_eq(import.state, "refused");
    refused(stage("patients", "faults-3", "family_name\n", &import), ST_INVALID, "sheet people.csv",
            "no row below");
    refused(stage("patients", "faults-4", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &import), ST_INVALID, "file",
            "encrypted");
}
END_TEST

START_TEST(patients_in_use_stay)
{
    struct import import;

    must(stage("patients", "used", "code,family_name\nU-1,A\n", &import));
    must(import_apply(&c, import.id, &import));
    sql_must(&c, "UPDATE patients SET profile_version = 2 WHERE code = 'U-1'");
    refused(import_undo(&c, import.id, &import), ST_CONFLICT, "line 1, code", "is used by now");
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM patients WHERE code = 'U-1'"), 1);
}
END_TEST

START_TEST(items_come_in_by_any_name)
{
    struct import import;

    act_as(&c, "sam.ortiz");
    must(stage("herbs", "herbs-1",
               "SKU,Kind,Herb or product,Price,Ratio,Place\n"
               "I-1,饮片,當歸,12.5,,\n"
               "I-2,granule,huang qi,30,5:1,\n",
               &import));
    must(import_apply(&c, import.id, &import));
    ck_assert_int_eq(
        (int)sql_number(&c, "SELECT count(*) FROM items WHERE sku = 'I-1' AND herb_id = 'dang_gui' AND "
                            "price_cents = 1250 AND price_per_quantity = 1000"),
        1);
    ck_assert_int_eq((int)sql_number(&c, "SELECT ratio_numerator FROM items WHERE sku = 'I-2'"), 5);
    must(import_undo(&c, import.id, &import));
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM items WHERE sku IN ('I-1', 'I-2')"), 0);
    refused(stage("herbs", "herbs-2",
                  "SKU,Kind,Herb or product,Ratio,Place\nI-3,raw,no such herb at all,,Z-99\nI-4,granule,gan "
                  "cao,,\n",
                  &import),
            ST_INVALID, "row 2 column C (herb)", "");
    ck_assert_int_eq((int)import.faults, 3);
}
END_TEST

START_TEST(goods_come_in_by_their_names)
{
    struct import import;

    act_as(&c, "sam.ortiz");
    must(stage("herbs", "goods-1",
               "SKU,Kind,Herb or product,Name in the shop,Chinese name,Price,Unit,Re-order at pieces\n"
               "I-10,goods,,Tea mug,茶杯,12.5,,6\nI-11,其他商品,,A book,,30,each,\nI-12,raw,huang qi,,,1,,\n",
               &import));
    must(import_apply(&c, import.id, &import));
    ck_assert_int_eq(
        (int)sql_number(&c, "SELECT count(*) FROM items WHERE sku IN ('I-10', 'I-11') AND item_kind = "
                            "'goods' AND unit = 'each' AND price_per_quantity = 1 AND NOT medicinal"),
        2);
    ck_assert_int_eq((int)sql_number(&c, "SELECT reorder_quantity FROM items WHERE sku = 'I-10'"), 6);
    refused(
        stage("herbs", "goods-2",
              "SKU,Kind,Herb or product,Name in the shop,Chinese name,Unit,Ratio,Preparation,Re-order at g\n"
              "I-20,goods,,Dang Gui,,,,,\nI-21,goods,,Mug,当归,g,5:1,,\nI-22,goods,huang qi,,,,,fried,5\n"
              "I-23,raw,,Huang Qi,,,,,\n",
              &import),
        ST_INVALID, "row 2 column D (name)", "known to the reference as the herb");
    ck_assert_int_eq((int)import.faults, 9);
    ck_assert_int_eq((int)sql_number(&c, "SELECT count(*) FROM items WHERE sku LIKE 'I-2_'"), 0);
}
END_TEST

START_TEST(prices_come_in_and_go_again)
{
    struct import import;

    act_as(&c, "sam.ortiz");
    refused(stage("price_list", "p0",
                  "SKU,Price,Per pieces,Per g\nS-CLAY-POT,29.99,,5 "
                  "g\nNO-SUCH,1,,\nS-CLAY-POT,1,0,\nR-GUI-ZHI,x,,\n",
                  &import),
            ST_INVALID, "per_mg", "does not suit an item counted in pieces");
    must(stage("price_list", "p1",
               "SKU,Item,Price,Per g\nS-CLAY-POT,Clay pot,29.99,\nR-GUI-ZHI,Gui Zhi,0.05,1 g\n", &import));
    must(import_apply(&c, import.id, &import));
    ck_assert_int_eq(sql_number(&c, "SELECT price_cents FROM items WHERE sku = 'S-CLAY-POT'"), 2999);
    ck_assert_int_eq(sql_number(&c, "SELECT price_per_quantity FROM items WHERE sku = 'R-GUI-ZHI'"), 1000);
    sql_must(&c, "UPDATE items SET price_cents = 1 WHERE sku = 'S-CLAY-POT'");
    refused(import_undo(&c, import.id, &import), ST_CONFLICT, "sku", "has another price by now");
    sql_must(&c, "UPDATE items SET price_cents = 2999 WHERE sku = 'S-CLAY-POT'");
    must(import_undo(&c, import.id, &import));
    ck_assert_int_eq(sql_number(&c, "SELECT price_cents FROM items WHERE sku = 'S-CLAY-POT'"), 3499);
    ck_assert_int_eq(sql_number(&c, "SELECT price_per_quantity FROM items WHERE sku = 'R-GUI-ZHI'"), 100000);
}
END_TEST

START_TEST(the_database_lets_nothing_else_go)
{
    struct import import;

    must(stage("patients", "law", "family_name\nLaw\n", &import));
    ck_assert_int_ne(sql_try(&c, "DELETE FROM patients"), ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "SELECT import_take_back(current_shop(), (SELECT max(id) FROM imports))"),
                     ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "SELECT import_forget(current_shop(), (SELECT max(id) FROM imports))"),
                     ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "DELETE FROM imports"), ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "UPDATE imports SET checksum = repeat('0', 64)"), ST_OK);
}
END_TEST

static int64_t rows_of(const struct import *import)
{
    return sql_number(&c, arena_printf(&c.arena, "SELECT count(*) FROM import_rows WHERE import_id = %lld",
                                       (long long)import->id));
}

/* Rows may hold names of patients: those of what was not taken, or was taken back, go after a month; what was wrong stays. */
START_TEST(what_was_not_taken_is_let_go)
{
    struct import refused_one, forgotten, taken, back, young;

    ck_assert_int_ne(stage("patients", "old-1", "family_name,born_on\nA,31/12/1970\n", &refused_one), ST_OK);
    ctx_forgive(&c);
    must(stage("patients", "old-2", "family_name\nForgotten\n", &forgotten));
    must(stage("patients", "old-3", "family_name\nTaken\n", &taken));
    must(import_apply(&c, taken.id, &taken));
    must(stage("patients", "old-4", "family_name\nBack\n", &back));
    must(import_apply(&c, back.id, &back));
    must(import_undo(&c, back.id, &back));
    stage_fate(&c, "test_import",
               "UPDATE imports SET touched_at = now() - interval '31 days' WHERE request_key LIKE 'old-_'");
    must(stage("patients", "young", "family_name\nYoung\n", &young));
    ck_assert_int_eq(sql_number(&c, "SELECT import_let_go()"), 3);
    ck_assert_int_eq(sql_number(&c, "SELECT import_let_go()"), 0);
    ck_assert_int_eq(rows_of(&refused_one) + rows_of(&forgotten) + rows_of(&back), 0);
    ck_assert_int_eq(rows_of(&taken), 1);
    ck_assert_int_eq(rows_of(&young), 1);
    must(import_get(&c, forgotten.id, &forgotten));
    ck_assert_str_eq(forgotten.state, "expired");
    refused(import_apply(&c, forgotten.id, &forgotten), ST_CONFLICT, "import", "is expired");
    refused(stage("patients", "old-1", "family_name,born_on\nA,31/12/1970\n", &refused_one), ST_INVALID,
            "sheet people.csv row 2 column B (born_on)", "real date");
    must(import_undo(&c, taken.id, &taken));
}
END_TEST

SUITE(import)
{
    return suite_of("import", 60, make, begin, end,
                    TESTS(patients_come_in_and_go_again, a_file_is_applied_once, a_key_gives_the_same_import,
                          a_lost_reader_is_replaced, every_fault_is_named_at_once, patients_in_use_stay,
                          items_come_in_by_any_name, goods_come_in_by_their_names,
                          prices_come_in_and_go_again, the_database_lets_nothing_else_go,
                          what_was_not_taken_is_let_go));
}
