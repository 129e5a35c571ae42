/* Many at once, each with a connection of its own: the last grams, the double check, and a random crowd after which every
   balance is still the sum of its moves. */
#include <stdlib.h>

#include "core/order.h"
#include "core/stock.h"
#include "support/crowd.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_race"
#define GRAMS(g) (INT64_C(1000) * (g))

enum { CROWD = 6, ROUNDS = 12 };

static void make(void)
{
    database_fresh(DATABASE);
}

static void open_stage(struct ctx *c)
{
    database_open_test(c, DATABASE, TEST_APP);
    act_as(c, "mei.lin");
}

static void expect_sound(struct ctx *c)
{
    struct stock_difference *differences;
    size_t n;

    ck_assert_int_eq(stock_verify(c, &differences, &n), ST_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(sql_number(c, "SELECT count(*) FROM balances WHERE internal AND quantity < 0"), 0);
    /* nothing active is reserved twice over */
    ck_assert_int_eq(
        sql_number(
            c, "SELECT count(*) FROM (SELECT b.quantity - sum(r.quantity) AS left_over FROM reservations r"
               " JOIN balances b USING (shop_id, lot_id, location_id) WHERE r.ended_at IS NULL"
               "   AND r.expires_at > now() AND r.expires_at <> 'infinity'"
               " GROUP BY shop_id, lot_id, location_id, b.quantity) x WHERE left_over < 0"),
        0);
}

static enum status allocate(struct ctx *c, struct person_at_work *worker)
{
    return order_allocate(c, worker->id, DATE_NONE);
}

START_TEST(the_last_grams_go_to_one)
{
    struct ctx c;

    open_stage(&c);
    for (int round = 0; round < ROUNDS; round++) {
        struct person_at_work workers[CROWD] = { 0 };
        int shorted = 0;
        int64_t lot = stage_lot(&c, "ma_huang", arena_printf(&c.arena, "L%d", round), GRAMS(100), 300,
                                "released", "A01");

        for (int i = 0; i < CROWD; i++)
            workers[i] = (struct person_at_work){ .username = i % 2 ? "sam.ortiz" : "mei.lin",
                                                  .id = stage_order(&c, "ma_huang", GRAMS(60), 7),
                                                  .work = allocate };
        ck_assert_uint_eq(crowd_run(DATABASE, workers, CROWD), 1);
        for (int i = 0; i < CROWD; i++)
            shorted += workers[i].status == ST_SHORT;
        ck_assert_int_eq(shorted, CROWD - 1);
        expect_sound(&c);
        ck_assert_int_eq(lot_set_status(&c, lot, "held", "end of the round"), ST_OK);
    }
    ctx_close(&c);
}
END_TEST

static enum status check(struct ctx *c, struct person_at_work *worker)
{
    return order_check(c, worker->id, NULL);
}

static int64_t weighed_order(struct ctx *c, const char *herb, int64_t lot, int64_t mg)
{
    const struct order_weighing weighing = { .line_no = 1, .lot_id = lot, .weighed = { mg } };
    int64_t order = stage_order(c, herb, mg, 7);

    ck_assert_int_eq(order_allocate(c, order, DATE_NONE), ST_OK);
    stage_release(c, order);
    ck_assert_msg(order_weigh(c, order, &weighing, 1) == ST_OK, "%s", fault_text(c));
    return order;
}

START_TEST(a_double_check_books_once)
{
    struct ctx c;
    int64_t lot;

    open_stage(&c);
    act_as(&c, "sam.ortiz");
    lot = stage_lot(&c, "xi_xin", "DC", GRAMS(1000), 300, "released", "A01");
    for (int round = 1; round <= ROUNDS; round++) {
        struct person_at_work workers[2] = { 0 };
        int64_t order = weighed_order(&c, "xi_xin", lot, GRAMS(10));

        for (int i = 0; i < 2; i++)
            workers[i] = (struct person_at_work){ .username = i ? "david.chen" : "mei.lin",
                                                  .id = order,
                                                  .work = check };
        crowd_one_wins(DATABASE, workers, ST_CONFLICT, "it is checked");
        ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(1000 - 10 * round));
    }
    expect_sound(&c);
    ctx_close(&c);
}
END_TEST

static enum status lose_some(struct ctx *c, int64_t lot)
{
    return sql_try(
        c, arena_printf(
               &c->arena,
               "SELECT stock_book(%lld, ARRAY[%lld], ARRAY[a.id], ARRAY[b.id], ARRAY[500], 'lost', NULL,"
               " NULL, '', NULL) FROM locations a, locations b WHERE a.code = 'A03' AND b.code = 'LOSS'",
               (long long)c->who.shop_id, (long long)lot));
}

/* A random way through an order: sometimes cancelled, sometimes taken to the end; and now and then something is lost. */
static enum status wander(struct ctx *c, struct person_at_work *worker)
{
    for (int turn = 0; turn < ROUNDS; turn++) {
        int64_t mg = GRAMS(1 + rand_r(&worker->seed) % 40);
        int64_t order = stage_order(c, "zhu_sha", mg, 7);
        enum status status = order_allocate(c, order, DATE_NONE);

        if (status == ST_OK && rand_r(&worker->seed) % 3 == 0)
            status = order_cancel(c, order, "changed their mind");
        if (status != ST_OK && status != ST_SHORT)
            return status;
        ctx_forgive(c);
        status = rand_r(&worker->seed) % 4 == 0 ? lose_some(c, worker->other) : ST_OK;
        if (status != ST_OK && status != ST_SHORT)
            return status;
        ctx_forgive(c);
        worker->done++;
    }
    return ST_OK;
}

START_TEST(after_a_crowd_every_balance_is_the_sum_of_its_moves)
{
    static const char *const people[] = { "mei.lin", "david.chen", "sam.ortiz", "joanna.nowak" };
    struct person_at_work workers[CROWD] = { 0 };
    struct ctx c;
    int64_t lost;

    open_stage(&c);
    lost = stage_lot(&c, "zhu_sha", "X0", GRAMS(300), 100, "released", "A03");
    (void)stage_lot(&c, "zhu_sha", "X1", GRAMS(300), 200, "released", "A01");
    (void)stage_lot(&c, "zhu_sha", "X2", GRAMS(300), 300, "released", "A02");
    for (unsigned i = 0; i < CROWD; i++)
        workers[i] = (struct person_at_work){
            .username = people[i % 4], .other = lost, .work = wander, .seed = 7 + i
        };
    (void)crowd_run(DATABASE, workers, CROWD);
    for (int i = 0; i < CROWD; i++) {
        ck_assert_int_eq(workers[i].status, ST_OK);
        ck_assert_int_eq(workers[i].done, ROUNDS);
    }
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
    ck_assert_int_ge(sql_number(&c, "SELECT min(quantity) FROM balances WHERE internal"), 0);
    ctx_close(&c);
}
END_TEST

SUITE(race)
{
    return suite_of("race", 240, make, NULL, NULL,
                    TESTS(the_last_grams_go_to_one, a_double_check_books_once,
                          after_a_crowd_every_balance_is_the_sum_of_its_moves));
}
