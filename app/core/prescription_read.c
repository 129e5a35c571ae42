/* Reading a stored version back, and giving lines their names. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_parts.h"
#include "db/db.h"
#include "sql.h"

static const struct column head_columns[] = {
    COLUMN(struct prescription, id),
    COLUMN(struct prescription, version),
    COLUMN(struct prescription, latest_version),
    COLUMN(struct prescription, patient_id),
    COLUMN(struct prescription, patient_code),
    COLUMN(struct prescription, patient_name),
    COLUMN(struct prescription, dosage_form),
    COLUMN(struct prescription, form_english),
    COLUMN(struct prescription, merge_rule),
    COLUMN(struct prescription, dose_mode),
    COLUMN(struct prescription, days),
    COLUMN(struct prescription, doses_per_day),
    COLUMN(struct prescription, packets),
    COLUMN(struct prescription, refills),
    COLUMN(struct prescription, refill_interval_days),
    COLUMN(struct prescription, weights_in),
    COLUMN_NAMED(struct prescription, dose, "dose_mg"),
    COLUMN_NAMED(struct prescription, form_total, "form_total_mg"),
    COLUMN_NAMED(struct prescription, unit, "unit_mg"),
    COLUMN(struct prescription, unit_count),
    COLUMN(struct prescription, overage_permille),
    COLUMN(struct prescription, binder_permille),
    COLUMN_NAMED(struct prescription, from_id, "from_prescription_id"),
    COLUMN(struct prescription, from_version),
    COLUMN(struct prescription, intake_id),
    COLUMN(struct prescription, written_by),
    COLUMN(struct prescription, directions),
    COLUMN(struct prescription, indication),
    COLUMN(struct prescription, change_note),
    COLUMN(struct prescription, route),
    COLUMN(struct prescription, timing),
    COLUMN(struct prescription, frequency),
    COLUMN(struct prescription, created_by),
    COLUMN(struct prescription, created_at),
    COLUMN(struct prescription, signed_by),
    COLUMN(struct prescription, signed_at),
    COLUMNS_END,
};

static const struct column line_columns[] = {
    COLUMN(struct prescription_line, line_no),
    COLUMN(struct prescription_line, herb_id),
    COLUMN(struct prescription_line, pinyin),
    COLUMN(struct prescription_line, hanzi),
    COLUMN(struct prescription_line, english),
    COLUMN(struct prescription_line, processing),
    COLUMN(struct prescription_line, handling),
    COLUMN(struct prescription_line, handling_words),
    COLUMN(struct prescription_line, role),
    COLUMN(struct prescription_line, via),
    COLUMN_NAMED(struct prescription_line, daily, "daily_mg"),
    COLUMN_NAMED(struct prescription_line, total, "total_mg"),
    COLUMN(struct prescription_line, filled_item_id),
    COLUMN(struct prescription_line, filled_name),
    COLUMNS_END,
};

static const struct column formula_columns[] = {
    COLUMN(struct prescription_formula, formula_id),
    COLUMN(struct prescription_formula, pinyin),
    COLUMN(struct prescription_formula, hanzi),
    COLUMN(struct prescription_formula, english),
    COLUMN_NAMED(struct prescription_formula, scaled, "scaled_mg"),
    COLUMNS_END,
};

static const struct column house_columns[] = {
    COLUMN(struct prescription_house, house_formula_id),
    COLUMN(struct prescription_house, name),
    COLUMN_NAMED(struct prescription_house, scaled, "scaled_mg"),
    COLUMNS_END,
};

static const struct column described_columns[] = {
    COLUMN(struct prescription_line, herb_id),
    COLUMN(struct prescription_line, pinyin),
    COLUMN(struct prescription_line, hanzi),
    COLUMN(struct prescription_line, english),
    COLUMN(struct prescription_line, processing),
    COLUMN(struct prescription_line, handling),
    COLUMN(struct prescription_line, handling_words),
    COLUMN(struct prescription_line, role),
    COLUMNS_END,
};

static void sum_lines(struct prescription *p)
{
    p->total = p->daily = (struct weight){ 0 };
    for (size_t i = 0; i < p->line_count; i++) {
        p->total = weight_plus(p->total, p->lines[i].total);
        p->daily = weight_plus(p->daily, p->lines[i].daily);
    }
}

/* What the database says of a herb goes into its line; what was said by hand stays. */
static void describe_line(struct prescription_line *line, const struct prescription_line *known, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(known[i].herb_id, line->herb_id) != 0)
            continue;
        line->pinyin = known[i].pinyin;
        line->hanzi = known[i].hanzi;
        line->english = known[i].english;
        line->handling = known[i].handling;
        line->handling_words = known[i].handling_words;
        line->role = known[i].role;
        if (line->processing == NULL)
            line->processing = known[i].processing;
    }
}

enum status lines_describe(struct ctx *c, struct prescription *p)
{
    const char **herbs = arena_array(&c->arena, p->line_count, sizeof *herbs);
    const char **formulas = arena_array(&c->arena, p->formula_count, sizeof *formulas);
    struct weight *scaled = arena_array(&c->arena, p->formula_count, sizeof *scaled);
    struct prescription_line *known;
    size_t n;

    for (size_t i = 0; i < p->line_count; i++)
        herbs[i] = p->lines[i].herb_id;
    for (size_t i = 0; i < p->formula_count; i++) {
        formulas[i] = p->formulas[i].formula_id;
        scaled[i] = p->formulas[i].scaled;
    }
    TRY(db_all(c, &q_prescription_describe_herbs,
               PARAMS(TEXTS(herbs, p->line_count), TEXTS(formulas, p->formula_count)), described_columns,
               sizeof *known, &known, &n));
    if (n != p->line_count)
        return ctx_fail(c, ST_BUSY, "herbs", NULL, "are not all in the database's rule book yet");
    for (size_t i = 0; i < p->line_count; i++)
        describe_line(&p->lines[i], known, n);
    TRY(db_all(c, &q_prescription_describe_formulas, PARAMS(TEXTS(formulas, p->formula_count)),
               formula_columns, sizeof *p->formulas, &p->formulas, &n));
    if (n != p->formula_count)
        return ctx_fail(c, ST_BUSY, "formulas", NULL, "are not all in the database's rule book yet");
    for (size_t i = 0; i < n; i++)
        p->formulas[i].scaled = scaled[i];
    sum_lines(p);
    return ST_OK;
}

enum status prescription_get(struct ctx *c, const struct knowledge *k, int64_t id, int64_t version,
                             struct prescription *out)
{
    bool found;

    *out = (struct prescription){ 0 };
    TRY(db_row(c, &q_prescription_show, PARAMS(SHOP(c), I64(id), I64_OR_NULL(version)), head_columns, out,
               &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, version == 0 ? "prescription" : "version",
                        arena_printf(&c->arena, "%lld", (long long)(version == 0 ? id : version)),
                        version == 0 ? "is no prescription of this shop"
                                     : "is no version of the prescription");
    TRY(db_all(c, &q_prescription_lines, PARAMS(SHOP(c), I64(id), I64(out->version)), line_columns,
               sizeof *out->lines, &out->lines, &out->line_count));
    TRY(db_all(c, &q_prescription_formulas, PARAMS(SHOP(c), I64(id), I64(out->version)), formula_columns,
               sizeof *out->formulas, &out->formulas, &out->formula_count));
    TRY(db_all(c, &q_prescription_houses, PARAMS(SHOP(c), I64(id), I64(out->version)), house_columns,
               sizeof *out->houses, &out->houses, &out->house_count));
    sum_lines(out);
    return prescription_compare(c, k, out);
}
