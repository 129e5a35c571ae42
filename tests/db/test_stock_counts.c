/* Counting while selling goes on, and corrections: nothing corrected twice, nothing beyond a limit without another person. */
#include <pthread.h>
#include <stdlib.h>

#include "core/adjustment.h"
#include "core/count.h"
#include "core/move.h"
#include "core/order.h"
#include "db/db.h"
#include "sql.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_stock_counts"

static const struct instant just_now = { 0 };

SCENE("mei.lin")

static int64_t in_drawer(int64_t lot)
{
    return sql_number(
        &c, SQL("SELECT sum(b.quantity) FROM balances b JOIN locations p ON p.shop_id = b.shop_id AND p.id = "
                "b.location_id WHERE b.lot_id = %lld AND p.code = 'Z01'",
                (long long)lot));
}

/* A drawer of its own with one lot of 100 g; its count, by sam, of which the only line is 1. */
static int64_t opened(const char *code, int64_t *lot)
{
    static const char *const places[] = { "Z01" };
    const struct count_plan plan = { .title = code,
                                     .blind = true,
                                     .limit_permille = 20,
                                     .limit_cents = 1000000,
                                     .places = places,
                                     .place_count = 1 };
    int64_t id;

    sql_must(&c, SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'Z01', 'Z', 'drawer') "
                     "ON CONFLICT DO NOTHING",
                     (long long)c.who.shop_id));
    *lot = stage_lot(&c, "ma_huang", code, GRAMS(100), 300, "released", "Z01");
    act_as(&c, "sam.ortiz");
    ck_assert_msg(count_add(&c, &plan, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM count_lines WHERE count_id = %lld", (long long)id)), 1);
    return id;
}

static void empty(int64_t lot)
{
    const int64_t left = in_drawer(lot);

    if (left > 0)
        sql_must(&c, SQL("SELECT stock_book(%lld, ARRAY[%lld], ARRAY[p.id], ARRAY[o.id], ARRAY[%lld], "
                         "'lost', NULL, NULL, '', NULL)"
                         " FROM locations p, locations o WHERE p.code = 'Z01' AND o.kind = 'loss'",
                         (long long)c.who.shop_id, (long long)lot, (long long)left));
}

static enum status enter(int64_t count, int64_t counted)
{
    const struct count_entry entry = { .line_no = 1, .counted = counted };

    return count_enter(&c, count, &entry, 1, NULL, just_now);
}

static void take(int64_t lot, int64_t mg)
{
    const struct stock_line line = { lot, "Z01", "A02", mg };

    ck_assert_msg(stock_move(&c, &line, 1, NULL) == ST_OK, "%s", fault_text(&c));
}

/* The sheet as a workbook shows it: a blind one does not tell what the books say, one that is booked does. */
static void check_sheet(int64_t count, const char *expected, const char *counted)
{
    const struct rows *rows;

    ck_assert_int_eq(db_rows(&c, &q_report_stocktake, PARAMS(SHOP(&c), I64(count)), &rows), ST_OK);
    ck_assert_uint_eq(rows_count(rows), 1);
    ck_assert_str_eq(rows_named(rows, 0, "place"), "Z01");
    ck_assert_pstr_eq(rows_named(rows, 0, "expected_mg"), expected);
    ck_assert_pstr_eq(rows_named(rows, 0, "counted_mg"), counted);
}

/* A figure of the count's only line that was counted. */
static const char *told(int64_t count, const struct query *query, const char *column)
{
    const struct rows *rows;
    const struct param asked[] = { SHOP(&c), I64(count), BOOL(false), NONE() };

    ck_assert_int_eq(db_rows(&c, query, asked, query == &q_count_lines ? 4 : 2, &rows), ST_OK);
    ck_assert_uint_eq(rows_count(rows), 1);
    return rows_named(rows, 0, column);
}

START_TEST(selling_goes_on_while_counting)
{
    int64_t lot, id = opened("CN-1", &lot);

    check_sheet(id, NULL, NULL);
    take(lot, GRAMS(10));
    ck_assert_msg(enter(id, GRAMS(89)) == ST_OK, "%s", fault_text(&c)); /* 90 by the books: 1 g is missing */
    take(lot, GRAMS(30));                                               /* sold after the count */
    ck_assert_str_eq(told(id, &q_count_lines, "moved"), "-30000");
    ck_assert_str_eq(told(id, &q_count_differences, "moved"), "-30000");
    ck_assert_str_eq(told(id, &q_count_differences, "difference"), "-1000");
    act_as(&c, "mei.lin");
    ck_assert_msg(count_book(&c, id) == ST_OK, "%s", fault_text(&c));
    check_sheet(id, "90000", "89000");
    ck_assert_int_eq(in_drawer(lot), GRAMS(59));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
    ck_assert_int_eq(count_book(&c, id), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(enter(id, 1), ST_NOT_FOUND);
    ctx_forgive(&c);
    empty(lot);
}
END_TEST

START_TEST(beyond_the_limit_another_person_approves)
{
    const int64_t line = 1;
    int64_t lot, id = opened("CN-2", &lot);

    ck_assert_int_eq(enter(id, GRAMS(90)), ST_OK);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(count_book(&c, id), ST_DENIED);
    ck_assert(test_fault_says(&c, "lines[1]", "beyond the count's limit"));
    ctx_forgive(&c);
    ck_assert_int_eq(in_drawer(lot), GRAMS(100));
    ck_assert_int_eq(enter(id, GRAMS(91)), ST_OK); /* mei counts again: now she cannot approve */
    ck_assert_int_eq(count_approve(&c, id, &line, 1), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_msg(count_approve(&c, id, &line, 1) == ST_OK, "%s", fault_text(&c));
    act_as(&c, "mei.lin");
    ck_assert_msg(count_book(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(in_drawer(lot), GRAMS(91));
    empty(lot);
}
END_TEST

/* The law itself, as the service's own role: no booking beyond the limit without the approval's row, no approval of one's own. */
START_TEST(the_limit_is_a_constraint)
{
    int64_t lot, id = opened("CN-3", &lot);
    const long long shop = c.who.shop_id, user = c.who.user_id;

    ck_assert_int_eq(enter(id, GRAMS(50)), ST_OK);
    ck_assert_int_eq(
        sql_try(
            &c,
            SQL("INSERT INTO count_approvals (shop_id, count_id, line_no, entry_no, counted_by, approved_by)"
                " VALUES (%lld, %lld, 1, 1, %lld, %lld)",
                shop, (long long)id, user, user)),
        ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO count_bookings (shop_id, count_id, line_no, entry_no, "
                                     "counted, expected, counted_by,"
                                     " difference, value_cents, limit_permille, limit_cents) VALUES (%lld, "
                                     "%lld, 1, 1, 50000, 100000,"
                                     " %lld, -50000, 0, 20, 1000000)",
                                     shop, (long long)id, user)),
                     ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO count_bookings (shop_id, count_id, line_no, entry_no, "
                                     "counted, expected, counted_by,"
                                     " difference, value_cents, limit_permille, limit_cents) VALUES (%lld, "
                                     "%lld, 1, 1, 50000, 100000,"
                                     " %lld, -50000, 0, 1000, 1000000)",
                                     shop, (long long)id, user)),
                     ST_CONFLICT); /* another limit than the count's */
    ctx_forgive(&c);
    ck_assert_int_eq(enter(id, -1), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(
            &c,
            SQL("INSERT INTO count_entries (shop_id, count_id, line_no, entry_no, counted, expected, "
                "weighed_out,"
                " last_move_id, counted_by, entered_by) VALUES (%lld, %lld, 1, 2, -1, 0, 0, 0, %lld, %lld)",
                shop, (long long)id, user, user)),
        ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(count_cancel(&c, id), ST_OK);
    empty(lot);
}
END_TEST

/* Two sheets with the same drawer: each finds 5 g missing, the books lose 5 g once. */
START_TEST(two_counts_correct_once)
{
    static const char *const places[] = { "Z01" };
    const struct count_plan again = {
        .title = "again", .limit_permille = 1000, .limit_cents = 1000000, .places = places, .place_count = 1
    };
    int64_t lot, first = opened("CN-4", &lot), second;

    ck_assert_int_eq(count_add(&c, &again, &second), ST_OK);
    ck_assert_int_eq(enter(first, GRAMS(99)), ST_OK);
    ck_assert_int_eq(enter(second, GRAMS(99)), ST_OK);
    take(lot, GRAMS(9));
    act_as(&c, "mei.lin");
    ck_assert_msg(count_book(&c, first) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(count_book(&c, second) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(in_drawer(lot), GRAMS(90));
    empty(lot);
}
END_TEST

/* What lies weighed on the bench is not missing from the drawer. */
START_TEST(what_was_weighed_out_is_not_missing)
{
    int64_t lot, id = opened("CN-5", &lot), order;

    act_as(&c, "mei.lin");
    order = stage_order(&c, "ma_huang", GRAMS(70), 7);
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    ck_assert_int_eq(stage_reserved(&c, order, lot), GRAMS(70));
    stage_release(&c, order);
    ck_assert_msg(stage_weigh(&c, order, lot, GRAMS(70)) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(enter(id, GRAMS(30)), ST_OK);
    ck_assert_msg(count_book(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(in_drawer(lot), GRAMS(100));
    act_as(&c, "david.chen");
    ck_assert_msg(order_check(&c, order, NULL) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(in_drawer(lot), GRAMS(30));
    empty(lot);
}
END_TEST

/* Less is there than was set aside: the newest reservation ends, and says so. */
START_TEST(a_count_below_what_is_set_aside_ends_reservations)
{
    const int64_t line = 1;
    int64_t lot, id = opened("CN-6", &lot), order;

    act_as(&c, "david.chen");
    order = stage_order(&c, "ma_huang", GRAMS(70), 7);
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(enter(id, GRAMS(20)), ST_OK);
    act_as(&c, "david.chen");
    ck_assert_int_eq(count_approve(&c, id, &line, 1), ST_OK);
    ck_assert_msg(count_book(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                           (long long)order)),
        0);
    ck_assert_int_eq(
        sql_number(
            &c, SQL("SELECT count(*) FROM order_events WHERE order_id = %lld AND event = 'reservation_ended'",
                    (long long)order)),
        1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM reservation_differences"), 0);
    ck_assert_int_eq(order_cancel(&c, order, "test"), ST_OK);
    empty(lot);
}
END_TEST

static int64_t racing_count;

static void *sell(void *arg)
{
    const int64_t lot = *(int64_t *)arg;
    const struct stock_line line = { lot, "Z01", "A02", GRAMS(1) };
    struct ctx mine;

    database_open_test(&mine, DATABASE, TEST_APP);
    act_as(&mine, "joanna.nowak");
    for (int i = 0; i < 30; i++)
        if (stock_move(&mine, &line, 1, NULL) != ST_OK)
            abort();
    ctx_close(&mine);
    return NULL;
}

/* Somebody takes 30 times a gram while another counts what the books say at that moment, again and again: no difference, ever. */
START_TEST(a_sale_while_counting_is_no_difference)
{
    int64_t lot;
    pthread_t seller;

    racing_count = opened("CN-7", &lot);
    ck_assert_int_eq(pthread_create(&seller, NULL, sell, &lot), 0);
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(enter(racing_count, GRAMS(60)), ST_OK);
    ck_assert_int_eq(pthread_join(seller, NULL), 0);
    ck_assert_int_eq(
        sql_number(
            &c,
            SQL("SELECT count(*) FROM count_entries e JOIN count_lines n USING (shop_id, count_id, line_no)"
                " WHERE e.count_id = %lld AND e.expected <> 100000 - 1000 * (SELECT count(*) FROM "
                "stock_moves m"
                " WHERE m.lot_id = n.lot_id AND m.id <= e.last_move_id AND m.reason = 'moved')",
                (long long)racing_count)),
        0);
    ck_assert_int_eq(enter(racing_count, GRAMS(70)), ST_OK);
    act_as(&c, "mei.lin");
    ck_assert_msg(count_book(&c, racing_count) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(in_drawer(lot), GRAMS(70));
    empty(lot);
}
END_TEST

static struct adjustment correction(const char *use, const char *reason, int64_t lot, int64_t quantity)
{
    return (struct adjustment){
        .use = use, .reason = reason, .lot_id = lot, .location = "A01", .quantity = quantity
    };
}

START_TEST(corrections_have_reasons_and_limits)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "AD-1", GRAMS(100), 300, "released", "A01");
    struct adjustment a = correction("write_off", "damaged", lot, GRAMS(10));
    int64_t id;
    bool booked;

    ck_assert_msg(adjustment_ask(&c, &a, &id, &booked) == ST_OK && booked, "%s", fault_text(&c));
    a = correction("adjust", "missing", lot, -GRAMS(5));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_INVALID); /* that reason needs a note */
    ctx_forgive(&c);
    a.note = "looked everywhere";
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_OK);
    a = correction("adjust", "found", lot, GRAMS(2));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_OK);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(87));
    a = correction("write_off", "bored", lot, GRAMS(1));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_INVALID);
    ctx_forgive(&c);
    a = correction("write_off", "damaged", lot, -GRAMS(1));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_INVALID);
    ctx_forgive(&c);
    a = correction("write_off", "damaged", lot, GRAMS(88));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_SHORT);
    ctx_forgive(&c);
    a = correction("return_to_supplier", "quality", lot, GRAMS(7));
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_OK);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(80));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
}
END_TEST

START_TEST(above_the_limit_another_person_decides)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "AD-2", GRAMS(100), 300, "released", "A01");
    struct adjustment a = correction("write_off", "damaged", lot, GRAMS(60));
    int64_t id;
    bool booked;

    stage_fate(
        &c, DATABASE,
        SQL("UPDATE lots SET cost_cents = 10000, cost_quantity = 100000 WHERE id = %lld", (long long)lot));
    ck_assert_msg(adjustment_ask(&c, &a, &id, &booked) == ST_OK && !booked, "%s",
                  fault_text(&c)); /* 60.00 against 50.00 */
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(100));
    ck_assert_int_eq(adjustment_decide(&c, id, true), ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c, SQL("UPDATE adjustments SET state = 'booked' WHERE id = %lld", (long long)id)),
        ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c, SQL("UPDATE adjustments SET state = 'booked', decided_by = asked_by WHERE id = %lld",
                        (long long)id)),
        ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c,
                SQL("SELECT stock_book_for(%lld, ARRAY[%lld], ARRAY[p.id], ARRAY[o.id], ARRAY[60000], 'lost',"
                    " 'adjustment', %lld, '', NULL) FROM locations p, locations o WHERE p.code = 'A01' AND "
                    "o.kind = 'loss'",
                    (long long)c.who.shop_id, (long long)lot, (long long)id)),
        ST_CONFLICT); /* no move of a correction that is not decided */
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_msg(adjustment_decide(&c, id, true) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(40));
    ck_assert_int_eq(adjustment_decide(&c, id, true), ST_NOT_FOUND);
}
END_TEST

START_TEST(a_customer_returns_what_was_handed_out)
{
    const int64_t lot = stage_lot(&c, "xi_xin", "AD-3", GRAMS(100), 300, "released", "A01");
    const int64_t order = stage_order(&c, "xi_xin", GRAMS(30), 7);
    struct adjustment a = { .use = "customer_return",
                            .reason = "not_needed",
                            .lot_id = lot,
                            .location = "A01",
                            .quantity = GRAMS(20) };
    int64_t id;
    bool booked;

    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
    stage_release(&c, order);
    ck_assert_int_eq(stage_weigh(&c, order, lot, GRAMS(30)), ST_OK);
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_check(&c, order, NULL), ST_OK);
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_INVALID); /* not into a drawer */
    ctx_forgive(&c);
    sql_must(&c,
             SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'Q9', 'Q', 'quarantine')",
                 (long long)c.who.shop_id));
    a.location = "Q9";
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_INVALID); /* of no order */
    ctx_forgive(&c);
    a.order_id = order;
    ck_assert_msg(adjustment_ask(&c, &a, &id, &booked) == ST_OK, "%s", fault_text(&c));
    a.quantity = GRAMS(11);
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_CONFLICT);
    ctx_forgive(&c);
    a.quantity = GRAMS(10);
    ck_assert_int_eq(adjustment_ask(&c, &a, &id, &booked), ST_OK);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(100));
}
END_TEST

SUITE(stock_counts)
{
    return suite_of("stock_counts", 90, make, setup, scene_close,
                    TESTS(selling_goes_on_while_counting, beyond_the_limit_another_person_approves,
                          the_limit_is_a_constraint, two_counts_correct_once,
                          what_was_weighed_out_is_not_missing,
                          a_count_below_what_is_set_aside_ends_reservations,
                          a_sale_while_counting_is_no_difference, corrections_have_reasons_and_limits,
                          above_the_limit_another_person_decides, a_customer_returns_what_was_handed_out));
}
