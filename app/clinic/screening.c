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
        finding->daily = present->daily;
        finding->assumed = present->item->assumed;
        finding_via(finding, present->recipe);
    }
    return finding;
}

/* Findings in the order they are shown: a number that says how grave and of what kind, then the ids. */
struct place_of {
    uint32_t order;
    const struct finding *finding;
};

static int by_id(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

/* The gravest first; settled before assumed; then by kind and id, so that an answer is always in the same order. */
static int by_gravity(const void *a, const void *b)
{
    const struct place_of *x = a, *y = b;
    int order;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    order = by_id(x->finding->subject.id, y->finding->subject.id);
    if (order == 0)
        order = by_id(x->finding->object.id, y->finding->object.id);
    return order != 0 ? order : by_id(x->finding->rule->id, y->finding->rule->id);
}

static struct finding *sorted(struct screening_run *run)
{
    struct place_of *places = arena_array(run->arena, run->finding_count + 1, sizeof *places);
    struct finding *list = arena_array(run->arena, run->finding_count + 1, sizeof *list);

    for (size_t i = 0; i < run->finding_count; i++) {
        const struct finding *one = &run->findings[i];

        places[i].finding = one;
        places[i].order = (uint32_t)(SEVERITY_CONTRAINDICATED - one->severity) << 16 |
                          (uint32_t)one->assumed << 8 | (uint32_t)one->kind;
    }
    qsort(places, run->finding_count, sizeof *places, by_gravity);
    for (size_t i = 0; i < run->finding_count; i++)
        list[i] = *places[i].finding;
    return list;
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
        out->findings = sorted(&run);
    if (out->count > 0)
        out->worst = out->findings[0].severity;
}
