/* A case expanded to its herbs and looked up in the matrices: pairs of herb, formula or procedure with medicine, condition or
   herb. What holds for a herb by itself is in screening_herbs.c, what is seen over the whole in screening_whole.c. */
#include "clinic/screening.h"

#include <stdlib.h>
#include <string.h>

#include "clinic/screening_run.h"

enum { FINDINGS_FIRST = 32 }; /* room for most cases without growing */

#define FINDING_KIND_WORD(name, word) word,
static const char *const kind_words[FINDING_KIND_COUNT] = { FINDING_KIND_LIST(FINDING_KIND_WORD) };
#undef FINDING_KIND_WORD

const char *finding_kind_word(enum finding_kind kind)
{
    return kind_words[kind];
}

bool finding_interrupts(const struct finding *finding)
{
    return finding->severity >= SEVERITY_MAJOR;
}

void finding_via(struct finding *finding, const char *id)
{
    if (id == NULL || finding->via_count == VIA_MOST)
        return;
    for (uint8_t i = 0; i < finding->via_count; i++)
        if (finding->via[i] == id) /* ids are the snapshot's: the same id is the same pointer */
            return;
    finding->via[finding->via_count++] = id;
}

struct finding *finding_new(struct screening_run *run, enum finding_kind kind, const struct rule *rule,
                            enum severity severity)
{
    struct finding *finding;

    run->findings = arena_grow(run->arena, run->findings, run->finding_count, &run->finding_capacity,
                               sizeof *run->findings);
    finding = &run->findings[run->finding_count++];
    *finding = (struct finding){ .kind = kind, .severity = severity, .rule = rule };
    return finding;
}

struct finding *finding_general(struct screening_run *run, enum finding_kind kind, enum general_rule which,
                                const struct present *present)
{
    const struct rule *rule = knowledge_general(run->k, which);
    struct finding *finding;

    if (rule == NULL)
        return NULL;
    finding = finding_new(run, kind, rule, rule->severity);
    finding->object = (struct finding_side){ rule->object_word, rule->object_word, NULL };
    if (present != NULL) {
        const struct herb *herb = &run->k->herbs[present->herb];

        finding->subject = (struct finding_side){ herb->id, herb->name, present->item->typed };
        finding->subject_rank = ref_rank(run->k, (struct ref){ REF_HERB, present->herb });
        finding->daily = present->daily;
        finding->assumed = present->item->assumed;
        finding_via(finding, present->recipe);
    }
    return finding;
}

/* Where a finding stands among the others: how grave, settled before assumed, of what kind, about what. One number, so that sorting
   compares no text; the rule's id settles what is still the same. */
struct place_of {
    uint64_t order;
    const char *rule;
    size_t at;
};

static uint64_t order_of(const struct finding *one)
{
    return (uint64_t)(SEVERITY_CONTRAINDICATED - one->severity) << 60 | (uint64_t)one->assumed << 59 |
           (uint64_t)one->kind << 54 | (uint64_t)(one->subject_rank & 0x3FFFFFF) << 28 |
           (one->object_rank & 0xFFFFFFF);
}

static int by_place(const void *a, const void *b)
{
    const struct place_of *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

/* Moves each finding to its place, along the rings a permutation is made of. */
static void put_in_place(struct screening_run *run, const struct place_of *places)
{
    bool *done = arena_array(run->arena, run->finding_count, sizeof *done);

    for (size_t start = 0; start < run->finding_count; start++) {
        struct finding first;
        size_t to = start;

        if (done[start] || places[start].at == start)
            continue;
        first = run->findings[start];
        while (!done[to]) {
            size_t from = places[to].at;

            done[to] = true;
            run->findings[to] = from == start ? first : run->findings[from];
            to = from;
        }
    }
}

/* By insertion, as a case has some twenty findings; many are left to the library. */
static void sort_findings(struct screening_run *run)
{
    enum { FEW = 64 };
    size_t count = run->finding_count;
    struct place_of *places = arena_array(run->arena, count, sizeof *places);

    for (size_t i = 0; i < count; i++) {
        struct place_of one = { order_of(&run->findings[i]), run->findings[i].rule->id, i };
        size_t at = i;

        for (; count <= FEW && at > 0 && by_place(&one, &places[at - 1]) < 0; at--)
            places[at] = places[at - 1];
        places[at] = one;
    }
    if (count > FEW)
        qsort(places, count, sizeof *places, by_place);
    put_in_place(run, places);
}

void screening_run(struct arena *arena, const struct knowledge *knowledge, const struct screening_case *in,
                   struct screening *out)
{
    struct screening_run run = { .arena = arena, .k = knowledge, .in = in };

    run.findings = arena_array(arena, FINDINGS_FIRST, sizeof *run.findings);
    run.finding_capacity = FINDINGS_FIRST;
    screen_calendar(&run);
    screen_expand(&run);
    screen_herb_pairs(&run);
    screen_herb_herb(&run);
    screen_items(&run);
    screen_liniments(&run);
    screen_herbs(&run);
    screen_courses(&run);
    screen_whole(&run);
    *out = (struct screening){ .findings = run.findings, .count = run.finding_count };
    if (run.finding_count > 1)
        sort_findings(&run);
    if (out->count > 0)
        out->worst = out->findings[0].severity;
}
