/* A classic formula's herbs with their weights; dosage forms. */
#include "core/prescription_parts.h"

#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "db/db.h"
#include "sql.h"

struct ref herb_named(struct ctx *c, const struct knowledge *knowledge, const char *field, const char *typed)
{
    return name_resolve(c, knowledge, field, typed, REF_HERB);
}

bool classic_has_doses(const struct formula *formula)
{
    for (size_t i = 0; i < formula->part_count; i++)
        if (formula->parts[i].daily.mg > 0)
            return true;
    return false;
}

enum status classic_lines(struct ctx *c, const struct classic *classic, enum dose_mode mode, int source,
                          struct dosing_line **lines, size_t *count)
{
    const struct formula *formula = classic->formula;
    size_t n = formula->part_count;
    struct weight *weights = arena_array(&c->arena, n, sizeof *weights);
    bool as_written = dose_mode_shares(mode) || classic->scaled.mg > 0;

    if (!as_written && !classic_has_doses(formula))
        return ctx_fail(c, ST_INVALID, "formulas", formula->name,
                        "has the weights of a batch, not of a day: say what it should weigh, or take it in "
                        "parts");
    for (size_t i = 0; i < n; i++)
        weights[i] = as_written ? formula->parts[i].weight : formula->parts[i].daily;
    if (classic->scaled.mg > 0)
        TRY(dosing_scale(c, weights, n, classic->scaled, weights));
    *lines = arena_array(&c->arena, n, sizeof **lines);
    for (size_t i = 0; i < n; i++)
        (*lines)[i] = (struct dosing_line){
            .herb_id = formula->parts[i].herb,
            .weight = weights[i],
            .source = source,
        };
    *count = n;
    return ST_OK;
}

static const struct column form_columns[] = {
    COLUMN(struct form_row, id),
    COLUMN(struct form_row, english),
    COLUMN(struct form_row, doses_per_day),
    COLUMN(struct form_row, per_day),
    COLUMN(struct form_row, in_units),
    COLUMNS_END,
};

enum status form_read(struct ctx *c, const char *id, struct form_row *form)
{
    const char *wanted = id == NULL ? "" : id;
    bool found;

    TRY(db_row(c, &q_dosage_form_show, PARAMS(TEXT(wanted)), form_columns, form, &found));
    if (!found)
        return ctx_fail(c, ST_INVALID, "dosage_form", wanted,
                        "is none of the dosage forms (raw_decoction, granule, powder, …)");
    return ST_OK;
}
