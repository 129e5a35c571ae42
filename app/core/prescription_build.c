/* From what a person puts together to the lines of a prescription: names understood, formulas merged by the chosen rule,
   weights worked out. Nothing is stored here; the arithmetic is clinic/dosing's. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_parts.h"
#include "db/db.h"
#include "sql.h"

enum { DIRECTIONS_LONGEST = 2000, PROCESSING_LONGEST = 100 };

/* More of one herb a day than anybody drinks: a slip of the keyboard. */
#define DAILY_MOST_MG INT64_C(1000000)

/* A herb typed by hand or dropped, and what it was understood as. */
struct named {
    const char *typed;
    struct ref ref;
    bool used;
};

struct build {
    struct ctx *c;
    const struct knowledge *k;
    const struct prescription_draft *draft;
    struct form_row form;
    struct course course;
    struct classic *classics;
    struct named *hand, *drops;
    struct dosing_line *lines; /* of the formulas, before merging */
    size_t count;
    struct dosing_line *merged;
    size_t merged_count;
    struct weight *totals, *daily;
};

static struct named *find_named(struct named *list, size_t count, int64_t herb)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].ref.kind == REF_HERB && list[i].ref.at == herb)
            return &list[i];
    return NULL;
}

static void note_weight(struct ctx *c, const char *field, struct weight weight)
{
    if (weight.mg < 0)
        ctx_note(c, ST_INVALID, field, weight_text(&c->arena, weight), "%s",
                 quantity_error_rule(QUANTITY_NEGATIVE));
    else if (weight.mg > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, field, weight_text(&c->arena, weight), "%s",
                 quantity_error_rule(QUANTITY_TOO_LARGE));
}

static void note_text(struct ctx *c, const char *field, const char *text, size_t longest)
{
    if (text == NULL)
        return;
    if (!utf8_valid(text, strlen(text)))
        ctx_note(c, ST_INVALID, field, NULL, "is not valid UTF-8");
    else if (utf8_length(text) > longest)
        ctx_note(c, ST_INVALID, field, NULL, "is at most %zu characters", longest);
}

/* Whatever can be refused before anything is looked up. */
static enum status check_size(struct ctx *c, const struct prescription_draft *d)
{
    if (d->herb_count > PRESCRIPTION_MOST_LINES)
        ctx_note(c, ST_INVALID, "herbs", arena_printf(&c->arena, "%zu", d->herb_count), "are at most %d",
                 PRESCRIPTION_MOST_LINES);
    if (d->drop_count > PRESCRIPTION_MOST_LINES)
        ctx_note(c, ST_INVALID, "drops", arena_printf(&c->arena, "%zu", d->drop_count), "are at most %d",
                 PRESCRIPTION_MOST_LINES);
    if (d->formula_count > PRESCRIPTION_MOST_FORMULAS)
        ctx_note(c, ST_INVALID, "formulas", arena_printf(&c->arena, "%zu", d->formula_count),
                 "are at most %d", PRESCRIPTION_MOST_FORMULAS);
    if (d->formula_count + d->herb_count == 0)
        ctx_note(c, ST_INVALID, "herbs", NULL, "or formulas must name at least one");
    if (d->doses_per_day < 0 || d->doses_per_day > 12)
        ctx_note(c, ST_INVALID, "doses_per_day", arena_printf(&c->arena, "%d", d->doses_per_day),
                 "is 1 to 12");
    if (d->course.packets == 0 && d->dose_mode == MODE_PER_PACKET)
        ctx_note(c, ST_INVALID, "packets", NULL, "must be given when weights are per packet");
    if (d->total.mg <= 0 && d->dose_mode == MODE_PARTS)
        ctx_note(c, ST_INVALID, "total_mg", NULL, "must be given when weights are parts");
    note_weight(c, "total_mg", d->total);
    note_text(c, "directions", d->directions, DIRECTIONS_LONGEST);
    note_text(c, "indication", d->indication, DIRECTIONS_LONGEST);
    note_text(c, "change_note", d->change_note, DIRECTIONS_LONGEST);
    return ctx_fault_or_ok(c);
}

static const char *item_field(struct ctx *c, const char *list, size_t i, const char *member)
{
    return arena_printf(&c->arena, "%s[%zu]%s", list, i, member);
}

/* A weight by hand that no herb can have, whatever the rest comes to. */
static void note_absurd(struct build *b, size_t i)
{
    const struct draft_herb *herb = &b->draft->herbs[i];
    int64_t most = DAILY_MOST_MG;

    if (b->draft->dose_mode == MODE_PARTS || herb->weight.mg > WEIGHT_LIMIT_MG)
        return;
    if (b->draft->dose_mode == MODE_TOTAL && b->draft->course.days > 0)
        most *= b->draft->course.days;
    if (herb->weight.mg > most)
        ctx_note(b->c, ST_INVALID, item_field(b->c, "herbs", i, ".mg"),
                 weight_text(&b->c->arena, herb->weight),
                 "is too much: no herb is given at more than %s a day",
                 weight_text(&b->c->arena, (struct weight){ DAILY_MOST_MG }));
}

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
        note_text(b->c, item_field(b->c, "herbs", i, ".processing"), herb->processing, PROCESSING_LONGEST);
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

static enum status resolve(struct build *b)
{
    const struct prescription_draft *d = b->draft;

    b->classics = arena_array(&b->c->arena, d->formula_count, sizeof *b->classics);
    b->hand = arena_array(&b->c->arena, d->herb_count, sizeof *b->hand);
    b->drops = arena_array(&b->c->arena, d->drop_count, sizeof *b->drops);
    for (size_t i = 0; i < d->formula_count; i++) {
        const char *field = item_field(b->c, "formulas", i, ".formula");
        struct ref ref = name_resolve(b->c, b->k, field, d->formulas[i].formula, REF_FORMULA);

        if (ref.kind == REF_FORMULA)
            b->classics[i].formula = &b->k->formulas[ref.at];
        for (size_t j = 0; ref.kind == REF_FORMULA && j < i; j++)
            if (b->classics[j].formula == b->classics[i].formula)
                ctx_note(b->c, ST_INVALID, field, d->formulas[i].formula, "is named twice");
        note_weight(b->c, item_field(b->c, "formulas", i, ".mg"), d->formulas[i].weight);
        b->classics[i].scaled = d->formulas[i].weight;
    }
    resolve_hand(b);
    resolve_drops(b);
    return ctx_fault_or_ok(b->c);
}

/* What the formula's part weighs in the draft's dose mode. A classic's day is a packet's content, and times the days in a
   total. */
static struct weight in_mode(const struct build *b, struct weight classic)
{
    if (b->draft->dose_mode == MODE_TOTAL)
        return (struct weight){ scale_i64(classic.mg, b->course.days, 1) };
    return classic;
}

static void note_unweighed(struct build *b, size_t i, uint16_t herb)
{
    ctx_note(b->c, ST_INVALID, item_field(b->c, "formulas", i, ".formula"), b->classics[i].formula->name,
             "has no weight for %s: set it by hand or drop it", b->k->herbs[herb].name);
}

/* Adds a formula's herbs, those dropped or set by hand apart: a herb set by hand stands once, with that weight. */
static enum status gather(struct build *b, size_t i)
{
    struct classic *classic = &b->classics[i];
    struct dosing_line *lines;
    size_t n;

    TRY(classic_lines(b->c, classic, b->draft->dose_mode, (int)i, &lines, &n));
    for (size_t j = 0; j < n; j++) {
        struct named *hand = find_named(b->hand, b->draft->herb_count, lines[j].herb_id);
        struct named *drop = find_named(b->drops, b->draft->drop_count, lines[j].herb_id);

        if (drop != NULL)
            drop->used = true;
        if (drop != NULL || (hand != NULL && hand->used))
            continue;
        if (hand != NULL) {
            hand->used = true;
            lines[j].weight = b->draft->herbs[hand - b->hand].weight;
        } else if (lines[j].weight.mg == 0)
            note_unweighed(b, i, (uint16_t)lines[j].herb_id);
        else if (classic->scaled.mg == 0)
            lines[j].weight = in_mode(b, lines[j].weight);
        b->lines[b->count++] = lines[j];
    }
    return ST_OK;
}

static enum status gather_all(struct build *b)
{
    size_t most = 0;

    for (size_t i = 0; i < b->draft->formula_count; i++)
        most += b->classics[i].formula->part_count;
    b->lines = arena_array(&b->c->arena, most, sizeof *b->lines);
    for (size_t i = 0; i < b->draft->formula_count; i++)
        TRY(gather(b, i));
    for (size_t i = 0; i < b->draft->drop_count; i++)
        if (!b->drops[i].used)
            ctx_note(b->c, ST_INVALID, item_field(b->c, "drops", i, ""), b->drops[i].typed,
                     "is not in the formulas, so it cannot be dropped");
    return ctx_fault_or_ok(b->c);
}

/* With the rule "ask", a person must say what a herb weighs that several formulas give different weights. */
static enum status ask(struct build *b)
{
    for (size_t i = 0; i < b->count; i++) {
        struct text doses;
        bool first = true, differ = false;

        text_init(&doses, &b->c->arena);
        for (size_t j = 0; j < b->count; j++) {
            if (b->lines[j].herb_id != b->lines[i].herb_id)
                continue;
            first = first && j >= i;
            differ = differ || b->lines[j].weight.mg != b->lines[i].weight.mg;
            text_addf(&doses, "%s%s in %s", doses.size == 0 ? "" : ", ",
                      weight_text(&b->c->arena, b->lines[j].weight),
                      b->classics[b->lines[j].source].formula->name);
        }
        if (first && differ)
            ctx_note(b->c, ST_CONFLICT, "merge_rule", b->k->herbs[b->lines[i].herb_id].name,
                     "weighs %s: set it by hand, or choose highest, sum or keep_first", doses.data);
    }
    return ctx_fault_or_ok(b->c);
}

/* One line per herb: the formulas' merged, then what was added by hand, in the order typed. */
static enum status merge(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    struct dosing_line *merged;

    if (d->merge_rule == MERGE_ASK)
        TRY(ask(b));
    TRY(dosing_merge(b->c, b->lines, b->count, d->merge_rule, &merged, &b->merged_count));
    b->merged = arena_array(&b->c->arena, b->merged_count + d->herb_count, sizeof *b->merged);
    if (b->merged_count > 0)
        memcpy(b->merged, merged, b->merged_count * sizeof *merged);
    for (size_t i = 0; i < d->herb_count; i++)
        if (!b->hand[i].used)
            b->merged[b->merged_count++] = (struct dosing_line){
                .herb_id = b->hand[i].ref.at,
                .weight = d->herbs[i].weight,
                .source = (int)d->formula_count,
            };
    if (b->merged_count == 0)
        return ctx_fail(b->c, ST_INVALID, "drops", NULL, "leave nothing to take");
    if (b->merged_count > PRESCRIPTION_MOST_LINES)
        return ctx_fail(b->c, ST_INVALID, "herbs", arena_printf(&b->c->arena, "%zu", b->merged_count),
                        "are at most %d after merging", PRESCRIPTION_MOST_LINES);
    return ST_OK;
}

/* Totals first, since they are what is weighed; the daily dose follows from them unless it was what was typed. */
static enum status weigh(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    bool scaled = d->total.mg > 0 && d->dose_mode != MODE_PARTS;

    b->totals = arena_array(&b->c->arena, b->merged_count, sizeof *b->totals);
    b->daily = arena_array(&b->c->arena, b->merged_count, sizeof *b->daily);
    TRY(dosing_totals(b->c, b->merged, b->merged_count, d->dose_mode, b->course, d->total, b->totals));
    if (scaled)
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

/* The ids of the formulas a herb came from. */
static const char *via_of(const struct build *b, uint16_t herb)
{
    struct text via;

    text_init(&via, &b->c->arena);
    for (size_t i = 0; i < b->draft->formula_count; i++)
        for (size_t j = 0; j < b->classics[i].formula->part_count; j++)
            if (b->classics[i].formula->parts[j].herb == herb)
                text_addf(&via, "%s%s", via.size == 0 ? "" : ";", b->classics[i].formula->id);
    return via.size == 0 ? "" : via.data;
}

static void fill_lines(const struct build *b, struct prescription *out)
{
    out->lines = arena_array(&b->c->arena, b->merged_count, sizeof *out->lines);
    out->line_count = b->merged_count;
    for (size_t i = 0; i < b->merged_count; i++) {
        uint16_t herb = (uint16_t)b->merged[i].herb_id;
        const struct named *hand = find_named(b->hand, b->draft->herb_count, herb);

        out->lines[i] = (struct prescription_line){
            .line_no = (int64_t)i + 1,
            .herb_id = b->k->herbs[herb].id,
            .processing = hand == NULL ? NULL : b->draft->herbs[hand - b->hand].processing,
            .via = via_of(b, herb),
            .daily = b->daily[i],
            .total = b->totals[i],
        };
    }
}

static void fill_formulas(const struct build *b, struct prescription *out)
{
    out->formula_count = b->draft->formula_count;
    out->formulas = arena_array(&b->c->arena, out->formula_count, sizeof *out->formulas);
    for (size_t i = 0; i < out->formula_count; i++) {
        out->formulas[i].formula_id = b->classics[i].formula->id;
        out->formulas[i].scaled = b->classics[i].scaled;
    }
}

static const char *text_or_empty(const char *text)
{
    return text == NULL ? "" : text;
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
        .directions = text_or_empty(d->directions),
        .indication = text_or_empty(d->indication),
        .change_note = text_or_empty(d->change_note),
        .created_by = "",
        .signed_by = "",
    };
    fill_formulas(b, out);
    fill_lines(b, out);
    TRY(lines_describe(b->c, out));
    return prescription_compare(b->c, b->k, out);
}

/* The scaled weight of a formula is kept as a day's, whatever it was typed as, so that the classic it is compared with can be
   worked out again. Parts stay parts. */
static void keep_scaled_daily(struct build *b)
{
    for (size_t i = 0; i < b->draft->formula_count; i++) {
        int64_t *mg = &b->classics[i].scaled.mg;

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

    TRY(check_size(c, draft));
    TRY(resolve(&b));
    TRY(choose_course(&b));
    TRY(gather_all(&b));
    TRY(merge(&b));
    TRY(weigh(&b));
    keep_scaled_daily(&b);
    return fill(&b, out);
}
