/* The small tools of reading a typed line; what they find is given meaning in typed.c and typed_drug.c. */
#include "clinic/typed_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *typed_beginning(struct arena *arena, const char *text)
{
    enum { CHARACTERS = 40 };
    const char *end = text;

    for (size_t i = 0; i < CHARACTERS && *end != '\0'; i++)
        (void)utf8_next(&end);
    return arena_printf(arena, "%.*s%s", (int)(end - text), text, *end == '\0' ? "" : "…");
}

/* "½" as "1/2"; NULL for any other character. */
static const char *fraction_text(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *text;
    } fractions[] = { { 0xBD, "1/2" },   { 0xBC, "1/4" },   { 0xBE, "3/4" },  { 0x2153, "1/3" },
                      { 0x2154, "2/3" }, { 0x215B, "1/8" }, { 0x215C, "3/8" } };

    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (fractions[i].code == code)
            return fractions[i].text;
    return NULL;
}

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
        if (fraction_text(code) != NULL) {
            text_addf(&out, "%s%s", blank ? "" : " ", fraction_text(code));
        } else if (code == ' ') {
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
