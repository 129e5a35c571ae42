/* Money: tenders, the drawer of cash and its count, refunds and voids. */
#include "core/drawer.h"
#include "support/counter.h"
#include "support/scene.h"

#define DATABASE "test_refund"
#define TEA "S-GINGER-TEA"         /* 5.99, grocery */
#define PATCH "S-TIGER-BALM-PATCH" /* 7.99, medicine */

static struct ticket_price price;

SCENE("mei.lin")

#define must(status) counter_must(&c, status)
#define refused(expected, status, field, part) counter_refused(&c, expected, status, field, part)

static const struct ticket_refund everything = { .reason = "changed_mind", .register_name = "main" };

START_TEST(tenders_come_to_the_total_and_cash_needs_a_drawer)
{
    const int64_t ticket = counter_open(&c, NULL);
    struct ticket_tender tenders[2] = { { .kind = "cash", .amount = { 500 }, .given = { 1000 } },
                                        { .kind = "card", .amount = { 300 } } };
    int64_t drawer;

    counter_add(&c, ticket, PATCH, 1);
    must(ticket_quote(&c, ticket, &price));
    refused(ST_INVALID, ticket_pay(&c, ticket, price.pricing.total, "main", tenders, 2), "tenders",
            "do not come to the total");
    tenders[1].amount.cents = 317;
    refused(ST_CONFLICT, ticket_pay(&c, ticket, price.pricing.total, "main", tenders, 2), "register",
            "no open drawer");
    must(drawer_open(&c, "main", (struct money){ 10000 }, &drawer));
    tenders[1].given.cents = 400;
    refused(ST_INVALID, ticket_pay(&c, ticket, price.pricing.total, "main", tenders, 2), "given_cents",
            "or more in cash");
    tenders[1].given.cents = 0;
    must(ticket_pay(&c, ticket, price.pricing.total, "main", tenders, 2));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT change_cents FROM tenders WHERE ticket_id = %lld AND kind = 'cash'",
                           (long long)ticket)),
        500);
    refused(ST_CONFLICT, drawer_open(&c, "main", (struct money){ 0 }, &drawer), "register",
            "has an open drawer");
}
END_TEST

START_TEST(a_drawer_is_counted_and_a_large_difference_needs_two)
{
    struct drawer_count counts[2] = { { { 2000 }, 2 }, { { 100 }, 1 } };
    const int64_t ticket = counter_open(&c, NULL);
    int64_t drawer;

    must(drawer_open(&c, "back", (struct money){ 5000 }, &drawer));
    must(drawer_move(&c, drawer, "pay_out", (struct money){ 1000 }, "postage"));
    counter_add(&c, ticket, PATCH, 1);
    must(ticket_quote(&c, ticket, &price));
    must(ticket_pay(&c, ticket, price.pricing.total, "back",
                    &(struct ticket_tender){ .kind = "cash", .given = { 2000 } }, 1));
    /* 50.00 - 10.00 + 8.17 should be there */
    refused(ST_CONFLICT, drawer_close(&c, drawer, counts, 2, NULL), "counts",
            "differ by -7.17 from what should be there, 48.17");
    must(drawer_approve(&c, drawer, (struct money){ 4100 }, NULL)); /* by the same person: no help */
    refused(ST_CONFLICT, drawer_close(&c, drawer, counts, 2, NULL), "counts", "another person");
    act_as(&c, "david.chen");
    must(drawer_approve(&c, drawer, (struct money){ 4100 }, "I counted too"));
    act_as(&c, "mei.lin");
    must(drawer_close(&c, drawer, counts, 2, NULL));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT difference_cents FROM cash_closings WHERE session_id = %lld",
                                        (long long)drawer)),
                     -717);
    refused(ST_CONFLICT, drawer_move(&c, drawer, "pay_in", (struct money){ 1 }, "late"), "session_id",
            "no open drawer");
}
END_TEST

START_TEST(a_refund_is_never_more_than_the_sale)
{
    const int64_t ticket = counter_open(&c, NULL), before = counter_on_hand(&c, TEA);
    struct ticket_return line = { .seq = 1, .quantity = 1 };
    struct ticket_refund some = {
        .reason = "damaged", .register_name = "main", .lines = &line, .line_count = 1
    };

    counter_add(&c, ticket, TEA, 3);
    counter_sell(&c, ticket, &price); /* 17.97 + 0.40 */
    line.quantity = 4;
    refused(ST_CONFLICT, ticket_refund(&c, ticket, &some), "lines[1]", "more than was sold");
    line.quantity = 1;
    must(ticket_refund(&c, ticket, &some));
    ck_assert_int_eq(counter_on_hand(&c, TEA), before - 2);
    line.disposition = "write_off";
    must(ticket_refund(&c, ticket, &some));
    ck_assert_int_eq(counter_on_hand(&c, TEA), before - 2);
    must(ticket_refund(&c, ticket, &everything));
    ck_assert_int_eq(counter_on_hand(&c, TEA), before - 1);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT sum(total_cents) FROM refunds WHERE ticket_id = %lld", (long long)ticket)),
        1837);
    refused(ST_CONFLICT, ticket_refund(&c, ticket, &everything), "ticket_id", "it is refunded");
    counter_expect_sound(&c);
}
END_TEST

START_TEST(money_goes_back_the_way_it_came)
{
    const int64_t ticket = counter_open(&c, NULL);
    struct ticket_tender by_cash = { .kind = "cash" };
    struct ticket_refund cash = {
        .reason = "wrong_item", .register_name = "main", .tenders = &by_cash, .tender_count = 1
    };
    struct ticket_refund whole = { .is_void = true, .reason = "keyed_wrong", .register_name = "main" };

    counter_add(&c, ticket, PATCH, 1);
    counter_sell(&c, ticket, &price);
    refused(ST_CONFLICT, ticket_refund(&c, ticket, &cash), "tenders", "0.00 came by it");
    must(ticket_refund(&c, ticket, &whole));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM tickets WHERE id = %lld AND state = 'voided'",
                                        (long long)ticket)),
                     1);
}
END_TEST

SUITE(refund)
{
    return suite_of("refund", 60, make, setup, scene_close,
                    TESTS(tenders_come_to_the_total_and_cash_needs_a_drawer,
                          a_drawer_is_counted_and_a_large_difference_needs_two,
                          a_refund_is_never_more_than_the_sale, money_goes_back_the_way_it_came));
}
