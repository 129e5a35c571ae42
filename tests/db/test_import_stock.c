/* Deliveries and count sheets as tables: booked whole or not at all, every wrong cell named, undone only while nothing was used. */
#include <stdio.h>
#include <string.h>

#include "core/count.h"
#include "core/import.h"
#include "core/move.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_import_stock"

SCENE("mei.lin")

static void close_file(void *file)
{
    (void)fclose(file);
}

static enum status stage(const char *kind, const char *key, const char *text, struct import *out)
{
    static const struct import_setting settings[] = { { "supplier", "GLB" }, { "invoice", "CSV-1" } };
    struct import_request in = { .file = tmpfile(), .file_name = "delivery.csv", .key = key };

    ck_assert_ptr_nonnull(in.file);
    arena_defer(&c.arena, close_file, in.file);
    (void)fputs(text, in.file);
    ck_assert_int_eq(import_kind_find(&c, kind, &in.kind), ST_OK);
    if (strcmp(kind, "delivery") == 0) {
        in.settings = settings;
        in.setting_count = 2;
    }
    return import_stage(&c, &in, out);
}

#define HEADER "SKU,EAN,Lot,Expires,Weight g,Quantity,Place,Cost,COA\n"

START_TEST(a_delivery_comes_in_and_goes_again)
{
    struct import in;

    ck_assert_msg(stage("delivery", "d1",
                        HEADER "R-GUI-ZHI,,CSV-A,2028-05,500,,A01,12.50,COA-9\n"
                               "R-GUI-ZHI,,CSV-A,,250 g,,A02,6.25,\n"
                               ",9527000000010,CSV-B,2028-05-17,1.5 kg,,,40,\n",
                        &in) == ST_OK,
                  "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code LIKE 'CSV-_'"),
                     0); /* a dry run changes nothing */
    ck_assert_msg(import_apply(&c, in.id, &in) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'CSV-A' AND expires_on = '2028-05-31' AND "
                       "expiry_precision = 'month' AND status = 'released' AND cost_cents = 1875 AND "
                       "cost_quantity = 750000"),
        1);
    ck_assert_int_eq(
        sql_number(
            &c, "SELECT count(*) FROM lots l JOIN items i ON i.id = l.item_id WHERE l.lot_code = 'CSV-B' AND "
                "i.sku = 'G-HUANG-QI' AND l.status = 'quarantined'"),
        1);
    ck_assert_int_eq(
        sql_number(
            &c, "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id WHERE b.internal AND "
                "l.lot_code LIKE 'CSV-_'"),
        GRAMS(2250));
    ck_assert_msg(import_undo(&c, in.id, &in) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(
            &c, "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id WHERE b.internal AND "
                "l.lot_code LIKE 'CSV-_'"),
        0);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
}
END_TEST

START_TEST(a_quantity_is_in_the_units_of_its_row)
{
    struct import in;

    ck_assert_int_eq(stage("delivery", "u1",
                           "SKU,Lot,Expires,Quantity,Unit,Place\n"
                           "R-GUI-ZHI,U-G,2028-05,500,g,A01\n"
                           "R-GUI-ZHI,U-KG,2028-05,1.2345,kg,A01\n"
                           "R-GUI-ZHI,U-MG,2028-05,250,mg,A01\n"
                           "R-GUI-ZHI,U-OZ,2028-05,2,oz,A01\n"
                           "R-GUI-ZHI,U-PRC,2028-05,3,liang prc,A01\n"
                           "R-GUI-ZHI,U-HK,2028-05,10,两 hk,A01\n"
                           "R-GUI-ZHI,U-TW,2028-05,4,qian tw,A01\n"
                           "S-GINGER-TEA,U-EACH,2028-05,12,each,A01\n",
                           &in),
                     ST_OK);
    ck_assert_msg(import_apply(&c, in.id, &in) == ST_OK, "%s", fault_text(&c));
    static const struct {
        const char *code;
        int64_t quantity;
    } booked[] = {
        { "U-G", 500000 },   { "U-KG", 1234500 }, { "U-MG", 250 },   { "U-OZ", 56699 },
        { "U-PRC", 150000 }, { "U-HK", 377994 },  { "U-TW", 15000 }, { "U-EACH", 12 },
    };
    for (size_t i = 0; i < sizeof booked / sizeof booked[0]; i++)
        ck_assert_int_eq(
            sql_number(&c, SQL("SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id "
                               "WHERE b.internal AND l.lot_code = '%s'",
                               booked[i].code)),
            booked[i].quantity);
    ck_assert_msg(import_undo(&c, in.id, &in) == ST_OK, "%s", fault_text(&c));
}
END_TEST

START_TEST(a_unit_nobody_knows_is_refused_with_its_place)
{
    struct import in;

    ck_assert_int_eq(stage("delivery", "u2",
                           "SKU,Lot,Expires,Weight,Unit,Place\n"
                           "R-GUI-ZHI,V-1,2028-05,500,stone,A01\n"
                           "R-GUI-ZHI,V-2,2028-05,2,liang,A01\n"
                           "R-GUI-ZHI,V-3,2028-05,250 g,kg,A01\n"
                           "S-GINGER-TEA,V-4,2028-05,1.5,each,A01\n"
                           "R-GUI-ZHI,V-5,2028-05,-3,oz,A01\n",
                           &in),
                     ST_INVALID);
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 2 column E (unit)",
                              "is one of g, kg, mg, oz, lb, liang"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 3 column E (unit)", "whose liang"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 4 column D (quantity_mg)", "a number alone"));
    ck_assert(
        test_fault_says(&c, "sheet delivery.csv row 5 column D (quantity_mg)", "whole number of pieces"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 6 column D (quantity_mg)", ""));
}
END_TEST

START_TEST(what_was_used_cannot_be_undone)
{
    struct stock_line line = { .from = "A01", .to = "A03", .quantity = GRAMS(1) };
    struct import in;

    ck_assert_msg(stage("delivery", "d2", HEADER "R-GUI-ZHI,,CSV-U,2028-05,500,,A01,12.50,C\n", &in) == ST_OK,
                  "%s", fault_text(&c));
    ck_assert_int_eq(import_apply(&c, in.id, &in), ST_OK);
    line.lot_id = sql_number(&c, "SELECT id FROM lots WHERE lot_code = 'CSV-U'");
    ck_assert_int_eq(stock_move(&c, &line, 1, NULL), ST_OK);
    ck_assert_int_eq(import_undo(&c, in.id, &in), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "lot CSV-U of R-GUI-ZHI", "499 g of it lies in A01"));
}
END_TEST

START_TEST(every_wrong_cell_is_named)
{
    struct import in;

    ck_assert_int_eq(stage("delivery", "d3",
                           HEADER "NONE,,L1,2028-05,500,,A01,1,C\n"
                                  "R-GUI-ZHI,,L2,2028-02-30,500,,A01,1,C\n"
                                  "R-GUI-ZHI,,L3,2028-13,500,,A01,1,C\n"
                                  "R-GUI-ZHI,,L4,2028-05,-5,,A01,1,C\n"
                                  "R-GUI-ZHI,,L5,2028-05,,7,A01,1,C\n"
                                  "R-GUI-ZHI,,L6,2028-05,5 stone,,NOWHERE,1,C\n"
                                  ",9527000000011,L7,2028-05,5,,A01,1,C\n"
                                  "R-GUI-ZHI,,L8,2028-05,5,,A01,1,C\n"
                                  "R-GUI-ZHI,,L8,2028-06,5,,A01,1,C\n",
                           &in),
                     ST_INVALID);
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 2 column A (sku)", "no item"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 3 column D (expires_on)", "real date"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 4 column D (expires_on)", "real date"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 5 column E (quantity_mg)", "negative"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 6 column F (pieces)", "by weight"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 7 column G (location)", "no place"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 8 column B (gtin)", "check digit"));
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 10 column D (expires_on)", "another row"));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code LIKE 'L_'"), 0);
}
END_TEST

START_TEST(a_delivery_names_nothing_out_of_use)
{
    static const char row[] = "SKU,Lot,Expires,Quantity,Unit,Place,COA\nR-GUI-ZHI,OUT-1,2028-05,5,g,A01,C\n";
    struct import in;

    sql_must(&c, "UPDATE locations SET retired_at = now() WHERE code = 'A01'");
    ck_assert_int_eq(stage("delivery", "out1", row, &in), ST_INVALID);
    ck_assert(test_fault_says(&c, "sheet delivery.csv row 2 column F (location)", "is out of use"));
    ctx_forgive(&c);
    sql_must(&c, "UPDATE locations SET retired_at = NULL WHERE code = 'A01'");
    sql_must(&c, "UPDATE suppliers SET retired_at = now() WHERE code = 'GLB'");
    ck_assert_int_eq(stage("delivery", "out2", row, &in), ST_INVALID);
    ck_assert(test_fault_says(&c, "supplier", "is out of use"));
    ctx_forgive(&c);
    sql_must(&c, "UPDATE suppliers SET retired_at = NULL WHERE code = 'GLB'");
}
END_TEST

START_TEST(sheets_come_back_filled_in)
{
    static const char *const places[] = { "Z02" };
    const struct count_plan plan = {
        .title = "sheet", .limit_permille = 1000, .limit_cents = 1000000, .places = places, .place_count = 1
    };
    struct import in;
    int64_t id;

    sql_must(&c, SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'Z02', 'Z', 'drawer')",
                     (long long)c.who.shop_id));
    (void)stage_lot(&c, "ma_huang", "SH-1", GRAMS(100), 300, "released", "Z02");
    (void)stage_lot(&c, "xi_xin", "SH-2", GRAMS(100), 300, "released", "Z02");
    ck_assert_int_eq(count_add(&c, &plan, &id), ST_OK);
    ck_assert_int_eq(stage("stocktake", "s0", "Count,Line,Counted g\n999999,1,5\n", &in), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(stage("stocktake", "s1",
                           SQL("Count,Line,Counted g\n%lld,1,5\n%lld,1,6\n%lld,9,6\n", (long long)id,
                               (long long)id, (long long)id),
                           &in),
                     ST_INVALID);
    ctx_forgive(&c);
    ck_assert_msg(stage("stocktake", "s2",
                        SQL("Count,Line,Lot,Counted g,Note\n%lld,1,SH-1,99.5,ok\n%lld,2,SH-2,,\n",
                            (long long)id, (long long)id),
                        &in) == ST_OK,
                  "%s", fault_text(&c));
    ck_assert_msg(import_apply(&c, in.id, &in) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(count_book(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, "SELECT sum(b.quantity) FROM balances b JOIN locations p ON p.id = "
                                    "b.location_id WHERE p.code = 'Z02'"),
                     GRAMS(200) - 500);
    ck_assert_int_eq(import_undo(&c, in.id, &in), ST_CONFLICT);
}
END_TEST

SUITE(import_stock)
{
    return suite_of("import_stock", 60, make, setup, scene_close,
                    TESTS(a_delivery_comes_in_and_goes_again, a_quantity_is_in_the_units_of_its_row,
                          a_unit_nobody_knows_is_refused_with_its_place, what_was_used_cannot_be_undone,
                          every_wrong_cell_is_named, a_delivery_names_nothing_out_of_use,
                          sheets_come_back_filled_in));
}
