/* This case beside other prescriptions of the same person: what both hold, and limits on a herb over many days. */
#include <string.h>

#include "clinic/screening_run.h"

enum { DAYS_UNLESS_SAID = 1, WINDOW_MOST = 400 };

/* The recipe both sides share, when the herb comes by the same one: then the formula is named, not each of its herbs. */
static bool same_recipe(const struct screening_run *run, const struct present *other)
{
    for (uint32_t at = run->first_of[other->herb]; at != NO_PRESENT; at = run->presents[at].next)
        if (run->presents[at].course == NULL && run->presents[at].recipe != NULL &&
            run->presents[at].recipe == other->recipe)
            return true;
    return false;
}

static void screen_same_herb(struct screening_run *run, uint16_t herb)
{
    struct dose_sum sum = sum_dose(run, herb);
    struct finding *finding;

    if (sum.other == NULL || sum.first->course != NULL || sum.first->item->assumed ||
        sum.other->item->assumed || same_recipe(run, sum.other))
        return;
    finding = finding_general(run, FINDING_DUPLICATE, GENERAL_DUPLICATE_COURSE, sum.first);
    if (finding == NULL)
        return;
    finding->daily = sum.daily;
    finding->object.typed = sum.other->item->typed;
    finding->course = sum.other->course->label;
}

static bool same_formula(const struct knowledge *k, const struct typed_item *a, const struct typed_item *b)
{
    struct ref x = a->ref, y = b->ref;

    if (x.kind == REF_PRODUCT && k->products[x.at].formula != NO_PARENT)
        x = (struct ref){ REF_FORMULA, k->products[x.at].formula };
    if (y.kind == REF_PRODUCT && k->products[y.at].formula != NO_PARENT)
        y = (struct ref){ REF_FORMULA, k->products[y.at].formula };
    return (x.kind == REF_FORMULA || x.kind == REF_PRODUCT) && ref_same(x, y) && !a->assumed && !b->assumed &&
           !a->stopped && !b->stopped;
}

static void screen_same_formula(struct screening_run *run, const struct typed_item *item,
                                const struct screening_course *course)
{
    struct finding *finding;

    for (size_t i = 0; i < course->item_count; i++) {
        if (!same_formula(run->k, item, &course->items[i]))
            continue;
        finding = finding_general(run, FINDING_DUPLICATE, GENERAL_DUPLICATE_FORMULA, NULL);
        if (finding == NULL)
            return;
        finding->subject =
            (struct finding_side){ ref_id(run->k, item->ref), ref_name(run->k, item->ref), item->typed };
        finding->object.typed = course->items[i].typed;
        finding->course = course->label;
        return;
    }
}

/* ---- limits over many days ---- */

/* Some days on which so much of a herb is taken. */
struct stretch {
    int32_t first, last;
    int64_t daily_mg;
};

struct stretches {
    struct stretch *list;
    size_t count, capacity;
    const char *course; /* the first other prescription that adds to them */
};

/* What a prescription of unknown length counts for. */
static int days_unless_said(const struct knowledge *k)
{
    const struct rule *rule = knowledge_general(k, GENERAL_COURSE_LENGTH_NOT_SAID);

    return rule == NULL || rule->limit_days == 0 ? DAYS_UNLESS_SAID : rule->limit_days;
}

static void add_stretch(struct screening_run *run, const struct present *present, struct stretches *out)
{
    const struct screening_course *course = present->course;
    struct date first = course == NULL ? run->from : course->first_on;
    struct date last = course == NULL ? run->in->last_on : course->last_on;
    int days = days_unless_said(run->k);

    if (present->item->stopped || present->item->assumed)
        return;
    if (!day_said(first))
        first = run->from;
    if (course != NULL && !day_said(course->first_on) && day_said(last))
        first.days = last.days - days + 1;
    if (!day_said(last))
        last = (struct date){ first.days + days - 1 };
    out->list = arena_grow(run->arena, out->list, out->count, &out->capacity, sizeof *out->list);
    out->list[out->count++] = (struct stretch){ first.days, last.days, present->daily.mg };
    if (course != NULL && out->course == NULL)
        out->course = course->label;
}

static void gather(struct screening_run *run, uint16_t herb, struct stretches *out)
{
    for (size_t i = 0; i < run->present_count; i++)
        if (herb_descends(run->k, run->presents[i].herb, herb))
            add_stretch(run, &run->presents[i], out);
    for (size_t i = 0; i < run->past.count; i++)
        if (herb_descends(run->k, run->past.list[i].herb, herb))
            add_stretch(run, &run->past.list[i], out);
}

/* Milligrams and days taken within the window that starts at `first`. */
static void weigh_window(const struct stretches *in, int32_t first, int window, int64_t *mg, int *days)
{
    bool taken[WINDOW_MOST] = { false };

    *mg = 0;
    *days = 0;
    for (size_t i = 0; i < in->count; i++) {
        int32_t from = in->list[i].first > first ? in->list[i].first : first;
        int32_t to = in->list[i].last < first + window - 1 ? in->list[i].last : first + window - 1;

        if (to < from)
            continue;
        *mg += in->list[i].daily_mg * (to - from + 1);
        memset(taken + (from - first), true, (size_t)(to - from + 1));
    }
    for (int day = 0; day < window; day++)
        *days += taken[day];
}

/* The fullest window begins with a first day or ends with a last day of something. */
static void fullest_window(const struct stretches *in, const struct herb_limit *limit, int64_t *mg, int *days)
{
    *mg = 0;
    *days = 0;
    for (size_t i = 0; i < in->count * 2; i++) {
        const struct stretch *one = &in->list[i / 2];
        int32_t first = i % 2 == 0 ? one->first : one->last - limit->window_days + 1;
        int64_t weight;
        int count;

        weigh_window(in, first, limit->window_days, &weight, &count);
        *mg = weight > *mg ? weight : *mg;
        *days = count > *days ? count : *days;
    }
}

static const struct present *first_of_limit(const struct screening_run *run, const struct herb_limit *limit)
{
    for (size_t i = 0; i < run->herb_count; i++)
        if (run->k->herbs[run->herbs[i]].limited && herb_descends(run->k, run->herbs[i], limit->herb) &&
            !present_of(run, run->herbs[i])->item->assumed)
            return present_of(run, run->herbs[i]);
    return NULL;
}

static void screen_limit(struct screening_run *run, const struct herb_limit *limit)
{
    const struct present *own = first_of_limit(run, limit);
    const struct rule *rule = &run->k->rules[limit->rule];
    struct stretches stretches = { .list = NULL };
    struct finding *finding;
    int64_t mg;
    int days;

    if (own == NULL)
        return;
    gather(run, limit->herb, &stretches);
    fullest_window(&stretches, limit, &mg, &days);
    if (limit->most.mg > 0 ? mg <= limit->most.mg : days <= limit->most_days)
        return;
    finding = finding_new(run, FINDING_LIMIT, rule, rule->severity);
    finding->subject = (struct finding_side){ run->k->herbs[limit->herb].id, run->k->herbs[limit->herb].name,
                                              own->item->typed };
    finding->object = (struct finding_side){ rule->object_word, rule->object_word, NULL };
    finding->daily = own->daily;
    finding->limit = limit->most;
    finding->total.mg = mg;
    finding->taken_days = days;
    finding->window_days = limit->window_days;
    finding->course = stretches.course;
    finding_via(finding, own->recipe);
}

void screen_courses(struct screening_run *run)
{
    bool limited = false;

    for (size_t i = 0; i < run->herb_count; i++)
        limited = limited || run->k->herbs[run->herbs[i]].limited;
    for (size_t i = 0; i < run->k->limit_count && run->dated && limited; i++)
        screen_limit(run, &run->k->limits[i]);
    if (run->in->course_count == 0)
        return;
    for (size_t i = 0; i < run->herb_count; i++)
        screen_same_herb(run, run->herbs[i]);
    for (size_t i = 0; i < run->in->item_count; i++)
        for (size_t course = 0; course < run->in->course_count; course++)
            if (course_beside(run, &run->in->courses[course]))
                screen_same_formula(run, &run->in->items[i], &run->in->courses[course]);
}
