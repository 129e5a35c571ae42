/* Looking at a price, and freezing it: the quote, and the promo uses it reserves. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/ticket_step.h"
#include "sql.h"

struct barred_row {
    const char *what;
};
struct quote_row {
    int64_t quote_no;
};
struct id_row {
    int64_t id;
};
struct minutes_row {
    int64_t quote_minutes;
};

static const struct column barred_columns[] = { COLUMN(struct barred_row, what), COLUMNS_END };
static const struct column quote_columns[] = { COLUMN(struct quote_row, quote_no), COLUMNS_END };
static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column minutes_columns[] = { COLUMN(struct minutes_row, quote_minutes), COLUMNS_END };
static const struct column head_columns[] = {
    COLUMN(struct ticket_head, id),         COLUMN(struct ticket_head, state),
    COLUMN(struct ticket_head, patient_id), COLUMN(struct ticket_head, customer_group),
    COLUMN(struct ticket_head, quote_no),   COLUMNS_END,
};

static int64_t taken_of(const struct ticket_price *price, int64_t line_no)
{
    int64_t taken = 0;

    for (size_t i = 0; i < price->lot_count; i++)
        taken += price->lots[i].line_no == line_no ? price->lots[i].quantity : 0;
    return taken;
}

static const char *amount(struct ctx *c, const char *unit, int64_t quantity)
{
    return strcmp(unit, "mg") == 0 ? weight_text(&c->arena, (struct weight){ quantity })
                                   : ticket_number(c, quantity);
}

enum status ticket_refuse_short(struct ctx *c, const struct ticket_price *price)
{
    for (size_t i = 0; i < price->pricing.line_count; i++) {
        const struct price_line *line = &price->pricing.lines[i];
        const int64_t taken = taken_of(price, line->line_no);
        struct barred_row barred;
        int64_t lot = 0;
        bool found;

        if (line->kind != LINE_ITEM || taken >= line->quantity)
            continue;
        for (size_t k = 0; k < price->wanted_count; k++)
            lot = price->wanted[k].line_no == line->line_no ? price->wanted[k].lot_id : lot;
        TRY(db_row(c, &q_ticket_barred, PARAMS(SHOP(c), I64(line->item_id), I64(lot)), barred_columns,
                   &barred, &found));
        ctx_note(c, ST_SHORT, arena_printf(&c->arena, "lines[%lld]", (long long)line->line_no), line->name,
                 "is short: %s of %s can be had (%s)", amount(c, line->unit, taken),
                 amount(c, line->unit, line->quantity), barred.what);
    }
    return ctx_fault_or_ok(c);
}

static enum status head_of(struct ctx *c, int64_t id, struct ticket_head *head)
{
    bool found;

    TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(id)), head_columns, head, &found));
    if (head->id == 0)
        return ctx_fail(c, ST_NOT_FOUND, "ticket_id", ticket_number(c, id), "is no ticket of this shop");
    return ST_OK;
}

enum status ticket_price_now(struct ctx *c, int64_t id, struct ticket_price *price)
{
    return ticket_price_with(c, id, NULL, price);
}

enum status ticket_price_with(struct ctx *c, int64_t id, const char *code, struct ticket_price *price)
{
    struct ticket_head head;
    const char **codes;
    size_t count;
    bool there = code == NULL;

    TRY(head_of(c, id, &head));
    TRY(ticket_wanted(c, id, &price->wanted, &price->wanted_count));
    TRY(ticket_codes(c, id, &codes, &count));
    for (size_t i = 0; i < count && !there; i++)
        there = text_same(codes[i], code);
    if (!there)
        codes[count++] = code;
    return ticket_work_out(c, &head, codes, count, NULL, price);
}

enum status ticket_price_lines(struct ctx *c, const struct ticket_customer *customer,
                               const struct ticket_want *wants, size_t count, const char *const *codes,
                               size_t code_count, struct ticket_price *price)
{
    const struct ticket_head nobody = { .patient_id = customer->patient_id,
                                        .customer_group = customer->group };

    price->wanted = arena_array(&c->arena, count + 1, sizeof *price->wanted);
    price->wanted_count = count;
    for (size_t i = 0; i < count; i++) {
        if (wants[i].order_id == 0)
            TRY(ticket_find(c, &wants[i], &price->wanted[i]));
        else
            price->wanted[i] = (struct ticket_line){ .order_id = wants[i].order_id, .quantity = 1 };
        price->wanted[i].line_no = (int64_t)i + 1;
    }
    return ticket_work_out(c, &nobody, codes, code_count, NULL, price);
}

enum status ticket_release_uses(struct ctx *c, const struct ticket_head *head, const char *why,
                                const struct pricing *keep)
{
    const size_t n = keep == NULL ? 0 : keep->code_count;
    const char **codes = arena_array(&c->arena, n + 1, sizeof *codes);
    int64_t *versions = arena_array(&c->arena, n + 1, sizeof *versions);
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (!keep->codes[i].applies)
            continue;
        codes[count] = keep->codes[i].code;
        versions[count++] = keep->codes[i].version;
    }
    return db_run(c, &q_promo_release,
                  PARAMS(SHOP(c), I64(head->id), TEXT(why), TEXTS(codes, count), I64S(versions, count),
                         I64_OR_NULL(head->patient_id)));
}

/* The lines of a quote, column by column. */
struct frozen {
    int64_t *line, *item, *order, *fee, *quantity, *list, *discount, *points, *tax, *total, *cost, *rule;
    const char **kind, **name, **hanzi, **unit, **note, **category, **reason;
};

static void freeze_line(struct arena *arena, struct frozen *f, size_t i, const struct price_line *line)
{
    static const char *const kinds[] = { [LINE_ITEM] = "item", [LINE_ORDER] = "order", [LINE_FEE] = "fee" };

    f->line[i] = line->line_no;
    f->kind[i] = kinds[line->kind];
    f->item[i] = line->item_id;
    f->order[i] = line->order_id;
    f->fee[i] = line->fee_id;
    f->name[i] = line->name;
    f->hanzi[i] = line->name_hanzi;
    f->quantity[i] = line->quantity;
    f->unit[i] = line->unit;
    f->note[i] = reason_text(arena, line->priced_by);
    f->reason[i] = reason_word(line->priced_by);
    f->rule[i] = line->rule == NULL ? 0 : line->rule->id;
    f->list[i] = line->list.cents;
    f->discount[i] = line->discount.cents;
    f->category[i] = line->tax_category;
    f->points[i] = line->tax_basis_points;
    f->tax[i] = line->tax.cents;
    f->total[i] = line->total.cents;
    f->cost[i] = line->cost_known ? line->cost.cents : -1;
}

static enum status store_lines(struct ctx *c, int64_t id, int64_t quote_no, const struct pricing *p)
{
    const size_t n = p->line_count;
    int64_t *numbers = arena_array(&c->arena, 12 * n, sizeof *numbers);
    const char **texts = arena_array(&c->arena, 7 * n, sizeof *texts);
    struct frozen f = {
        numbers,          numbers + n,      numbers + 2 * n, numbers + 3 * n, numbers + 4 * n,
        numbers + 5 * n,  numbers + 6 * n,  numbers + 7 * n, numbers + 8 * n, numbers + 9 * n,
        numbers + 10 * n, numbers + 11 * n, texts,           texts + n,       texts + 2 * n,
        texts + 3 * n,    texts + 4 * n,    texts + 5 * n,   texts + 6 * n,
    };

    for (size_t i = 0; i < n; i++)
        freeze_line(&c->arena, &f, i, &p->lines[i]);
    return db_run(c, &q_quote_lines_add,
                  PARAMS(SHOP(c), I64(id), I64(quote_no), BOOL(p->tax_included), I64S(f.line, n),
                         TEXTS(f.kind, n), I64S(f.item, n), I64S(f.order, n), I64S(f.fee, n),
                         TEXTS(f.name, n), TEXTS(f.hanzi, n), I64S(f.quantity, n), TEXTS(f.unit, n),
                         TEXTS(f.note, n), I64S(f.list, n), I64S(f.discount, n), TEXTS(f.category, n),
                         I64S(f.points, n), I64S(f.tax, n), I64S(f.total, n), I64S(f.cost, n),
                         TEXTS(f.reason, n), I64S(f.rule, n)));
}

static enum status reserve_uses(struct ctx *c, const struct ticket_head *head, int64_t quote_no,
                                int64_t minutes, const struct pricing *p)
{
    for (size_t i = 0; i < p->code_count; i++) {
        const struct promo_code *code = &p->codes[i];
        struct id_row use;
        bool found;

        if (!code->applies)
            continue;
        TRY(db_row(c, &q_promo_reserve,
                   PARAMS(SHOP(c), TEXT(code->code), I64(head->id), I64(code->version),
                          I64_OR_NULL(head->patient_id), I64(minutes)),
                   id_columns, &use, &found));
        TRY(db_run(c, &q_quote_code_add,
                   PARAMS(SHOP(c), I64(head->id), I64(quote_no), TEXT(code->code), I64(code->version),
                          MONEY(code->discount), I64(use.id))));
    }
    return ST_OK;
}

static enum status store(struct ctx *c, const struct ticket_head *head, const struct pricing *p)
{
    struct minutes_row setting;
    struct quote_row made;
    bool found;

    TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(0)), minutes_columns, &setting, &found));
    TRY(db_row(c, &q_quote_insert,
               PARAMS(SHOP(c), I64(head->id), I64((int64_t)p->line_count), MONEY(p->list), MONEY(p->discount),
                      MONEY(p->tax), BOOL(p->tax_included), MONEY(p->total), USER(c),
                      I64(setting.quote_minutes)),
               quote_columns, &made, &found));
    TRY(store_lines(c, head->id, made.quote_no, p));
    TRY(ticket_release_uses(c, head, "the ticket was quoted again", p));
    TRY(reserve_uses(c, head, made.quote_no, setting.quote_minutes, p));
    return db_run(c, &q_ticket_quoted, PARAMS(SHOP(c), I64(head->id), I64(made.quote_no)));
}

struct quoting {
    int64_t id;
    struct ticket_price *price;
};

static enum status quote(struct ctx *c, void *arg)
{
    static const char *const from[] = { "open", "quoted", NULL };
    const struct quoting *want = arg;
    struct ticket_price *price = want->price;
    struct ticket_head head;
    const char **codes;
    size_t count;

    TRY(ticket_lock(c, want->id, from, "quoted", &head));
    TRY(ticket_wanted(c, want->id, &price->wanted, &price->wanted_count));
    if (price->wanted_count == 0)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are none: there is nothing to sell");
    TRY(ticket_codes(c, want->id, &codes, &count));
    TRY(db_run(c, &q_promo_lock, PARAMS(SHOP(c), TEXTS(codes, count))));
    TRY(db_run(c, &q_promo_expire, PARAMS(SHOP(c), TEXTS(codes, count), I64(want->id))));
    TRY(ticket_work_out(c, &head, codes, count, NULL, price));
    TRY(ticket_refuse_short(c, price));
    TRY(store(c, &head, &price->pricing));
    return audit_note(c, "ticket_quoted", ticket_subject(c, want->id),
                      money_text(&c->arena, price->pricing.total));
}

enum status ticket_quote(struct ctx *c, int64_t id, struct ticket_price *price)
{
    struct quoting want = { .id = id, .price = price };

    TRY(ticket_require(c));
    return db_tx(c, quote, &want);
}
