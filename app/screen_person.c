/* Options that say who the person is and which day it is, into the case that is screened. */
#include "screen_person.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { AGE_MOST = 130 };

static struct date day_of(struct ctx *c, const struct arguments *in, const char *option, struct date absent)
{
    const char *typed = argument_text(in, option, NULL);
    struct date day = absent;

    if (typed != NULL && !date_parse(typed, &day)) {
        ctx_note(c, ST_INVALID, option, typed, "is a day such as 2026-12-24");
        return absent;
    }
    return day;
}

/* "71", "71 years", "8 months", "8m". */
static void read_age(struct ctx *c, const struct arguments *in, struct screening_case *out)
{
    const char *typed = argument_text(in, "--age", NULL);
    char *unit;
    long number;
    bool months;

    if (typed == NULL)
        return;
    number = strtol(typed, &unit, 10);
    unit += strspn(unit, " ");
    months = strcasecmp(unit, "m") == 0 || strcasecmp(unit, "month") == 0 || strcasecmp(unit, "months") == 0;
    if (unit == typed || number < 0 || number > (months ? AGE_MOST * 12L : AGE_MOST) ||
        (!months && *unit != '\0' && strcasecmp(unit, "y") != 0 && strcasecmp(unit, "year") != 0 &&
         strcasecmp(unit, "years") != 0)) {
        ctx_note(c, ST_INVALID, "--age", typed, "is years from 0 to %d, or months such as \"8 months\"",
                 AGE_MOST);
        return;
    }
    out->age_known = true;
    out->age_months = (int)(months ? number : number * 12);
}

/* "St John's wort: 2026-11-10", or with the days in words: "warfarin (stopped 5 days ago)". */
static void read_stopped(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                         struct screen_case *out)
{
    size_t count;
    const char *const *lines = argument_list(c, in, "--stopped", &count);

    for (size_t i = 0; i < count; i++) {
        const char *colon = strrchr(lines[i], ':'), *name = lines[i];
        struct date on = { 0 };

        if (!utf8_valid(lines[i], strlen(lines[i]))) {
            ctx_note(c, ST_INVALID, "--stopped", NULL, "must be valid UTF-8");
            continue;
        }
        if (colon != NULL && !date_parse(text_trim(&c->arena, colon + 1), &on))
            ctx_note(c, ST_INVALID, "--stopped", lines[i],
                     "says behind the colon on which day it was last taken, such as 2026-11-10");
        else if (on.days > out->facts.on.days)
            ctx_note(c, ST_INVALID, "--stopped", lines[i], "cannot have been stopped in the future");
        if (colon != NULL)
            name = arena_text_n(&c->arena, lines[i], (size_t)(colon - lines[i]));
        screen_stopped_add(c, k, name, argument_text(in, "--country", NULL), on, out);
    }
}

static void read_allergies(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                           struct screen_case *out)
{
    size_t count;
    const char *const *lines = argument_list(c, in, "--allergy", &count);

    for (size_t i = 0; i < count; i++)
        if (!utf8_valid(lines[i], strlen(lines[i])))
            ctx_note(c, ST_INVALID, "--allergy", NULL, "must be valid UTF-8");
    screen_allergies_set(c, k, lines, count, out);
}

enum status screen_person_read(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                               struct screen_case *out)
{
    const char *weight = argument_text(in, "--weight", NULL),
               *place = argument_text(in, "--jurisdiction", NULL);

    out->facts.on = day_of(c, in, "--on", screen_today());
    out->facts.surgery_on = day_of(c, in, "--surgery-on", (struct date){ 0 });
    if (place != NULL && !utf8_valid(place, strlen(place)))
        ctx_note(c, ST_INVALID, "--jurisdiction", NULL, "must be valid UTF-8");
    else
        out->facts.jurisdiction = place;
    read_age(c, in, &out->facts);
    if (weight != NULL)
        screen_weight_set(c, "--weight", weight, out);
    read_stopped(c, in, k, out);
    read_allergies(c, in, k, out);
    TRY(ctx_fault_or_ok(c));
    screen_facts_check(c, k, out);
    return ST_OK;
}
