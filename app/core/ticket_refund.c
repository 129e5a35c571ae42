/* Money and goods come back: of a whole sale or of some of its lines, each only once. */
#include <string.h>

#include "core/audit.h"
#include "core/ticket_step.h"
#include "sql.h"

/* A line of the receipt, and what of it came back already. */
struct sold {
    int64_t seq;
    const char *kind;
    int64_t order_id;
    const char *name;
    int64_t quantity;
    struct money total, tax;
    const char *unit;
    int64_t parts, back;
    struct money back_money, back_tax;
};
struct paid_row {
    const char *kind;
    struct money amount;
};
struct facts {
    int64_t quote_no, refunds;
    bool sold_today;
};

static const struct column sold_columns[] = {
    COLUMN(struct sold, seq),
    COLUMN(struct sold, kind),
    COLUMN(struct sold, order_id),
    COLUMN(struct sold, name),
    COLUMN(struct sold, quantity),
    COLUMN_NAMED(struct sold, total, "total_cents"),
    COLUMN_NAMED(struct sold, tax, "tax_cents"),
    COLUMN(struct sold, unit),
    COLUMN(struct sold, parts),
    COLUMN(struct sold, back),
    COLUMN_NAMED(struct sold, back_money, "back_cents"),
    COLUMN_NAMED(struct sold, back_tax, "back_tax_cents"),
    COLUMNS_END,
};
static const struct column paid_columns[] = {
    COLUMN(struct paid_row, kind),
    COLUMN_NAMED(struct paid_row, amount, "amount_cents"),
    COLUMNS_END,
};
static const struct column facts_columns[] = {
    COLUMN(struct facts, quote_no),
    COLUMN(struct facts, refunds),
    COLUMN(struct facts, sold_today),
    COLUMNS_END,
};
static const struct column difference_columns[] = {
    COLUMN(struct ticket_difference, ticket_id),
    COLUMN(struct ticket_difference, what),
    COLUMNS_END,
};

/* A refund being put together: the parts that come back, column by column. */
struct refunding {
    int64_t id;
    const struct ticket_refund *refund;
    struct ticket_refund_sum *sum; /* only looked at: what would come back; else NULL */
    struct facts facts;
    struct sold *sold;
    size_t sold_count;
    struct money total;
    bool everything; /* nothing is left of the sale */
    int64_t *seq, *part, *sold_quantity, *sold_cents, *quantity, *amount, *tax, *upto, *upto_cents, *orders;
    const char **disposition;
    size_t count, order_count;
};

static const char *line_field(struct ctx *c, int64_t seq)
{
    return arena_printf(&c->arena, "lines[%lld]", (long long)seq);
}

/* The next part of a sold line: its share of the money is what all parts so far come to, less what went back before. */
static void take_part(struct refunding *r, const struct sold *sold, int64_t quantity, const char *disposition)
{
    const size_t i = r->count++;
    const int64_t upto = sold->back + quantity;
    const int64_t money = scale_i64(sold->total.cents, upto, sold->quantity);
    const int64_t tax = scale_i64(sold->tax.cents, upto, sold->quantity);

    r->seq[i] = sold->seq;
    r->part[i] = sold->parts + 1;
    r->sold_quantity[i] = sold->quantity;
    r->sold_cents[i] = sold->total.cents;
    r->quantity[i] = quantity;
    r->amount[i] = money - sold->back_money.cents;
    r->tax[i] = tax > sold->back_tax.cents ? tax - sold->back_tax.cents : 0;
    r->upto[i] = upto;
    r->upto_cents[i] = money;
    r->disposition[i] = disposition;
    r->total.cents += r->amount[i];
    if (strcmp(sold->kind, "order") == 0)
        r->orders[r->order_count++] = sold->order_id;
}

static enum status take_line(struct ctx *c, struct refunding *r, const struct ticket_return *line)
{
    const struct sold *sold = NULL;
    const char *disposition = line->disposition;

    for (size_t i = 0; i < r->sold_count; i++)
        if (r->sold[i].seq == line->seq)
            sold = &r->sold[i];
    if (sold == NULL)
        return ctx_fail(c, ST_NOT_FOUND, line_field(c, line->seq), ticket_number(c, line->seq),
                        "is no line of this receipt");
    for (size_t i = 0; i < r->count; i++)
        if (r->seq[i] == line->seq)
            return ctx_fail(c, ST_INVALID, line_field(c, line->seq), sold->name, "is named twice");
    if (sold->back == sold->quantity)
        return ctx_fail(c, ST_CONFLICT, line_field(c, line->seq), sold->name, "was given back already");
    if (line->quantity > sold->quantity - sold->back)
        return ctx_fail(c, ST_CONFLICT, line_field(c, line->seq), ticket_number(c, line->quantity),
                        "is more than was sold and not yet given back: %lld",
                        (long long)(sold->quantity - sold->back));
    if (strcmp(sold->kind, "item") != 0) {
        if (disposition != NULL && strcmp(disposition, "none") != 0)
            return ctx_fail(c, ST_INVALID, "disposition", disposition,
                            "is none for %s: only shelf goods come back into the shop", sold->name);
        disposition = "none";
    }
    take_part(r, sold, line->quantity == 0 ? sold->quantity - sold->back : line->quantity,
              disposition == NULL ? "restock" : disposition);
    return ST_OK;
}

static enum status take_lines(struct ctx *c, struct refunding *r)
{
    const size_t most = r->sold_count + r->refund->line_count + 1;
    int64_t *numbers = arena_array(&c->arena, 10 * most, sizeof *numbers);
    int64_t **columns[] = { &r->seq,    &r->part, &r->sold_quantity, &r->sold_cents, &r->quantity,
                            &r->amount, &r->tax,  &r->upto,          &r->upto_cents, &r->orders };
    int64_t back = 0, sold = 0;

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        *columns[i] = numbers + i * most;
    r->disposition = arena_array(&c->arena, most, sizeof *r->disposition);
    for (size_t i = 0; i < r->refund->line_count; i++)
        TRY(take_line(c, r, &r->refund->lines[i]));
    for (size_t i = 0; i < r->sold_count && r->refund->line_count == 0; i++)
        if (r->sold[i].back < r->sold[i].quantity)
            TRY(take_line(c, r, &(struct ticket_return){ .seq = r->sold[i].seq }));
    if (r->count == 0)
        return ctx_fail(c, ST_CONFLICT, "ticket_id", ticket_number(c, r->id), "was given back already");
    for (size_t i = 0; i < r->sold_count; i++) {
        back += r->sold[i].back;
        sold += r->sold[i].quantity;
    }
    for (size_t i = 0; i < r->count; i++)
        back += r->quantity[i];
    r->everything = back == sold;
    return ST_OK;
}

/* The means of payment, and that none gives back more than came by it. */
static enum status tenders_back(struct ctx *c, const struct refunding *r, struct ticket_tender *out,
                                size_t *count)
{
    struct paid_row *paid;
    int64_t left = r->total.cents;
    size_t n;

    *count = 0;
    TRY(db_all(c, &q_refund_paid, PARAMS(SHOP(c), I64(r->id)), paid_columns, sizeof *paid, &paid, &n));
    for (size_t i = 0; i < n && r->refund->tender_count == 0 && left > 0; i++) {
        const int64_t take = paid[i].amount.cents < left ? paid[i].amount.cents : left;

        if (take <= 0)
            continue;
        out[(*count)++] = (struct ticket_tender){ .kind = paid[i].kind, .amount = { take } };
        left -= take;
    }
    for (size_t i = 0; i < r->refund->tender_count; i++) {
        struct ticket_tender *tender = &out[(*count)++];
        int64_t most = 0;

        *tender = r->refund->tenders[i];
        if (tender->amount.cents == 0)
            tender->amount.cents = left;
        for (size_t k = 0; k < n; k++)
            if (strcmp(paid[k].kind, tender->kind) == 0) {
                most = paid[k].amount.cents;
                paid[k].amount.cents -= tender->amount.cents;
            }
        if (tender->amount.cents > most)
            return ctx_fail(c, ST_CONFLICT, "tenders", tender->kind,
                            "cannot give back %s: %s came by it and is still here",
                            money_text(&c->arena, tender->amount),
                            money_text(&c->arena, (struct money){ most }));
        left -= tender->amount.cents;
    }
    if (left != 0)
        return ctx_fail(c, ST_INVALID, "tenders", NULL, "do not come to what is given back, %s",
                        money_text(&c->arena, r->total));
    return ST_OK;
}

static enum status store_tenders(struct ctx *c, const struct refunding *r, int64_t refund_no,
                                 const struct ticket_tender *tenders, size_t n)
{
    const char **kinds = arena_array(&c->arena, n + 1, sizeof *kinds),
               **references = arena_array(&c->arena, n + 1, sizeof *references);
    int64_t *amounts = arena_array(&c->arena, n + 1, sizeof *amounts);

    for (size_t i = 0; i < n; i++) {
        kinds[i] = tenders[i].kind;
        references[i] = tenders[i].reference;
        amounts[i] = tenders[i].amount.cents;
    }
    return db_run(
        c, &q_refund_tenders_add,
        PARAMS(SHOP(c), I64(r->id), I64(refund_no), TEXTS(kinds, n), I64S(amounts, n), TEXTS(references, n)));
}

static enum status store_lines(struct ctx *c, const struct refunding *r, int64_t refund_no)
{
    const size_t n = r->count;

    return db_run(c, &q_refund_lines_add,
                  PARAMS(SHOP(c), I64(r->id), I64(r->facts.quote_no), I64(refund_no), I64S(r->seq, n),
                         I64S(r->part, n), I64S(r->sold_quantity, n), I64S(r->sold_cents, n),
                         I64S(r->quantity, n), I64S(r->amount, n), I64S(r->tax, n), I64S(r->upto, n),
                         I64S(r->upto_cents, n), TEXTS(r->disposition, n)));
}

static enum status store(struct ctx *c, const struct refunding *r)
{
    struct ticket_tender *tenders =
        arena_array(&c->arena, TICKET_TENDERS_MOST + r->refund->tender_count + 1, sizeof *tenders);
    const char *kind = r->refund->is_void ? "void" : "refund";
    const int64_t refund_no = r->facts.refunds + 1;
    int64_t session = 0, receipt_no;
    size_t n;

    TRY(tenders_back(c, r, tenders, &n));
    for (size_t i = 0; i < n && session == 0; i++)
        if (strcmp(tenders[i].kind, "cash") == 0)
            TRY(ticket_drawer(c, r->refund->register_name, &session));
    TRY(ticket_receipt_no(c, r->id, kind, &receipt_no));
    TRY(db_run(c, &q_refund_insert,
               PARAMS(SHOP(c), I64(r->id), I64(refund_no), TEXT(kind), TEXT(r->refund->reason),
                      TEXT_OR_NULL(r->refund->note), MONEY(r->total), I64((int64_t)n), I64(receipt_no),
                      I64_OR_NULL(session), USER(c))));
    TRY(store_lines(c, r, refund_no));
    TRY(store_tenders(c, r, refund_no, tenders, n));
    TRY(db_run(c, &q_sale_return, PARAMS(SHOP(c), I64(r->id), I64(refund_no), USER(c))));
    if (r->order_count > 0) {
        TRY(db_run(c, &q_ticket_orders_end, PARAMS(SHOP(c), I64(r->id), I64S(r->orders, r->order_count))));
        TRY(db_run(c, &q_sale_settle_orders, PARAMS(SHOP(c), I64(r->id))));
    }
    if (r->everything) {
        TRY(db_run(c, &q_promo_return, PARAMS(SHOP(c), I64(r->id), TEXT(kind))));
        TRY(db_run(c, &q_ticket_state,
                   PARAMS(SHOP(c), I64(r->id), TEXT(r->refund->is_void ? "voided" : "refunded"))));
    }
    return audit_note(c, r->refund->is_void ? "ticket_voided" : "ticket_refunded", ticket_subject(c, r->id),
                      arena_printf(&c->arena, "%s %s", money_text(&c->arena, r->total), r->refund->reason));
}

static enum status look(struct ctx *c, const struct refunding *r)
{
    r->sum->total = r->total;
    r->sum->tenders =
        arena_array(&c->arena, TICKET_TENDERS_MOST + r->refund->tender_count + 1, sizeof *r->sum->tenders);
    return tenders_back(c, r, r->sum->tenders, &r->sum->tender_count);
}

static enum status refund(struct ctx *c, void *arg)
{
    static const char *const from[] = { "paid", NULL };
    struct refunding *r = arg, fresh = { .id = r->id, .refund = r->refund, .sum = r->sum };
    struct ticket_head head;
    int64_t *orders;
    bool found;

    *r = fresh;
    TRY(ticket_lock(c, r->id, from, r->refund->is_void ? "voided" : "refunded", &head));
    TRY(db_row(c, &q_refund_facts, PARAMS(SHOP(c), I64(r->id)), facts_columns, &r->facts, &found));
    if (r->refund->is_void && (r->facts.refunds > 0 || !r->facts.sold_today))
        return ctx_fail(c, ST_CONFLICT, "ticket_id", ticket_number(c, r->id),
                        r->facts.refunds > 0 ? "was refunded in part: refund the rest"
                                             : "was sold on another day: refund it");
    TRY(db_all(c, &q_refund_sold, PARAMS(SHOP(c), I64(r->id)), sold_columns, sizeof *r->sold, &r->sold,
               &r->sold_count));
    TRY(take_lines(c, r));
    if (r->sum != NULL)
        return look(c, r);
    orders = r->orders;
    TRY(db_run(c, &q_ticket_lock_orders, PARAMS(SHOP(c), I64S(orders, r->order_count))));
    return store(c, r);
}

static enum status run_refund(struct ctx *c, struct refunding *r)
{
    const struct ticket_refund *wanted = r->refund;

    TRY(ticket_require(c));
    if (wanted->is_void && wanted->line_count > 0)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are not named: a void is of the whole sale");
    if (wanted->tender_count > TICKET_TENDERS_MOST)
        return ctx_fail(c, ST_INVALID, "tenders", NULL, "are at most %d", TICKET_TENDERS_MOST);
    return db_tx(c, refund, r);
}

enum status ticket_refund(struct ctx *c, int64_t id, const struct ticket_refund *wanted)
{
    struct refunding r = { .id = id, .refund = wanted };

    return run_refund(c, &r);
}

enum status ticket_refund_look(struct ctx *c, int64_t id, const struct ticket_refund *wanted,
                               struct ticket_refund_sum *sum)
{
    struct refunding r = { .id = id, .refund = wanted, .sum = sum };

    return run_refund(c, &r);
}

enum status ticket_verify(struct ctx *c, struct ticket_difference **differences, size_t *count)
{
    return db_all(c, &q_ticket_verify, PARAMS(SHOP(c)), difference_columns, sizeof **differences, differences,
                  count);
}
