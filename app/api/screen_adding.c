/* What a herb brings to a case that is there already: the findings of the case with it that the case without it does not have. */
#include <string.h>

#include "api/screen_json.h"

enum { ADDING_MOST = 100, ADDING_TEXT_MOST = 10000 };

bool screen_adding_read(struct ctx *c, const struct knowledge *k, struct json_object *in,
                        struct screen_case *with, struct screen_case *before)
{
    size_t count;
    const char **texts = json_get_texts(in, "adding", ADDING_MOST, ADDING_TEXT_MOST, &count);

    *before = *with;
    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        typed_item_add(&c->arena, k, texts[i], REF_ITEMS, &with->understood);
    return count > 0;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* The same about the same, by as much: a herb that raises a sum is news. */
static bool same(const struct finding *a, const struct finding *b)
{
    return a->kind == b->kind && a->severity == b->severity && a->rule == b->rule &&
           a->daily.mg == b->daily.mg && a->contributor_count == b->contributor_count &&
           same_text(a->subject.id, b->subject.id) && same_text(a->object.id, b->object.id);
}

void screen_keep_new(struct arena *arena, const struct screen_case *before, const struct screening *was,
                     struct screen_case *with, struct screening *answer)
{
    const struct understood *old = &before->understood;
    struct understood *u = &with->understood;
    struct finding *kept = arena_array(arena, answer->count, sizeof *kept);
    size_t n = 0;

    for (size_t i = 0; i < answer->count; i++) {
        bool there = false;

        for (size_t j = 0; j < was->count; j++)
            there = there || same(&answer->findings[i], &was->findings[j]);
        if (!there)
            kept[n++] = answer->findings[i];
    }
    *answer = (struct screening){ .findings = kept,
                                  .count = n,
                                  .worst = n == 0 ? SEVERITY_NONE : kept[0].severity };
    if (old->gap_count > 0)
        u->gaps += old->gap_count;
    if (old->question_count > 0)
        u->questions += old->question_count;
    u->gap_count -= old->gap_count;
    u->question_count -= old->question_count;
}
