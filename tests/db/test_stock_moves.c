/* Drawer to drawer, one lot into several, and from shop to shop: nothing is taken twice, nothing is lost on the way, and what is
   set aside stays. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/account.h"
#include "core/move.h"
#include "core/order.h"
#include "core/person.h"
#include "core/shop.h"
#include "core/stock.h"
#include "core/transfer.h"
#include "support/database.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_stock_moves"
#define GRAMS(g) (INT64_C(1000) * (g))
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define OTHER "hua-tuo"
#define HERE "arcana-herbs-shop"

static struct ctx c;

/* A second shop with a drawer, an item of ma huang and a person. */
static void make(void)
{
    const struct shop_new shop = { .slug = OTHER, .name = "Hua Tuo Pharmacy", .time_zone = "Asia/Shanghai" };
    const struct account person = { .username = "hua",
                                    .display_name = "Hua",
                                    .roles = ROLE_PHARMACIST | ROLE_STAFF };
    int64_t id, user;

    database_fresh(DATABASE);
    database_open_test(&c, DATABASE, TEST_OWNER);
    ck_assert_int_eq(shop_create(&c, &shop, &id), ST_OK);
    c.who = (struct who){ .shop_id = id };
    ck_assert_int_eq(account_create(&c, &person, &user), ST_OK);
    sql_must(&c,
             SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'D1', 'Drawer', 'drawer')",
                 (long long)id));
    sql_must(&c, SQL("INSERT INTO items (shop_id, sku, item_kind, herb_id, name, unit) VALUES"
                     " (%lld, 'T-ma_huang', 'raw', 'ma_huang', 'Ma Huang', 'mg'),"
                     " (%lld, 'T-gui_zhi', 'raw', 'gui_zhi', 'Gui Zhi', 'mg')",
                     (long long)id, (long long)id));
    sql_must(&c, SQL("INSERT INTO items (shop_id, sku, item_kind, name, name_hanzi, unit, gtin) VALUES"
                     " (%lld, 'MUG', 'goods', 'A book', '书', 'each', NULL),"
                     " (%lld, 'CUP', 'goods', 'TEA MUG', NULL, 'each', NULL),"
                     " (%lld, 'BEI', 'goods', 'Cup for tea', '茶杯', 'each', NULL),"
                     " (%lld, 'OTHER', 'goods', 'Tea mug', '茶杯', 'each', '04006381333931')",
                     (long long)id, (long long)id, (long long)id, (long long)id));
    ctx_close(&c);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "mei.lin");
}

static void teardown(void)
{
    ctx_close(&c);
}

static int64_t lies(int64_t lot, const char *place)
{
    return sql_number(
        &c,
        SQL("SELECT coalesce(sum(b.quantity), 0) FROM balances b JOIN locations p ON p.shop_id = b.shop_id"
            " AND p.id = b.location_id WHERE b.lot_id = %lld AND p.code = '%s'",
            (long long)lot, place));
}

START_TEST(drawers_are_exchanged)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "MV-1", GRAMS(100), 300, "released", "A01");
    const struct stock_line lines[] = { { lot, "A01", "A02", GRAMS(30) }, { lot, "A01", "A03", GRAMS(20) } };
    const struct stock_line much[] = { { lot, "A01", "A02", GRAMS(30) }, { lot, "A01", "A03", GRAMS(30) } };
    const struct stock_line bad[] = { { lot, "A01", "A01", GRAMS(1) },
                                      { lot, "A01", "LOSS", GRAMS(1) },
                                      { lot, "TRANSIT", "A01", GRAMS(1) },
                                      { 999999, "A01", "A02", GRAMS(1) },
                                      { lot, "A01", "A02", 0 } };

    ck_assert_msg(stock_move(&c, lines, 2, "tidy") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(lies(lot, "A01"), GRAMS(50));
    ck_assert_int_eq(lies(lot, "A02"), GRAMS(30));
    ck_assert_int_eq(stock_move(&c, much, 2, NULL), ST_SHORT);
    ck_assert(test_fault_says(&c, "lines[1].quantity", "20 g"));
    ctx_forgive(&c);
    ck_assert_int_ne(stock_move(&c, bad, 5, NULL), ST_OK);
    ck_assert(test_fault_says(&c, "lines[1].to", "no place"));
    ck_assert(test_fault_says(&c, "lines[2].from", "no place"));
    ck_assert(test_fault_says(&c, "lines[3].lot_id", "no lot"));
    ck_assert(test_fault_says(&c, "lines[4].quantity", "1 to"));
    ctx_forgive(&c);
    ck_assert_int_eq(stock_move(&c, bad, 1, NULL), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(lies(lot, "A01"), GRAMS(50));
}
END_TEST

START_TEST(what_is_set_aside_stays_where_it_is)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "MV-2", GRAMS(200), 400, "released", "A01");
    const int64_t order = stage_order(&c, "ma_huang", GRAMS(70), 7);
    struct stock_line line = { lot, "A01", "A02", 0 };
    int64_t reserved;

    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
    reserved = stage_reserved(&c, order, lot);
    line.quantity = GRAMS(200) - reserved + 1;
    ck_assert_int_eq(stock_move(&c, &line, 1, NULL), ST_SHORT);
    ctx_forgive(&c);
    line.quantity = GRAMS(200) - reserved;
    ck_assert_int_eq(stock_move(&c, &line, 1, NULL), ST_OK);
    ck_assert_int_eq(order_cancel(&c, order, "test"), ST_OK);
}
END_TEST

START_TEST(a_lot_is_divided_with_the_old_one_behind)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "RP-1", GRAMS(100), 300, "released", "A01");
    struct lot_part parts[] = { { .quantity = GRAMS(40), .to = "A02" },
                                { .quantity = GRAMS(25), .lot_code = "RP-1-SMALL" } };
    struct lot_part taken[] = { { .quantity = GRAMS(1), .lot_code = "RP-1-SMALL" } };
    struct lot_part much[] = { { .quantity = GRAMS(99) } };

    ck_assert_msg(lot_repack(&c, lot, "A01", parts, 2, "bags") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(lies(lot, "A01"), GRAMS(35));
    ck_assert_int_eq(lies(parts[0].id, "A02"), GRAMS(40));
    ck_assert_int_eq(lies(parts[1].id, "A01"), GRAMS(25));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM lots a JOIN lots b ON b.id = %lld WHERE a.id IN (%lld, %lld)"
                           " AND a.expires_on = b.expires_on AND a.status = b.status",
                           (long long)lot, (long long)parts[0].id, (long long)parts[1].id)),
        2);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM lot_descendants(%lld, ARRAY[%lld::bigint])",
                                        (long long)c.who.shop_id, (long long)lot)),
                     3);
    ck_assert_int_eq(lot_repack(&c, lot, "A01", taken, 1, NULL), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(lot_repack(&c, lot, "A01", much, 1, NULL), ST_SHORT);
    ctx_forgive(&c);
    ck_assert_int_eq(lies(lot, "A01"), GRAMS(35));
    /* A lot cannot come of one that is younger: no circles. */
    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO lot_origins (shop_id, lot_id, origin_lot_id, quantity, how)"
                                     " VALUES (%lld, %lld, %lld, 1, 'repacked')",
                                     (long long)c.who.shop_id, (long long)lot, (long long)parts[0].id)),
                     ST_CONFLICT);
}
END_TEST

static void be(const char *username, const char *shop)
{
    ck_assert_msg(person_act_as(&c, username, shop) == ST_OK, "%s", fault_text(&c));
}

static int64_t sent(const char *code, int64_t *lot)
{
    struct stock_line line = { .from = "A01", .quantity = GRAMS(60) };
    int64_t id;

    *lot = line.lot_id = stage_lot(&c, "ma_huang", code, GRAMS(100), 300, "released", "A01");
    ck_assert_msg(transfer_send(&c, OTHER, &line, 1, "for you", &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

static int64_t differences(void)
{
    return sql_number(
        &c, "SELECT (SELECT count(*) FROM transfer_differences) + (SELECT count(*) FROM ledger_differences)");
}

START_TEST(goods_are_in_one_shop_or_on_their_way)
{
    int64_t lot, id = sent("TR-1", &lot), receipt;
    const struct transfer_part part = { .line_no = 1, .quantity = GRAMS(40), .location = "D1" };
    const struct transfer_part much = { .line_no = 1, .quantity = GRAMS(21), .location = "D1" };
    const struct transfer_part wrong = {
        .line_no = 1, .quantity = GRAMS(1), .location = "D1", .sku = "T-gui_zhi"
    };
    const struct transfer_part back = { .line_no = 1, .quantity = GRAMS(15), .location = "A02" };
    const struct transfer_part lost = { .line_no = 1, .quantity = GRAMS(5) };
    const struct transfer_part twice[] = { part, part };

    ck_assert_int_eq(lies(lot, "TRANSIT"), GRAMS(60));
    ck_assert_int_eq(transfer_accept(&c, HERE, id, &part, 1, &receipt), ST_NOT_FOUND); /* not sent to us */
    ctx_forgive(&c);
    be("hua", OTHER);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM transfers WHERE id = %lld", (long long)id)), 1);
    ck_assert_int_eq(transfer_accept(&c, HERE, id, twice, 2, &receipt), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(transfer_accept(&c, HERE, id, &wrong, 1, &receipt), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "lines[0].sku", "another herb"));
    ctx_forgive(&c);
    ck_assert_msg(transfer_accept(&c, HERE, id, &part, 1, &receipt) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(
            &c,
            "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.shop_id = b.shop_id AND l.id = b.lot_id"
            " WHERE l.lot_code = 'TR-1' AND b.internal"),
        GRAMS(40));
    ck_assert_int_eq(transfer_accept(&c, HERE, id, &much, 1, &receipt), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(transfer_take_back(&c, id, &back, 1), ST_NOT_FOUND); /* the receiver cannot */
    ctx_forgive(&c);
    ck_assert_int_eq(differences(), 0);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(lies(lot, "TRANSIT"), GRAMS(20));
    sql_must(&c, "UPDATE locations SET retired_at = now() WHERE code = 'A02'");
    ck_assert_int_eq(transfer_take_back(&c, id, &back, 1), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "lines[0].location", "is out of use"));
    ctx_forgive(&c);
    sql_must(&c, "UPDATE locations SET retired_at = NULL WHERE code = 'A02'");
    ck_assert_msg(transfer_take_back(&c, id, &back, 1) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(transfer_lose(&c, id, &lost, 1, "fell off the lorry") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(transfer_take_back(&c, id, &back, 1), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(lies(lot, "TRANSIT"), 0);
    ck_assert_int_eq(lies(lot, "A02"), GRAMS(15));
    ck_assert_int_eq(lies(lot, "SHOPS"), GRAMS(40));
    ck_assert_int_eq(differences(), 0);
}
END_TEST

/* Neither shop can write the other's rows, see its other rows, or say that more is on its way. */
START_TEST(a_transfer_opens_nothing_else)
{
    int64_t lot, id = sent("TR-2", &lot);

    be("hua", OTHER);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM lots WHERE id = %lld", (long long)lot)), 0);
    sql_must(&c, SQL("UPDATE transfer_lines SET open_quantity = 0 WHERE transfer_id = %lld", (long long)id));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT open_quantity FROM transfer_lines WHERE transfer_id = %lld",
                                        (long long)id)),
                     GRAMS(60));
    ck_assert_int_ne(
        sql_try(&c, SQL("INSERT INTO transfer_ends (shop_id, transfer_id, to_shop_id, line_no, how, "
                        "quantity, by_name)"
                        " SELECT shop_id, transfer_id, to_shop_id, 1, 'accepted', 1, '' FROM transfer_lines"
                        " WHERE transfer_id = %lld",
                        (long long)id)),
        ST_OK);
    ctx_forgive(&c);
    act_as(&c, "mei.lin");
    ck_assert_int_ne(
        sql_try(&c,
                SQL("UPDATE transfer_lines SET open_quantity = open_quantity + 1 WHERE transfer_id = %lld",
                    (long long)id)),
        ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(
        sql_try(&c,
                SQL("SELECT transfer_accept(%lld, %lld, %lld, ARRAY[1], ARRAY[1::bigint], ARRAY[1::bigint],"
                    " ARRAY[1::bigint], 1)",
                    (long long)c.who.shop_id, (long long)c.who.shop_id, (long long)id)),
        ST_OK);
}
END_TEST

/* Goods have no herb and no product to be known by: the bar code says what is the same where both shops know it, else the name. */
START_TEST(goods_are_known_by_bar_code_or_name)
{
    static const struct {
        const char *gtin, *sku;
        bool same;
    } cases[] = {
        { NULL, NULL, false },
        { NULL, "T-gui_zhi", false },
        { NULL, "CUP", true },
        { NULL, "BEI", true },
        { NULL, "OTHER", true },
        { "09501101530003", "OTHER", false },
        { "09501101530003", "CUP", true },
        { "04006381333931", "OTHER", true },
    };
    const struct receipt_line mugs = { .sku = "MUG",
                                       .lot_code = "M-1",
                                       .expires = "",
                                       .quantity = 9,
                                       .location = "SH01",
                                       .certificate = "seen" };
    const struct receipt receipt = { .supplier = "LSW", .invoice = "M-1", .lines = &mugs, .count = 1 };
    struct stock_line line = { .from = "SH01", .quantity = 8 };
    int64_t id, made;

    sql_must(
        &c,
        "INSERT INTO items (shop_id, sku, item_kind, name, name_hanzi, unit) VALUES (current_shop(), 'MUG', "
        "'goods', 'Tea mug', '茶杯', 'each')");
    ck_assert_msg(stock_receive(&c, &receipt, &made) == ST_OK, "%s", fault_text(&c));
    line.lot_id = sql_number(&c, "SELECT id FROM lots WHERE lot_code = 'M-1'");
    ck_assert_msg(transfer_send(&c, OTHER, &line, 1, NULL, &id) == ST_OK, "%s", fault_text(&c));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct transfer_part part = {
            .line_no = 1, .quantity = 1, .location = "D1", .sku = cases[i].sku
        };

        act_as(&c, "mei.lin");
        stage_fate(&c, DATABASE,
                   SQL("UPDATE items SET gtin = %s WHERE sku = 'MUG' AND name = 'Tea mug'",
                       cases[i].gtin == NULL ? "NULL" : SQL("'%s'", cases[i].gtin)));
        be("hua", OTHER);
        ck_assert_int_eq(transfer_accept(&c, HERE, id, &part, 1, &made), cases[i].same ? ST_OK : ST_CONFLICT);
        ck_assert(cases[i].same || test_fault_says(&c, "lines[0].sku", "other goods by bar code and name"));
        ctx_forgive(&c);
    }
    ck_assert_int_eq(differences(), 0);
}
END_TEST

/* A recalled lot does not leave; one recalled on its way arrives recalled. */
START_TEST(a_bar_travels_with_the_lot)
{
    const struct transfer_part part = { .line_no = 1, .quantity = GRAMS(60), .location = "D1" };
    int64_t lot, id = sent("TR-3", &lot), receipt;
    const struct stock_line line = { lot, "A01", NULL, GRAMS(1) };

    sql_must(&c, SQL("UPDATE lots SET status = 'recalled' WHERE id = %lld", (long long)lot));
    ck_assert_int_eq(transfer_send(&c, OTHER, &line, 1, NULL, &receipt), ST_CONFLICT);
    ctx_forgive(&c);
    be("hua", OTHER);
    ck_assert_msg(transfer_accept(&c, HERE, id, &part, 1, &receipt) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'TR-3' AND status = 'recalled'"), 1);
}
END_TEST

struct racer {
    pthread_t thread;
    int64_t transfer, lot;
    const char *username, *shop;
    enum status status;
};

static void *race(void *arg)
{
    struct racer *racer = arg;
    const struct transfer_part part = { .line_no = 1, .quantity = GRAMS(40), .location = "D1" };
    const struct transfer_part back = { .line_no = 1, .quantity = GRAMS(40), .location = "A02" };
    struct ctx mine;
    int64_t receipt;

    database_open_test(&mine, DATABASE, TEST_APP);
    if (person_act_as(&mine, racer->username, racer->shop) != ST_OK)
        abort();
    racer->status = strcmp(racer->shop, OTHER) == 0
                        ? transfer_accept(&mine, HERE, racer->transfer, &part, 1, &receipt)
                        : transfer_take_back(&mine, racer->transfer, &back, 1);
    ctx_close(&mine);
    return NULL;
}

/* 60 g on their way; two accept 40 g and one takes 40 g back at the same moment: one of them gets them. */
START_TEST(two_transfers_at_once)
{
    int64_t lot, id = sent("TR-4", &lot);
    struct racer racers[3] = { { .username = "hua", .shop = OTHER },
                               { .username = "hua", .shop = OTHER },
                               { .username = "mei.lin", .shop = HERE } };
    int done = 0;

    for (size_t i = 0; i < 3; i++) {
        racers[i].transfer = id;
        ck_assert_int_eq(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(pthread_join(racers[i].thread, NULL), 0);
        done += racers[i].status == ST_OK;
    }
    ck_assert_int_eq(done, 1);
    ck_assert_int_eq(lies(lot, "TRANSIT"), GRAMS(20));
    ck_assert_int_eq(differences(), 0);
}
END_TEST

SUITE(stock_moves)
{
    return suite_of("stock_moves", 60, make, setup, teardown,
                    TESTS(drawers_are_exchanged, what_is_set_aside_stays_where_it_is,
                          a_lot_is_divided_with_the_old_one_behind, goods_are_in_one_shop_or_on_their_way,
                          a_transfer_opens_nothing_else, goods_are_known_by_bar_code_or_name,
                          a_bar_travels_with_the_lot, two_transfers_at_once));
}
