/* The counter's stage: thin, so that a test shows what is done. */
#include "support/counter.h"

#include <check.h>

#include "core/stock.h"
#include "support/database.h"
#include "support/prescribe.h"

void counter_must(struct ctx *c, enum status status)
{
    ck_assert_msg(status == ST_OK, "%s", fault_text(c));
}

void counter_refused(struct ctx *c, enum status expected, enum status status, const char *field,
                     const char *part)
{
    ck_assert_msg(status == expected, "status %d: %s", (int)status, fault_text(c));
    ck_assert_msg(test_fault_says(c, field, part), "%s", fault_text(c));
    ctx_forgive(c);
}

int64_t counter_open(struct ctx *c, const char *patient)
{
    struct ticket_customer customer = { .patient_id = patient == NULL ? 0 : test_patient(c, patient) };
    int64_t id;

    counter_must(c, ticket_open(c, &customer, &id));
    return id;
}

void counter_add(struct ctx *c, int64_t ticket, const char *what, int64_t quantity)
{
    counter_must(c, ticket_add(c, ticket, &(struct ticket_want){ .what = what, .quantity = quantity }));
}

enum status counter_pay(struct ctx *c, int64_t ticket, const char *kind, int64_t total)
{
    const struct ticket_tender tender = { .kind = kind };

    return ticket_pay(c, ticket, (struct money){ total }, "main", &tender, total == 0 ? 0 : 1);
}

void counter_sell(struct ctx *c, int64_t ticket, struct ticket_price *price)
{
    counter_must(c, ticket_quote(c, ticket, price));
    counter_must(c, counter_pay(c, ticket, "card", price->pricing.total.cents));
}

int64_t counter_on_hand(struct ctx *c, const char *sku)
{
    return sql_number(
        c, arena_printf(
               &c->arena,
               "SELECT coalesce(sum(b.quantity), 0) FROM balances b JOIN lots l USING (shop_id) JOIN items "
               "i USING (shop_id) WHERE l.id = b.lot_id AND i.id = l.item_id AND b.internal AND i.sku = '%s'",
               sku));
}

void counter_expect_sound(struct ctx *c)
{
    struct stock_difference *differences;
    struct ticket_difference *wrong;
    size_t n;

    counter_must(c, stock_verify(c, &differences, &n));
    ck_assert_uint_eq(n, 0);
    counter_must(c, ticket_verify(c, &wrong, &n));
    ck_assert_msg(n == 0, "%s", n == 0 ? "" : wrong[0].what);
    ck_assert_int_eq(sql_number(c, "SELECT coalesce(max(receipt_no), 0) - count(*) FROM sale_receipts"), 0);
}
