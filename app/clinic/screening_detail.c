/* The sentence that says what is particular to this case. Written only when somebody reads the finding: screening itself forms
   no text. */
#include <string.h>

#include "clinic/screening.h"

/* Sentences of a detail, one behind the other. */
static void say(struct text *out)
{
    if (out->size > 0)
        text_add(out, "; ");
}

static void say_dose(struct text *out, struct arena *arena, const struct knowledge *k,
                     const struct finding *finding)
{
    const struct herb *herb = &k->herbs[knowledge_find(k, REF_HERB, finding->subject.id).at];

    say(out);
    if (finding->share.num > 0)
        text_addf(out, "%s a day; for this child at most %s (of %s for an adult)",
                  weight_text(arena, finding->daily), weight_text(arena, finding->limit),
                  weight_text(arena, herb->dose_max));
    else if (finding->rule->limit.mg > 0)
        text_addf(out, "%s a day in all; the warning starts at %s", weight_text(arena, finding->daily),
                  weight_text(arena, finding->limit));
    else if (finding->limit.mg == 0)
        text_add(out, herb->notes);
    else
        text_addf(out, "%s a day%s; the range is %s to %s", weight_text(arena, finding->daily),
                  finding->from_granule ? " of raw herb, by the highest likely granule ratio" : "",
                  weight_text(arena, herb->dose_min), weight_text(arena, herb->dose_max));
}

static void say_load(struct text *out, struct arena *arena, const struct finding *finding)
{
    for (size_t i = 0; i < finding->contributor_count; i++) {
        const struct finding_contributor *one = &finding->contributors[i];

        say(out);
        text_addf(out, "%s", one->name);
        if (one->daily.mg > 0)
            text_addf(out, " %s a day", weight_text(arena, one->daily));
        if (one->course != NULL)
            text_addf(out, " from %s", one->course);
        text_addf(out, " (%s; %s)", severity_word(one->severity), one->citation);
    }
}

static void say_one_law(struct text *out, struct arena *arena, const struct knowledge *k,
                        const struct regulation *law)
{
    const struct rule *rule = &k->rules[law->rule];

    text_addf(out, "%s: %s", k->places[law->place].name, rule->effect);
    if (law->max_daily.mg > 0)
        text_addf(out, " above %s a day", weight_text(arena, law->max_daily));
    if (!date_is_none(law->from))
        text_addf(out, ", from %s", date_text(arena, law->from));
    if (!date_is_none(law->to))
        text_addf(out, " until %s", date_text(arena, law->to));
}

/* Every law on file about the herb: where it holds. */
static void say_laws(struct text *out, struct arena *arena, const struct knowledge *k, uint16_t herb)
{
    bool first = true;

    for (uint16_t form = herb; form != NO_PARENT; form = k->herbs[form].parent)
        for (size_t i = 0; i < k->herbs[form].regulation_count; i++) {
            text_add(out, first ? "" : "; ");
            say_one_law(out, arena, k, &k->regulations[k->herbs[form].first_regulation + i]);
            first = false;
        }
}

static void say_regulation(struct text *out, struct arena *arena, const struct knowledge *k,
                           const struct finding *finding)
{
    uint16_t herb = knowledge_find(k, REF_HERB, finding->subject.id).at;
    bool elsewhere = finding->rule == knowledge_general(k, GENERAL_REGULATED_ELSEWHERE);

    say(out);
    if (finding->place_unknown)
        text_add(out, "no place with laws on file was given, so the gravest is shown. ");
    if (elsewhere)
        text_addf(out, "nothing on file for %s. ", finding->place->name);
    if (finding->place_unknown || elsewhere) {
        say_laws(out, arena, k, herb);
        return;
    }
    for (size_t i = 0; i < k->regulation_count; i++)
        if (&k->rules[k->regulations[i].rule] == finding->rule) {
            say_one_law(out, arena, k, &k->regulations[i]);
            return;
        }
    text_add(out, k->herbs[herb].notes);
}

static void say_limit(struct text *out, struct arena *arena, const struct finding *finding)
{
    say(out);
    if (finding->limit.mg > 0)
        text_addf(out, "%s within %d days over all that is taken; the limit is %s",
                  weight_text(arena, finding->total), finding->window_days,
                  weight_text(arena, finding->limit));
    else
        text_addf(out, "taken on %d days within %d", finding->taken_days, finding->window_days);
}

/* Which dose made a rule more or less grave. */
static void say_threshold(struct text *out, struct arena *arena, const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    if (rule->threshold.mg == 0)
        return;
    say(out);
    if (finding->sum.mg == 0)
        text_addf(out, "%s from %s a day over all forms; this dose is not known, so the graver is shown",
                  severity_word(rule->severity), weight_text(arena, rule->threshold));
    else
        text_addf(out, "%s a day over all forms; %s from %s", weight_text(arena, finding->sum),
                  severity_word(rule->severity), weight_text(arena, rule->threshold));
}

static void say_days(struct text *out, struct arena *arena, const struct finding *finding)
{
    if (finding->stopped) {
        say(out);
        text_addf(out, "stopped %d days ago; it counts for %d days after the last dose%s",
                  finding->stopped_days, finding->lasting_days,
                  finding->lasting_assumed ? " (no figure is on file, so the default)" : "");
    }
    if (finding->stop_by.days != 0) {
        say(out);
        text_addf(out, "operation on %s: last dose no later than %s", date_text(arena, finding->surgery_on),
                  date_text(arena, finding->stop_by));
    }
    if (finding->course != NULL && finding->contributor_count == 0) {
        say(out);
        text_addf(out, "together with prescription %s", finding->course);
    }
}

const char *finding_detail(struct arena *arena, const struct knowledge *k, const struct finding *finding)
{
    struct text out;

    text_init(&out, arena);
    if (finding->contributor_count > 0)
        say_load(&out, arena, finding);
    if (finding->kind == FINDING_DOSE)
        say_dose(&out, arena, k, finding);
    if (finding->kind == FINDING_REGULATION)
        say_regulation(&out, arena, k, finding);
    if (finding->kind == FINDING_LIMIT)
        say_limit(&out, arena, finding);
    say_threshold(&out, arena, finding);
    say_days(&out, arena, finding);
    if (finding->lowered && finding->rule->threshold.mg == 0 && finding->place == NULL) {
        say(&out);
        text_addf(&out, "a theory (%s by itself), lowered by a trial shown beside it",
                  severity_word(finding->rule->severity));
    }
    return out.size == 0 ? NULL : out.data;
}
