/* Offers: what is short, what is there, what the patient must not have; other forms, other preparations, nearest combinations. */
#include "core/substitute.h"

#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "core/screening.h"
#include "core/substitute_parts.h"
#include "db/db.h"
#include "sql.h"

__extension__ typedef __int128 wide;

enum { COMBINATIONS = 3 };

static const struct column stock_columns[] = {
    COLUMN(struct stock_row, item_id),
    COLUMN(struct stock_row, sku),
    COLUMN(struct stock_row, name),
    COLUMN(struct stock_row, item_kind),
    COLUMN(struct stock_row, herb_id),
    COLUMN(struct stock_row, preparation),
    COLUMN(struct stock_row, formula_id),
    COLUMN(struct stock_row, ratio_numerator),
    COLUMN(struct stock_row, ratio_denominator),
    COLUMN(struct stock_row, unit),
    COLUMN(struct stock_row, free),
    COLUMN(struct stock_row, content_mg),
    COLUMNS_END,
};

struct weight stock_crude(const struct stock_row *row)
{
    wide exact = (wide)row->free * row->ratio_numerator / row->ratio_denominator;

    if (strcmp(row->unit, "mg") != 0 && row->content_mg > 0)
        exact = (wide)row->free * row->content_mg;
    else if (strcmp(row->unit, "mg") != 0)
        return (struct weight){ row->free > 0 ? WEIGHT_LIMIT_MG : 0 };
    return (struct weight){ exact > WEIGHT_LIMIT_MG ? WEIGHT_LIMIT_MG : (int64_t)exact };
}

static const struct stock_row *stock_of(const struct finding_offers *f, int64_t item_id)
{
    for (size_t i = 0; i < f->stock_count; i++)
        if (f->stock[i].item_id == item_id)
            return &f->stock[i];
    return NULL;
}

int64_t item_filling(const struct finding_offers *f, size_t i)
{
    return f->order_id != 0 ? f->wanted_items[i] : f->form.lines[i].item_id;
}

static int64_t wanted_of(const struct finding_offers *f, size_t i)
{
    if (f->order_id != 0)
        return f->wanted[i];
    if (!f->form.lines[i].from_shelf)
        return f->form.lines[i].weighed.mg;
    if (f->form.lines[i].with_first)
        return 0;
    return f->form.lines[i].pieces > 0 ? f->form.lines[i].pieces : 1;
}

/* What the lines before this one leave of its item. */
static int64_t left_for(const struct finding_offers *f, size_t line, const struct stock_row *row)
{
    int64_t left = row == NULL ? 0 : row->free;

    for (size_t i = 0; i < line && row != NULL; i++)
        if (item_filling(f, i) == row->item_id && !f->is_short[i])
            left -= wanted_of(f, i);
    return left < 0 ? 0 : left;
}

/* Which lines cannot be filled from what is free and outlives the course. */
static enum status find_shorts(struct finding_offers *f)
{
    struct prescription *p = &f->p;

    f->is_short = arena_array(&f->c->arena, p->line_count, sizeof *f->is_short);
    f->out->shorts = arena_array(&f->c->arena, p->line_count, sizeof *f->out->shorts);
    TRY(prescription_form_get(f->c, f->k, p, &f->form));
    for (size_t i = 0; i < p->line_count; i++) {
        const struct stock_row *row = stock_of(f, item_filling(f, i));
        struct stock_row left = { .unit = "mg", .ratio_denominator = 1 };

        if (row != NULL)
            left = *row;
        left.free = left_for(f, i, row);
        f->is_short[i] = wanted_of(f, i) > (row == NULL ? 0 : left.free) || (row == NULL && f->order_id == 0);
        if (!f->is_short[i])
            continue;
        f->out->shorts[f->out->short_count++] = (struct short_herb){
            .line_no = p->lines[i].line_no,
            .herb_id = p->lines[i].herb_id,
            .name = arena_printf(&f->c->arena, "%s %s", p->lines[i].pinyin, p->lines[i].hanzi),
            .wanted = p->lines[i].total,
            .free.mg = row == NULL ? 0 : stock_crude(&left).mg,
            .barred = is_barred(f, p->lines[i].herb_id),
        };
    }
    return ST_OK;
}

struct offer_line *offer_lines(struct finding_offers *f, size_t more)
{
    struct offer_line *lines = arena_array(&f->c->arena, f->p.line_count + more, sizeof *lines);

    for (size_t i = 0; i < f->p.line_count; i++) {
        const struct prescription_line *line = &f->p.lines[i];

        lines[i] = (struct offer_line){
            .herb_id = line->herb_id,
            .processing = line->processing,
            .via = line->via,
            .item_id = line->filled_item_id,
            .formula_id = "",
            .name = line->filled_name,
            .daily = line->daily,
        };
    }
    return lines;
}

enum status offer_add(struct finding_offers *f, struct offer offer)
{
    struct prescription_difference *differences;
    struct offers *out = f->out;

    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->list[i].key, offer.key) == 0)
            return ST_OK;
    TRY(offer_compare(f, offer.lines, offer.line_count, &differences, &offer.difference_count,
                      &offer.score_permille));
    offer.differences = differences;
    out->list = arena_grow(&f->c->arena, out->list, out->count, &f->capacity, sizeof *out->list);
    out->list[out->count++] = offer;
    return ST_OK;
}

static enum status offer_all(struct finding_offers *f, bool whole)
{
    for (size_t i = 0; i < f->p.line_count; i++) {
        if (!f->is_short[i])
            continue;
        TRY(offer_items(f, i));
    }
    if (f->out->short_count == 0 && !whole)
        return ST_OK;
    return offer_combinations(f, whole, COMBINATIONS);
}

struct order_row {
    int64_t id, prescription_id, version, packets, days;
    const char *state;
};

struct order_line_row {
    int64_t line_no, item_id, quantity;
    struct weight crude;
};

static const struct column order_columns[] = {
    COLUMN(struct order_row, id),
    COLUMN(struct order_row, prescription_id),
    COLUMN(struct order_row, version),
    COLUMN(struct order_row, packets),
    COLUMN(struct order_row, days),
    COLUMN(struct order_row, state),
    COLUMNS_END,
};
static const struct column order_line_columns[] = {
    COLUMN(struct order_line_row, line_no),
    COLUMN(struct order_line_row, item_id),
    COLUMN(struct order_line_row, quantity),
    COLUMN_NAMED(struct order_line_row, crude, "crude_mg"),
    COLUMNS_END,
};

static enum status order_read(struct ctx *c, int64_t id, struct order_row *order)
{
    static const char *const states[] = { "entered", "short", "allocated", NULL };
    const char *number = arena_printf(&c->arena, "%lld", (long long)id);
    bool found;

    TRY(db_row(c, &q_substitution_order, PARAMS(SHOP(c), I64(id)), order_columns, order, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", number, "is no order of this shop");
    for (size_t i = 0; states[i] != NULL; i++)
        if (strcmp(states[i], order->state) == 0)
            return ST_OK;
    return ctx_fail(c, ST_CONFLICT, "order_id", number,
                    "is %s: substitutes are for an order that is not released yet", order->state);
}

/* The version's lines as the order has them: its crude weights and items, for its days. What is no line of the order is not wanted. */
static enum status narrow(struct finding_offers *f, const struct order_row *order)
{
    struct prescription *p = &f->p;
    struct order_line_row *rows;
    size_t n;

    TRY(db_all(f->c, &q_substitution_order_lines, PARAMS(SHOP(f->c), I64(order->id)), order_line_columns,
               sizeof *rows, &rows, &n));
    f->wanted_items = arena_array(&f->c->arena, p->line_count, sizeof *f->wanted_items);
    f->wanted = arena_array(&f->c->arena, p->line_count, sizeof *f->wanted);
    for (size_t i = 0; i < p->line_count; i++)
        for (size_t j = 0; j < n; j++) {
            if (rows[j].line_no != p->lines[i].line_no)
                continue;
            p->lines[i].total = rows[j].crude;
            f->wanted_items[i] = rows[j].item_id;
            f->wanted[i] = rows[j].quantity;
        }
    p->days = (int)order->days;
    p->packets = (int)order->packets;
    f->order_id = order->id;
    return ST_OK;
}

/* The prescribed herbs and all preparations of them: nothing else could take their place but in a ready-made formula. */
static const char **near_herbs(const struct finding_offers *f, size_t *n)
{
    const struct knowledge *k = f->k;
    const char **ids = arena_array(&f->c->arena, k->count[REF_HERB], sizeof *ids);

    *n = 0;
    for (size_t i = 0; i < k->count[REF_HERB]; i++)
        for (size_t j = 0; j < f->p.line_count; j++) {
            if (k->herbs[i].base != k->herbs[knowledge_find(k, REF_HERB, f->p.lines[j].herb_id).at].base)
                continue;
            ids[(*n)++] = k->herbs[i].id;
            break;
        }
    return ids;
}

static enum status find_stock(struct finding_offers *f)
{
    size_t n;
    const char **herbs = near_herbs(f, &n);

    return db_all(
        f->c, &q_substitution_stock,
        PARAMS(SHOP(f->c), I64(f->p.days), TEXT(f->p.dosage_form), I64_OR_NULL(f->order_id), TEXTS(herbs, n)),
        stock_columns, sizeof *f->stock, &f->stock, &f->stock_count);
}

enum status substitute_find(struct ctx *c, const struct knowledge *k, const struct substitute_wish *wish,
                            struct offers *out)
{
    struct finding_offers f = { .c = c, .k = k, .out = out };
    struct order_row order = { .prescription_id = wish->prescription_id, .version = wish->version };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "look for substitutes"));
    if (wish->order_id != 0)
        TRY(order_read(c, wish->order_id, &order));
    if (wish->prescription_id != 0 && order.prescription_id != wish->prescription_id)
        return ctx_fail(c, ST_INVALID, "order_id", arena_printf(&c->arena, "%lld", (long long)order.id),
                        "is an order of prescription %lld", (long long)order.prescription_id);
    if (wish->version != 0 && order.version != wish->version)
        return ctx_fail(c, ST_STALE, "version", arena_printf(&c->arena, "%lld", (long long)wish->version),
                        "is not that of the order, which is %lld", (long long)order.version);
    *out = (struct offers){ .prescription_id = order.prescription_id, .order_id = order.id };
    TRY(prescription_get(c, k, order.prescription_id, order.version, &f.p));
    out->version = f.p.version;
    for (size_t i = 0; i < f.p.line_count; i++)
        if (knowledge_find(k, REF_HERB, f.p.lines[i].herb_id).kind == REF_NONE)
            return ctx_fail(c, ST_CONFLICT, "herb_id", f.p.lines[i].herb_id,
                            "is not in the rule book any more");
    if (order.id != 0)
        TRY(narrow(&f, &order));
    TRY(find_stock(&f));
    TRY(find_barred(&f));
    TRY(find_shorts(&f));
    return offer_all(&f, wish->whole);
}
