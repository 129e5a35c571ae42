/* One name, with what may stand around it: form words behind, a preparation before, another ending of a formula. The whole always
   comes first. */
#include <string.h>

#include "clinic/typed_text.h"

/* Words at the end of a name that say in what form it comes. A formula's own last word (tang, wan, san) is not among them: a herb's
   name with it is another thing. */
static const struct {
    const char *word;
    enum dose_form form;
} forms[] = {
    { "tablets", DOSE_OTHER },
    { "tablet", DOSE_OTHER },
    { "tabs", DOSE_OTHER },
    { "pills", DOSE_OTHER },
    { "pill", DOSE_OTHER },
    { "teapills", DOSE_OTHER },
    { "capsules", DOSE_OTHER },
    { "capsule", DOSE_OTHER },
    { "caps", DOSE_OTHER },
    { "softgels", DOSE_OTHER },
    { "extract", DOSE_OTHER },
    { "extracts", DOSE_OTHER },
    { "tincture", DOSE_OTHER },
    { "liquid", DOSE_OTHER },
    { "injection", DOSE_OTHER },
    { "supplement", DOSE_OTHER },
    { "supplements", DOSE_OTHER },
    { "granules", DOSE_GRANULE },
    { "granule", DOSE_GRANULE },
    { "concentrate", DOSE_OTHER },
    { "powder", DOSE_RAW },
    { "tea", DOSE_RAW },
    { "slices", DOSE_RAW },
    { "slice", DOSE_RAW },
    { "root", DOSE_RAW },
    { "herb", DOSE_RAW },
    { "berry", DOSE_RAW },
    { "berries", DOSE_RAW },
    { "pieces", DOSE_RAW },
    { "ke li", DOSE_GRANULE },
    { "keli", DOSE_GRANULE },
    { "chong ji", DOSE_GRANULE },
    { "jiao nang", DOSE_OTHER },
    { "jiaonang", DOSE_OTHER },
    { "pian", DOSE_OTHER },
    { "yin pian", DOSE_RAW },
    { "饮片", DOSE_RAW },
    { "飲片", DOSE_RAW },
    { "颗粒", DOSE_GRANULE },
    { "顆粒", DOSE_GRANULE },
    { "胶囊", DOSE_OTHER },
    { "膠囊", DOSE_OTHER },
    { "片", DOSE_OTHER },
    { "粉", DOSE_RAW },
    { "茶", DOSE_RAW },
    { "提取物", DOSE_OTHER },
};

/* What stands before a name and says how it was prepared; "" for words that say nothing about it. */
static const struct {
    const char *word;
    bool raw;
} preparations[] = {
    { "zhi", false },         { "chao", false },       { "jiu", false },      { "cu", false },
    { "mi", false },          { "yan", false },        { "duan", false },     { "wei", false },
    { "jiao", false },        { "pao", false },        { "shu", false },      { "zheng", false },
    { "sheng", true },        { "raw", true },         { "fresh", true },     { "dried", false },
    { "organic", false },     { "processed", false },  { "prepared", false }, { "fried", false },
    { "honey-fried", false }, { "wine-fried", false }, { "roasted", false },  { "炙", false },
    { "炒", false },          { "酒", false },         { "醋", false },       { "蜜", false },
    { "盐", false },          { "鹽", false },         { "煅", false },       { "煨", false },
    { "焦", false },          { "炮", false },         { "制", false },       { "製", false },
    { "熟", false },          { "蒸", false },         { "净", false },       { "淨", false },
    { "生", true },           { "鲜", true },          { "鮮", true },
};

bool typed_look_up(const struct typed_line *l, const char *name, struct typed_name *out)
{
    *out = (struct typed_name){ .form = DOSE_RAW };
    names_look_up(l->k, name, l->kinds, &out->meaning);
    return out->meaning.count > 0;
}

/* "sheng ban xia" is the raw herb itself, although bare "ban xia" would mean the processed one. */
static void raw_is_canonical(const struct typed_line *l, const char *name, struct name_meaning *meaning)
{
    char key[NAME_KEY_SIZE];
    char id[NAME_KEY_SIZE];

    if (!meaning->ask)
        return;
    (void)name_key(l->k, name, strlen(name), key);
    for (size_t i = 0; i < meaning->count; i++) {
        const char *herb = ref_id(l->k, meaning->match[i].ref);

        (void)name_key(l->k, herb, strlen(herb), id);
        if (strcmp(id, key) == 0) {
            meaning->match[0] = meaning->match[i];
            meaning->count = 1;
            meaning->ask = false;
            return;
        }
    }
}

static bool look_up_prepared(const struct typed_line *l, const char *name, struct typed_name *out)
{
    for (size_t i = 0; i < sizeof preparations / sizeof *preparations; i++) {
        const char *rest = typed_without_start(l->arena, name, preparations[i].word);

        if (rest == NULL || !typed_look_up(l, rest, out) || out->meaning.match[0].ref.kind != REF_HERB)
            continue;
        out->preparation = preparations[i].word;
        if (preparations[i].raw)
            raw_is_canonical(l, rest, &out->meaning);
        return true;
    }
    return false;
}

/* Another ending's formula: the same thing under one more id, or, when it is made of other herbs, a question. */
static void add_variant(const struct typed_line *l, const struct name_meaning *variant,
                        struct name_meaning *all)
{
    for (size_t i = 0; i < variant->count && all->count < NAMES_MOST; i++) {
        bool known = false;

        for (size_t a = 0; a < all->count; a++)
            known = known || ref_same(all->match[a].ref, variant->match[i].ref);
        if (known)
            continue;
        if (all->count > 0 && !names_same_recipe(l->k, all->match[0].ref, variant->match[i].ref)) {
            all->ask = true;
            all->rule = "several formulas begin like this";
        }
        all->match[all->count++] = variant->match[i];
    }
}

/* Formulas go by several last words: Xiao Yao San, Xiao Yao Wan, Xiao Yao. Only formulas are looked for. */
static bool look_up_variant(const struct typed_line *l, const char *name, struct typed_name *out)
{
    static const char *const endings[] = { "tang", "san", "wan", "yin", "dan", "jian", "pian", "gao", "汤",
                                           "湯",   "散",  "丸",  "饮",  "飲",  "丹",   "煎",   "片",  "膏" };
    const char *stem = name;
    struct typed_line recipes = *l;
    struct typed_name all = { .form = DOSE_OTHER };

    recipes.kinds = l->kinds & (REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *cut = typed_without_end(l->arena, name, endings[i]);

        stem = cut == NULL ? stem : cut;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings && recipes.kinds != 0; i++) {
        bool wide = (unsigned char)endings[i][0] >= 0x80;
        struct typed_name other;

        if (typed_look_up(&recipes, arena_printf(l->arena, wide ? "%s%s" : "%s %s", stem, endings[i]),
                          &other))
            add_variant(l, &other.meaning, &all.meaning);
    }
    if (all.meaning.count > 0)
        *out = all;
    return all.meaning.count > 0;
}

/* "wolfberries", "cloves". */
static bool look_up_singular(const struct typed_line *l, const char *name, struct typed_name *out)
{
    size_t size = strlen(name);

    if (size < 5 || name[size - 1] != 's' || name[size - 2] == 's')
        return false;
    if (strcmp(name + size - 3, "ies") == 0)
        return typed_look_up(l, arena_printf(l->arena, "%.*sy", (int)size - 3, name), out);
    return typed_look_up(l, arena_text_n(l->arena, name, size - 1), out);
}

bool typed_resolve(const struct typed_line *l, const char *name, struct typed_name *out)
{
    enum dose_form form = DOSE_RAW;
    const char *bare = name;

    if (*name == '\0')
        return false;
    for (bool again = true; again;) {
        if (typed_look_up(l, bare, out) || look_up_prepared(l, bare, out)) {
            out->form = form;
            return true;
        }
        again = false;
        for (size_t i = 0; i < sizeof forms / sizeof *forms && !again; i++) {
            const char *cut = typed_without_end(l->arena, bare, forms[i].word);

            if (cut != NULL && *cut != '\0') {
                form = forms[i].form == DOSE_RAW ? form : forms[i].form;
                bare = cut;
                again = true;
            }
        }
    }
    return look_up_variant(l, bare, out) || look_up_singular(l, name, out);
}
