/* What the law of a place says about a herb on a day. Where nobody said the place, the gravest law on file, and where it is. */
#include <string.h>

#include "clinic/screening_run.h"

static bool in_force(const struct screening_run *run, const struct regulation *law)
{
    return !run->dated || ((date_is_none(law->from) || law->from.days <= run->until.days) &&
                           (date_is_none(law->to) || law->to.days >= run->from.days));
}

/* Above the dose it allows, or whatever the dose. A dose nobody knows may be above. */
static bool concerns(const struct regulation *law, const struct dose_sum *sum)
{
    return law->max_daily.mg == 0 || sum->unknown || sum->daily.mg > law->max_daily.mg;
}

/* By kind, so that a ban and a treaty on trade are two findings. */
static bool is_trade(const struct screening_run *run, const struct regulation *law)
{
    return strcmp(run->k->rules[law->rule].object_word, "cites") == 0;
}

/* Among equals a place's own law before what holds everywhere. */
static bool graver(const struct knowledge *k, const struct regulation *law, const struct regulation *than)
{
    enum severity a = k->rules[law->rule].severity, b = k->rules[than->rule].severity;

    return a != b ? a > b
                  : k->places[law->place].parent != NO_PARENT && k->places[than->place].parent == NO_PARENT;
}

/* "Controlled" is a law on the form it names (raw, not processed); every other kind holds for all forms of a herb. */
static bool holds_for(const struct knowledge *k, const struct regulation *law, uint16_t herb)
{
    return law->herb == herb || strcmp(k->rules[law->rule].object_word, "controlled") != 0;
}

/* The gravest law about the herb or a form it is made from, in force and concerning this dose: `place` NO_PARENT = anywhere. */
static const struct regulation *gravest(const struct screening_run *run, uint16_t herb,
                                        const struct dose_sum *sum, uint16_t place, bool trade)
{
    const struct knowledge *k = run->k;
    const struct regulation *worst = NULL;

    for (uint16_t form = herb; form != NO_PARENT; form = k->herbs[form].parent)
        for (size_t i = 0; i < k->herbs[form].regulation_count; i++) {
            const struct regulation *law = &k->regulations[k->herbs[form].first_regulation + i];

            if (!holds_for(k, law, herb) || is_trade(run, law) != trade || !in_force(run, law) ||
                !concerns(law, sum) || (place != NO_PARENT && !place_within(k, place, law->place)))
                continue;
            if (worst == NULL || graver(k, law, worst))
                worst = law;
        }
    return worst;
}

/* Whether the rule book knows laws of that place (or of one it stands under, the world's treaties aside). */
static bool place_is_covered(const struct knowledge *k, uint16_t place)
{
    for (size_t i = 0; i < k->regulation_count; i++)
        if (k->places[k->regulations[i].place].parent != NO_PARENT &&
            place_within(k, place, k->regulations[i].place))
            return true;
    return false;
}

static void add_law(struct screening_run *run, uint16_t herb, const struct dose_sum *sum,
                    const struct regulation *law, bool unknown)
{
    const struct rule *rule = &run->k->rules[law->rule];
    const struct rule *somewhere = knowledge_general(run->k, GENERAL_REGULATED_SOMEWHERE);
    struct finding *finding = finding_new(run, FINDING_REGULATION, rule, rule->severity);

    if (unknown && somewhere != NULL && run->k->herbs[herb].status != HERB_BANNED &&
        finding->severity > somewhere->severity && run->k->places[law->place].parent != NO_PARENT) {
        finding->severity = somewhere->severity;
        finding->lowered = true;
    }
    finding->subject =
        (struct finding_side){ run->k->herbs[herb].id, run->k->herbs[herb].name, sum->first->item->typed };
    finding->object = (struct finding_side){ rule->object_word, run->k->places[law->place].name, NULL };
    finding->assumed = sum->first->item->assumed;
    finding->daily = sum->daily;
    finding->limit = law->max_daily;
    finding->place = &run->k->places[law->place];
    finding->place_unknown = unknown;
    finding_via(finding, sum->first->recipe);
}

/* What the herb's own status says, where no law is on file. */
static void add_status(struct screening_run *run, uint16_t at, const struct dose_sum *sum, bool all)
{
    static const enum general_rule by_status[] = { GENERAL_RULE_COUNT, GENERAL_RESTRICTED,
                                                   GENERAL_EXTERNAL_ONLY, GENERAL_BANNED };
    enum herb_status status = run->k->herbs[at].status;
    struct finding *finding;

    if (status == HERB_OK || (!all && status != HERB_EXTERNAL_ONLY))
        return;
    finding = finding_general(run, FINDING_REGULATION, by_status[status], sum->first);
    if (finding == NULL)
        return;
    for (uint32_t way = run->first_of[at]; way != NO_PRESENT; way = run->presents[way].next)
        finding_via(finding, run->presents[way].recipe);
}

void screen_law(struct screening_run *run, uint16_t herb, const struct dose_sum *sum)
{
    const struct knowledge *k = run->k;
    uint16_t place;
    bool unknown;
    const struct regulation *law, *trade;

    if (!k->herbs[herb].regulated) {
        add_status(run, herb, sum, true);
        return;
    }
    place = run->in->jurisdiction == NULL ? NO_PARENT : knowledge_place(k, run->in->jurisdiction);
    unknown = place == NO_PARENT || !place_is_covered(k, place);
    law = gravest(run, herb, sum, unknown ? NO_PARENT : place, false);
    trade = gravest(run, herb, sum, NO_PARENT, true);
    add_status(run, herb, sum, law == NULL && unknown && k->herbs[herb].status == HERB_BANNED);
    if (law != NULL)
        add_law(run, herb, sum, law, unknown);
    else if (!unknown && gravest(run, herb, sum, NO_PARENT, false) != NULL) {
        struct finding *finding =
            finding_general(run, FINDING_REGULATION, GENERAL_REGULATED_ELSEWHERE, sum->first);

        if (finding != NULL)
            finding->place = &k->places[place];
    }
    if (trade != NULL)
        add_law(run, herb, sum, trade, false);
}
