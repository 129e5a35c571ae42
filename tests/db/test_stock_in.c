/* Goods coming in: purchase orders, deliveries against them, what a code without an expiry may not do, undoing. */
#include <string.h>

#include "core/purchase.h"
#include "core/stock.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_stock_in"

SCENE("mei.lin")

static struct receipt_line line(const char *lot, const char *expires, int64_t mg)
{
    return (struct receipt_line){ .sku = "R-GUI-ZHI",
                                  .lot_code = lot,
                                  .expires = expires,
                                  .quantity = mg,
                                  .location = "A01",
                                  .cost = { 500 },
                                  .certificate = "COA" };
}

static enum status receive(const char *invoice, int64_t purchase, const struct receipt_line *lines, size_t n,
                           int64_t *id)
{
    const struct receipt receipt = {
        .supplier = "GLB", .invoice = invoice, .purchase_order_id = purchase, .lines = lines, .count = n
    };

    return stock_receive(&c, &receipt, id);
}

static const char *state_of(int64_t purchase)
{
    static const char *const names[] = {
        "draft", "sent", "part_received", "received", "closed", "cancelled"
    };

    for (size_t i = 0; i < 6; i++)
        if (sql_number(&c, SQL("SELECT count(*) FROM purchase_orders WHERE id = %lld AND state = '%s'",
                               (long long)purchase, names[i])) == 1)
            return names[i];
    return "none";
}

static int64_t new_purchase(int64_t mg)
{
    const struct purchase_line wanted = { .sku = "R-GUI-ZHI", .quantity = mg, .cost = { 1000 } };
    const struct purchase purchase = {
        .supplier = "GLB", .expected_on = DATE_NONE, .lines = &wanted, .count = 1
    };
    int64_t id;

    ck_assert_msg(purchase_add(&c, &purchase, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

START_TEST(a_purchase_order_goes_its_way)
{
    const struct receipt_line half = line("PO-1", "2028-05", GRAMS(250)),
                              rest = line("PO-2", "2028-06", GRAMS(250));
    const struct purchase_line other = { .sku = "R-GUI-ZHI", .quantity = GRAMS(500) };
    int64_t id = new_purchase(GRAMS(400)), receipt, second;

    ck_assert_int_eq(receive("PO-A", id, &half, 1, &receipt), ST_CONFLICT); /* still a draft */
    ctx_forgive(&c);
    ck_assert_int_eq(purchase_set_lines(&c, id, &other, 1), ST_OK);
    ck_assert_int_eq(purchase_set_state(&c, id, "sent"), ST_OK);
    ck_assert_int_eq(purchase_set_lines(&c, id, &other, 1), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_msg(receive("PO-A", id, &half, 1, &receipt) == ST_OK, "%s", fault_text(&c));
    ck_assert_str_eq(state_of(id), "part_received");
    ck_assert_int_eq(purchase_set_state(&c, id, "cancelled"), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(receive("PO-B", id, &rest, 1, &second), ST_OK);
    ck_assert_str_eq(state_of(id), "received");
    ck_assert_int_eq(stock_undo_receipt(&c, second, "wrong parcel"), ST_OK);
    ck_assert_str_eq(state_of(id), "part_received");
    ck_assert_int_eq(purchase_set_state(&c, id, "closed"), ST_OK);
    ck_assert_int_eq(receive("PO-C", id, &rest, 1, &second), ST_NOT_FOUND);
}
END_TEST

START_TEST(bad_orders_are_refused)
{
    const struct purchase_line lines[] = { { .sku = "NONE", .quantity = 1 },
                                           { .sku = "R-GUI-ZHI", .quantity = -1 },
                                           { .sku = "R-ZI-SU-YE", .quantity = 1, .unit = "each" } };
    const struct purchase bad = { .supplier = "GLB", .expected_on = DATE_NONE, .lines = lines, .count = 3 };
    const struct purchase nobody = { .supplier = "NOBODY", .expected_on = DATE_NONE };
    int64_t id, empty;
    const struct purchase none = { .supplier = "GLB", .expected_on = DATE_NONE };

    ck_assert_int_ne(purchase_add(&c, &bad, &id), ST_OK);
    ck_assert(test_fault_says(&c, "lines[0].sku", "no item"));
    ck_assert(test_fault_says(&c, "lines[1].quantity", "0 to"));
    ck_assert(test_fault_says(&c, "lines[2].unit", "by weight"));
    ctx_forgive(&c);
    ck_assert_int_eq(purchase_add(&c, &nobody, &id), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(purchase_add(&c, &none, &empty), ST_OK);
    ck_assert_int_eq(purchase_set_state(&c, empty, "sent"), ST_CONFLICT);
    ctx_forgive(&c);
    act_as(&c, "dr.wu");
    ck_assert_int_eq(purchase_add(&c, &none, &id), ST_DENIED);
}
END_TEST

/* A code that says nothing about the expiry does not take away the one that is known, nor the other way round. */
START_TEST(no_expiry_said_wipes_none)
{
    const struct receipt_line first = line("NOEXP", "2028-05-31", GRAMS(10)),
                              again = line("NOEXP", "", GRAMS(10)),
                              other = line("NOEXP", "2029-01", GRAMS(10));
    const struct receipt_line both[] = { line("BOTH", "", GRAMS(10)), line("BOTH", "2028-07", GRAMS(10)) };
    int64_t id;

    ck_assert_int_eq(receive("NOEXP-1", 0, &first, 1, &id), ST_OK);
    ck_assert_msg(receive("NOEXP-2", 0, &again, 1, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'NOEXP' AND expires_on = '2028-05-31'"),
        1);
    ck_assert_int_eq(receive("NOEXP-3", 0, &other, 1, &id), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_msg(receive("BOTH-1", 0, both, 2, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'BOTH' AND expires_on = "
                                    "'2028-07-31' AND cost_cents = 1000 AND cost_quantity = 20000"),
                     1);
}
END_TEST

START_TEST(expiry_before_manufacture_is_refused)
{
    struct receipt_line wrong = line("MADE", "2026-01", GRAMS(10));
    int64_t id;

    wrong.made_on = "2026-02";
    ck_assert_int_eq(receive("MADE-1", 0, &wrong, 1, &id), ST_INVALID);
    ck_assert(test_fault_says(&c, "lines[0].expires_on", "before the day of manufacture, 2026-02-01"));
    ctx_forgive(&c);
    wrong.expires = "2026-02-30";
    ck_assert_int_eq(receive("MADE-1", 0, &wrong, 1, &id), ST_INVALID);
    ctx_forgive(&c);
    wrong.expires = "2026-13";
    ck_assert_int_eq(receive("MADE-1", 0, &wrong, 1, &id), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c,
                "INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, made_on)"
                " SELECT shop_id, item_id, supplier_id, 'LAW', '2026-01-01', '2026-01-02' FROM lots LIMIT 1"),
        ST_INVALID);
}
END_TEST

START_TEST(who_may_release_with_the_delivery)
{
    struct receipt_line loose = line("LOOSE", "2028-05", GRAMS(10));
    int64_t id;

    loose.certificate = NULL;
    loose.status = "released";
    act_as(&c, "sam.ortiz");
    ck_assert_int_eq(receive("LOOSE-1", 0, &loose, 1, &id), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(receive("LOOSE-1", 0, &loose, 1, &id), ST_OK);
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'LOOSE' AND status = 'released'"), 1);
}
END_TEST

/* What has been used cannot be taken back, and is named; an undone delivery's invoice may come again. */
START_TEST(a_delivery_is_undone_only_whole)
{
    const struct receipt_line lines[] = { line("UNDO-1", "2028-05", GRAMS(100)),
                                          line("UNDO-2", "2028-05", GRAMS(100)) };
    int64_t id, again;

    ck_assert_int_eq(receive("UNDO", 0, lines, 2, &id), ST_OK);
    sql_must(&c, SQL("SELECT stock_book(%lld, ARRAY[l.id], ARRAY[p.id], ARRAY[o.id], ARRAY[1000::bigint], "
                     "'lost', NULL,"
                     " NULL, '', NULL) FROM lots l, locations p, locations o WHERE l.lot_code = 'UNDO-2'"
                     " AND p.code = 'A01' AND o.kind = 'loss'",
                     (long long)c.who.shop_id));
    ck_assert_int_eq(stock_undo_receipt(&c, id, "oops"), ST_CONFLICT);
    ck_assert_uint_eq(c.fault.count, 1);
    ck_assert(test_fault_says(&c, "lot UNDO-2 of R-GUI-ZHI", "99 g of it lies in A01"));
    ctx_forgive(&c);
    ck_assert_int_eq(receive("UNDO", 0, lines, 1, &again), ST_CONFLICT);
    ctx_forgive(&c);
    sql_must(&c, SQL("SELECT stock_book(%lld, ARRAY[l.id], ARRAY[o.id], ARRAY[p.id], ARRAY[1000::bigint], "
                     "'adjusted', NULL,"
                     " NULL, '', NULL) FROM lots l, locations p, locations o WHERE l.lot_code = 'UNDO-2'"
                     " AND p.code = 'A01' AND o.kind = 'loss'",
                     (long long)c.who.shop_id));
    ck_assert_msg(stock_undo_receipt(&c, id, "oops") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(stock_undo_receipt(&c, id, "oops"), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id"
                                    " WHERE l.lot_code LIKE 'UNDO-_' AND b.internal"),
                     0);
    ck_assert_int_eq(receive("UNDO", 0, lines, 1, &again), ST_OK);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
}
END_TEST

SUITE(stock_in)
{
    return suite_of("stock_in", 60, make, setup, scene_close,
                    TESTS(a_purchase_order_goes_its_way, bad_orders_are_refused, no_expiry_said_wipes_none,
                          expiry_before_manufacture_is_refused, who_may_release_with_the_delivery,
                          a_delivery_is_undone_only_whole));
}
