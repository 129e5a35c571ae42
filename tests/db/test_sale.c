/* A sale from the first line to the last cent given back: prices, promo codes, goods and money agree, and what must not happen is
   refused. */
#include "core/order.h"
#include "core/promo.h"
#include "core/sale_setup.h"
#include "core/shop.h"
#include "core/stock.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_sale"
#define TEA "S-GINGER-TEA"         /* 5.99, grocery */
#define PATCH "S-TIGER-BALM-PATCH" /* 7.99, medicine */

static struct ticket_price price;

SCENE("mei.lin")

#define must(status) counter_must(&c, status)
#define refused(expected, status, field, part) counter_refused(&c, expected, status, field, part)

static const struct ticket_refund everything = { .reason = "changed_mind", .register_name = "main" };

START_TEST(a_sale_books_goods_money_and_receipt_once)
{
    const int64_t ticket = counter_open(&c, NULL), before = counter_on_hand(&c, TEA);
    int64_t last;

    counter_add(&c, ticket, TEA, 2);
    counter_add(&c, ticket, "09527000001567", 1); /* the patch, by its bar code */
    must(ticket_add_code(&c, ticket, " tcmHeal5 "));
    must(ticket_quote(&c, ticket, &price));
    ck_assert_int_eq(price.pricing.list.cents, 1997);
    ck_assert_int_eq(price.pricing.discount.cents, 100); /* 59.9 and 39.95 cents, each half up */
    ck_assert_int_eq(price.pricing.tax.cents, 26 + 17);
    ck_assert_int_eq(price.pricing.total.cents, 1940);
    must(counter_pay(&c, ticket, "card", 1940));
    ck_assert_int_eq(counter_on_hand(&c, TEA), before - 2);
    last = sql_number(&c, SQL("SELECT receipt_no FROM payments WHERE ticket_id = %lld", (long long)ticket));
    ck_assert_int_eq(last, sql_number(&c, "SELECT count(*) FROM sale_receipts"));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM promo_uses WHERE ticket_id = %lld AND state = 'committed'",
                           (long long)ticket)),
        1);
    refused(ST_CONFLICT, counter_pay(&c, ticket, "card", 1940), "ticket_id", "it is paid");
    refused(ST_CONFLICT, ticket_change(&c, ticket, 1, 5), "ticket_id", "it is paid");
    refused(ST_CONFLICT, ticket_cancel(&c, ticket), "ticket_id", "it is paid");
    counter_expect_sound(&c);
}
END_TEST

START_TEST(a_code_works_only_where_it_was_typed_and_is_worked_out_anew)
{
    const int64_t ticket = counter_open(&c, NULL);

    counter_add(&c, ticket, TEA, 4);
    must(ticket_price_now(&c, ticket, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 0);
    must(ticket_add_code(&c, ticket, "TEA2"));
    must(ticket_quote(&c, ticket, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 200);
    must(ticket_change(&c, ticket, 1, 3)); /* 17.97: below its minimum of 20 */
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM promo_uses WHERE ticket_id = %lld AND live",
                                        (long long)ticket)),
                     0);
    must(ticket_quote(&c, ticket, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 0);
    ck_assert_str_eq(reason_text(&c.arena, price.pricing.codes[0].why),
                     "begins at 20.00, and what it is for comes to 17.97");
    refused(ST_NOT_FOUND, ticket_add_code(&c, ticket, "TCMHEAL50"), "code", "is no promo code of this shop");
    refused(ST_CONFLICT, ticket_add_code(&c, ticket, "tea2"), "code", "is on this ticket already");
}
END_TEST

/* TCMHEAL5 is Arcana Herbs Shop's: in another shop it is no code at all, and its rows are not to be seen there. */
START_TEST(a_code_works_in_its_own_shop_only)
{
    const struct shop_new other = { .slug = "elsewhere", .name = "Elsewhere", .time_zone = "Asia/Shanghai" };
    struct who here = c.who;
    struct ctx owner;
    int64_t shop, ticket;

    database_open_test(&owner, DATABASE, TEST_OWNER);
    counter_must(&owner, shop_create(&owner, &other, &shop));
    sql_must(&owner,
             arena_printf(&owner.arena,
                          "INSERT INTO users (shop_id, username, display_name) VALUES (%lld, 'li', 'Li')",
                          (long long)shop));
    c.who.user_id = sql_number(&owner, "SELECT max(id) FROM users");
    ctx_close(&owner);
    c.who.shop_id = shop;
    must(ticket_open(&c, &(struct ticket_customer){ 0 }, &ticket));
    refused(ST_NOT_FOUND, ticket_add_code(&c, ticket, "TCMHEAL5"), "code", "is no promo code of this shop");
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM promo_terms"), 0);
    c.who = here;
    ck_assert_int_gt(sql_number(&c, "SELECT count(*) FROM promo_terms"), 0);
}
END_TEST

START_TEST(a_dry_run_says_line_by_line)
{
    const struct ticket_want wants[2] = { { .what = PATCH, .quantity = 1 },
                                          { .what = "R-GUI-ZHI", .quantity = 100000 } };
    const char *code = "welcome10";
    struct ticket_customer customer = { 0 };

    must(ticket_price_lines(&c, &customer, wants, 2, &code, 1, &price));
    ck_assert_str_eq(reason_text(&c.arena, price.pricing.codes[0].why),
                     "is limited per customer: say who the customer is");
    customer.patient_id = test_patient(&c, "D-0001");
    must(ticket_price_lines(&c, &customer, wants, 2, &code, 1, &price));
    ck_assert_str_eq(reason_text(&c.arena, price.pricing.codes[0].effects[0].why),
                     "10.00 % of 7.99: 0.80 off");
    ck_assert_str_eq(reason_text(&c.arena, price.pricing.codes[0].effects[1].why), "not among product");
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM promo_uses WHERE code = 'WELCOME10'"), 0);
}
END_TEST

START_TEST(a_failed_payment_burns_no_use_and_a_cancelled_ticket_gives_it_back)
{
    const int64_t first = counter_open(&c, "D-0002"), second = counter_open(&c, "D-0002");

    counter_add(&c, first, PATCH, 1);
    must(ticket_add_code(&c, first, "WELCOME10"));
    must(ticket_quote(&c, first, &price));
    refused(ST_NOT_FOUND, counter_pay(&c, first, "seashells", price.pricing.total.cents), "kind",
            "is not a way to pay");
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM promo_uses WHERE ticket_id = %lld AND state = 'reserved'",
                           (long long)first)),
        1);
    counter_add(&c, second, PATCH, 1);
    must(ticket_add_code(&c, second, "WELCOME10"));
    must(ticket_quote(&c, second, &price)); /* once per customer, and the other ticket holds it */
    ck_assert_int_eq(price.pricing.discount.cents, 0);
    must(ticket_cancel(&c, first));
    must(ticket_quote(&c, second, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 80);
    must(counter_pay(&c, second, "card", price.pricing.total.cents));
    must(ticket_refund(&c, second, &everything)); /* the whole sale: the use comes back */
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM promo_uses WHERE ticket_id = %lld AND state = 'returned'",
                           (long long)second)),
        1);
    counter_expect_sound(&c);
}
END_TEST

START_TEST(a_reservation_that_ran_out_goes_to_the_next)
{
    const int64_t first = counter_open(&c, "D-0003"), second = counter_open(&c, "D-0003");

    counter_add(&c, first, PATCH, 1);
    counter_add(&c, second, PATCH, 1);
    must(ticket_add_code(&c, first, "WELCOME10"));
    must(ticket_add_code(&c, second, "WELCOME10"));
    must(ticket_quote(&c, first, &price));
    stage_fate(&c, DATABASE,
               SQL("UPDATE promo_uses SET expires_at = now() - interval '1 minute' WHERE ticket_id = %lld",
                   (long long)first));
    must(ticket_quote(&c, second, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 80);
    must(counter_pay(&c, second, "card", price.pricing.total.cents));
    refused(ST_STALE, counter_pay(&c, first, "card", 735), "lines[1]", "quote again");
    must(ticket_quote(&c, first, &price));
    ck_assert_int_eq(price.pricing.discount.cents, 0);
    must(counter_pay(&c, first, "card", price.pricing.total.cents));
}
END_TEST

START_TEST(what_was_told_is_what_is_asked)
{
    const int64_t ticket = counter_open(&c, NULL);

    counter_add(&c, ticket, PATCH, 1);
    must(ticket_quote(&c, ticket, &price));
    refused(ST_STALE, counter_pay(&c, ticket, "card", 816), "total_cents", "is not what was quoted: 8.17");
    stage_fate(&c, DATABASE, "UPDATE items SET price_cents = 899 WHERE sku = 'S-TIGER-BALM-PATCH'");
    refused(ST_STALE, counter_pay(&c, ticket, "card", 817), "lines[1]",
            "would cost 9.19 now, and was quoted at 8.17");
    stage_fate(&c, DATABASE, "UPDATE items SET price_cents = 799 WHERE sku = 'S-TIGER-BALM-PATCH'");
    stage_fate(&c, DATABASE,
               SQL("UPDATE quotes SET expires_at = now() WHERE ticket_id = %lld", (long long)ticket));
    refused(ST_STALE, counter_pay(&c, ticket, "card", 817), "ticket_id", "time is over");
}
END_TEST

START_TEST(a_lot_that_may_not_be_used_is_not_sold)
{
    const int64_t recalled = stage_lot(&c, "bai_zhu", "SALE-RECALLED", 1000000, 300, "recalled", "A01");
    const int64_t expired = stage_lot(&c, "bai_zhu", "SALE-EXPIRED", 1000000, -1, "released", "A01");
    const int64_t today = stage_lot(&c, "bai_zhu", "SALE-TODAY", 50000, 0, "released", "A01");
    const int64_t later = stage_lot(&c, "bai_zhu", "SALE-LATER", 50000, 90, "released", "A01");
    int64_t ticket = counter_open(&c, NULL);

    refused(ST_CONFLICT,
            ticket_add(&c, ticket, &(struct ticket_want){ .what = "sale-recalled", .quantity = 1000 }),
            "what", "is recalled");
    refused(ST_CONFLICT,
            ticket_add(&c, ticket, &(struct ticket_want){ .what = "SALE-EXPIRED", .quantity = 1000 }), "what",
            "is expired");
    refused(
        ST_INVALID,
        ticket_add(&c, ticket, &(struct ticket_want){ .what = "T-bai_zhu", .quantity = 3, .unit = "each" }),
        "unit", "by weight");
    counter_add(&c, ticket, "T-bai_zhu", 60000);
    counter_sell(&c, ticket, &price); /* the one that expires first goes first */
    ck_assert_int_eq(stage_in_stock(&c, today), 0);
    ck_assert_int_eq(stage_in_stock(&c, later), 40000);
    ck_assert_int_eq(stage_in_stock(&c, recalled) + stage_in_stock(&c, expired), 2000000);
    ticket = counter_open(&c, NULL);
    counter_add(&c, ticket, "T-bai_zhu", 40001);
    refused(ST_SHORT, ticket_quote(&c, ticket, &price), "lines[1]",
            "40 g of 40.001 g can be had (lot SALE-EXPIRED is expired; lot SALE-LATER has 40 g left; lot "
            "SALE-RECALLED is recalled)");
    must(ticket_change(&c, ticket, 1, 40000));
    must(ticket_quote(&c, ticket, &price));
    act_as(&c, "mei.lin");
    must(lot_set_status(&c, later, "recalled", "test"));
    refused(ST_SHORT, counter_pay(&c, ticket, "card", price.pricing.total.cents), "lines[1]", "is recalled");
    counter_expect_sound(&c);
}
END_TEST

/* A quote sets nothing aside but the uses of its codes: of two counters that quote the last of it, one is paid. The other one is told
   which line and which lot, keeps its quote and its code, and goes on with what is left. */
START_TEST(two_counters_quote_the_last_of_it_and_one_is_paid)
{
    const int64_t lot = stage_lot(&c, "dan_shen", "SALE-LAST", 50000, 90, "released", "A01");
    const int64_t first = counter_open(&c, NULL), second = counter_open(&c, "D-0002");
    struct ticket_price other;

    counter_add(&c, first, "T-dan_shen", 30000);
    counter_add(&c, second, "T-dan_shen", 30000);
    counter_add(&c, second, PATCH, 1);
    must(ticket_add_code(&c, second, "WELCOME10"));
    must(ticket_quote(&c, first, &price));
    must(ticket_quote(&c, second, &other));
    must(counter_pay(&c, first, "card", price.pricing.total.cents));
    refused(ST_SHORT, counter_pay(&c, second, "card", other.pricing.total.cents), "lines[1]",
            "is short: 20 g of 30 g can be had (lot SALE-LAST has 20 g left)");
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT (SELECT count(*) FROM tickets WHERE id = %lld AND state = 'quoted') * 10 +"
                       " (SELECT count(*) FROM promo_uses WHERE ticket_id = %lld AND state = 'reserved') +"
                       " (SELECT count(*) FROM ticket_lots WHERE ticket_id = %lld) +"
                       " (SELECT count(*) FROM tenders WHERE ticket_id = %lld)",
                       (long long)second, (long long)second, (long long)second, (long long)second)),
        11);
    must(ticket_reopen(&c, second));
    must(ticket_change(&c, second, 1, 20000));
    must(ticket_quote(&c, second, &other));
    must(counter_pay(&c, second, "card", other.pricing.total.cents));
    ck_assert_int_eq(stage_in_stock(&c, lot), 0);
    counter_expect_sound(&c);
}
END_TEST

START_TEST(an_order_is_charged_once_and_its_payment_follows)
{
    int64_t order, ticket, other = counter_open(&c, NULL);
    struct ticket_tender split[2] = { { .kind = "card", .amount = { 100 } },
                                      { .kind = "voucher", .reference = "INS-1" } };

    (void)stage_lot(&c, "bai_shao", "SALE-ORDER", 1000000, 300, "released", "A01");
    order = stage_order(&c, "bai_shao", 70000, 7);
    stage_fate(&c, DATABASE,
               "UPDATE items SET price_cents = 12, price_per_quantity = 1000 WHERE sku = 'T-bai_shao'");
    stage_fate(&c, DATABASE,
               SQL("INSERT INTO fees (shop_id, name, dosage_form, per, amount_cents) SELECT shop_id, "
                   "'Cooking', v.dosage_form, 'packet', 50"
                   " FROM orders o JOIN prescription_versions v USING (shop_id, prescription_id, version) "
                   "WHERE o.id = %lld",
                   (long long)order));
    ticket = counter_open(&c, NULL);
    must(ticket_add(&c, ticket, &(struct ticket_want){ .order_id = order }));
    refused(ST_CONFLICT, ticket_add(&c, ticket, &(struct ticket_want){ .order_id = order }), "order_id",
            "on this ticket already");
    must(ticket_add(&c, other, &(struct ticket_want){ .order_id = order }));
    must(ticket_quote(&c, ticket, &price));
    ck_assert_uint_eq(price.pricing.line_count, 2);
    ck_assert_int_eq(price.pricing.lines[0].list.cents, 840);
    ck_assert_int_eq(price.pricing.lines[1].list.cents,
                     50 *
                         sql_number(&c, SQL("SELECT packets FROM orders WHERE id = %lld", (long long)order)));
    must(ticket_pay(&c, ticket, price.pricing.total, "main", split, 2));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND payment = 'vouched'",
                                        (long long)order)),
                     1);
    must(ticket_quote(&c, other, &price));
    refused(ST_CONFLICT, counter_pay(&c, other, "card", price.pricing.total.cents), "order_id",
            "is charged by another ticket");
    must(ticket_refund(&c, ticket, &everything));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND payment = 'unpaid'",
                                        (long long)order)),
                     1);
    must(counter_pay(&c, other, "card", price.pricing.total.cents));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND payment = 'paid'",
                                        (long long)order)),
                     1);
    stage_fate(&c, DATABASE, "UPDATE fees SET ended_at = now()");
    counter_expect_sound(&c);
}
END_TEST

START_TEST(a_shop_may_hand_over_only_what_is_paid)
{
    const struct sale_settings ways = { .handover_needs_payment = true, .quote_minutes = 30 };
    const struct sale_settings back = { .quote_minutes = 30, .drawer_limit = { 500 } };
    int64_t order, lot, ticket = counter_open(&c, NULL);

    lot = stage_lot(&c, "ban_xia", "SALE-OWED", 1000000, 300, "released", "A01");
    order = stage_order(&c, "ban_xia", 70000, 7);
    must(order_allocate(&c, order, DATE_NONE));
    stage_release(&c, order);
    must(stage_weigh(&c, order, lot, 70000));
    act_as(&c, "david.chen");
    must(order_check(&c, order, NULL));
    refused(ST_DENIED, sale_settings_set(&c, &ways), "role", "only a admin may change how the shop sells");
    act_as(&c, "admin");
    must(sale_settings_set(&c, &ways));
    act_as(&c, "mei.lin");
    refused(ST_CONFLICT, order_hand_over(&c, order, "the patient", true), "payment",
            "must be paid or vouched");
    must(ticket_add(&c, ticket, &(struct ticket_want){ .order_id = order }));
    must(ticket_quote(&c, ticket, &price));
    must(counter_pay(&c, ticket, "account", price.pricing.total.cents));
    must(order_hand_over(&c, order, "the patient", true));
    act_as(&c, "admin");
    must(sale_settings_set(&c, &back));
}
END_TEST

START_TEST(terms_of_codes_are_versions)
{
    struct promo_terms terms = { .percent_basis_points = 1000,
                                 .valid_from = DATE_NONE,
                                 .valid_until = DATE_NONE,
                                 .include = "grocery;teas" };

    refused(ST_DENIED, promo_add(&c, "spring", &terms), "role", "only");
    act_as(&c, "admin");
    refused(ST_INVALID, promo_add(&c, "spring", &terms), "include", "is no SKU, product, herb");
    terms.include = "grocery";
    terms.amount.cents = 5;
    refused(ST_INVALID, promo_add(&c, "spring", &terms), "percent_basis_points", "not both");
    terms.amount.cents = 0;
    must(promo_add(&c, "spring", &terms));
    refused(ST_CONFLICT, promo_add(&c, "SPRING", &terms), "code", "exists");
    terms.percent_basis_points = 2000;
    must(promo_change(&c, "Spring", 1, &terms));
    refused(ST_STALE, promo_change(&c, "spring", 1, &terms), "version", "is not the newest: 2 is");
    must(promo_end(&c, "spring"));
    refused(ST_CONFLICT, promo_end(&c, "spring"), "code", "ended already");
    refused(ST_CONFLICT, promo_change(&c, "spring", 2, &terms), "code", "was ended");
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM promo_terms WHERE code = 'SPRING'"), 2);
}
END_TEST

SUITE(sale)
{
    return suite_of(
        "sale", 60, make, setup, scene_close,
        TESTS(a_sale_books_goods_money_and_receipt_once,
              a_code_works_only_where_it_was_typed_and_is_worked_out_anew, a_code_works_in_its_own_shop_only,
              a_dry_run_says_line_by_line, a_failed_payment_burns_no_use_and_a_cancelled_ticket_gives_it_back,
              a_reservation_that_ran_out_goes_to_the_next, what_was_told_is_what_is_asked,
              a_lot_that_may_not_be_used_is_not_sold, two_counters_quote_the_last_of_it_and_one_is_paid,
              an_order_is_charged_once_and_its_payment_follows, a_shop_may_hand_over_only_what_is_paid,
              terms_of_codes_are_versions));
}
