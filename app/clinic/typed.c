/* Items as typed: a name in any spelling, with a dose, a form, a preparation, a note, a formula it is taken in. The whole
   name always comes first; parts are only taken off when the whole means nothing. */
#include "clinic/typed.h"

#include <ctype.h>
#include <string.h>

#include "clinic/typed_text.h"

/* Puts what was named into the case, with its dose. */
static void take(const struct typed_line *l, const struct typed_name *named, const struct typed_dose *dose)
{
    size_t added = typed_take(l->arena, l->typed, &named->meaning, l->out);

    for (size_t i = l->out->item_count - added; i < l->out->item_count; i++) {
        struct typed_item *item = &l->out->items[i];

        item->preparation = named->preparation;
        if (named->form != DOSE_RAW &&
            item->ref.kind != REF_HERB) /* a pill's herbs are not the decoction's grams */
            item->form = DOSE_OTHER;
        if (dose == NULL || dose->daily.mg == 0)
            continue;
        item->daily = dose->daily;
        item->written = dose->written;
        item->remark = dose->remark;
        item->form = dose->small_unit && named->form == DOSE_RAW ? DOSE_OTHER : named->form;
        if (item->ref.kind != REF_HERB)
            item->form = DOSE_OTHER;
    }
    if (dose != NULL && dose->wrong != NULL)
        typed_gap(l->arena, l->k, l->typed, NULL, 0,
                  arena_printf(l->arena, "the weight '%s' was not used: %s", dose->written, dose->wrong),
                  l->out);
}

/* A herb with a weight, as it stands in a note or before "in": NULL when it is not one. */
static const struct typed_part *herb_part(const struct typed_line *l, const char *text)
{
    struct typed_line herbs = *l;
    struct typed_dose dose = { .before = text };
    struct typed_name named;
    struct typed_part *part;

    herbs.kinds = REF_BIT(REF_HERB);
    (void)typed_find_dose(l->arena, text, l->out->liang, &dose);
    if (!typed_resolve(&herbs, *dose.before == '\0' ? dose.after : dose.before, &named))
        return NULL;
    part = arena_alloc(l->arena, sizeof *part);
    *part = (struct typed_part){ .herb = named.meaning.match[0].ref.at, .daily = dose.daily };
    if (named.meaning.ask)
        typed_question(l->arena, l->typed, &named.meaning, l->out);
    return part;
}

static void take_with_parts(const struct typed_line *l, const struct typed_name *named,
                            const struct typed_part *parts, size_t count)
{
    size_t added = typed_take(l->arena, l->typed, &named->meaning, l->out);

    for (size_t i = l->out->item_count - added; i < l->out->item_count; i++) {
        l->out->items[i].parts = parts;
        l->out->items[i].part_count = count;
    }
}

static bool is_recipe(const struct typed_name *named)
{
    enum ref_kind kind = (enum ref_kind)named->meaning.match[0].ref.kind;

    return kind == REF_FORMULA || kind == REF_PRODUCT;
}

/* "Bu Yang Huan Wu Tang (huang qi 120 g)": the note changes herbs of the formula. */
static bool note_changes_formula(const struct typed_line *l, const struct typed_name *named,
                                 const char *inside)
{
    size_t count;
    char **texts = typed_parts(l->arena, inside, &count);
    struct typed_part *parts = arena_array(l->arena, count + 1, sizeof *parts);

    if (!is_recipe(named))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct typed_part *part = herb_part(l, texts[i]);

        if (part == NULL)
            return false;
        parts[i] = *part;
    }
    take_with_parts(l, named, parts, count);
    return count > 0;
}

/* A note may settle which of several is meant: "da ji (Cirsium)". Its key must begin a formal name of one candidate only. */
static void note_settles(const struct typed_line *l, const char *inside, struct name_meaning *meaning)
{
    struct name_match match[NAMES_MOST];
    size_t count = names_suggest(l->k, inside, REF_BIT(REF_HERB), match, NAMES_MOST);
    size_t chosen = NAMES_MOST;

    for (size_t i = 0; i < meaning->count; i++)
        for (size_t m = 0; m < count; m++)
            if (ref_same(meaning->match[i].ref, match[m].ref)) {
                if (chosen != NAMES_MOST && chosen != i)
                    return;
                chosen = i;
            }
    if (chosen == NAMES_MOST)
        return;
    meaning->match[0] = meaning->match[chosen];
    meaning->count = 1;
    meaning->ask = false;
}

/* "(no dang gui)" */
static bool note_takes_out(const char *inside)
{
    static const char *const words[] = { "no", "without", "minus", "less", "omit", "remove", "removed" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (typed_start_is(inside, words[i]))
            return true;
    return false;
}

static void read_piece(struct typed_line *l, const char *text);

/* A name with a note in parentheses: a dose, herbs of a formula, another name of the same, or just a remark. */
static bool read_noted(struct typed_line *l, const char *text)
{
    const char *without;
    const char *inside;
    struct typed_dose dose;
    struct typed_name named;
    bool dosed;

    if (!typed_take_note(l->arena, text, &without, &inside))
        return false;
    if (typed_find_dose(l->arena, inside, l->out->liang, &dose) && *dose.before == '\0' &&
        *dose.after == '\0') {
        read_piece(l, arena_printf(l->arena, "%s %s", without, inside));
        return true;
    }
    dosed = typed_find_dose(l->arena, without, l->out->liang, &dose);
    if (!typed_resolve(l, dosed ? (*dose.before == '\0' ? dose.after : dose.before) : without, &named)) {
        if (typed_resolve(l, inside, &named) && !named.meaning.ask)
            take(l, &named, dosed ? &dose : NULL);
        else
            read_piece(l, without);
        return true;
    }
    if (named.meaning.ask)
        note_settles(l, inside, &named.meaning);
    if (!note_changes_formula(l, &named, inside))
        take(l, &named, dosed ? &dose : NULL);
    if (is_recipe(&named) && note_takes_out(inside))
        typed_gap(l->arena, l->k, l->typed, NULL, 0, "the note was not read: the whole formula was screened",
                  l->out);
    return true;
}

/* "guan mu tong 6 g in Long Dan Xie Gan Tang" */
static bool read_in_formula(struct typed_line *l, const char *text)
{
    const char *at = typed_find_word(text, "in");
    struct typed_line recipes = *l;
    struct typed_name formula;
    const struct typed_part *part;

    recipes.kinds = REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT);
    if (at == NULL || !typed_resolve(&recipes, text_trim(l->arena, at + 4), &formula))
        return false;
    part = herb_part(l, arena_text_n(l->arena, text, (size_t)(at - text)));
    if (part == NULL)
        return false;
    take_with_parts(l, &formula, part, 1);
    return true;
}

/* Points of the body after a procedure: LI4, BL 23, GV-20, Zusanli is left to be unknown. */
static bool is_point(const char *text)
{
    static const char *const channels[] = { "LI", "LU", "ST", "SP", "HT", "SI",  "BL", "UB",
                                            "KI", "KD", "PC", "TE", "TB", "SJ",  "GB", "LR",
                                            "LV", "GV", "DU", "CV", "RN", "REN", "EX", "MHN" };

    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
        size_t size = strlen(channels[i]);
        const char *at = text + size;

        if (strncasecmp(text, channels[i], size) != 0)
            continue;
        while (*at == ' ' || *at == '-')
            at++;
        if (isdigit((unsigned char)*at) && strspn(at, "0123456789") <= 2 &&
            at[strspn(at, "0123456789")] == '\0')
            return true;
    }
    return false;
}

/* A procedure with what follows it: points, places of the body, how often. Only the first words name it. */
static bool read_procedure(struct typed_line *l, const char *text)
{
    struct typed_line procedures = *l;
    const char *end = text + strlen(text);

    procedures.kinds = l->kinds & REF_BIT(REF_PROCEDURE);
    for (; procedures.kinds != 0 && end > text; end--) {
        struct typed_name named;
        bool boundary = *end == ' ' || *end == '\0';

        if (boundary &&
            typed_look_up(&procedures, arena_text_n(l->arena, text, (size_t)(end - text)), &named)) {
            take(l, &named, NULL);
            return true;
        }
    }
    return false;
}

static bool words_resolve(struct typed_line *l, char **words, size_t count)
{
    struct typed_name named;

    for (size_t i = 0; i < count; i++) {
        struct typed_dose dose = { .before = words[i] };

        (void)typed_find_dose(l->arena, words[i], l->out->liang, &dose);
        if (!typed_resolve(l, dose.before, &named))
            return false;
    }
    return count > 1;
}

/* "ma huang and gui zhi"; "当归 黄芪 甘草": taken apart only when every part is known. */
static bool read_several(struct typed_line *l, const char *text)
{
    static const char *const joins[] = { "and", "plus", "with", "和", "加", "与" };
    char *halves[2];
    char **words;
    size_t count;

    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        const char *at = typed_find_word(text, joins[i]);

        if (at == NULL)
            continue;
        halves[0] = text_trim(l->arena, arena_text_n(l->arena, text, (size_t)(at - text)));
        halves[1] = text_trim(l->arena, at + strlen(joins[i]) + 2);
        if (words_resolve(l, halves, 2)) {
            read_piece(l, halves[0]);
            read_piece(l, halves[1]);
            return true;
        }
    }
    words = text_split(l->arena, text, '/', &count); /* "dan shen/hong hua" */
    if (words_resolve(l, words, count)) {
        for (size_t i = 0; i < count; i++)
            read_piece(l, words[i]);
        return true;
    }
    words = text_split(l->arena, text, ' ', &count);
    if ((unsigned char)*text < 0x80 || !words_resolve(l, words, count))
        return false;
    for (size_t i = 0; i < count; i++)
        read_piece(l, words[i]);
    return true;
}

/* "dang gui 9", "dang gui 6-9": a bare number at the end is grams, as everywhere in the system. */
static bool read_bare_number(struct typed_line *l, const char *text)
{
    const char *number = typed_bare_number(text);
    struct typed_name named;

    if (number == NULL ||
        !typed_resolve(l, arena_text_n(l->arena, text, (size_t)(number - text - 1)), &named))
        return false;
    read_piece(l, arena_printf(l->arena, "%s g", text));
    return true;
}

/* "dang gui 10 g 12 g": two weights of one name contradict each other unless they are the same in two units. The heavier one is
   screened, and that is said. */
static void second_weight(const struct typed_line *l, const char **after, struct typed_dose *dose)
{
    struct typed_dose second;

    if (!typed_find_dose(l->arena, *after, l->out->liang, &second) || *second.before != '\0')
        return;
    *after = second.after;
    if (second.wrong != NULL || dose->wrong != NULL || second.daily.mg == dose->daily.mg)
        return;
    typed_gap(l->arena, l->k, l->typed, NULL, 0,
              arena_printf(l->arena, "two weights, %s and %s: the heavier was screened", dose->written,
                           second.written),
              l->out);
    if (second.daily.mg > dose->daily.mg) {
        dose->daily = second.daily;
        dose->written = second.written;
        dose->remark = second.remark;
    }
}

/* A name, its weight, and what follows the weight: nothing, a remark, or the next name of a list without commas. */
static bool read_dosed(struct typed_line *l, const char *text)
{
    struct typed_dose dose;
    struct typed_name named;
    const char *after;
    bool first;

    if (!typed_find_dose(l->arena, text, l->out->liang, &dose))
        return false;
    first = *dose.before == '\0';
    if (!typed_resolve(l, first ? dose.after : dose.before, &named)) {
        const char *of = first ? typed_without_start(l->arena, dose.after, "of") : NULL;

        if (of == NULL || !typed_resolve(l, of, &named))
            return false;
    }
    after = dose.after;
    if (!first)
        second_weight(l, &after, &dose);
    take(l, &named, &dose);
    if (!first && strlen(after) > 2) {
        struct typed_dose next;
        struct typed_name rest;

        if (typed_resolve(l, after, &rest) || typed_find_dose(l->arena, after, l->out->liang, &next))
            read_piece(l, after);
    }
    return true;
}

/* "minus dang gui", "modified": the formula is screened whole, and it is said that the change was not read. */
static bool read_changed(struct typed_line *l, const char *text)
{
    static const char *const words[] = { "minus", "without", "less", "omit", "no", "减", "去" };
    static const char *const ends[] = { "modified", "variation", "jia jian", "jiajian", "加减", "加減" };
    struct typed_name named;
    const char *base = typed_without_start(l->arena, text, "modified");

    for (size_t i = 0; i < sizeof words / sizeof *words && base == NULL; i++) {
        const char *at = typed_find_word(text, words[i]);

        base = at == NULL ? NULL : text_trim(l->arena, arena_text_n(l->arena, text, (size_t)(at - text)));
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends && base == NULL; i++)
        base = typed_without_end(l->arena, text, ends[i]);
    if (base == NULL || !typed_resolve(l, base, &named) || !is_recipe(&named))
        return false;
    take(l, &named, NULL);
    typed_gap(l->arena, l->k, l->typed, NULL, 0,
              "the formula was screened as it stands in the book: give its herbs one by one, as they are now",
              l->out);
    return true;
}

static void read_unknown(struct typed_line *l, const char *text)
{
    struct name_meaning condition;
    struct typed_dose dose;
    const char *name =
        typed_find_dose(l->arena, text, l->out->liang, &dose) && *dose.before != '\0' ? dose.before : text;

    if (typed_take_drug(l->arena, l->k, l->typed, name, NULL, l->out))
        return;
    names_look_up(l->k, name, REF_CONDITIONS, &condition);
    if (l->kinds == REF_ITEMS && condition.count > 0) {
        (void)typed_take(l->arena, l->typed, &condition, l->out);
        return;
    }
    typed_gap(l->arena, l->k, l->typed, name, l->kinds | REF_DRUGS,
              "the name is not on file, so nothing is known about it", l->out);
}

static void read_piece(struct typed_line *l, const char *text)
{
    const char *outer = l->typed;
    struct typed_name named;

    l->typed = arena_text(l->arena, text);
    if (strlen(text) >= NAME_KEY_SIZE)
        typed_gap(l->arena, l->k, typed_beginning(l->arena, text), NULL, 0,
                  "a name is at most 255 bytes long", l->out);
    else if (typed_resolve(l, text, &named))
        take(l, &named, NULL);
    else if (!read_in_formula(l, text) && !read_noted(l, text) && !read_dosed(l, text) &&
             !read_bare_number(l, text) && !read_several(l, text) && !read_procedure(l, text) &&
             !read_changed(l, text))
        read_unknown(l, text);
    l->typed = outer;
}

static bool is_dose(struct arena *arena, const char *text)
{
    struct typed_dose dose;

    return typed_find_dose(arena, text, LIANG_NOT_CHOSEN, &dose) && *dose.before == '\0' &&
           *dose.after == '\0';
}

void typed_item_add(struct arena *arena, const struct knowledge *k, const char *text, unsigned kinds,
                    struct understood *out)
{
    struct typed_line l = { .arena = arena, .k = k, .kinds = kinds, .typed = text, .out = out };
    const char *plain = typed_plain(arena, text);
    size_t items = out->item_count, drugs = out->drug_count;
    struct typed_name named;
    const char *without;
    size_t count;
    char **parts;
    int days;

    if (typed_take_stopped(arena, plain, &without, &days)) {
        typed_item_add(arena, k, without, kinds, out);
        typed_mark_stopped(out->items, items, out->item_count, days);
        typed_mark_stopped(out->drugs, drugs, out->drug_count, days);
        return;
    }
    if (strlen(plain) < NAME_KEY_SIZE && typed_resolve(&l, plain, &named)) { /* a name may hold a comma */
        l.typed = plain;
        take(&l, &named, NULL);
        return;
    }
    parts = typed_parts(arena, plain, &count);
    if (count == 0)
        typed_gap(arena, k, arena_text(arena, text), NULL, 0, "an item must not be empty", out);
    typed_share_each(arena, parts, count);
    for (size_t i = 0; i < count; i++) {
        bool dose_follows = i + 1 < count && is_dose(arena, parts[i + 1]); /* "Dan Shen, 10 g" */

        if (i == 0 || !is_point(parts[i]))
            read_piece(&l, dose_follows ? arena_printf(arena, "%s %s", parts[i], parts[i + 1]) : parts[i]);
        i += dose_follows;
    }
}
