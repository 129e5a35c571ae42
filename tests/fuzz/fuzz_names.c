/* Lines as people type them, herbs, medicines and conditions: nothing is dropped, nothing invented, and the look-ups hold
   their limits. */
#include <stdlib.h>
#include <string.h>

#include "clinic/typed.h"
#include "core/knowledge_seed.h"
#include "fuzz/fuzz.h"

const char *const fuzz_seeds[] = {
    "Dong Quai 10 g",
    "zhi fu zi 9 g, fa ban xia 9 g",
    "Bu Yang Huan Wu Tang (huang qi 120 g)",
    "guan mu tong 6 g in Long Dan Xie Gan Tang",
    "acupuncture LI4, BL23",
    "Shen Tong Zhu Yu Tang + hong shen 6 g",
    "当归10克、黄芪 15克",
    "ＤＡＮＧ　ＧＵＩ ９ｇ",
    "aspirin 81 mg daily; Coumadin (warfarin) 5mg/day",
    "pregnant 12 weeks",
    "K74.6",
    "mu gua 9 g (Chaenomelis)",
    "da ji 3-6 g twice daily",
    "Sho-saiko-to teapills",
    "rxcui:1191",
    NULL,
};

static const struct knowledge *rule_book(void)
{
    static struct ctx c;
    static struct knowledge *k;

    if (k == NULL) {
        ctx_init(&c);
        if (knowledge_from_seed(&c, &k) != ST_OK)
            abort();
    }
    return k;
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
    const struct knowledge *k = rule_book();
    struct understood out = { 0 };
    struct name_match match[NAMES_MOST];
    char key[NAME_KEY_SIZE];
    char again[NAME_KEY_SIZE];
    size_t first;

    if (strlen(data) != size || !utf8_valid(data, size))
        return;
    typed_item_add(&c->arena, k, data, REF_ITEMS, &out);
    if (out.item_count + out.drug_count + out.gap_count == 0 && strpbrk(data, ",;\n") == NULL)
        abort(); /* typed, but neither understood nor reported */
    typed_drug_add(&c->arena, k, data, NULL, &out);
    typed_condition_add(&c->arena, k, data, &out);
    check_items(k, out.items, out.item_count);
    check_items(k, out.drugs, out.drug_count);
    check_items(k, out.conditions, out.condition_count);
    if (names_suggest(k, data, REF_ALL, match, NAMES_MOST) > NAMES_MOST ||
        names_nearest(k, data, REF_ALL, match, NAMES_MOST) > NAMES_MOST)
        abort();
    first = name_key(k, data, size, key);
    if (first >= NAME_KEY_SIZE || name_key(k, key, first, again) != first || strcmp(key, again) != 0)
        abort(); /* the comparison form of a comparison form is itself */
}
