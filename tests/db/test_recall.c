/* Recalls: down to the last patient through repacked lots, barred at once, timed; a mock one bars nothing. */
#include <string.h>

#include "core/move.h"
#include "core/order.h"
#include "core/recall.h"
#include "db/db.h"
#include "sql.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_recall"

SCENE("mei.lin")

/* An order of `mg` weighed from that lot, checked by another person. */
static int64_t dispensed(const char *herb, int64_t lot, int64_t mg)
{
    const int64_t order = stage_order(&c, herb, mg, 7);

    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
    stage_release(&c, order);
    ck_assert_msg(stage_weigh(&c, order, lot, mg) == ST_OK, "%s", fault_text(&c));
    act_as(&c, "david.chen");
    ck_assert_msg(order_check(&c, order, NULL) == ST_OK, "%s", fault_text(&c));
    act_as(&c, "mei.lin");
    return order;
}

static size_t concerned(int64_t recall)
{
    const struct rows *rows;

    ck_assert_int_eq(db_rows(&c, &q_recall_patients, PARAMS(SHOP(&c), I64(recall)), &rows), ST_OK);
    return rows_count(rows);
}

/* The call list as a workbook shows it: as many rows as things were given, the first one's status as said. */
static void check_call_list(int64_t recall, const char *status)
{
    const struct rows *rows;

    ck_assert_int_eq(db_rows(&c, &q_report_recall_call_list, PARAMS(SHOP(&c), I64(recall)), &rows), ST_OK);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM recall_given(current_shop(), %lld)", (long long)recall)),
        (int64_t)rows_count(rows));
    ck_assert_uint_gt(rows_count(rows), 0);
    ck_assert_str_eq(rows_named(rows, 0, "status"), status);
    ck_assert_ptr_nonnull(rows_named(rows, 0, "patient_name"));
    ck_assert_int_eq(
        db_rows(&c, &q_report_recall_call_list, PARAMS(I64(c.who.shop_id + 1), I64(recall)), &rows), ST_OK);
    ck_assert_uint_eq(rows_count(rows), 0);
}

START_TEST(everything_made_of_a_lot_is_recalled)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "RC-1", GRAMS(100), 300, "released", "A01");
    struct lot_part part = { .quantity = GRAMS(100), .to = "A02" };
    int64_t order, waiting, id, patient;

    ck_assert_int_eq(lot_repack(&c, lot, "A01", &part, 1, NULL), ST_OK);
    order = dispensed("ma_huang", part.id, GRAMS(30));
    waiting = stage_order(&c, "ma_huang", GRAMS(20), 7);
    ck_assert_int_eq(order_allocate(&c, waiting, DATE_NONE), ST_OK);
    ck_assert_msg(recall_start(&c, &lot, 1, "heavy metals", false, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM lots WHERE id IN (%lld, %lld) AND status = 'recalled'",
                           (long long)lot, (long long)part.id)),
        2);
    ck_assert_uint_eq(concerned(id), 1); /* one patient, two orders */
    check_call_list(id, "to call");
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM order_events WHERE order_id = %lld AND event = 'lot_recalled'",
                       (long long)waiting)),
        1);
    ck_assert_int_eq(order_allocate(&c, waiting, DATE_NONE), ST_SHORT); /* nothing of it is given out again */
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM recalls WHERE id = %lld AND listed_at > started_at",
                           (long long)id)),
        1);
    patient = sql_number(&c, SQL("SELECT patient_id FROM orders WHERE id = %lld", (long long)order));
    ck_assert_int_eq(recall_call(&c, id, patient, "no_answer", NULL), ST_OK);
    ck_assert_int_eq(recall_call(&c, id, patient, "reached", "brings it back"), ST_OK);
    check_call_list(id, "reached");
    ck_assert_int_eq(recall_call(&c, id, patient, "shouted_at", NULL), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(recall_call(&c, id, 99999, "reached", NULL), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(recall_end(&c, id, "all reached"), ST_OK);
    ck_assert_int_eq(recall_call(&c, id, patient, "reached", NULL), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(recall_end(&c, id, "again"), ST_NOT_FOUND);
}
END_TEST

START_TEST(a_mock_recall_bars_nothing)
{
    const int64_t lot = stage_lot(&c, "xi_xin", "RC-2", GRAMS(100), 300, "released", "A01");
    const struct rows *rows;
    int64_t id;

    (void)dispensed("xi_xin", lot, GRAMS(30));
    ck_assert_msg(recall_start(&c, &lot, 1, "exercise", true, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM lots WHERE id = %lld AND status = 'released'",
                                        (long long)lot)),
                     1);
    ck_assert_uint_eq(concerned(id), 1);
    ck_assert_int_eq(db_rows(&c, &q_recall_list, PARAMS(SHOP(&c), I64(id)), &rows), ST_OK);
    ck_assert_str_eq(rows_cell(rows, 0, rows_width(rows) - 1), "1000"); /* all of it is accounted for */
}
END_TEST

START_TEST(who_may_recall_and_what)
{
    const int64_t none = 424242;
    int64_t id;

    ck_assert_int_eq(recall_start(&c, &none, 1, "why", false, &id), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(recall_start(&c, &none, 0, "why", false, &id), ST_INVALID);
    ctx_forgive(&c);
    act_as(&c, "sam.ortiz");
    ck_assert_int_eq(recall_start(&c, &none, 1, "why", false, &id), ST_DENIED);
}
END_TEST

START_TEST(a_lot_and_an_order_are_traced)
{
    const int64_t lot = stage_lot(&c, "wu_wei_zi", "RC-3", GRAMS(100), 300, "released", "A01");
    const int64_t order = dispensed("wu_wei_zi", lot, GRAMS(30));
    const struct rows *rows;

    ck_assert_int_eq(db_rows(&c, &q_lot_trace, PARAMS(SHOP(&c), I64(lot)), &rows), ST_OK);
    ck_assert_uint_eq(rows_count(rows), 1);
    ck_assert_int_eq(db_rows(&c, &q_report_trace, PARAMS(SHOP(&c), TEXT("rc-3")), &rows), ST_OK);
    ck_assert_uint_eq(rows_count(rows), 2); /* how it came, who got it */
    ck_assert_str_eq(rows_named(rows, 1, "document"), SQL("order %lld", (long long)order));
    ck_assert_ptr_nonnull(rows_named(rows, 1, "party"));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM stock_moves WHERE lot_id = %lld AND order_id = %lld",
                           (long long)lot, (long long)order)),
        1);
    ck_assert_int_eq(db_rows(&c, &q_order_trace, PARAMS(SHOP(&c), I64(order)), &rows), ST_OK);
    ck_assert_ptr_nonnull(strstr(rows_cell(rows, 0, rows_width(rows) - 1), "RC-3"));
}
END_TEST

SUITE(recall)
{
    return suite_of("recall", 60, make, setup, scene_close,
                    TESTS(everything_made_of_a_lot_is_recalled, a_mock_recall_bars_nothing,
                          who_may_recall_and_what, a_lot_and_an_order_are_traced));
}
