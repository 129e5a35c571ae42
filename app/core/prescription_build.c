/* From what a person puts together to the lines of a prescription: names understood, formulas merged by the chosen rule,
   weights worked out. Nothing is stored here; the arithmetic is clinic/dosing's. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_build.h"

static void resolve_hand(struct build *b)
{
    const struct prescription_draft *d = b->draft;

    for (size_t i = 0; i < d->herb_count; i++) {
        const struct draft_herb *herb = &d->herbs[i];
        const char *field = item_field(b->c, "herbs", i, ".herb");

        b->hand[i].typed = herb->herb;
        b->hand[i].ref = name_resolve(b->c, b->k, field, herb->herb, REF_HERB);
        if (b->hand[i].ref.kind == REF_HERB && find_named(b->hand, i, b->hand[i].ref.at) != NULL)
            ctx_note(b->c, ST_INVALID, field, herb->herb, "is set by hand twice");
        if (herb->weight.mg == 0)
            ctx_note(b->c, ST_INVALID, item_field(b->c, "herbs", i, ".mg"), herb->herb, "has no weight");
        note_weight(b->c, item_field(b->c, "herbs", i, ".mg"), herb->weight);
        note_absurd(b, i);
        note_processing(b->c, item_field(b->c, "herbs", i, ".processing"), herb->processing);
    }
}

static void resolve_drops(struct build *b)
{
    for (size_t i = 0; i < b->draft->drop_count; i++) {
        const char *field = item_field(b->c, "drops", i, "");

        b->drops[i].typed = b->draft->drops[i];
        b->drops[i].ref = name_resolve(b->c, b->k, field, b->drops[i].typed, REF_HERB);
        if (b->drops[i].ref.kind == REF_HERB &&
            find_named(b->hand, b->draft->herb_count, b->drops[i].ref.at) != NULL)
            ctx_note(b->c, ST_INVALID, field, b->drops[i].typed, "is both dropped and set by hand");
    }
}

static void resolve_picks(struct build *b)
{
    for (size_t i = 0; i < b->draft->item_count; i++) {
        const char *field = item_field(b->c, "items", i, ".herb"), *typed = b->draft->items[i].herb;

        b->picks[i].typed = typed;
        b->picks[i].ref = name_resolve(b->c, b->k, field, typed, REF_HERB);
        if (b->picks[i].ref.kind == REF_HERB && find_named(b->picks, i, b->picks[i].ref.at) != NULL)
            ctx_note(b->c, ST_INVALID, field, typed, "has its item chosen twice");
    }
}

static enum status resolve(struct build *b)
{
    const struct prescription_draft *d = b->draft;

    b->hand = arena_array(&b->c->arena, d->herb_count, sizeof *b->hand);
    b->drops = arena_array(&b->c->arena, d->drop_count, sizeof *b->drops);
    b->picks = arena_array(&b->c->arena, d->item_count, sizeof *b->picks);
    TRY(build_sources(b));
    resolve_hand(b);
    resolve_drops(b);
    resolve_picks(b);
    return ctx_fault_or_ok(b->c);
}

/* What all weigh in the form, by the directions or as typed; mg 0: nobody said. */
static enum status wanted_in_form(struct build *b, struct weight *total)
{
    const struct prescription_draft *d = b->draft;

    total->mg = d->in_form ? d->total.mg : 0;
    if (d->dose.mg == 0)
        return ST_OK;
    return dosing_directions(b->c, d->dose, b->form.doses_per_day, b->course.days, total);
}

/* Totals of crude herb that weigh `wanted` in the form. */
static enum status totals_in_form(struct build *b, struct weight wanted)
{
    const struct prescription_draft *d = b->draft;
    size_t n = b->merged_count;
    struct weight *form = arena_array(&b->c->arena, n, sizeof *form);
    struct ratio *ratios = arena_array(&b->c->arena, n, sizeof *ratios);
    struct ratio *raw = arena_array(&b->c->arena, n, sizeof *raw);

    for (size_t i = 0; i < n; i++) {
        ratios[i] = b->ratios[b->merged[i].herb_id];
        raw[i] = (struct ratio){ 1, 1 };
    }
    TRY(dosing_totals(b->c, b->merged, n, d->dose_mode, b->course, wanted, b->totals));
    if (dose_mode_shares(d->dose_mode) && d->in_form)
        return dosing_change_form(b->c, b->totals, ratios, raw, n, b->totals);
    for (size_t i = 0; i < n && dose_mode_shares(d->dose_mode); i++)
        b->totals[i] = b->merged[i].weight; /* unrounded: it is scaled but once */
    return dosing_scale_form(b->c, b->totals, ratios, n, wanted, form, b->totals);
}

/* Totals first, since they are what is weighed; the daily dose follows from them unless it was what was typed. */
static enum status weigh(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    bool scaled = d->total.mg > 0 || d->dose.mg > 0;
    struct weight in_form;

    b->totals = arena_array(&b->c->arena, b->merged_count, sizeof *b->totals);
    b->daily = arena_array(&b->c->arena, b->merged_count, sizeof *b->daily);
    TRY(wanted_in_form(b, &in_form));
    if (in_form.mg > 0)
        TRY(totals_in_form(b, in_form));
    else
        TRY(dosing_totals(b->c, b->merged, b->merged_count, d->dose_mode, b->course, d->total, b->totals));
    if (in_form.mg == 0 && scaled && !dose_mode_shares(d->dose_mode))
        TRY(dosing_scale(b->c, b->totals, b->merged_count, d->total, b->totals));
    for (size_t i = 0; i < b->merged_count; i++) {
        const char *name = b->k->herbs[b->merged[i].herb_id].name;

        b->daily[i].mg = scale_i64(b->totals[i].mg, 1, b->course.days);
        if (d->dose_mode == MODE_PER_DAY && !scaled)
            b->daily[i] = b->merged[i].weight;
        if (b->daily[i].mg < 1)
            ctx_note(b->c, ST_INVALID, "herbs", name, "comes to less than a milligram a day");
        if (b->daily[i].mg > DAILY_MOST_MG)
            ctx_note(b->c, ST_INVALID, "herbs", name,
                     "comes to %s a day; no herb is given at more than %s a day",
                     weight_text(&b->c->arena, b->daily[i]),
                     weight_text(&b->c->arena, (struct weight){ DAILY_MOST_MG }));
    }
    return ctx_fault_or_ok(b->c);
}

static enum status choose_course(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    int64_t packets;

    TRY(form_read(b->c, d->dosage_form, &b->form));
    if (d->doses_per_day != 0)
        b->form.doses_per_day = d->doses_per_day;
    b->course = d->course;
    if (b->course.packets == 0 && b->course.days > 0) {
        packets = (int64_t)b->course.days * (b->form.per_day ? 1 : b->form.doses_per_day);
        b->course.packets = packets > 1000 ? b->course.days : (int)packets;
    }
    return ST_OK;
}

static void add_id(struct text *via, const char *id)
{
    if (*id != '\0' && (via->size == 0 || strstr(via->data, id) == NULL))
        text_addf(via, "%s%s", via->size == 0 ? "" : ";", id);
}

/* The ids of the formulas a herb came from. */
static const char *via_of(const struct build *b, int64_t herb)
{
    struct text via;

    text_init(&via, &b->c->arena);
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t j = 0; j < b->sources[i].count; j++)
            if (b->sources[i].lines[j].herb_id == herb)
                add_id(&via,
                       b->sources[i].formula != NULL ? b->sources[i].formula->id : b->sources[i].said[j].via);
    return via.size == 0 ? "" : via.data;
}

/* The preparation an earlier version asked for; NULL: the formula's. */
static const char *processing_said(const struct build *b, int64_t herb)
{
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t j = 0; b->sources[i].said != NULL && j < b->sources[i].count; j++)
            if (b->sources[i].lines[j].herb_id == herb)
                return b->sources[i].said[j].processing;
    return NULL;
}

static void fill_lines(const struct build *b, struct prescription *out)
{
    out->lines = arena_array(&b->c->arena, b->merged_count, sizeof *out->lines);
    out->line_count = b->merged_count;
    for (size_t i = 0; i < b->merged_count; i++) {
        int64_t herb = b->merged[i].herb_id;
        const struct named *hand = find_named(b->hand, b->draft->herb_count, herb);
        const char *processing = hand == NULL ? NULL : b->draft->herbs[hand - b->hand].processing;

        out->lines[i] = (struct prescription_line){
            .line_no = (int64_t)i + 1,
            .herb_id = b->k->herbs[herb].id,
            .processing = processing != NULL ? processing : processing_said(b, herb),
            .via = via_of(b, herb),
            .daily = b->daily[i],
            .total = b->totals[i],
            .filled_item_id = b->chosen[herb].id,
            .filled_name = b->chosen[herb].name == NULL ? "" : b->chosen[herb].name,
        };
    }
}

/* Those of the version it starts from, then its own. */
static void fill_formulas(const struct build *b, struct prescription *out)
{
    out->formulas = arena_array(&b->c->arena, b->base.formula_count + b->source_count, sizeof *out->formulas);
    for (size_t i = 0; i < b->base.formula_count; i++)
        out->formulas[out->formula_count++] = b->base.formulas[i];
    for (size_t i = 0; i < b->source_count; i++)
        if (b->sources[i].formula != NULL)
            out->formulas[out->formula_count++] = (struct prescription_formula){
                .formula_id = b->sources[i].formula->id,
                .scaled = b->sources[i].scaled,
            };
}

static void fill_houses(const struct build *b, struct prescription *out)
{
    out->houses = arena_array(&b->c->arena, b->base.house_count + b->source_count, sizeof *out->houses);
    for (size_t i = 0; i < b->base.house_count; i++)
        out->houses[out->house_count++] = b->base.houses[i];
    for (size_t i = 0; i < b->source_count; i++)
        if (b->sources[i].house_id != 0)
            out->houses[out->house_count++] = (struct prescription_house){
                .house_formula_id = b->sources[i].house_id,
                .name = b->sources[i].name,
                .scaled = b->sources[i].scaled,
            };
}

static const char *text_or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* What it comes to in the form is frozen with it where the form's weights were what was asked for. */
static enum status fill_units(const struct build *b, struct prescription *out)
{
    const struct prescription_draft *d = b->draft;
    bool wanted = d->units.unit.mg != 0 || d->units.count != 0;
    struct prescription_form form;
    struct units units;

    if (wanted && !b->form.in_units)
        return ctx_fail(b->c, ST_INVALID, d->units.unit.mg != 0 ? "unit_mg" : "unit_count", b->form.english,
                        "is not made into capsules or pills: choose such a form");
    if (!wanted && !d->in_form && d->dose.mg == 0)
        return ST_OK;
    TRY(prescription_form_get(b->c, b->k, out, &form));
    for (size_t i = 0; i < out->line_count; i++)
        form_note_missing(b->c, b->k, &form.lines[i], &out->lines[i].herb_id, 1);
    TRY(ctx_fault_or_ok(b->c));
    out->form_total = form.total;
    if (!wanted)
        return ST_OK;
    TRY(dosing_units(b->c, form.total, d->units, (int64_t)b->course.days * b->form.doses_per_day, &units));
    out->unit = units.unit;
    out->unit_count = units.count;
    return ST_OK;
}

static enum status fill(const struct build *b, struct prescription *out)
{
    const struct prescription_draft *d = b->draft;

    *out = (struct prescription){
        .patient_id = d->patient_id,
        .dosage_form = b->form.id,
        .form_english = b->form.english,
        .merge_rule = merge_rule_word(d->merge_rule),
        .dose_mode = dose_mode_word(d->dose_mode),
        .days = b->course.days,
        .doses_per_day = b->form.doses_per_day,
        .packets = b->course.packets,
        .refills = d->refills,
        .refill_interval_days = d->refill_interval_days,
        .directions = text_or_empty(d->directions),
        .indication = text_or_empty(d->indication),
        .change_note = text_or_empty(d->change_note),
        .route = text_or_empty(d->route),
        .timing = text_or_empty(d->timing),
        .frequency = text_or_empty(d->frequency),
        .created_by = "",
        .signed_by = "",
        .weights_in = d->in_form ? "form" : "raw",
        .dose = d->dose,
        .overage_permille = d->overage_permille,
        .binder_permille = d->units.binder_permille,
        .from_id = b->base.id,
        .from_version = b->base.version,
        .notices = b->notices,
        .notice_count = b->notice_count,
    };
    fill_formulas(b, out);
    fill_houses(b, out);
    fill_lines(b, out);
    TRY(lines_describe(b->c, out));
    TRY(fill_units(b, out));
    return prescription_compare(b->c, b->k, out);
}

/* The scaled weight of a formula is kept as a day's, whatever it was typed as, so that the classic it is compared with can be
   worked out again. Parts stay parts. */
static void keep_scaled_daily(struct build *b)
{
    for (size_t i = 0; i < b->source_count; i++) {
        int64_t *mg = &b->sources[i].scaled.mg;

        switch (b->draft->dose_mode) {
        case MODE_PER_PACKET:
            *mg = scale_i64(*mg, b->course.packets, b->course.days);
            break;
        case MODE_TOTAL:
            *mg = scale_i64(*mg, 1, b->course.days);
            break;
        case MODE_PER_DAY:
        case MODE_PARTS:
        case MODE_PERCENT:
            break;
        }
    }
}

enum status prescription_build(struct ctx *c, const struct knowledge *knowledge,
                               const struct prescription_draft *draft, struct prescription *out)
{
    struct build b = { .c = c, .k = knowledge, .draft = draft };

    TRY(draft_check(c, draft));
    TRY(resolve(&b));
    TRY(choose_course(&b));
    TRY(build_choose_items(&b));
    TRY(build_gather(&b));
    TRY(weigh(&b));
    keep_scaled_daily(&b);
    return fill(&b, out);
}
