/* The counter under many hands at once: a code's limit, a customer's limit, the last lot, one order on two tickets, one line
   refunded twice; afterwards nothing was given twice and every paper has its number. */
#include "core/order.h"
#include "core/promo.h"
#include "support/counter.h"
#include "support/crowd.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_sale_race"

enum { CROWD = 32, LIMIT = 5 };

SCENE("mei.lin")

#define must(status) counter_must(&c, status)

static int64_t ticket_with(int64_t patient, const char *what, int64_t quantity, const char *code)
{
    int64_t id;

    must(ticket_open(&c, &(struct ticket_customer){ .patient_id = patient }, &id));
    must(ticket_add(&c, id, &(struct ticket_want){ .what = what, .quantity = quantity }));
    if (code != NULL)
        must(ticket_add_code(&c, id, code));
    return id;
}

static enum status pay(struct ctx *own, int64_t ticket, const struct ticket_price *price)
{
    return ticket_pay(own, ticket, price->pricing.total, "main", &(struct ticket_tender){ .kind = "card" },
                      1);
}

/* ST_CONFLICT stands for a code that gave nothing. */
static enum status sell_with_code(struct ctx *own, struct person_at_work *seller)
{
    struct ticket_price price;

    TRY(ticket_quote(own, seller->id, &price));
    if (!price.pricing.codes[0].applies)
        return ST_CONFLICT;
    return pay(own, seller->id, &price);
}

static enum status sell(struct ctx *own, struct person_at_work *seller)
{
    struct ticket_price price;

    TRY(ticket_quote(own, seller->id, &price));
    return pay(own, seller->id, &price);
}

static enum status allocate(struct ctx *own, struct person_at_work *seller)
{
    return order_allocate(own, seller->id, DATE_NONE);
}

static void expect_sound(void)
{
    counter_expect_sound(&c);
    ck_assert_int_eq(
        sql_number(&c,
                   "SELECT last_receipt_no - (SELECT max(receipt_no) FROM sale_receipts) FROM sale_counters"),
        0);
}

/* A tenth of a dollar a gram, bought at next to nothing. */
static void priced(const char *herb, const char *lot)
{
    stage_fate(&c, DATABASE,
               SQL("UPDATE items SET price_cents = 10, price_per_quantity = 1000 WHERE sku = 'T-%s'", herb));
    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET cost_cents = 1, cost_quantity = 1000 WHERE lot_code = '%s'", lot));
}

START_TEST(a_code_is_used_as_often_as_it_may_be_and_no_more)
{
    const struct promo_terms terms = {
        .percent_basis_points = 1000, .valid_from = DATE_NONE, .valid_until = DATE_NONE, .max_uses = LIMIT
    };
    struct person_at_work sellers[CROWD] = { 0 };

    (void)stage_lot(&c, "bai_zhu", "RACE-CODE", 1000000, 300, "released", "A01");
    priced("bai_zhu", "RACE-CODE");
    act_as(&c, "sam.ortiz");
    must(promo_add(&c, "RUSH", &terms));
    for (int i = 0; i < CROWD; i++) {
        sellers[i].id = ticket_with(0, "T-bai_zhu", 1000, "rush");
        sellers[i].work = sell_with_code;
    }
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, CROWD), LIMIT);
    for (int i = 0; i < CROWD; i++)
        ck_assert_int_eq(sellers[i].status, sellers[i].status == ST_OK ? ST_OK : ST_CONFLICT);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM promo_uses WHERE code = 'RUSH' AND live"), LIMIT);
    expect_sound();
}
END_TEST

START_TEST(a_customer_uses_it_once_whatever_the_number_of_tickets)
{
    const int64_t patient = test_patient(&c, "D-0004");
    struct person_at_work sellers[CROWD] = { 0 };

    for (int i = 0; i < CROWD; i++) {
        sellers[i].id = ticket_with(patient, "S-XIAO-YAO-WAN", 1, "WELCOME10");
        sellers[i].work = sell_with_code;
    }
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, CROWD), 1);
    expect_sound();
}
END_TEST

/* Ten sales of 10 g and ten orders of 10 g want a lot of 100 g. */
START_TEST(sales_and_orders_share_the_last_lot)
{
    const int64_t lot = stage_lot(&c, "bai_shao", "RACE-LAST", 100000, 300, "released", "A01");
    struct person_at_work sellers[20] = { 0 };
    int64_t sold;

    priced("bai_shao", "RACE-LAST");
    for (int i = 0; i < 20; i++) {
        if (i % 2 == 0) {
            sellers[i].id = stage_order(&c, "bai_shao", 10000, 7);
            sellers[i].work = allocate;
        } else {
            sellers[i].id = ticket_with(0, "T-bai_shao", 10000, NULL);
            sellers[i].work = sell;
        }
    }
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, 20), 10);
    for (int i = 0; i < 20; i++)
        ck_assert(sellers[i].status == ST_OK || sellers[i].status == ST_SHORT);
    sold = 100000 - stage_in_stock(&c, lot);
    ck_assert_int_eq(sold + sql_number(&c, SQL("SELECT coalesce(sum(quantity), 0) FROM reservations WHERE "
                                               "lot_id = %lld AND ended_at IS NULL",
                                               (long long)lot)),
                     100000);
    expect_sound();
}
END_TEST

/* With a quote of before. */
static enum status pay_quoted(struct ctx *own, struct person_at_work *seller)
{
    return ticket_pay(own, seller->id, (struct money){ 100 }, "main",
                      &(struct ticket_tender){ .kind = "card" }, 1);
}

START_TEST(of_all_who_quoted_the_last_jar_one_is_paid)
{
    const int64_t lot = stage_lot(&c, "chi_shao", "RACE-JAR", 10000, 300, "released", "A01");
    struct person_at_work sellers[CROWD] = { 0 };

    priced("chi_shao", "RACE-JAR");
    for (int i = 0; i < CROWD; i++) {
        struct ticket_price price;

        sellers[i].id = ticket_with(0, "T-chi_shao", 10000, NULL);
        sellers[i].work = pay_quoted;
        must(ticket_quote(&c, sellers[i].id, &price));
        ck_assert_int_eq(price.pricing.total.cents, 100);
    }
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, CROWD), 1);
    for (int i = 0; i < CROWD; i++)
        ck_assert(sellers[i].status == ST_OK || sellers[i].status == ST_SHORT);
    ck_assert_int_eq(stage_in_stock(&c, lot), 0);
    expect_sound();
}
END_TEST

static enum status refund_all(struct ctx *own, struct person_at_work *seller)
{
    return ticket_refund(own, seller->id,
                         &(struct ticket_refund){ .reason = "damaged", .register_name = "main" });
}

START_TEST(one_sale_is_refunded_once)
{
    const int64_t lot = stage_lot(&c, "gan_cao", "RACE-BACK", 100000, 300, "released", "A01");
    struct person_at_work sellers[8];

    priced("gan_cao", "RACE-BACK");
    sellers[0].id = ticket_with(0, "T-gan_cao", 10000, NULL);
    must(sell(&c, &sellers[0]));
    for (int i = 0; i < 8; i++)
        sellers[i] = (struct person_at_work){ .id = sellers[0].id, .work = refund_all };
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, 8), 1);
    ck_assert_int_eq(stage_in_stock(&c, lot), 100000);
    expect_sound();
}
END_TEST

START_TEST(one_ticket_is_paid_once_by_many_hands)
{
    struct person_at_work sellers[8] = { { .id = ticket_with(0, "S-BAO-HE-WAN", 1, NULL) } };

    for (int i = 0; i < 8; i++)
        sellers[i] = (struct person_at_work){ .id = sellers[0].id, .work = sell };
    ck_assert_uint_eq(crowd_run(DATABASE, sellers, 8), 1);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM ticket_lots WHERE ticket_id = %lld",
                                        (long long)sellers[0].id)),
                     1);
    expect_sound();
}
END_TEST

/* What a hand at the service's own login could try. */
static void blocked(const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) != ST_OK, "%s", sql);
    ctx_forgive(&c);
}

START_TEST(plain_sql_does_not_get_round_it)
{
    const long long ticket = (long long)ticket_with(0, "S-GUI-PI-WAN", 2, NULL),
                    shop = (long long)c.who.shop_id;
    struct person_at_work seller = { .id = ticket };

    blocked(SQL("UPDATE tickets SET state = 'paid' WHERE id = %lld", ticket));
    must(sell(&c, &seller));
    blocked(SQL("UPDATE tickets SET state = 'open' WHERE id = %lld", ticket));
    blocked(SQL("UPDATE tickets SET state = 'refunded' WHERE id = %lld", ticket));
    blocked(
        SQL("INSERT INTO ticket_lines (shop_id, ticket_id, line_no, item_id, quantity, added_by)"
            " SELECT shop_id, ticket_id, 9, item_id, 1, added_by FROM ticket_lines WHERE ticket_id = %lld",
            ticket));
    blocked(SQL("UPDATE payments SET total_cents = 0 WHERE ticket_id = %lld", ticket));
    blocked(
        SQL("INSERT INTO tenders (shop_id, ticket_id, tender_no, kind, amount_cents, given_cents, upto_cents)"
            " VALUES (%lld, %lld, 2, 'card', 5, 5, 5)",
            shop, ticket));
    blocked(SQL("INSERT INTO ticket_lots (shop_id, ticket_id, seq, lot_id, location_id, quantity, move_id)"
                " SELECT shop_id, ticket_id, 1, lot_id, location_id, 1, move_id FROM ticket_lots LIMIT 1"));
    blocked(
        SQL("SELECT sale_book(%lld, %lld, ARRAY[1], ARRAY[1::bigint], ARRAY[1::bigint], ARRAY[1::bigint], 1)",
            shop, ticket));
    blocked(SQL("INSERT INTO sale_receipts (shop_id, receipt_no, kind, ticket_id) VALUES (%lld, 1000000, "
                "'sale', %lld)",
                shop, ticket));
    blocked("UPDATE orders SET payment = 'paid'");
    blocked("UPDATE promo_terms SET max_uses = 1000");
    blocked(SQL("INSERT INTO promo_uses (shop_id, code, version, uses_cap, customer_cap, slot_no, "
                "customer_slot_no, ticket_id, patient_id, expires_at)"
                " SELECT %lld, 'FIRST3', 1, 3, 1, 4, 1, %lld, min(id), now() FROM patients",
                shop, ticket));
    blocked(
        SQL("INSERT INTO promo_uses (shop_id, code, version, uses_cap, customer_cap, ticket_id, expires_at)"
            " VALUES (%lld, 'FIRST3', 1, 2147483647, 2147483647, %lld, now())",
            shop, ticket));
}
END_TEST

SUITE(sale_race)
{
    return suite_of("sale_race", 120, make, setup, scene_close,
                    TESTS(a_code_is_used_as_often_as_it_may_be_and_no_more,
                          a_customer_uses_it_once_whatever_the_number_of_tickets,
                          sales_and_orders_share_the_last_lot, of_all_who_quoted_the_last_jar_one_is_paid,
                          one_sale_is_refunded_once, one_ticket_is_paid_once_by_many_hands,
                          plain_sql_does_not_get_round_it));
}
