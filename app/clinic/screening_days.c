/* What depends on days: effects that last after the last dose, how long before an operation to stop, which prescriptions run beside
   each other, and the conditions that follow from a person's age. */
#include <string.h>

#include "clinic/screening_run.h"

enum { LASTS_UNLESS_SAID = 7, SURGERY_WITHIN_UNLESS_SAID = 14, FAR_OFF = INT32_MAX / 2 };

bool day_said(struct date day)
{
    return day.days != 0 && !date_is_none(day);
}

int days_since(const struct screening_run *run, const struct typed_item *item)
{
    if (day_said(item->stopped_on) && day_said(run->in->on))
        return run->in->on.days > item->stopped_on.days ? run->in->on.days - item->stopped_on.days : 0;
    return item->stopped_ago;
}

/* The days of a general rule; `otherwise` when a shop has retired it. */
static int general_days(const struct knowledge *k, enum general_rule which, int otherwise)
{
    const struct rule *rule = knowledge_general(k, which);

    return rule == NULL || rule->limit_days == 0 ? otherwise : rule->limit_days;
}

int drug_lasts(const struct knowledge *k, struct ref drug, bool *assumed)
{
    int days = drug.kind == REF_DRUG ? k->drugs[drug.at].lasting_days : k->classes[drug.at].lasting_days;

    *assumed = days == 0;
    return days > 0 ? days : general_days(k, GENERAL_LASTING_NOT_ON_FILE, LASTS_UNLESS_SAID);
}

int rule_lasts(const struct knowledge *k, const struct rule *rule, bool *assumed)
{
    *assumed = rule->lasting_days == 0;
    return rule->lasting_days > 0 ? rule->lasting_days
                                  : general_days(k, GENERAL_LASTING_NOT_ON_FILE, LASTS_UNLESS_SAID);
}

bool course_beside(const struct screening_run *run, const struct screening_course *course)
{
    if (!run->dated)
        return true;
    return (!day_said(course->first_on) || course->first_on.days <= run->until.days) &&
           (!day_said(course->last_on) || course->last_on.days >= run->from.days);
}

/* The last day to take the herb before the operation. */
static struct date stop_by(const struct screening_run *run, const struct rule *rule)
{
    int before = rule->stop_days_before;

    if (before == 0)
        before = general_days(run->k, GENERAL_SURGERY_WITHIN, SURGERY_WITHIN_UNLESS_SAID);
    return (struct date){ run->in->surgery_on.days - before };
}

/* Not when the case is over in time; else when the operation is near, or the case is known to run into the days before it. */
bool surgery_concerns(const struct screening_run *run, const struct rule *rule)
{
    int within = general_days(run->k, GENERAL_SURGERY_WITHIN, SURGERY_WITHIN_UNLESS_SAID);
    struct date last = stop_by(run, rule);

    if (within < rule->stop_days_before)
        within = rule->stop_days_before;
    if (day_said(run->in->last_on))
        return run->in->last_on.days > last.days && run->from.days <= run->in->surgery_on.days;
    return run->in->surgery_on.days - run->in->on.days <= within;
}

static bool has_condition(const struct screening_run *run, struct ref condition)
{
    for (size_t i = 0; i < run->condition_count; i++)
        if (ref_same(run->conditions[i].ref, condition))
            return true;
    return false;
}

static void add_condition(struct screening_run *run, struct typed_item *list, struct ref ref,
                          const char *typed)
{
    if (!has_condition(run, ref))
        list[run->condition_count++] = (struct typed_item){ .typed = typed, .ref = ref };
}

static void add_age(struct screening_run *run, struct typed_item *list)
{
    const struct knowledge *k = run->k;
    int months = run->in->age_months;
    const char *typed = months < 24 ? arena_printf(run->arena, "age %d months", months)
                                    : arena_printf(run->arena, "age %d", months / 12);

    for (size_t i = 0; i < k->count[REF_CONDITION]; i++) {
        const struct thing *age = &k->conditions[i];

        if ((age->age_from > 0 || age->age_below > 0) && months >= age->age_from &&
            (age->age_below == 0 || months < age->age_below))
            add_condition(run, list, (struct ref){ REF_CONDITION, (uint16_t)i }, typed);
    }
}

/* The smaller of the share by age and, where a weight is given, the share of an adult's weight. */
static void set_child_share(struct screening_run *run)
{
    const struct knowledge *k = run->k;
    const struct rule *rule = knowledge_general(k, GENERAL_DOSE_MAX_CHILD);
    int64_t kilogram_mg = 1000000;

    for (size_t i = 0; i < k->child_dose_count; i++)
        if (run->in->age_months >= k->child_doses[i].age_from &&
            run->in->age_months < k->child_doses[i].age_below)
            run->child_share = k->child_doses[i].share;
    if (run->child_share.num == 0 || rule == NULL || rule->limit.mg == 0 || run->in->body.mg < kilogram_mg)
        return;
    if (run->in->body.mg * run->child_share.den < rule->limit.mg * run->child_share.num)
        run->child_share = (struct ratio){ run->in->body.mg / 1000, rule->limit.mg / 1000 };
}

void screen_calendar(struct screening_run *run)
{
    const struct screening_case *in = run->in;
    bool operation = day_said(in->surgery_on) && day_said(in->on) && in->surgery_on.days >= in->on.days;
    struct typed_item *list;

    run->dated = day_said(in->on);
    run->from = day_said(in->first_on) ? in->first_on : in->on;
    run->until = day_said(in->last_on) ? in->last_on : (struct date){ FAR_OFF };
    run->conditions = in->conditions;
    run->condition_count = in->condition_count;
    if (!in->age_known && !operation)
        return;
    list = arena_array(run->arena, in->condition_count + run->k->count[REF_CONDITION] + 1, sizeof *list);
    if (in->condition_count > 0)
        memcpy(list, in->conditions, in->condition_count * sizeof *list);
    run->conditions = list;
    if (in->age_known) {
        add_age(run, list);
        set_child_share(run);
    }
    if (operation && run->k->surgery.kind != REF_NONE)
        add_condition(run, list, run->k->surgery,
                      arena_printf(run->arena, "surgery in %d days", in->surgery_on.days - in->on.days));
}

void finding_days(const struct screening_run *run, const struct meeting *meeting, struct finding *finding)
{
    const struct typed_item *object = meeting->object_item;
    bool drug = meeting->object.kind == REF_DRUG || meeting->object.kind == REF_DRUG_CLASS;

    if (meeting->item->stopped) {
        finding->stopped = true;
        finding->stopped_days = days_since(run, meeting->item);
        finding->lasting_days = rule_lasts(run->k, finding->rule, &finding->lasting_assumed);
    }
    if (drug && object != NULL && object->stopped) {
        finding->stopped = true;
        finding->stopped_days = days_since(run, object);
        finding->lasting_days = drug_lasts(run->k, meeting->object, &finding->lasting_assumed);
    }
    if (run->dated && day_said(run->in->surgery_on) && ref_same(meeting->object, run->k->surgery) &&
        run->in->surgery_on.days >= run->in->on.days) {
        finding->stop_by = stop_by(run, finding->rule);
        finding->surgery_on = run->in->surgery_on;
    }
}
