/* What people type, understood and screened: nothing typed is dropped without a word, whatever it is. */
#include <stdlib.h>
#include <string.h>

#include "api/screen_json.h"
#include "base/text.h"
#include "core/knowledge_seed.h"
#include "fuzz/fuzz.h"

const char *const fuzz_seeds[] = {
    "Dong Quai 10 g",
    "zhi gan cao 12 g",
    "Bu Yang Huan Wu Tang (huang qi 120 g)",
    "guan mu tong 6 g in Long Dan Xie Gan Tang",
    "acupuncture LI4, BL23",
    "danshen tablets 300 mg",
    "當歸 9克",
    "Coumadin 5 mg",
    "fu zi + ban xia",
    "mu tong",
    "pregnancy 8 weeks",
    NULL,
};

static const struct knowledge *book(void)
{
    static struct knowledge *knowledge;
    static struct ctx c;

    if (knowledge == NULL) {
        ctx_init(&c);
        if (knowledge_from_seed(&c, &knowledge) != ST_OK)
            abort();
    }
    return knowledge;
}

/* Whether there is a letter or digit to speak of. */
static bool says_something(const char *text)
{
    for (; *text != '\0'; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            return true;
    return false;
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    const struct knowledge *k = book();
    struct screen_case in = { .medicines_asked = true };
    struct understood *u = &in.understood;
    struct screening answer;

    if (!utf8_valid(data, size) || memchr(data, '\0', size) != NULL)
        return;
    typed_item_add(&c->arena, k, data, REF_ITEMS, u);
    if (says_something(data) && u->item_count + u->drug_count + u->question_count + u->gap_count == 0)
        abort();
    typed_drug_add(&c->arena, k, data, NULL, u);
    typed_condition_add(&c->arena, k, data, u);
    screen_case_run(&c->arena, k, &in, &answer);
    for (size_t i = 1; i < answer.count; i++)
        if (answer.findings[i].severity > answer.findings[i - 1].severity)
            abort();
}
