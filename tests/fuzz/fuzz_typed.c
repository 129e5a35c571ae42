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
    "zhi fu zi 9 g, fa ban xia 9 g",
    "Shen Tong Zhu Yu Tang + hong shen 6 g",
    "当归10克、黄芪 15克",
    "ＤＡＮＧ　ＧＵＩ ９ｇ",
    "aspirin 81 mg daily; Coumadin (warfarin) 5mg/day",
    "mu gua 9 g (Chaenomelis)",
    "da ji 3-6 g twice daily",
    "rxcui:1191",
    "K74.6",
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

static void check_items(const struct knowledge *k, const struct typed_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].ref.kind == REF_NONE || items[i].ref.at >= k->count[items[i].ref.kind] ||
            items[i].daily.mg < 0 || items[i].daily.mg > WEIGHT_LIMIT_MG || items[i].typed == NULL)
            abort();
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
    if (u->item_count + u->drug_count + u->condition_count + u->gap_count == 0)
        abort(); /* typed, but neither understood nor reported */
    check_items(k, u->items, u->item_count);
    typed_drug_add(&c->arena, k, data, NULL, u);
    typed_condition_add(&c->arena, k, data, u);
    check_items(k, u->items, u->item_count);
    check_items(k, u->drugs, u->drug_count);
    check_items(k, u->conditions, u->condition_count);
    screen_case_run(&c->arena, k, &in, &answer);
    for (size_t i = 1; i < answer.count; i++)
        if (answer.findings[i].severity > answer.findings[i - 1].severity)
            abort();
}
