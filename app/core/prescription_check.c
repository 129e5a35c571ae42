/* What of a draft can be refused as it stands, and the notes its weights and texts get. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_build.h"

enum { DIRECTIONS_LONGEST = 2000, PROCESSING_LONGEST = 100 };

struct named *find_named(struct named *list, size_t count, int64_t herb)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].ref.kind == REF_HERB && list[i].ref.at == herb)
            return &list[i];
    return NULL;
}

const char *item_field(struct ctx *c, const char *list, size_t i, const char *member)
{
    return arena_printf(&c->arena, "%s[%zu]%s", list, i, member);
}

void note_weight(struct ctx *c, const char *field, struct weight weight)
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

/* The codes of administration_words, which the database holds a version to. */
static const char *const routes[] = { "oral", "external", "wash", "gargle", "steam", NULL };
static const char *const timings[] = { "before_meals",  "after_meals",     "between_meals", "with_meals",
                                       "empty_stomach", "morning_evening", "at_bedtime",    NULL };
static const char *const frequencies[] = { "every_other_day", "when_needed", NULL };

static void note_coded(struct ctx *c, const char *field, const char *code, const char *const *known)
{
    struct text codes;

    if (code == NULL || *code == '\0')
        return;
    text_init(&codes, &c->arena);
    for (size_t i = 0; known[i] != NULL; i++) {
        if (strcmp(known[i], code) == 0)
            return;
        text_addf(&codes, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    ctx_note(c, ST_INVALID, field, code, "is one of %s", codes.data);
}

/* What the way weights are meant asks for. */
static void note_mode(struct ctx *c, const struct prescription_draft *d)
{
    if (d->course.packets == 0 && d->dose_mode == MODE_PER_PACKET)
        ctx_note(c, ST_INVALID, "packets", NULL, "must be given when weights are per packet");
    if (d->total.mg <= 0 && d->dose.mg <= 0 && dose_mode_shares(d->dose_mode))
        ctx_note(c, ST_INVALID, "total_mg", NULL, "must be given when weights are %s",
                 d->dose_mode == MODE_PARTS ? "parts" : "percentages");
    if (d->total.mg > 0 && d->dose.mg > 0)
        ctx_note(c, ST_INVALID, "total_mg", weight_text(&c->arena, d->total),
                 "follows from dose_mg: give one of the two");
    if (d->from_id != 0 && dose_mode_shares(d->dose_mode))
        ctx_note(c, ST_INVALID, "dose_mode", dose_mode_word(d->dose_mode),
                 "cannot be parts or percent when it starts from a prescription, which has weights");
    if (d->from_id == 0 && d->from_version != 0)
        ctx_note(c, ST_INVALID, "from_version", arena_printf(&c->arena, "%lld", (long long)d->from_version),
                 "needs from_prescription_id");
}

static void note_units(struct ctx *c, const struct prescription_draft *d)
{
    if (d->units.binder_permille != 0 && d->units.unit.mg == 0 && d->units.count == 0)
        ctx_note(c, ST_INVALID, "binder_permille", arena_printf(&c->arena, "%d", d->units.binder_permille),
                 "needs unit_mg or unit_count");
    if (d->overage_permille < 0 || d->overage_permille > OVERAGE_MOST)
        ctx_note(c, ST_INVALID, "overage_permille", arena_printf(&c->arena, "%d", d->overage_permille),
                 "must lie between 0 and %d", OVERAGE_MOST);
    note_weight(c, "dose_mg", d->dose);
}

static void note_formula(struct ctx *c, const struct prescription_draft *d, size_t i)
{
    const char *field = item_field(c, "formulas", i, ".mg");

    note_weight(c, field, d->formulas[i].weight);
    if (d->dose_mode == MODE_PERCENT && d->formulas[i].weight.mg == 0)
        ctx_note(c, ST_INVALID, field, d->formulas[i].formula, "must say what percentage it makes");
}

enum status draft_check(struct ctx *c, const struct prescription_draft *d)
{
    if (d->herb_count > PRESCRIPTION_MOST_LINES)
        ctx_note(c, ST_INVALID, "herbs", arena_printf(&c->arena, "%zu", d->herb_count), "are at most %d",
                 PRESCRIPTION_MOST_LINES);
    if (d->drop_count > PRESCRIPTION_MOST_LINES)
        ctx_note(c, ST_INVALID, "drops", arena_printf(&c->arena, "%zu", d->drop_count), "are at most %d",
                 PRESCRIPTION_MOST_LINES);
    if (d->item_count > PRESCRIPTION_MOST_LINES)
        ctx_note(c, ST_INVALID, "items", arena_printf(&c->arena, "%zu", d->item_count), "are at most %d",
                 PRESCRIPTION_MOST_LINES);
    if (d->formula_count > PRESCRIPTION_MOST_FORMULAS)
        ctx_note(c, ST_INVALID, "formulas", arena_printf(&c->arena, "%zu", d->formula_count),
                 "are at most %d", PRESCRIPTION_MOST_FORMULAS);
    if (d->formula_count + d->herb_count == 0 && d->from_id == 0)
        ctx_note(c, ST_INVALID, "herbs", NULL, "or formulas must name at least one");
    if (d->doses_per_day < 0 || d->doses_per_day > 12)
        ctx_note(c, ST_INVALID, "doses_per_day", arena_printf(&c->arena, "%d", d->doses_per_day),
                 "is 1 to 12");
    for (size_t i = 0; i < d->formula_count && i < PRESCRIPTION_MOST_FORMULAS; i++)
        note_formula(c, d, i);
    note_mode(c, d);
    note_units(c, d);
    note_weight(c, "total_mg", d->total);
    note_coded(c, "route", d->route, routes);
    note_coded(c, "timing", d->timing, timings);
    note_coded(c, "frequency", d->frequency, frequencies);
    note_text(c, "directions", d->directions, DIRECTIONS_LONGEST);
    note_text(c, "indication", d->indication, DIRECTIONS_LONGEST);
    note_text(c, "change_note", d->change_note, DIRECTIONS_LONGEST);
    return ctx_fault_or_ok(c);
}

/* A weight by hand that no herb can have, whatever the rest comes to. */
void note_absurd(struct build *b, size_t i)
{
    const struct draft_herb *herb = &b->draft->herbs[i];
    int64_t most = DAILY_MOST_MG;

    if (dose_mode_shares(b->draft->dose_mode) || herb->weight.mg > WEIGHT_LIMIT_MG)
        return;
    if (b->draft->dose_mode == MODE_TOTAL && b->draft->course.days > 0)
        most *= b->draft->course.days;
    if (herb->weight.mg > most)
        ctx_note(b->c, ST_INVALID, item_field(b->c, "herbs", i, ".mg"),
                 weight_text(&b->c->arena, herb->weight),
                 "is too much: no herb is given at more than %s a day",
                 weight_text(&b->c->arena, (struct weight){ DAILY_MOST_MG }));
}

void note_processing(struct ctx *c, const char *field, const char *text)
{
    note_text(c, field, text, PROCESSING_LONGEST);
}
