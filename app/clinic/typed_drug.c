/* Medicines and conditions as typed: brands of a country, combination packs, codes, strengths and salts, "pregnant 12 weeks",
   "K74.6". */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "clinic/names_index.h"
#include "clinic/typed_text.h"

/* What may follow a medicine's name without changing what it is. */
static const char *const drug_endings[] = {
    "tablets",    "tablet",     "tabs",       "tab",       "capsules",  "capsule",
    "caps",       "injection",  "injections", "pen",       "patch",     "patches",
    "cream",      "gel",        "ointment",   "inhaler",   "spray",     "drops",
    "oral",       "suspension", "sodium",     "potassium", "calcium",   "hydrochloride",
    "hcl",        "tartrate",   "succinate",  "besylate",  "maleate",   "mesylate",
    "phosphate",  "sulfate",    "sulphate",   "bisulfate", "etexilate", "acetate",
    "citrate",    "fumarate",   "bromide",    "magnesium", "xr",        "er",
    "sr",         "xl",         "cr",         "mr",        "ec",        "la",
    "dr",         "retard",     "daily",      "bd",        "od",        "bid",
    "tid",        "prn",        "nocte",      "mane",      "weekly",    "therapy",
    "usp",        "bp",         "qd",         "qhs",       "qam",       "tds",
    "medication", "medicine",   "treatment",
};
static const char *const drug_beginnings[] = { "generic",
                                               "low dose",
                                               "low-dose",
                                               "high dose",
                                               "atc",
                                               "taking",
                                               "on",
                                               "iv",
                                               "oral",
                                               "topical",
                                               "takes",
                                               "take",
                                               "uses",
                                               "using",
                                               "rx",
                                               "prescribed",
                                               "now on",
                                               "currently on",
                                               "currently taking",
                                               "chewable",
                                               "enteric coated" };

static bool take_mix(struct arena *arena, const struct knowledge *k, const char *typed, const char *key,
                     const char *country, struct understood *out)
{
    const struct name_mix *found = NULL;
    struct name_meaning meaning = { .count = 0 };
    bool several = false;

    if (!name_maybe_present(k->names, key))
        return false;
    for (size_t i = 0; i < k->names->mix_count; i++) {
        const struct name_mix *mix = &k->names->mixes[i];

        if (strcmp(mix->key, key) != 0)
            continue;
        if (found != NULL && country != NULL && text_same(found->country, country))
            continue;
        several = found != NULL && (country == NULL || !text_same(mix->country, country));
        found = mix;
        for (uint16_t d = 0; d < mix->count && meaning.count < NAMES_MOST; d++)
            meaning.match[meaning.count++] = (struct name_match){
                { REF_DRUG, mix->drugs[d] }, NAME_SYNONYM, FIT_EXACT, k->drugs[mix->drugs[d]].name
            };
    }
    if (found == NULL)
        return false;
    if (several) {
        meaning.ask = true;
        meaning.rule = "the brand holds different medicines in different countries";
        (void)typed_take(arena, typed, &meaning, out);
        return true;
    }
    for (uint16_t d = 0; d < found->count; d++) { /* each medicine of the pack */
        struct name_meaning one = {
            .count = 1, .match = { { { REF_DRUG, found->drugs[d] }, NAME_SYNONYM, FIT_EXACT, "" } }
        };

        (void)typed_take(arena, typed, &one, out);
    }
    return true;
}

static bool take_exact(struct arena *arena, const struct knowledge *k, const char *typed, const char *name,
                       const char *country, struct understood *out)
{
    char key[NAME_KEY_SIZE];
    struct name_meaning meaning;

    (void)name_key(k, name, strlen(name), key);
    if (take_mix(arena, k, typed, key, country, out))
        return true;
    if (strncmp(key, "rxnorm", 6) == 0)
        name = arena_printf(arena, "rxcui%s", strncmp(key + 6, "rxcui", 5) == 0 ? key + 11 : key + 6);
    else if (strncmp(key, "atc", 3) == 0 && strlen(key) == 10) /* "ATC:B01AA03" */
        name = arena_text(arena, key + 3);
    names_look_up(k, name, REF_DRUGS, &meaning);
    if (meaning.count == 0)
        return false;
    (void)typed_take(arena, typed, &meaning, out);
    return true;
}

/* The name without a strength ("5 mg", "100 units", "0.4%") and everything after it. */
static const char *before_strength(struct arena *arena, const char *name)
{
    for (const char *at = name; *at != '\0'; at++)
        if (isdigit((unsigned char)*at) && at > name && at[-1] == ' ')
            return text_trim(arena, arena_text_n(arena, name, (size_t)(at - name)));
    for (const char *at = name; *at != '\0'; at++) /* "aspirin81mg" */
        if (isdigit((unsigned char)*at) && at > name + 4) {
            const char *unit = at + strspn(at, "0123456789.");

            if (strncasecmp(unit, "mg", 2) == 0 || strncasecmp(unit, "mcg", 3) == 0)
                return text_trim(arena, arena_text_n(arena, name, (size_t)(at - name)));
        }
    return name;
}

static const char *without_filler(struct arena *arena, const char *name)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof drug_endings / sizeof *drug_endings && !again; i++) {
            const char *cut = typed_without_end(arena, name, drug_endings[i]);

            again = cut != NULL && *cut != '\0';
            name = again ? cut : name;
        }
        for (size_t i = 0; i < sizeof drug_beginnings / sizeof *drug_beginnings && !again; i++) {
            const char *cut = typed_without_start(arena, name, drug_beginnings[i]);

            again = cut != NULL && *cut != '\0';
            name = again ? cut : name;
        }
    }
    return name;
}

bool typed_take_drug(struct arena *arena, const struct knowledge *k, const char *typed, const char *name,
                     const char *country, struct understood *out)
{
    const char *bare;
    const char *without;
    const char *inside;

    if (strlen(name) >= NAME_KEY_SIZE)
        return false;
    if (take_exact(arena, k, typed, name, country, out))
        return true;
    bare = without_filler(arena, before_strength(arena, name));
    if (take_exact(arena, k, typed, bare, country, out))
        return true;
    if (!typed_take_note(arena, bare, &without, &inside))
        return false;
    without = without_filler(arena, before_strength(arena, without));
    return take_exact(arena, k, typed, without, country, out) ||
           take_exact(arena, k, typed, inside, country, out);
}

/* "CKD" in "CKD stage 3": short, but written as one writes an abbreviation. */
static bool is_abbreviation(const char *text)
{
    return strlen(text) == strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strlen(text) >= 3;
}

/* The longest run of words that is a name on file; the rest is then reported. NULL when there is none. */
const char *typed_longest_known(struct arena *arena, const struct knowledge *k, const char *text,
                                unsigned kinds)
{
    size_t count;
    char **words = text_split(arena, text, ' ', &count);
    struct name_meaning meaning;

    for (size_t size = count > 8 ? 8 : count; size > 0; size--)
        for (size_t from = 0; from + size <= count; from++) {
            struct text run;

            text_init(&run, arena);
            for (size_t i = from; i < from + size; i++)
                text_addf(&run, "%s%s", i == from ? "" : " ", words[i]);
            if (run.size < 4 && !is_abbreviation(run.data))
                continue;
            names_look_up(k, run.data, kinds, &meaning);
            if (meaning.count > 0)
                return run.data;
        }
    return NULL;
}

bool typed_says_none(const char *text)
{
    static const char *const words[] = { "none",
                                         "no medicines",
                                         "no medication",
                                         "no medications",
                                         "nil",
                                         "no drugs",
                                         "nothing",
                                         "n/a",
                                         "na",
                                         "no",
                                         "no medicine",
                                         "no meds",
                                         "no known medicines",
                                         "no prescription medicines",
                                         "not taking any",
                                         "not taking anything",
                                         "not taking any medicines",
                                         "not taking any medications",
                                         "none known",
                                         "none reported",
                                         "nil known",
                                         "nil reported",
                                         "no conditions",
                                         "no known conditions",
                                         "no medical conditions",
                                         "no known medical conditions",
                                         "healthy",
                                         "-",
                                         "无",
                                         "無",
                                         "没有",
                                         "沒有" };

    size_t size = strlen(text);

    while (size > 1 && strchr(".!", text[size - 1]) != NULL)
        size--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == size && strncasecmp(text, words[i], size) == 0)
            return true;
    return false;
}

static bool is_herb(const struct knowledge *k, struct arena *arena, const char *part, struct understood *out)
{
    struct understood trial = { 0 };

    typed_item_add(arena, k, part, REF_ITEMS, &trial);
    if (trial.item_count == 0)
        return false;
    typed_item_add(arena, k, part, REF_ITEMS, out);
    return true;
}

/* "aspirin 81 mg clopidogrel 75 mg": what stands after the first strength may name another medicine. */
static void read_after_strength(struct arena *arena, const struct knowledge *k, const char *typed,
                                const char *country, struct understood *out)
{
    const char *rest = typed + strlen(before_strength(arena, typed));
    const char *known = *rest == '\0' ? NULL : typed_longest_known(arena, k, rest, REF_DRUGS);

    if (known != NULL)
        (void)take_exact(arena, k, typed, known, country, out);
}

static void read_drug(struct arena *arena, const struct knowledge *k, const char *part, const char *country,
                      struct understood *out)
{
    const char *typed = arena_text(arena, part);
    struct name_meaning condition;
    const char *known;

    if (typed_says_none(part))
        return;
    if (strlen(part) >= NAME_KEY_SIZE) {
        typed_gap(arena, k, typed_beginning(arena, part), NULL, 0, "a name is at most 255 bytes long", out);
        return;
    }
    if (typed_take_drug(arena, k, typed, part, country, out)) {
        read_after_strength(arena, k, typed, country, out);
        return;
    }
    if (is_herb(k, arena, part, out))
        return;
    names_look_up(k, part, REF_CONDITIONS, &condition);
    if (condition.count > 0) {
        (void)typed_take(arena, typed, &condition, out);
        return;
    }
    known = typed_longest_known(arena, k, part, REF_DRUGS);
    if (known != NULL && take_exact(arena, k, typed, known, country, out)) {
        typed_gap(arena, k, typed, NULL, 0,
                  arena_printf(arena, "of this only '%s' was understood, and that was checked", known), out);
        return;
    }
    typed_gap(arena, k, typed, without_filler(arena, before_strength(arena, part)), REF_DRUGS,
              strncasecmp(part, "rx", 2) == 0 && strpbrk(part, "0123456789") != NULL
                  ? "the RxNorm code is not on file, or was never verified: give the medicine's name"
                  : "the medicine is not on file, so nothing was checked against it",
              out);
}

void typed_drug_add(struct arena *arena, const struct knowledge *k, const char *text, const char *country,
                    struct understood *out)
{
    const char *plain = typed_plain(arena, text);
    size_t items = out->item_count, drugs = out->drug_count;
    const char *without;
    size_t count;
    char **parts;
    int days;

    if (typed_take_stopped(arena, plain, &without, &days)) {
        typed_drug_add(arena, k, without, country, out);
        typed_mark_stopped(out->items, items, out->item_count, days);
        typed_mark_stopped(out->drugs, drugs, out->drug_count, days);
        return;
    }
    if (strlen(plain) < NAME_KEY_SIZE &&
        take_exact(arena, k, plain, plain, country, out)) /* may hold a comma */
        return;
    parts = typed_parts(arena, plain, &count);
    if (count == 0)
        typed_gap(arena, k, arena_text(arena, text), NULL, 0, "a medicine must not be empty", out);
    parts = typed_joined(arena, k, parts, REF_DRUGS, &count);
    for (size_t i = 0; i < count; i++) {
        size_t halves;
        char **half = text_split(arena, parts[i], '/', &halves);

        for (size_t h = 0; h < halves && halves > 1 && !isdigit((unsigned char)*half[halves - 1]); h++)
            read_drug(arena, k, half[h], country, out);
        if (halves < 2 || isdigit((unsigned char)*half[halves - 1]))
            read_drug(arena, k, parts[i], country, out);
    }
}
