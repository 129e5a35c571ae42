/* A code is a list of identifiers with values, fixed or ended by FNC1. Here the code is cut into such a list in every way the
   rules allow; what each value means is in gs1_value.c. */
#include "intake/gs1.h"

#include <string.h>

#include "intake/gs1_value.h"

enum { FNC1 = 29, ELEMENTS_MOST = 24, STEPS_MOST = 5000 };

/* The search for all readings of a text without separators. */
struct search {
    struct ctx *c;
    struct date today;
    struct gs1_element elements[ELEMENTS_MOST];
    struct gs1_result *result;
    int steps;
    bool too_many;
};

bool gtin_parse(const char *digits, char padded[15])
{
    const size_t size = strlen(digits);
    int sum = 0;

    if ((size != 8 && size != 12 && size != 13 && size != 14) || strspn(digits, "0123456789") != size)
        return false;
    memset(padded, '0', 14);
    memcpy(padded + 14 - size, digits, size + 1);
    for (int i = 0; i < 14; i++)
        sum += (padded[i] - '0') * (i % 2 == 0 ? 3 : 1);
    return sum % 10 == 0;
}

static void keep(struct search *s, const struct gs1 *reading)
{
    struct gs1_result *result = s->result;

    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->readings[i].text, reading->text) == 0)
            return;
    if (result->count == GS1_READINGS_MOST)
        s->too_many = true;
    else
        result->readings[result->count++] = *reading;
}

/* One complete cut: kept when every value means something and they agree. */
static bool try_cut(struct search *s, size_t count)
{
    struct gs1 reading;

    if (gs1_values(s->c, s->elements, count, s->today, &reading) != ST_OK) {
        ctx_forgive(s->c);
        return false;
    }
    keep(s, &reading);
    return true;
}

/* Cuts the rest in every way: a value of variable length may end anywhere, but not behind FNC1. */
static void cut_rest(struct search *s, const char *at, const char *end, size_t count)
{
    const struct gs1_identifier *id;
    const char *value, *stop;
    size_t digits;

    while (at < end && *at == FNC1)
        at++;
    if (at == end) {
        (void)(count > 0 && try_cut(s, count));
        return;
    }
    if (++s->steps > STEPS_MOST || count == ELEMENTS_MOST) {
        s->too_many = s->too_many || s->steps > STEPS_MOST;
        return;
    }
    id = gs1_identifier_at(at, (size_t)(end - at), &digits);
    if (id == NULL)
        return;
    value = at + digits;
    stop = memchr(value, FNC1, (size_t)(end - value));
    if (stop == NULL)
        stop = end;
    for (size_t size = id->shortest; size <= id->longest && size <= (size_t)(stop - value); size++) {
        s->elements[count] = (struct gs1_element){ id, at, digits, value, size };
        if (gs1_element_fits(s->c, s->elements, count, s->today))
            cut_rest(s, value + size, end, count + 1);
    }
}

/* The cut a scanner that sends FNC1 means: each value goes on to its separator. What is wrong is noted. */
static enum status cut_strictly(struct search *s, const char *at, const char *end, struct gs1 *reading)
{
    size_t count = 0, digits;

    while (at < end) {
        const struct gs1_identifier *id = gs1_identifier_at(at, (size_t)(end - at), &digits);
        const char *value = at + digits, *stop;
        size_t size;

        if (id == NULL)
            return ctx_fail(s->c, ST_INVALID, "code", arena_text_n(&s->c->arena, at, (size_t)(end - at)),
                            "does not begin with an application identifier of GS1 that is known here");
        if (count == ELEMENTS_MOST)
            return ctx_fail(s->c, ST_INVALID, "code", NULL, "holds more than %d elements", ELEMENTS_MOST);
        stop = memchr(value, FNC1, (size_t)(end - value));
        size = (size_t)((stop == NULL ? end : stop) - value);
        if (id->shortest == id->longest && size > id->longest)
            size = id->longest;
        s->elements[count++] = (struct gs1_element){ id, at, digits, value, size };
        at = value + size;
        while (at < end && *at == FNC1)
            at++;
    }
    return gs1_values(s->c, s->elements, count, s->today, reading);
}

/* "(01)09501101530003(17)281130(10)LOT(A)": a bracket opens an element only when a known identifier stands in it. */
static const char *next_bracket(const char *at, const char *end, size_t *digits)
{
    for (; at < end; at++) {
        const char *close = *at == '(' ? memchr(at, ')', (size_t)(end - at)) : NULL;

        if (close != NULL && gs1_identifier_at(at + 1, (size_t)(close - at - 1), digits) != NULL &&
            at + 1 + *digits == close)
            return at;
    }
    return end;
}

static enum status cut_brackets(struct search *s, const char *at, const char *end, struct gs1 *reading)
{
    size_t count = 0, digits, ignored;

    while (at < end) {
        const char *open = next_bracket(at, end, &digits), *value, *stop;

        if (open != at || count == ELEMENTS_MOST)
            return ctx_fail(s->c, ST_INVALID, "code", arena_text_n(&s->c->arena, at, (size_t)(end - at)),
                            "does not begin with an application identifier of GS1 that is known here");
        value = at + 1 + digits + 1;
        stop = next_bracket(value, end, &ignored);
        s->elements[count++] = (struct gs1_element){ gs1_identifier_at(at + 1, digits, &ignored), at + 1,
                                                     digits, value, (size_t)(stop - value) };
        while (s->elements[count - 1].size > 0 && value[s->elements[count - 1].size - 1] == ' ')
            s->elements[count - 1].size--;
        at = stop;
    }
    return gs1_values(s->c, s->elements, count, s->today, reading);
}

/* FNC1 as scanners and people write it when they cannot send it: "<GS>", "{GS}", "\xe2\x90\x9d". */
static const char *with_separators(struct ctx *c, const char *data, size_t *size)
{
    static const char *const words[] = { "<GS>", "{GS}", "\xe2\x90\x9d", NULL };
    char *copy = arena_text_n(&c->arena, data, *size);

    for (size_t i = 0; words[i] != NULL; i++)
        for (char *at = strstr(copy, words[i]); at != NULL; at = strstr(at + 1, words[i])) {
            *at = FNC1;
            memmove(at + 1, at + strlen(words[i]), strlen(at + strlen(words[i])) + 1);
        }
    *size = strlen(copy);
    return copy;
}

/* Drops white space and the separators around a code, and the scanner's word for its kind ("]d2"): with it FNC1 is sent. */
static enum status unwrap(struct ctx *c, const char **at, const char **end, bool *told, bool *plain)
{
    static const char *const gs1_kinds[] = { "]d2", "]C1", "]Q3", "]e0", "]J1", NULL };
    const char *shown = *at;

    *told = *plain = false;
    while (*at < *end && (**at == ' ' || **at == '\t'))
        (*at)++;
    while (*at < *end && strchr(" \t\r\n", (*end)[-1]) != NULL)
        (*end)--;
    if (*end - *at >= 3 && **at == ']') {
        for (size_t i = 0; gs1_kinds[i] != NULL; i++)
            *told = *told || strncmp(*at, gs1_kinds[i], 3) == 0;
        *plain = strncmp(*at, "]E", 2) == 0;
        if (!*told && !*plain)
            return ctx_fail(c, ST_INVALID, "code", shown,
                            "comes from a bar code that is none of GS1's (]d2, ]C1, ]Q3, ]e0 and ]E are)");
        *at += 3;
    }
    while (*at < *end && **at == FNC1)
        (*at)++;
    while (*at < *end && (*end)[-1] == FNC1)
        (*end)--;
    if (*at == *end)
        return ctx_fail(c, ST_INVALID, "code", shown, "holds nothing");
    return ST_OK;
}

static void add_plain_gtin(struct search *s, const char *at, const char *end)
{
    const char *digits = arena_text_n(&s->c->arena, at, (size_t)(end - at));
    char padded[15];
    struct gs1 reading;

    if (!gtin_parse(digits, padded))
        return;
    gs1_empty(&reading);
    reading.gtin = arena_text(&s->c->arena, padded);
    reading.text = arena_printf(&s->c->arena, "(01)%s", padded);
    keep(s, &reading);
}

/* Without separators and without the scanner's word nothing says where a value ends. */
static enum status read_bare(struct search *s, const char *at, const char *end)
{
    struct gs1 strict;
    enum status status;
    size_t cuts;

    cut_rest(s, at, end, 0);
    cuts = s->result->count;
    add_plain_gtin(s, at, end);
    if (s->too_many)
        return ctx_fail(
            s->c, ST_INVALID, "code", arena_text_n(&s->c->arena, at, (size_t)(end - at)),
            "can be read in too many ways without its separators (FNC1): set the scanner to send them");
    status = cut_strictly(s, at, end, &strict);
    s->result->separators_lost =
        s->result->count > 1 ||
        (cuts == 1 && (status != ST_OK || strcmp(strict.text, s->result->readings[0].text) != 0));
    if (s->result->count == 0 && status == ST_OK)
        keep(s, &strict);
    if (s->result->count == 0)
        return status;
    ctx_forgive(s->c);
    return ST_OK;
}

/* With separators or the scanner's word for the kind the code is taken at its word; only when that fails, a separator may be
   missing. */
static enum status read_told(struct search *s, const char *at, const char *end)
{
    enum status status = cut_strictly(s, at, end, &s->result->readings[0]);
    struct fault wrong = s->c->fault;

    if (status == ST_OK) {
        s->result->count = 1;
        return ST_OK;
    }
    ctx_forgive(s->c);
    cut_rest(s, at, end, 0);
    s->result->separators_lost = true;
    if (s->result->count > 0 && !s->too_many)
        return ST_OK;
    s->c->fault = wrong;
    return status;
}

enum status gs1_read(struct ctx *c, const char *data, size_t size, struct date today,
                     struct gs1_result *result)
{
    struct search s = { .c = c, .today = today, .result = result };
    const char *at, *end;
    size_t digits;
    bool told, plain;

    *result =
        (struct gs1_result){ .readings = arena_array(&c->arena, GS1_READINGS_MOST, sizeof(struct gs1)) };
    if (size > GS1_LONGEST || memchr(data, '\0', size) != NULL)
        return ctx_fail(c, ST_INVALID, "code", NULL, "is at most %d characters", GS1_LONGEST);
    at = with_separators(c, data, &size);
    end = at + size;
    TRY(unwrap(c, &at, &end, &told, &plain));
    if (*at == '(' && next_bracket(at, end, &digits) == at) {
        result->count = 1;
        return cut_brackets(&s, at, end, &result->readings[0]);
    }
    if (plain) {
        add_plain_gtin(&s, at, end);
        return result->count == 1
                   ? ST_OK
                   : ctx_fail(c, ST_INVALID, "(01)", arena_text_n(&c->arena, at, (size_t)(end - at)),
                              "is no GTIN: its check digit does not fit");
    }
    return told || memchr(at, FNC1, (size_t)(end - at)) != NULL ? read_told(&s, at, end)
                                                                : read_bare(&s, at, end);
}

enum status gs1_read_one(struct ctx *c, const char *data, size_t size, struct date today, struct gs1 *reading)
{
    struct gs1_result result;

    TRY(gs1_read(c, data, size, today, &result));
    if (result.count > 1)
        return ctx_fail(c, ST_CONFLICT, "code", arena_text_n(&c->arena, data, size),
                        "lost its separators (FNC1) and may mean %s or %s: say which",
                        result.readings[0].text, result.readings[1].text);
    *reading = result.readings[0];
    return ST_OK;
}
