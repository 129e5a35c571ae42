/* Conditions as typed: "pregnant 12 weeks", "K74.6", "82 years old", "surgery in 10 days", and a medicine told among them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clinic/typed_text.h"

/* "K74" lies in "K70-K77", "D65-D69", equals "N18", or begins with it ("I10.9", "Z39.1"). */
static bool code_within(const char *code, const char *range)
{
    size_t size = strlen(range);
    const char *dash = strchr(range, '-');

    if (size < 3)
        return false;
    if (dash != NULL)
        return strncasecmp(code, range, 3) >= 0 && strncasecmp(code, dash + 1, 3) <= 0;
    return strncasecmp(code, range, size) == 0;
}

/* An ICD-10 code means every condition whose range holds it. */
static bool take_code(struct arena *arena, const struct knowledge *k, const char *typed, const char *text,
                      struct understood *out)
{
    struct name_meaning meaning = { .count = 0 };

    if (!isalpha((unsigned char)text[0]) || !isdigit((unsigned char)text[1]) ||
        !isalnum((unsigned char)text[2]) || (text[3] != '\0' && text[3] != '.'))
        return false;
    for (size_t i = 0; i < k->count[REF_CONDITION] && meaning.count < NAMES_MOST; i++)
        if (code_within(text, k->conditions[i].code))
            meaning.match[meaning.count++] = (struct name_match){
                { REF_CONDITION, (uint16_t)i }, NAME_FORMAL, FIT_EXACT, k->conditions[i].name
            };
    if (meaning.count == 0)
        return false;
    (void)typed_take(arena, typed, &meaning, out);
    return true;
}

/* "6 year old", "82 years old", "aged 70": the conditions that are ages. False when no age is spoken of. */
static bool take_age(struct arena *arena, const struct knowledge *k, const char *typed, const char *text,
                     struct understood *out)
{
    enum { CHILD_BELOW = 12, OLDER_FROM = 65, AGE_MOST = 130 };
    static const char *const before[] = { "age ", "aged ", "age: " };
    static const char *const after[] = { "year old", "years old", "year-old", "-year-old",   "yo",
                                         "y/o",      "yrs old",   "yr old",   "years of age" };
    const char *number = text;
    bool spoken = false;
    const char *id;
    struct name_meaning meaning;
    char *end;
    long years;

    for (size_t i = 0; i < sizeof before / sizeof *before && !spoken; i++)
        if (strncasecmp(text, before[i], strlen(before[i])) == 0) {
            spoken = true;
            number = text + strlen(before[i]);
        }
    years = isdigit((unsigned char)*number) ? strtol(number, &end, 10) : -1;
    if (years < 0 || years > AGE_MOST)
        return false;
    end += strspn(end, " ");
    for (size_t i = 0; i < sizeof after / sizeof *after && !spoken; i++)
        spoken = typed_start_is(end, after[i]);
    if (!spoken)
        return false;
    id = years < CHILD_BELOW ? "child" : years >= OLDER_FROM ? "older_adult" : NULL;
    if (id == NULL)
        return typed_longest_known(arena, k, text, REF_CONDITIONS) == NULL;
    names_look_up(k, id, REF_CONDITIONS, &meaning);
    if (meaning.count > 0)
        (void)typed_take(arena, typed, &meaning, out);
    return true;
}

/* "in 6 weeks", "3 months ago", "last year": further from today than the two weeks before an operation. */
static bool is_far(const char *text)
{
    static const struct {
        const char *unit;
        long days;
    } units[] = { { "day", 1 }, { "week", 7 }, { "wk", 7 }, { "month", 30 }, { "year", 365 } };
    const char *number = strpbrk(text, "0123456789");
    const char *unit;
    char *end;
    long count;

    if (strcasestr(text, " ago") != NULL || strcasestr(text, "last year") != NULL ||
        strcasestr(text, "next year") != NULL || strcasestr(text, "in the past") != NULL)
        return true;
    if (number == NULL)
        return false;
    count = strtol(number, &end, 10);
    unit = end + strspn(end, " -");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncasecmp(unit, units[i].unit, strlen(units[i].unit)) == 0)
            return count < 1000 && count * units[i].days > 14;
    return false;
}

/* "on blood thinners", "takes warfarin": a medicine told among the conditions is screened as a medicine. */
static bool take_medicine(struct arena *arena, const struct knowledge *k, const char *typed, const char *text,
                          struct understood *out)
{
    const char *known;

    if (strlen(text) >= NAME_KEY_SIZE)
        return false;
    if (typed_take_drug(arena, k, typed, text, NULL, out))
        return true;
    known = typed_longest_known(arena, k, text, REF_DRUGS);
    return known != NULL && typed_take_drug(arena, k, typed, known, NULL, out);
}

static void read_condition(struct arena *arena, const struct knowledge *k, const char *part,
                           struct understood *out)
{
    static const char *const negations[] = { "no", "not", "denies", "without", "never" };
    const char *typed = arena_text(arena, part);
    const char *known;
    struct name_meaning meaning = { .count = 0 };

    if (typed_says_none(part))
        return;
    if (strlen(part) < NAME_KEY_SIZE)
        names_look_up(k, part, REF_CONDITIONS, &meaning);
    if (strlen(part) < NAME_KEY_SIZE && meaning.count > 0) {
        (void)typed_take(arena, typed, &meaning, out);
        return;
    }
    if (strlen(part) < NAME_KEY_SIZE && take_code(arena, k, typed, part, out))
        return;
    for (size_t i = 0; i < sizeof negations / sizeof *negations; i++)
        if (typed_without_start(arena, part, negations[i]) != NULL) {
            typed_gap(arena, k, typed, NULL, 0, "what a person does not have is not screened", out);
            return;
        }
    if (typed_start_is(part, "family history") || typed_start_is(part, "mother") ||
        typed_start_is(part, "father")) {
        typed_gap(arena, k, typed, NULL, 0, "what runs in the family is not screened", out);
        return;
    }
    if (take_age(arena, k, typed, part, out))
        return;
    known = strlen(part) < NAME_KEY_SIZE ? typed_longest_known(arena, k, part, REF_CONDITIONS) : NULL;
    if (known == NULL && take_medicine(arena, k, typed, part, out))
        return;
    if (known == NULL) {
        typed_gap(arena, k, strlen(part) < NAME_KEY_SIZE ? typed : typed_beginning(arena, part), part,
                  REF_CONDITIONS, "the condition is not on file, so nothing was checked against it", out);
        return;
    }
    names_look_up(k, known, REF_CONDITIONS, &meaning);
    if (strcmp(ref_id(k, meaning.match[0].ref), "surgery_2w") == 0 && is_far(part)) {
        typed_gap(
            arena, k, typed, NULL, 0,
            "an operation more than two weeks away, or past: the rules speak of the two weeks before it",
            out);
        return;
    }
    (void)typed_take(arena, typed, &meaning, out);
}

void typed_condition_add(struct arena *arena, const struct knowledge *k, const char *text,
                         struct understood *out)
{
    const char *plain = typed_plain(arena, text);
    struct name_meaning meaning = { .count = 0 };
    size_t count;
    char **parts;

    if (strlen(plain) < NAME_KEY_SIZE)
        names_look_up(k, plain, REF_CONDITIONS, &meaning);
    if (meaning.count > 0) {
        (void)typed_take(arena, plain, &meaning, out);
        return;
    }
    parts = typed_parts(arena, plain, &count);
    if (count == 0)
        typed_gap(arena, k, arena_text(arena, text), NULL, 0, "a condition must not be empty", out);
    parts = typed_joined(arena, k, parts, REF_CONDITIONS, &count);
    for (size_t i = 0; i < count; i++)
        read_condition(arena, k, parts[i], out);
}
