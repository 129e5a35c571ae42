/* Name resolution: whatever is typed, the look-ups hold their limits, an exact name is the first suggestion, and nothing is
   offered twice. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "core/knowledge_seed.h"
#include "fuzz/fuzz.h"

const char *const fuzz_seeds[] = {
    "Dong Quai",    "zhi fu zi", "dang1 gui1",        "Angelica sinensis (Oliv.) Diels",
    "当归",         "單參",      "Sho-saiko-to",      "Radix Salviae Miltiorrhizae",
    "rxcui:1191",   "B01AA03",   "麻黄附子细辛汤",    "ＤＡＮＧ　ＧＵＩ",
    "warfrain",     "da ji",     "hsiao yao san",     "tang\xC2\xB9-kuei\xC2\xB9",
    "ワーファリン", "당귀",      "shne di haung wan", "Xue Fu Zhu Yu Tang",
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

static void check_matches(const struct knowledge *k, const struct name_match *match, size_t count)
{
    if (count > NAMES_MOST)
        abort();
    for (size_t i = 0; i < count; i++) {
        if (match[i].ref.kind == REF_NONE || match[i].ref.kind >= REF_KIND_COUNT ||
            match[i].ref.at >= k->count[match[i].ref.kind] || match[i].name == NULL)
            abort();
        for (size_t before = 0; before < i; before++)
            if (ref_same(match[before].ref, match[i].ref))
                abort();
    }
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    static const unsigned kinds[] = { REF_ALL, REF_ITEMS, REF_DRUGS, REF_CONDITIONS };
    const struct knowledge *k = rule_book();
    struct name_meaning meaning;
    struct name_match match[NAMES_MOST];
    char key[NAME_KEY_SIZE];
    char again[NAME_KEY_SIZE];
    size_t first;

    (void)c;
    if (strlen(data) != size || !utf8_valid(data, size))
        return;
    first = name_key(k, data, size, key);
    if (first >= NAME_KEY_SIZE || name_key(k, key, first, again) != first || strcmp(key, again) != 0)
        abort(); /* the comparison form of a comparison form is itself */
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        names_look_up(k, data, kinds[i], &meaning);
        check_matches(k, meaning.match, meaning.count);
        if (meaning.count == 0 && meaning.ask)
            abort();
    }
    check_matches(k, match, names_suggest(k, data, REF_ALL, match, NAMES_MOST));
    check_matches(k, match, names_nearest(k, data, REF_ALL, match, NAMES_MOST));
}
