/* The small tools of reading a typed line; what they find is given meaning in typed.c and typed_drug.c. */
#include "clinic/typed_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *typed_plain(struct arena *arena, const char *text)
{
    struct text out;
    bool blank = true;

    text_init(&out, arena);
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t code = utf8_next(&at);

        if (code >= 0xFF01 && code <= 0xFF5E && code != 0xFF0C && code != 0xFF1B && code != 0xFF0B)
            code -= 0xFEE0;
        else if (code == 0x3000 || code == 0xA0 || code == '\t' || code == '\r')
            code = ' ';
        else if (code == 0x2019 || code == 0x2018 || code == 0x02BC)
            code = '\'';
        if (code == ' ') {
            if (!blank)
                text_add_char(&out, ' ');
        } else if (code < 0x80) {
            text_add_char(&out, (char)code);
        } else {
            text_add_n(&out, from, (size_t)(at - from));
        }
        blank = code == ' ';
    }
    return text_trim(arena, out.size == 0 ? "" : out.data);
}

/* How many bytes of a separator stand at `at`; 0 for none. A comma between digits belongs to the number. */
static size_t separator_size(const char *start, const char *at)
{
    static const char *const wide[] = { "、", "，", "；", "＋" };

    if (*at == ',' && at > start && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]))
        return 0;
    if (*at == ',' || *at == ';' || *at == '\n')
        return 1;
    if ((*at == '+' || *at == '&') && at > start && at[-1] == ' ' && at[1] == ' ')
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(at, wide[i], 3) == 0)
            return 3;
    return 0;
}

/* A line of a list without its mark: "1. Dan Shen", "- Dan Shen". */
static char *without_mark(char *part)
{
    size_t digits = strspn(part, "0123456789");

    if (digits > 0 && digits < 3 && strchr(".)", part[digits]) != NULL && part[digits] != '\0' &&
        part[digits + 1] == ' ')
        return part + digits + 2;
    if ((*part == '-' || *part == '*') && part[1] == ' ')
        return part + 2;
    return strncmp(part, "• ", 4) == 0 ? part + 4 : part;
}

char **typed_parts(struct arena *arena, const char *text, size_t *count)
{
    char **parts = NULL;
    size_t capacity = 0;
    const char *from = text;
    int depth = 0;

    *count = 0;
    for (const char *at = text;; at++) {
        size_t size = depth == 0 && *at != '\0' ? separator_size(text, at) : 0;

        depth += *at == '(';
        depth -= *at == ')' && depth > 0;
        if (*at != '\0' && size == 0)
            continue;
        if (at > from) {
            char *part = without_mark(text_trim(arena, arena_text_n(arena, from, (size_t)(at - from))));

            parts = arena_grow(arena, parts, *count, &capacity, sizeof *parts);
            if (*part != '\0')
                parts[(*count)++] = part;
        }
        if (*at == '\0')
            return parts;
        from = at + size;
        at += size - 1;
    }
}

static bool is_name(const struct knowledge *k, const char *text, unsigned kinds)
{
    struct name_meaning meaning = { .count = 0 };

    if (strlen(text) < NAME_KEY_SIZE)
        names_look_up(k, text, kinds, &meaning);
    return meaning.count > 0;
}

char **typed_joined(struct arena *arena, const struct knowledge *k, char **parts, unsigned kinds,
                    size_t *count)
{
    char **out = NULL;
    size_t capacity = 0;
    size_t n = 0;

    for (size_t i = 0; i < *count; i++) {
        char *from = typed_start_is(parts[i], "and") ? text_trim(arena, parts[i] + 3) : parts[i];

        while (*from != '\0') {
            const char *at = is_name(k, from, kinds) ? NULL : typed_find_word(from, "and");

            out = arena_grow(arena, out, n, &capacity, sizeof *out);
            out[n++] = at == NULL ? from : text_trim(arena, arena_text_n(arena, from, (size_t)(at - from)));
            from = at == NULL ? from + strlen(from) : text_trim(arena, at + 4);
        }
    }
    *count = n;
    return out;
}

/* A unit: how it is written, how weight_parse knows it, how many times that it is. */
struct unit {
    const char *word;
    const char *parsed;
    int times;
    bool small;
};

/* Longer words first. 1 qian is taken as 3 g and 1 liang as 30 g, as the textbooks convert today. */
static const struct unit units[] = {
    { "grams", "g", 1, false },  { "gram", "g", 1, false }, { "gms", "g", 1, false },
    { "gm", "g", 1, false },     { "gr", "g", 1, false },   { "g", "g", 1, false },
    { "kg", "kg", 1, false },    { "mg", "mg", 1, true },   { "qian", "g", 3, false },
    { "liang", "g", 30, false }, { "毫克", "mg", 1, true }, { "公斤", "kg", 1, false },
    { "克", "g", 1, false },     { "钱", "g", 3, false },   { "錢", "g", 3, false },
    { "两", "g", 30, false },    { "兩", "g", 30, false },  { "mcg", NULL, 0, true },
    { "ml", NULL, 0, true },     { "oz", NULL, 0, false },  { "iu", NULL, 0, true },
    { "lb", NULL, 0, false },    { "毫升", NULL, 0, true },
};

static const struct unit *unit_at(const char *at)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = strlen(units[i].word);

        if (strncasecmp(at, units[i].word, size) != 0)
            continue;
        if ((unsigned char)units[i].word[0] >= 0x80 || !isalnum((unsigned char)at[size]))
            return &units[i];
    }
    return NULL;
}

static const char *number_end(const char *at)
{
    while (isdigit((unsigned char)*at) || ((*at == '.' || *at == ',') && isdigit((unsigned char)at[1])))
        at++;
    return at;
}

/* The end of a range sign ("3-6", "3~6", "3 – 6") that is followed by a digit; NULL when there is none. */
static const char *range_end(const char *at)
{
    static const char *const signs[] = { "-", "~", "–", "—", "to " };

    while (*at == ' ')
        at++;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t size = strlen(signs[i]);
        const char *next = at + size;

        if (strncmp(at, signs[i], size) != 0)
            continue;
        while (*next == ' ')
            next++;
        return isdigit((unsigned char)*next) ? next : NULL;
    }
    return NULL;
}

/* "twice daily" and the like at the start of what follows a weight: how many times, and what is left. */
static int how_often(const char **after)
{
    static const struct {
        const char *words;
        int times;
    } often[] = {
        { "twice daily", 2 },
        { "twice a day", 2 },
        { "2 times a day", 2 },
        { "2 times daily", 2 },
        { "two times a day", 2 },
        { "2x/day", 2 },
        { "2x daily", 2 },
        { "bid", 2 },
        { "b.i.d.", 2 },
        { "three times a day", 3 },
        { "three times daily", 3 },
        { "3 times a day", 3 },
        { "3 times daily", 3 },
        { "3x/day", 3 },
        { "3x daily", 3 },
        { "tid", 3 },
        { "t.i.d.", 3 },
        { "tds", 3 },
        { "four times a day", 4 },
        { "4 times a day", 4 },
        { "qid", 4 },
        { "once daily", 1 },
        { "once a day", 1 },
        { "per day", 1 },
        { "a day", 1 },
        { "each day", 1 },
        { "every day", 1 },
        { "/day", 1 },
        { "/d", 1 },
        { "daily", 1 },
        { "qd", 1 },
        { "od", 1 },
        { "每日", 1 },
        { "每天", 1 },
        { "/日", 1 },
        { "/天", 1 },
    };

    while (**after == ' ')
        (*after)++;
    for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
        size_t size = strlen(often[i].words);

        if (strncasecmp(*after, often[i].words, size) == 0 && !isalnum((unsigned char)(*after)[size])) {
            *after += size;
            return often[i].times;
        }
    }
    return 1;
}

static void read_dose(struct arena *arena, const char *number, const char *end, const struct unit *unit,
                      bool negative, int times, struct typed_dose *out)
{
    char *digits = arena_text_n(arena, number, (size_t)(end - number));
    enum quantity_error error;

    for (char *at = digits; *at != '\0'; at++)
        if (*at == ',')
            *at = '.';
    out->small_unit = unit->small;
    if (unit->parsed == NULL) {
        out->wrong = "a weight is written in g, mg or kg";
        return;
    }
    error =
        weight_parse(arena_printf(arena, "%s%s %s", negative ? "-" : "", digits, unit->parsed), &out->daily);
    if (error == QUANTITY_OK && out->daily.mg > WEIGHT_LIMIT_MG / 1000)
        error = QUANTITY_TOO_LARGE;
    if (error == QUANTITY_OK)
        out->daily.mg *= unit->times * times;
    if (error == QUANTITY_OK && out->daily.mg == 0)
        out->wrong = "a weight is more than nothing";
    else if (error != QUANTITY_OK)
        out->wrong = quantity_error_rule(error);
    if (out->wrong != NULL)
        out->daily.mg = 0;
}

bool typed_find_dose(struct arena *arena, const char *text, struct typed_dose *out)
{
    for (const char *at = text; *at != '\0'; at++) {
        const char *start = at;
        const char *number = at;
        const char *end;
        const char *upper;
        const struct unit *unit;
        bool negative = at > text && at[-1] == '-' && (at == text + 1 || at[-2] == ' ');

        if (!isdigit((unsigned char)*at) || (at > text && isalnum((unsigned char)at[-1])))
            continue;
        end = number_end(at);
        upper = range_end(end);
        if (upper != NULL && unit_at(number_end(upper) + strspn(number_end(upper), " ")) != NULL) {
            number = upper; /* of a range the upper end, the one that matters for safety */
            end = number_end(upper);
        }
        unit = unit_at(end + strspn(end, " "));
        if (unit == NULL) {
            at = end - 1;
            continue;
        }
        *out = (struct typed_dose){
            .before = text_trim(arena, arena_text_n(arena, text, (size_t)(start - text - negative)))
        };
        if (typed_without_end(arena, out->before, "x") != NULL) /* "dan shen x 10 g" */
            out->before = typed_without_end(arena, out->before, "x");
        out->after = end + strspn(end, " ") + strlen(unit->word);
        out->written = arena_text_n(arena, start - negative, (size_t)(out->after - start) + negative);
        read_dose(arena, number, end, unit, negative, how_often(&out->after), out);
        out->after = text_trim(arena, out->after);
        return true;
    }
    return false;
}

bool typed_take_note(struct arena *arena, const char *text, const char **without, const char **inside)
{
    const char *open = strchr(text, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');

    if (close == NULL)
        return false;
    *inside = text_trim(arena, arena_text_n(arena, open + 1, (size_t)(close - open - 1)));
    *without = typed_plain(arena, arena_printf(arena, "%.*s %s", (int)(open - text), text, close + 1));
    return true;
}

const char *typed_without_end(struct arena *arena, const char *text, const char *word)
{
    size_t size = strlen(text);
    size_t cut = strlen(word);
    bool wide = (unsigned char)word[0] >= 0x80;

    if (cut >= size || strcasecmp(text + size - cut, word) != 0 || (!wide && text[size - cut - 1] != ' '))
        return NULL;
    return text_trim(arena, arena_text_n(arena, text, size - cut));
}

const char *typed_without_start(struct arena *arena, const char *text, const char *word)
{
    size_t cut = strlen(word);
    bool wide = (unsigned char)word[0] >= 0x80;

    if (strncasecmp(text, word, cut) != 0 || text[cut] == '\0' ||
        (!wide && text[cut] != ' ' && text[cut] != '-'))
        return NULL;
    return text_trim(arena, text + cut + (wide ? 0 : 1));
}

bool typed_start_is(const char *text, const char *words)
{
    size_t size = strlen(words);

    return strncasecmp(text, words, size) == 0 && !isalnum((unsigned char)text[size]);
}

const char *typed_find_word(const char *text, const char *word)
{
    size_t size = strlen(word);

    for (const char *at = text; *at != '\0'; at++)
        if (*at == ' ' && strncasecmp(at + 1, word, size) == 0 && at[size + 1] == ' ')
            return at;
    return NULL;
}

void typed_gap(struct arena *arena, const struct knowledge *k, const char *typed, const char *name,
               unsigned kinds, const char *why, struct understood *out)
{
    struct name_match *nearest = arena_array(arena, 5, sizeof *nearest);
    size_t count = name == NULL ? 0 : names_nearest(k, name, kinds, nearest, 5);

    if (count == 0 && name != NULL && strlen(name) >= 4)
        count = names_suggest(k, name, kinds, nearest, 5);
    typed_gap_add(arena, typed, why, out);
    out->gaps[out->gap_count - 1].nearest = nearest;
    out->gaps[out->gap_count - 1].nearest_count = count;
}

void typed_gap_add(struct arena *arena, const char *typed, const char *why, struct understood *out)
{
    out->gaps = arena_grow(arena, out->gaps, out->gap_count, &out->gap_capacity, sizeof *out->gaps);
    out->gaps[out->gap_count++] = (struct typed_gap){ .typed = typed, .why = why };
}

void typed_question(struct arena *arena, const char *typed, const struct name_meaning *meaning,
                    struct understood *out)
{
    struct name_match *candidates = arena_array(arena, meaning->count, sizeof *candidates);

    memcpy(candidates, meaning->match, meaning->count * sizeof *candidates);
    out->questions = arena_grow(arena, out->questions, out->question_count, &out->question_capacity,
                                sizeof *out->questions);
    out->questions[out->question_count++] = (struct typed_question){ .typed = typed,
                                                                     .rule = meaning->rule,
                                                                     .taken = meaning->taken,
                                                                     .candidates = candidates,
                                                                     .candidate_count = meaning->count };
}

static struct typed_item *add_to(struct arena *arena, struct typed_item **list, size_t *count,
                                 size_t *capacity)
{
    *list = arena_grow(arena, *list, *count, capacity, sizeof **list);
    return &(*list)[(*count)++];
}

size_t typed_take(struct arena *arena, const char *typed, const struct name_meaning *meaning,
                  struct understood *out)
{
    bool each = meaning->ask && !meaning->taken;
    size_t before = out->item_count;
    size_t many = each || meaning->match[0].ref.kind == REF_CONDITION ? meaning->count : 1;

    for (size_t i = 0; i < many; i++) {
        struct ref ref = meaning->match[i].ref;
        struct typed_item *item =
            ref.kind == REF_DRUG || ref.kind == REF_DRUG_CLASS
                ? add_to(arena, &out->drugs, &out->drug_count, &out->drug_capacity)
            : ref.kind == REF_CONDITION
                ? add_to(arena, &out->conditions, &out->condition_count, &out->condition_capacity)
                : add_to(arena, &out->items, &out->item_count, &out->item_capacity);

        *item = (struct typed_item){ .typed = typed, .ref = ref, .assumed = each && many > 1 };
        for (size_t other = 1; !meaning->ask && other < meaning->count && item->also_count < 4; other++)
            item->also[item->also_count++] = meaning->match[other].ref;
    }
    if (meaning->ask)
        typed_question(arena, typed, meaning, out);
    return out->item_count - before;
}
