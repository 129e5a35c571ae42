/* Offers: what is short, what is there, what the patient must not have; other forms, other preparations, nearest combinations. */
#include "core/substitute.h"

#include <string.h>

#include "base/text.h"
#include "clinic/substitution.h"
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
    COLUMNS_END,
};

struct weight stock_crude(const struct stock_row *row)
{
    wide exact = (wide)row->free * row->ratio_numerator / row->ratio_denominator;

    if (strcmp(row->unit, "mg") != 0)
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

/* Which lines cannot be filled from what is free and outlives the course. */
static enum status find_shorts(struct finding_offers *f)
{
    struct prescription *p = &f->p;

    f->is_short = arena_array(&f->c->arena, p->line_count, sizeof *f->is_short);
    f->out->shorts = arena_array(&f->c->arena, p->line_count, sizeof *f->out->shorts);
    TRY(prescription_form_get(f->c, f->k, p, &f->form));
    for (size_t i = 0; i < p->line_count; i++) {
        const struct form_line *line = &f->form.lines[i];
        const struct stock_row *row = stock_of(f, line->item_id);

        f->is_short[i] = row == NULL || row->free < (line->from_shelf ? 1 : line->weighed.mg);
        if (!f->is_short[i])
            continue;
        f->out->shorts[f->out->short_count++] = (struct short_line){
            .line_no = p->lines[i].line_no,
            .herb_id = p->lines[i].herb_id,
            .name = arena_printf(&f->c->arena, "%s %s", p->lines[i].pinyin, p->lines[i].hanzi),
            .wanted = p->lines[i].total,
            .free.mg = row == NULL ? 0 : stock_crude(row).mg,
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

/* The line filled with one item; another herb's item makes it that herb. */
static enum status offer_item(struct finding_offers *f, size_t line, const struct stock_row *row,
                              const char *kind)
{
    struct offer_line *lines = offer_lines(f, 0);
    const struct prescription_line *was = &f->p.lines[line];

    for (size_t i = 0; i < f->p.line_count; i++)
        if (i != line && strcmp(f->p.lines[i].herb_id, row->herb_id) == 0)
            return ST_OK; /* it is in the formula already */
    lines[line].item_id = row->item_id;
    lines[line].name = row->name;
    if (strcmp(row->herb_id, was->herb_id) != 0) {
        lines[line].herb_id = row->herb_id;
        lines[line].processing = "";
    }
    return offer_add(f, (struct offer){
                            .key = arena_printf(&f->c->arena, "%s:%lld:%lld", kind, (long long)was->line_no,
                                                (long long)row->item_id),
                            .kind = kind,
                            .line_no = was->line_no,
                            .summary = arena_printf(&f->c->arena, "%s as %s", was->pinyin, row->name),
                            .lines = lines,
                            .line_count = f->p.line_count,
                        });
}

/* Whether two herbs are preparations of one. */
static bool same_base(const struct knowledge *k, const char *a, const char *b)
{
    struct ref x = knowledge_find(k, REF_HERB, a), y = knowledge_find(k, REF_HERB, b);

    return x.kind != REF_NONE && y.kind != REF_NONE && k->herbs[x.at].base == k->herbs[y.at].base;
}

/* Every item that holds enough: of the herb itself in another form or cut, then of another preparation of it. */
static enum status offer_items(struct finding_offers *f, size_t line, bool same_herb)
{
    const struct prescription_line *was = &f->p.lines[line];

    for (size_t i = 0; i < f->stock_count; i++) {
        const struct stock_row *row = &f->stock[i];
        bool same = strcmp(row->herb_id, was->herb_id) == 0;

        if (*row->herb_id == '\0' || row->item_id == f->form.lines[line].item_id || same != same_herb ||
            stock_crude(row).mg < was->total.mg || is_barred(f, row->herb_id) || is_barred(f, was->herb_id) ||
            (!same && !same_base(f->k, row->herb_id, was->herb_id)))
            continue;
        TRY(offer_item(f, line, row, same ? "form" : "preparation"));
    }
    return ST_OK;
}

static enum status offer_all(struct finding_offers *f, bool whole)
{
    for (size_t i = 0; i < f->p.line_count; i++) {
        if (!f->is_short[i])
            continue;
        TRY(offer_items(f, i, true));
        TRY(offer_items(f, i, false));
    }
    if (f->out->short_count == 0 && !whole)
        return ST_OK;
    return offer_combinations(f, whole, COMBINATIONS);
}

enum status substitute_find(struct ctx *c, const struct knowledge *k, int64_t prescription_id,
                            int64_t version, bool whole, struct offers *out)
{
    struct finding_offers f = { .c = c, .k = k, .out = out };

    *out = (struct offers){ .prescription_id = prescription_id };
    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "look for substitutes"));
    TRY(prescription_get(c, k, prescription_id, version, &f.p));
    out->version = f.p.version;
    for (size_t i = 0; i < f.p.line_count; i++)
        if (knowledge_find(k, REF_HERB, f.p.lines[i].herb_id).kind == REF_NONE)
            return ctx_fail(c, ST_CONFLICT, "herb_id", f.p.lines[i].herb_id,
                            "is not in the rule book any more");
    TRY(db_all(c, &q_substitution_stock, PARAMS(SHOP(c), I64(f.p.days), TEXT(f.p.dosage_form)), stock_columns,
               sizeof *f.stock, &f.stock, &f.stock_count));
    TRY(find_barred(&f));
    TRY(find_shorts(&f));
    return offer_all(&f, whole);
}
