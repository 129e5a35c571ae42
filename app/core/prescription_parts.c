/* Names as typed to herbs and formulas, never guessing; a classic formula's herbs with their weights; dosage forms. */
#include "core/prescription_parts.h"

#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "db/db.h"
#include "sql.h"

enum { TYPED_LONGEST = 200, NEAREST = 3 };

/* "Mù Tōng 木通 (mu_tong), Guān Mù Tōng 关木通 (guan_mu_tong)" */
static const char *list_names(struct ctx *c, const struct knowledge *k, const struct name_match *match,
                              size_t n)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < n; i++)
        text_addf(&text, "%s%s (%s)", i == 0 ? "" : ", ", ref_name(k, match[i].ref), ref_id(k, match[i].ref));
    return text.size == 0 ? "" : text.data;
}

static void note_unknown(struct ctx *c, const struct knowledge *k, const char *field, const char *typed,
                         enum ref_kind kind)
{
    struct name_meaning other;
    struct name_match near[NEAREST];
    size_t n;

    names_look_up(k, typed, REF_ALL, &other);
    if (other.count > 0 && other.match[0].ref.kind != kind) {
        ctx_note(c, ST_INVALID, field, typed, "is a %s, not a %s",
                 ref_kind_word((enum ref_kind)other.match[0].ref.kind), ref_kind_word(kind));
        return;
    }
    n = names_nearest(k, typed, REF_BIT(kind), near, NEAREST);
    if (n == 0)
        ctx_note(c, ST_INVALID, field, typed, "is no %s the rule book knows", ref_kind_word(kind));
    else
        ctx_note(c, ST_INVALID, field, typed, "is no %s the rule book knows; near it: %s",
                 ref_kind_word(kind), list_names(c, k, near, n));
}

struct ref name_resolve(struct ctx *c, const struct knowledge *k, const char *field, const char *typed,
                        enum ref_kind kind)
{
    const struct ref none = { .kind = REF_NONE };
    struct name_meaning found;
    struct ref ref;

    if (typed == NULL || *text_trim(&c->arena, typed) == '\0') {
        ctx_note(c, ST_INVALID, field, NULL, "must be given");
        return none;
    }
    if (!utf8_valid(typed, strlen(typed)) || utf8_length(typed) > TYPED_LONGEST) {
        ctx_note(c, ST_INVALID, field, NULL, "is valid UTF-8 of at most %d characters", TYPED_LONGEST);
        return none;
    }
    ref = knowledge_find(k, kind, typed);
    if (ref.kind != REF_NONE)
        return ref;
    names_look_up(k, typed, REF_BIT(kind), &found);
    if (found.count == 0) {
        note_unknown(c, k, field, typed, kind);
        return none;
    }
    if (found.ask) {
        ctx_note(c, ST_INVALID, field, typed, "means several things: %s; say which%s%s",
                 list_names(c, k, found.match, found.count), found.rule == NULL ? "" : "; ",
                 found.rule == NULL ? "" : found.rule);
        return none;
    }
    return found.match[0].ref;
}

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
    bool as_written = mode == MODE_PARTS || classic->scaled.mg > 0;

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
