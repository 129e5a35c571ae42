/* Items, ratios and weights of a prescription in its dosage form. */
#include "core/prescription_form.h"

#include <string.h>

#include "db/db.h"
#include "sql.h"

struct plan_row {
    int64_t item_id, ratio_numerator, ratio_denominator;
    const char *sku, *name;
    struct weight on_hand;
    bool from_shelf;
    struct weight content;
};

static const struct column plan_columns[] = {
    COLUMN(struct plan_row, item_id),
    COLUMN(struct plan_row, ratio_numerator),
    COLUMN(struct plan_row, ratio_denominator),
    COLUMN(struct plan_row, sku),
    COLUMN(struct plan_row, name),
    COLUMN_NAMED(struct plan_row, on_hand, "on_hand_mg"),
    COLUMN(struct plan_row, from_shelf),
    COLUMN_NAMED(struct plan_row, content, "content_mg"),
    COLUMNS_END,
};

/* The rule book's ratio, for a herb the shop does not keep in that form. */
static struct ratio reference_ratio(const struct knowledge *k, const char *herb_id, const char *dosage_form)
{
    struct ref herb = knowledge_find(k, REF_HERB, herb_id);

    if (strncmp(dosage_form, "granule", strlen("granule")) != 0)
        return (struct ratio){ 1, 1 };
    return herb.kind == REF_NONE ? (struct ratio){ 0, 1 } : k->herbs[herb.at].granule;
}

enum status form_lines(struct ctx *c, const struct knowledge *k, const char *dosage_form,
                       const char *const *herb_ids, const char *const *processing, const struct weight *crude,
                       const int64_t *filled, size_t count, struct form_line **out)
{
    int64_t *said = arena_array(&c->arena, count, sizeof *said);
    int64_t *wanted = arena_array(&c->arena, count, sizeof *wanted);
    struct form_line *lines = arena_array(&c->arena, count, sizeof *lines);
    struct plan_row *rows;
    size_t n;

    for (size_t i = 0; i < count; i++) {
        wanted[i] = crude == NULL ? 0 : crude[i].mg;
        said[i] = filled == NULL ? 0 : filled[i];
    }
    TRY(db_all(c, &q_draft_plan,
               PARAMS(SHOP(c), TEXT(dosage_form), TEXTS(herb_ids, count), TEXTS(processing, count),
                      I64S(wanted, count), I64S(said, count)),
               plan_columns, sizeof *rows, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        lines[i] = (struct form_line){
            .item_id = rows[i].item_id,
            .sku = rows[i].sku,
            .name = rows[i].name,
            .ratio = { rows[i].ratio_numerator, rows[i].ratio_denominator },
            .on_hand = rows[i].on_hand,
            .from_shelf = rows[i].from_shelf,
            .content = rows[i].content,
        };
        if (lines[i].item_id == 0)
            lines[i].ratio = reference_ratio(k, herb_ids[i], dosage_form);
    }
    *out = lines;
    return ST_OK;
}

void form_note_missing(struct ctx *c, const struct knowledge *k, const struct form_line *lines,
                       const char *const *herb_ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct ref herb = knowledge_find(k, REF_HERB, herb_ids[i]);

        if (lines[i].ratio.num == 0)
            ctx_note(c, ST_SHORT, "herbs", herb.kind == REF_NONE ? herb_ids[i] : k->herbs[herb.at].name,
                     "has no ratio in this form: the shop keeps no such item, and none is on file");
    }
}

/* As order_plan.sql works out what an order takes. */
static void weigh_line(const struct prescription *p, size_t i, struct form_line *line)
{
    if (line->ratio.num == 0 || line->from_shelf)
        return;
    line->form.mg = scale_i64(p->lines[i].total.mg, line->ratio.den, line->ratio.num);
    line->weighed.mg = scale_i64(p->lines[i].total.mg, (1000 + p->overage_permille) * line->ratio.den,
                                 1000 * line->ratio.num);
}

/* How many pieces of a product hold all the herbs that are in it; as order_plan.sql does. */
static void count_pieces(const struct prescription *p, struct form_line *lines)
{
    for (size_t i = 0; i < p->line_count; i++) {
        struct weight crude = { 0 };

        for (size_t j = 0; j < p->line_count && lines[i].from_shelf; j++) {
            if (lines[j].item_id != lines[i].item_id)
                continue;
            lines[i].with_first = lines[i].with_first || j < i;
            crude = weight_plus(crude, p->lines[j].total);
        }
        if (lines[i].content.mg > 0 && !lines[i].with_first)
            lines[i].pieces = (crude.mg + lines[i].content.mg - 1) / lines[i].content.mg;
    }
}

enum status prescription_form_get(struct ctx *c, const struct knowledge *k, const struct prescription *p,
                                  struct prescription_form *out)
{
    size_t n = p->line_count;
    const char **herbs = arena_array(&c->arena, n, sizeof *herbs);
    const char **processing = arena_array(&c->arena, n, sizeof *processing);
    int64_t *filled = arena_array(&c->arena, n, sizeof *filled);
    struct weight *weights = arena_array(&c->arena, n, sizeof *weights);

    *out = (struct prescription_form){ 0 };
    for (size_t i = 0; i < n; i++) {
        herbs[i] = p->lines[i].herb_id;
        processing[i] = p->lines[i].processing == NULL ? "" : p->lines[i].processing;
        weights[i] = p->lines[i].total;
        filled[i] = p->lines[i].filled_item_id;
    }
    TRY(form_lines(c, k, p->dosage_form, herbs, processing, weights, filled, n, &out->lines));
    for (size_t i = 0; i < n; i++) {
        weigh_line(p, i, &out->lines[i]);
        weights[i] = out->lines[i].form;
        out->total = weight_plus(out->total, out->lines[i].form);
        out->weighed = weight_plus(out->weighed, out->lines[i].weighed);
    }
    count_pieces(p, out->lines);
    TRY(dosing_pack(c, weights, n, p->packets, &out->packing));
    packing_runs(&c->arena, &out->packing, &out->runs, &out->run_count);
    if (p->unit_count != 0)
        out->units = units_of(out->total, p->unit, p->unit_count, (int64_t)p->days * p->doses_per_day);
    return ST_OK;
}
