/* The payment: the price is worked out once more with the lots that really go, and must be what was quoted; then goods, promo uses,
   orders, tenders and the receipt's number are booked in one transaction. */
#include <string.h>

#include "core/audit.h"
#include "core/ticket_step.h"
#include "sql.h"

struct id_row {
    int64_t id;
};
struct receipt_row {
    int64_t receipt_no;
};
struct quote_row {
    int64_t quote_no;
    struct money total;
    bool ran_out;
};
struct amount_row {
    int64_t line_no, fee_id, quantity;
    const char *name;
    struct money list, discount, tax, total;
};
struct moves_row {
    int64_t moves;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column receipt_columns[] = { COLUMN(struct receipt_row, receipt_no), COLUMNS_END };
static const struct column moves_columns[] = { COLUMN(struct moves_row, moves), COLUMNS_END };
static const struct column quote_columns[] = {
    COLUMN(struct quote_row, quote_no),
    COLUMN_NAMED(struct quote_row, total, "total_cents"),
    COLUMN(struct quote_row, ran_out),
    COLUMNS_END,
};
static const struct column amount_columns[] = {
    COLUMN(struct amount_row, line_no),
    COLUMN(struct amount_row, fee_id),
    COLUMN(struct amount_row, quantity),
    COLUMN(struct amount_row, name),
    COLUMN_NAMED(struct amount_row, list, "list_cents"),
    COLUMN_NAMED(struct amount_row, discount, "discount_cents"),
    COLUMN_NAMED(struct amount_row, tax, "tax_cents"),
    COLUMN_NAMED(struct amount_row, total, "total_cents"),
    COLUMNS_END,
};

struct paying {
    int64_t id;
    struct money total;
    const char *register_name;
    const struct ticket_tender *tenders;
    size_t count;
};

enum status ticket_drawer(struct ctx *c, const char *register_name, int64_t *session)
{
    struct id_row row;
    bool found;

    TRY(db_row(c, &q_drawer_share, PARAMS(SHOP(c), TEXT(register_name)), id_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "register", register_name,
                        "has no open drawer: cash needs one, with its float counted");
    *session = row.id;
    return ST_OK;
}

enum status ticket_receipt_no(struct ctx *c, int64_t id, const char *kind, int64_t *receipt_no)
{
    struct receipt_row row;
    bool found;

    TRY(db_row(c, &q_sale_receipt_next, PARAMS(SHOP(c), I64(id), TEXT(kind)), receipt_columns, &row, &found));
    *receipt_no = row.receipt_no;
    return ST_OK;
}

/* What was told to the customer is what is asked; and what it was made of still costs that. */
static enum status refuse_stale(struct ctx *c, const struct paying *want, const struct quote_row *quote,
                                const struct pricing *now)
{
    const char *number = ticket_number(c, want->id);
    struct amount_row *then;
    size_t n;

    TRY(db_all(c, &q_quote_amounts, PARAMS(SHOP(c), I64(want->id), I64(quote->quote_no)), amount_columns,
               sizeof *then, &then, &n));
    for (size_t i = 0; i < n && n == now->line_count; i++) {
        const struct price_line *line = &now->lines[i];

        if (then[i].line_no != line->line_no || then[i].fee_id != line->fee_id ||
            then[i].quantity != line->quantity || then[i].list.cents != line->list.cents ||
            then[i].discount.cents != line->discount.cents || then[i].tax.cents != line->tax.cents)
            ctx_note(c, ST_STALE, arena_printf(&c->arena, "lines[%lld]", (long long)line->line_no),
                     line->name, "would cost %s now, and was quoted at %s: quote again",
                     money_text(&c->arena, line->total), money_text(&c->arena, then[i].total));
    }
    TRY(ctx_fault_or_ok(c));
    if (n != now->line_count || quote->total.cents != now->total.cents)
        return ctx_fail(c, ST_STALE, "ticket_id", number,
                        "would cost %s now, and was quoted at %s: quote again",
                        money_text(&c->arena, now->total), money_text(&c->arena, quote->total));
    return ST_OK;
}

static enum status read_quote(struct ctx *c, const struct paying *want, const struct ticket_head *head,
                              struct quote_row *quote)
{
    bool found;

    TRY(db_row(c, &q_quote_total, PARAMS(SHOP(c), I64(want->id), I64(head->quote_no)), quote_columns, quote,
               &found));
    if (quote->ran_out)
        return ctx_fail(c, ST_STALE, "ticket_id", ticket_number(c, want->id),
                        "has a quote whose time is over: quote again");
    if (quote->total.cents != want->total.cents)
        return ctx_fail(c, ST_STALE, "total_cents", money_text(&c->arena, want->total),
                        "is not what was quoted: %s", money_text(&c->arena, quote->total));
    return ST_OK;
}

/* Each tender with its amount; one that names none takes what is left. */
static enum status read_tenders(struct ctx *c, const struct paying *want, struct ticket_tender *out,
                                bool *cash)
{
    int64_t named = 0;
    size_t unnamed = 0;

    for (size_t i = 0; i < want->count; i++) {
        named += want->tenders[i].amount.cents;
        unnamed += want->tenders[i].amount.cents == 0 ? 1 : 0;
    }
    *cash = false;
    for (size_t i = 0; i < want->count; i++) {
        out[i] = want->tenders[i];
        if (out[i].amount.cents == 0 && unnamed == 1)
            out[i].amount.cents = want->total.cents - named;
        if (out[i].given.cents == 0)
            out[i].given = out[i].amount;
        *cash = *cash || strcmp(out[i].kind, "cash") == 0;
        if (out[i].amount.cents <= 0)
            return ctx_fail(c, ST_INVALID, "tenders", out[i].kind, "has nothing left to pay");
    }
    if (unnamed == 0 && named != want->total.cents)
        return ctx_fail(c, ST_INVALID, "tenders", money_text(&c->arena, (struct money){ named }),
                        "do not come to the total, %s", money_text(&c->arena, want->total));
    if (unnamed > 1)
        return ctx_fail(c, ST_INVALID, "tenders", NULL, "name no amount more than once");
    return ST_OK;
}

static enum status store_tenders(struct ctx *c, int64_t id, const struct ticket_tender *tenders, size_t n)
{
    const char **kinds = arena_array(&c->arena, n + 1, sizeof *kinds),
               **references = arena_array(&c->arena, n + 1, sizeof *references);
    int64_t *amounts = arena_array(&c->arena, n + 1, sizeof *amounts),
            *given = arena_array(&c->arena, n + 1, sizeof *given);

    for (size_t i = 0; i < n; i++) {
        kinds[i] = tenders[i].kind;
        references[i] = tenders[i].reference;
        amounts[i] = tenders[i].amount.cents;
        given[i] = tenders[i].given.cents;
    }
    return db_run(
        c, &q_tenders_add,
        PARAMS(SHOP(c), I64(id), TEXTS(kinds, n), I64S(amounts, n), I64S(given, n), TEXTS(references, n)));
}

static int64_t seq_of(const struct pricing *p, int64_t line_no)
{
    for (size_t i = 0; i < p->line_count; i++)
        if (p->lines[i].line_no == line_no && p->lines[i].kind == LINE_ITEM)
            return (int64_t)i + 1;
    return 0;
}

static enum status book_goods(struct ctx *c, int64_t id, const struct ticket_price *price)
{
    const size_t n = price->lot_count;
    int64_t *seq = arena_array(&c->arena, n + 1, sizeof *seq),
            *lot = arena_array(&c->arena, n + 1, sizeof *lot);
    int64_t *place = arena_array(&c->arena, n + 1, sizeof *place),
            *quantity = arena_array(&c->arena, n + 1, sizeof *quantity);
    struct moves_row booked;
    bool found;

    for (size_t i = 0; i < n; i++) {
        seq[i] = seq_of(&price->pricing, price->lots[i].line_no);
        lot[i] = price->lots[i].lot_id;
        place[i] = price->lots[i].location_id;
        quantity[i] = price->lots[i].quantity;
    }
    return db_row(
        c, &q_sale_book,
        PARAMS(SHOP(c), I64(id), I64S(seq, n), I64S(lot, n), I64S(place, n), I64S(quantity, n), USER(c)),
        moves_columns, &booked, &found);
}

static enum status commit_uses(struct ctx *c, int64_t id, const struct quote_row *quote,
                               const struct pricing *p)
{
    size_t committed, codes = 0;

    for (size_t i = 0; i < p->code_count; i++)
        codes += p->codes[i].applies ? 1 : 0;
    TRY(db_change(c, &q_promo_commit, PARAMS(SHOP(c), I64(id), I64(quote->quote_no)), &committed));
    if (committed != codes)
        return ctx_fail(c, ST_STALE, "codes", NULL, "are not reserved for this ticket any more: quote again");
    return ST_OK;
}

static enum status hold_lots(struct ctx *c, const int64_t *items, size_t count, struct ticket_held *held)
{
    struct id_row *rows;

    TRY(db_all(c, &q_ticket_lock_lots, PARAMS(SHOP(c), I64S(items, count)), id_columns, sizeof *rows, &rows,
               &held->count));
    held->lots = arena_array(&c->arena, held->count + 1, sizeof *held->lots);
    for (size_t i = 0; i < held->count; i++)
        held->lots[i] = rows[i].id;
    return ST_OK;
}

/* With everything locked that may still change: the price now, or why it is not what was quoted. */
static enum status price_again(struct ctx *c, const struct ticket_head *head, const struct paying *want,
                               const struct quote_row *quote, struct ticket_price *price)
{
    const char **codes;
    struct ticket_held held;
    int64_t *orders, *items;
    size_t code_count, order_count, item_count;

    TRY(ticket_wanted(c, want->id, &price->wanted, &price->wanted_count));
    TRY(ticket_codes(c, want->id, &codes, &code_count));
    orders = ticket_orders(c, price->wanted, price->wanted_count, &order_count);
    items = ticket_items(c, price, &item_count);
    TRY(db_run(c, &q_ticket_lock_orders, PARAMS(SHOP(c), I64S(orders, order_count))));
    TRY(db_run(c, &q_promo_lock, PARAMS(SHOP(c), TEXTS(codes, code_count))));
    TRY(hold_lots(c, items, item_count, &held));
    TRY(ticket_work_out(c, head, codes, code_count, &held, price));
    TRY(ticket_refuse_short(c, price));
    return refuse_stale(c, want, quote, &price->pricing);
}

static enum status store(struct ctx *c, const struct paying *want, const struct quote_row *quote,
                         const struct ticket_price *price)
{
    struct ticket_tender *tenders = arena_array(&c->arena, want->count + 1, sizeof *tenders);
    int64_t session = 0, receipt_no, *orders;
    size_t order_count;
    bool cash;

    TRY(read_tenders(c, want, tenders, &cash));
    if (cash)
        TRY(ticket_drawer(c, want->register_name, &session));
    TRY(ticket_receipt_no(c, want->id, "sale", &receipt_no));
    TRY(db_run(c, &q_payment_insert,
               PARAMS(SHOP(c), I64(want->id), I64(quote->quote_no), MONEY(quote->total),
                      I64((int64_t)want->count), I64(receipt_no), I64_OR_NULL(session), USER(c))));
    TRY(store_tenders(c, want->id, tenders, want->count));
    TRY(book_goods(c, want->id, price));
    orders = ticket_orders(c, price->wanted, price->wanted_count, &order_count);
    TRY(db_run(c, &q_ticket_orders_add, PARAMS(SHOP(c), I64(want->id), I64S(orders, order_count))));
    TRY(db_run(c, &q_sale_settle_orders, PARAMS(SHOP(c), I64(want->id))));
    TRY(commit_uses(c, want->id, quote, &price->pricing));
    TRY(db_run(c, &q_ticket_state, PARAMS(SHOP(c), I64(want->id), TEXT("paid"))));
    return audit_note(c, "ticket_paid", ticket_subject(c, want->id), money_text(&c->arena, quote->total));
}

static enum status pay(struct ctx *c, void *arg)
{
    static const char *const from[] = { "quoted", NULL };
    const struct paying *want = arg;
    struct ticket_price price;
    struct ticket_head head;
    struct quote_row quote;

    TRY(ticket_lock(c, want->id, from, "paid", &head));
    TRY(read_quote(c, want, &head, &quote));
    TRY(price_again(c, &head, want, &quote, &price));
    return store(c, want, &quote, &price);
}

enum status ticket_pay(struct ctx *c, int64_t id, struct money total, const char *register_name,
                       const struct ticket_tender *tenders, size_t count)
{
    struct paying want = { id, total, register_name, tenders, count };

    TRY(ticket_require(c));
    if (count > TICKET_TENDERS_MOST)
        return ctx_fail(c, ST_INVALID, "tenders", NULL, "are at most %d", TICKET_TENDERS_MOST);
    return db_tx(c, pay, &want);
}
