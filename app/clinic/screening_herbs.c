/* What holds for a herb by itself: its dose against the range, its toxicity, the same herb from several
   products, sums over a herb and all its forms. */
#include <string.h>

#include "clinic/screening_run.h"

/* Sums the settled ways; where nothing is settled, the meanings are alternatives and are not added up. */
struct dose_sum sum_dose(const struct screening_run *run, uint16_t herb)
{
    struct dose_sum sum = { .first = NULL };
    bool settled = false;

    for (uint32_t at = run->first_of[herb]; at != NO_PRESENT; at = run->presents[at].next)
        settled = settled || !run->presents[at].item->assumed;
    for (uint32_t at = run->first_of[herb]; at != NO_PRESENT; at = run->presents[at].next) {
        const struct present *present = &run->presents[at];

        if (settled && present->item->assumed)
            continue;
        if (sum.first == NULL)
            sum.first = present;
        else if (sum.first->item != present->item && present->course == NULL &&
                 (present->item->typed == NULL || sum.first->item->typed != present->item->typed))
            sum.several = true;
        if (present->course != NULL) {
            sum.beside = weight_plus(sum.beside, present->daily);
            sum.other = sum.other == NULL ? present : sum.other;
        }
        if (!settled) { /* one or the other: the one with the most */
            sum.daily.mg = present->daily.mg > sum.daily.mg ? present->daily.mg : sum.daily.mg;
            sum.several = false;
        } else {
            sum.daily = weight_plus(sum.daily, present->daily);
        }
        sum.classic = weight_plus(sum.classic, present->classic);
        sum.typed = sum.typed || present->dose_typed;
        sum.granule = sum.granule || present->from_granule;
        sum.unknown = sum.unknown || present->daily.mg == 0;
        sum.ways++;
    }
    return sum;
}

struct weight sum_of_base(struct screening_run *run, uint16_t base)
{
    struct weight total = { 0 };
    bool known = true;

    if (run->sum_known && run->sum_base == base)
        return run->sum;
    for (size_t i = 0; i < run->herb_count + run->other_count && known; i++) {
        uint16_t herb = i < run->herb_count ? run->herbs[i] : run->others[i - run->herb_count];
        struct dose_sum sum;

        if (run->k->herbs[herb].base != base)
            continue;
        sum = sum_dose(run, herb);
        known = !sum.unknown;
        total = weight_plus(total, sum.daily);
    }
    run->sum_known = true;
    run->sum_base = base;
    run->sum = known ? total : (struct weight){ 0 };
    return run->sum;
}

static void add_ways(const struct screening_run *run, uint16_t herb, struct finding *finding)
{
    for (uint32_t at = run->first_of[herb]; at != NO_PRESENT; at = run->presents[at].next)
        finding_via(finding, run->presents[at].recipe);
}

/* Which rule a dose breaks; GENERAL_RULE_COUNT for none. Toxic herbs have less room. */
static enum general_rule dose_rule(const struct herb *herb, const struct dose_sum *sum)
{
    int64_t mg = sum->daily.mg;
    int64_t most = herb->dose_max.mg;

    if (most == 0)
        return herb->toxicity >= TOXICITY_TOXIC && herb->status == HERB_RESTRICTED ? GENERAL_DOSE_NONE_SAFE
                                                                                   : GENERAL_RULE_COUNT;
    if (mg > most && sum->classic.mg >= mg)
        return GENERAL_DOSE_MAX_BY_DESIGN;
    if (mg > most &&
        (herb->toxicity == TOXICITY_VERY || (herb->toxicity == TOXICITY_TOXIC && mg >= 2 * most)))
        return GENERAL_DOSE_MAX_TOXIC;
    if (mg > most)
        return GENERAL_DOSE_MAX;
    if (mg > 0 && mg < herb->dose_min.mg && sum->typed && !sum->unknown)
        return GENERAL_DOSE_MIN;
    return GENERAL_RULE_COUNT;
}

/* A typed dose above a child's share of the adult range. */
static bool screen_child_dose(struct screening_run *run, uint16_t at, const struct dose_sum *sum)
{
    const struct herb *herb = &run->k->herbs[at];
    struct ratio share = run->child_share;
    struct weight most = { share.num == 0 ? 0 : scale_i64(herb->dose_max.mg, share.num, share.den) };
    struct finding *finding;

    if (most.mg == 0 || !sum->typed || sum->daily.mg <= most.mg)
        return false;
    finding = finding_general(run, FINDING_DOSE, GENERAL_DOSE_MAX_CHILD, sum->first);
    if (finding == NULL)
        return false;
    finding->daily = sum->daily;
    finding->limit = most;
    finding->share = share;
    finding->from_granule = sum->granule;
    finding->object.name = "highest daily dose of a child";
    add_ways(run, at, finding);
    return true;
}

static void screen_dose(struct screening_run *run, uint16_t at, const struct dose_sum *sum)
{
    const struct herb *herb = &run->k->herbs[at];
    enum general_rule which = dose_rule(herb, sum);
    struct finding *finding;

    if (run->child_share.num > 0 && which != GENERAL_DOSE_NONE_SAFE && which != GENERAL_DOSE_MAX_TOXIC &&
        (screen_child_dose(run, at, sum) || which == GENERAL_DOSE_MIN))
        return;
    if (which == GENERAL_RULE_COUNT)
        return;
    finding = finding_general(run, FINDING_DOSE, which, sum->first);
    if (finding == NULL)
        return;
    finding->daily = sum->daily;
    finding->limit = which == GENERAL_DOSE_MIN ? herb->dose_min : herb->dose_max;
    finding->from_granule = sum->granule;
    finding->course = sum->other == NULL ? NULL : sum->other->course->label;
    if (which != GENERAL_DOSE_MIN &&
        which != GENERAL_DOSE_NONE_SAFE) /* by whichever rule: the dose is above */
        finding->object = (struct finding_side){ "dose_max", "highest daily dose", NULL };
    if (which == GENERAL_DOSE_MIN)
        finding->object.name = "lowest daily dose";
    add_ways(run, at, finding);
}

static void screen_toxicity(struct screening_run *run, uint16_t at, const struct present *present)
{
    const struct herb *herb = &run->k->herbs[at];
    enum general_rule toxic = herb->toxicity == TOXICITY_VERY    ? GENERAL_VERY_TOXIC
                              : herb->toxicity == TOXICITY_TOXIC ? GENERAL_TOXIC
                                                                 : GENERAL_RULE_COUNT;
    struct finding *finding;

    if (toxic == GENERAL_RULE_COUNT || herb->status == HERB_BANNED || herb->status == HERB_EXTERNAL_ONLY)
        return;
    finding = finding_general(run, FINDING_TOXICITY, toxic, present);
    if (finding != NULL)
        add_ways(run, at, finding);
}

static void screen_duplicate(struct screening_run *run, uint16_t at, const struct dose_sum *sum)
{
    struct finding *finding;

    if (!sum->several || sum->first->item->assumed)
        return;
    finding = finding_general(run, FINDING_DUPLICATE, GENERAL_DUPLICATE_HERB, sum->first);
    if (finding == NULL)
        return;
    finding->daily = sum->daily;
    add_ways(run, at, finding);
}

/* A limit on the sum over a herb and all its processed forms, from all products. */
static void screen_sum(struct screening_run *run, enum general_rule which)
{
    const struct rule *rule = knowledge_general(run->k, which);
    struct weight total = { 0 };
    const struct present *first = NULL;
    const struct present *other = NULL;
    struct finding *finding;

    if (rule == NULL || rule->subject.kind != REF_HERB)
        return;
    for (size_t i = 0; i < run->herb_count + run->other_count; i++) {
        uint16_t herb = i < run->herb_count ? run->herbs[i] : run->others[i - run->herb_count];
        struct dose_sum sum;

        if (run->k->herbs[herb].base != rule->subject.at)
            continue;
        sum = sum_dose(run, herb);
        if (sum.first->item->assumed)
            continue;
        total = weight_plus(total, sum.daily);
        other = other == NULL ? sum.other : other;
        first = first == NULL && sum.first->course == NULL ? sum.first : first;
    }
    if (first == NULL || total.mg < rule->limit.mg)
        return;
    finding = finding_general(run, FINDING_DOSE, which, first);
    finding->subject.id = ref_id(run->k, rule->subject);
    finding->subject.name = ref_name(run->k, rule->subject);
    finding->daily = total;
    finding->limit = rule->limit;
    finding->course = other == NULL ? NULL : other->course->label;
    for (size_t i = 0; i < run->herb_count; i++)
        if (run->k->herbs[run->herbs[i]].base == rule->subject.at)
            add_ways(run, run->herbs[i], finding);
}

void screen_herbs(struct screening_run *run)
{
    for (size_t i = 0; i < run->herb_count; i++) {
        struct dose_sum sum = sum_dose(run, run->herbs[i]);

        screen_dose(run, run->herbs[i], &sum);
        screen_law(run, run->herbs[i], &sum);
        screen_toxicity(run, run->herbs[i], sum.first);
        screen_duplicate(run, run->herbs[i], &sum);
    }
    screen_sum(run, GENERAL_LICORICE_SUM);
}
