/* What must hold for every case, not for chosen ones: order does not matter, more herbs never hide a graver finding, every
   threshold and every window turns where its row says, every incompatible pair is found across prescriptions too. */
#include <stdio.h>
#include <string.h>

#include "clinic/screening.h"
#include "core/knowledge_seed.h"
#include "support/runner.h"

enum { CASES = 400, HERBS = 8, DRUGS = 4, TODAY = 20779 }; /* 2026-11-22 */

static struct ctx c;
static struct knowledge *k;
static uint64_t state;

static void setup(void)
{
    ctx_init(&c);
    state = 88172645463325252U;
    ck_assert_int_eq(knowledge_from_seed(&c, &k), ST_OK);
}

static void teardown(void)
{
    knowledge_close(k);
    ctx_close(&c);
}

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

static struct typed_item herb_item(uint16_t herb, int64_t mg)
{
    return (struct typed_item){ .typed = ref_id(k, (struct ref){ REF_HERB, herb }),
                                .ref = { REF_HERB, herb },
                                .form = DOSE_RAW,
                                .daily = { mg } };
}

static struct screening_case case_of(const struct typed_item *items, size_t count,
                                     const struct typed_item *drugs, size_t drug_count)
{
    return (struct screening_case){ .items = items,
                                    .item_count = count,
                                    .drugs = drugs,
                                    .drug_count = drug_count,
                                    .medicines_asked = true,
                                    .on = { TODAY } };
}

static struct screening run(const struct screening_case *in)
{
    struct screening out;

    screening_run(&c.arena, k, in, &out);
    return out;
}

static void random_case(struct typed_item *items, struct typed_item *drugs)
{
    for (size_t i = 0; i < HERBS; i++)
        items[i] = herb_item((uint16_t)below(k->count[REF_HERB]), 500 * (int64_t)(1 + below(40)));
    for (size_t i = 0; i < DRUGS; i++)
        drugs[i] = (struct typed_item){ .ref = { REF_DRUG, (uint16_t)below(k->count[REF_DRUG]) } };
}

/* The gravest finding about the same two, of the same kind. */
static enum severity gravest(const struct screening *in, const struct finding *like)
{
    enum severity worst = SEVERITY_NONE;

    for (size_t i = 0; i < in->count; i++)
        if (in->findings[i].kind == like->kind && in->findings[i].subject.id == like->subject.id &&
            in->findings[i].object.id == like->object.id && in->findings[i].severity > worst)
            worst = in->findings[i].severity;
    return worst;
}

START_TEST(the_order_of_what_is_taken_does_not_matter)
{
    for (int round = 0; round < CASES; round++) {
        struct typed_item items[HERBS], drugs[DRUGS], turned[HERBS];
        struct screening_case one, other;
        struct screening a, b;

        random_case(items, drugs);
        for (size_t i = 0; i < HERBS; i++)
            turned[i] = items[HERBS - 1 - i];
        one = case_of(items, HERBS, drugs, DRUGS);
        other = case_of(turned, HERBS, drugs, DRUGS);
        a = run(&one);
        b = run(&other);
        ck_assert_uint_eq(a.count, b.count);
        for (size_t i = 0; i < a.count; i++) {
            ck_assert_ptr_eq(a.findings[i].rule, b.findings[i].rule);
            ck_assert_int_eq(a.findings[i].severity, b.findings[i].severity);
        }
        arena_reset(&c.arena);
    }
}
END_TEST

START_TEST(one_more_herb_never_hides_a_finding)
{
    for (int round = 0; round < CASES; round++) {
        struct typed_item items[HERBS], drugs[DRUGS];
        struct screening_case fewer, more;
        struct screening a, b;

        random_case(items, drugs);
        fewer = case_of(items, HERBS - 1, drugs, DRUGS);
        more = case_of(items, HERBS, drugs, DRUGS);
        a = run(&fewer);
        b = run(&more);
        for (size_t i = 0; i < a.count; i++)
            if (strcmp(a.findings[i].object.id, "dose_min") != 0) /* more of it is no longer too little */
                ck_assert_msg(gravest(&b, &a.findings[i]) >= a.findings[i].severity, "%s x %s",
                              a.findings[i].subject.id, a.findings[i].object.id);
        arena_reset(&c.arena);
    }
}
END_TEST

START_TEST(screening_all_is_at_least_each_herb_by_itself)
{
    for (int round = 0; round < CASES; round++) {
        struct typed_item items[HERBS], drugs[DRUGS];
        struct screening_case all;
        struct screening together;

        random_case(items, drugs);
        all = case_of(items, HERBS, drugs, DRUGS);
        together = run(&all);
        for (size_t h = 0; h < HERBS; h++) {
            struct screening_case one = case_of(&items[h], 1, drugs, DRUGS);
            struct screening alone = run(&one);

            for (size_t i = 0; i < alone.count; i++)
                if (strcmp(alone.findings[i].object.id, "dose_min") != 0)
                    ck_assert_msg(gravest(&together, &alone.findings[i]) >= alone.findings[i].severity,
                                  "%s x %s", alone.findings[i].subject.id, alone.findings[i].object.id);
        }
        arena_reset(&c.arena);
    }
}
END_TEST

/* How grave the rule is found for a herb and a medicine or condition; SEVERITY_NONE when it is not found. */
static enum severity severity_of_rule(const struct rule *rule, const struct typed_item *herb)
{
    const struct typed_item object = { .ref = rule->object };
    bool condition = rule->object.kind == REF_CONDITION;
    struct screening_case in = case_of(herb, 1, &object, condition ? 0 : 1);
    struct screening out;

    in.conditions = &object;
    in.condition_count = condition ? 1 : 0;
    out = run(&in);
    for (size_t i = 0; i < out.count; i++)
        if (out.findings[i].rule == rule)
            return out.findings[i].severity;
    for (size_t i = 0; i < out.count; i++) /* beside a graver one */
        for (size_t other = 0; other < out.findings[i].other_count; other++)
            if (&k->rules[out.findings[i].others[other]] == rule)
                return (enum severity)out.findings[i].other_severities[other];
    return SEVERITY_NONE;
}

START_TEST(every_threshold_turns_where_its_row_says)
{
    size_t count = 0;

    for (size_t i = 0; i < k->rule_count; i++) {
        const struct rule *rule = &k->rules[i];
        struct typed_item at, under, unknown;

        if (rule->threshold.mg == 0)
            continue;
        at = herb_item(rule->subject.at, rule->threshold.mg);
        under = herb_item(rule->subject.at, rule->threshold.mg - 1);
        unknown = (struct typed_item){ .typed = "some", .ref = rule->subject };
        ck_assert_msg(severity_of_rule(rule, &at) == rule->severity, "%s", rule->id);
        ck_assert_msg(severity_of_rule(rule, &under) == rule->below, "%s", rule->id);
        ck_assert_msg(severity_of_rule(rule, &unknown) == rule->severity, "%s", rule->id);
        count++;
    }
    ck_assert_uint_ge(count, 20);
}
END_TEST

START_TEST(every_lasting_effect_ends_where_its_row_says)
{
    size_t count = 0;

    for (size_t i = 0; i < k->rule_count; i++) {
        const struct rule *rule = &k->rules[i];
        struct typed_item herb = { .typed = "it", .ref = rule->subject, .stopped = true };

        if (rule->lasting_days == 0)
            continue;
        herb.stopped_on.days = TODAY - rule->lasting_days;
        ck_assert_msg(severity_of_rule(rule, &herb) == rule->severity, "%s", rule->id);
        herb.stopped_on.days--;
        ck_assert_msg(severity_of_rule(rule, &herb) == SEVERITY_NONE, "%s", rule->id);
        count++;
    }
    ck_assert_uint_ge(count, 20);
}
END_TEST

START_TEST(every_pair_is_found_across_prescriptions)
{
    size_t count = 0;

    for (size_t i = 0; i < k->rule_count; i++) {
        const struct rule *rule = &k->rules[i];
        struct typed_item own, other;
        struct screening_course course = { .label = "P-2", .items = &other, .item_count = 1 };
        struct screening_case in;
        struct screening out;
        bool found = false;

        if (rule->subject.kind != REF_HERB || rule->object.kind != REF_HERB)
            continue;
        own = herb_item(rule->subject.at, 3000);
        other = herb_item(rule->object.at, 3000);
        in = case_of(&own, 1, NULL, 0);
        in.courses = &course;
        in.course_count = 1;
        out = run(&in);
        for (size_t f = 0; f < out.count; f++)
            found = found || (out.findings[f].kind == FINDING_HERB_HERB && out.findings[f].course != NULL &&
                              strcmp(out.findings[f].course, "P-2") == 0);
        ck_assert_msg(found, "%s", rule->id);
        course.last_on.days = TODAY - 1;
        out = run(&in);
        for (size_t f = 0; f < out.count; f++)
            ck_assert_msg(out.findings[f].kind != FINDING_HERB_HERB, "%s after its last day", rule->id);
        count++;
        arena_reset(&c.arena);
    }
    ck_assert_uint_ge(count, 100);
}
END_TEST

START_TEST(every_limit_over_days_turns_where_its_row_says)
{
    for (size_t i = 0; i < k->limit_count; i++) {
        const struct herb_limit *limit = &k->limits[i];
        struct typed_item own = herb_item(limit->herb, limit->most.mg / limit->window_days + 1);
        struct screening_case in = case_of(&own, 1, NULL, 0);

        for (int over = 0; over < 2; over++) {
            int days = limit->most.mg > 0 ? limit->window_days : limit->most_days + over;
            struct screening out;
            bool found = false;

            if (limit->most.mg > 0)
                own.daily.mg = limit->most.mg / limit->window_days + over;
            in.last_on.days = TODAY + days - 1;
            out = run(&in);
            for (size_t f = 0; f < out.count; f++)
                found = found || out.findings[f].rule == &k->rules[limit->rule];
            ck_assert_msg(found == (over == 1), "%s", k->rules[limit->rule].id);
        }
    }
    ck_assert_uint_ge(k->limit_count, 5);
}
END_TEST

START_TEST(without_a_place_no_law_is_graver_than_somewhere)
{
    for (uint16_t herb = 0; herb < k->count[REF_HERB]; herb++) {
        struct typed_item own = herb_item(herb, 3000);
        struct screening_case in = case_of(&own, 1, NULL, 0);
        struct screening nowhere = run(&in);

        if (!k->herbs[herb].regulated)
            continue;
        for (size_t p = 0; p < k->place_count; p++) {
            struct screening there;

            in.jurisdiction = k->places[p].id;
            there = run(&in);
            for (size_t f = 0; f < there.count; f++)
                if (there.findings[f].kind == FINDING_REGULATION && there.findings[f].place != NULL)
                    ck_assert(!there.findings[f].place_unknown ||
                              there.findings[f].severity <= nowhere.worst);
        }
        arena_reset(&c.arena);
    }
}
END_TEST

SUITE(screening_laws)
{
    return suite_of(
        "screening_laws", 120, NULL, setup, teardown,
        TESTS(the_order_of_what_is_taken_does_not_matter, one_more_herb_never_hides_a_finding,
              screening_all_is_at_least_each_herb_by_itself, every_threshold_turns_where_its_row_says,
              every_lasting_effect_ends_where_its_row_says, every_pair_is_found_across_prescriptions,
              every_limit_over_days_turns_where_its_row_says,
              without_a_place_no_law_is_graver_than_somewhere));
}
