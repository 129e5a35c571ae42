/* A FHIR R4 dosage as milligrams a day, exactly or not at all: a dose that would have to be guessed is reported instead. */
#include <string.h>

#include "api/cds.h"
#include "base/text.h"

enum { DAY_SECONDS = 86400, TIMES_MOST = 10000 };

/* UCUM codes and the words people write instead. */
static const struct {
    const char *word;
    const char *unit; /* of weight_parse */
    int64_t per;      /* divide by this: micrograms */
} units[] = {
    { "g", "g", 1 },       { "mg", "mg", 1 },        { "kg", "kg", 1 },         { "ug", "mg", 1000 },
    { "mcg", "mg", 1000 }, { "gram", "g", 1 },       { "grams", "g", 1 },       { "gm", "g", 1 },
    { "克", "g", 1 },      { "milligram", "mg", 1 }, { "milligrams", "mg", 1 }, { "μg", "mg", 1000 },
};

/* How often a day, of the codes EHRs send instead of frequency and period (HL7 GTSAbbreviation). */
static const struct {
    const char *code;
    int times;
} codes[] = {
    { "QD", 1 },  { "OD", 1 },  { "BID", 2 },  { "TID", 3 }, { "QID", 4 }, { "Q4H", 6 },
    { "Q6H", 4 }, { "Q8H", 3 }, { "Q12H", 2 }, { "AM", 1 },  { "PM", 1 },  { "BED", 1 },
};

static const struct {
    const char *unit;
    int64_t seconds;
} periods[] = {
    { "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", DAY_SECONDS }, { "wk", 7 * (int64_t)DAY_SECONDS }
};

/* A Quantity as a weight; mg 0 when it is none. */
static struct weight weight_of(struct arena *arena, const struct json_value *quantity, bool *small)
{
    const char *value = value_get_decimal(arena, quantity, "value");
    const char *unit = value_get_text(quantity, "code");
    struct weight weight = { 0 };

    unit = unit == NULL ? value_get_text(quantity, "unit") : unit;
    for (size_t i = 0; value != NULL && unit != NULL && i < sizeof units / sizeof *units; i++) {
        if (!text_same(units[i].word, unit))
            continue;
        if (weight_parse(arena_printf(arena, "%s %s", value, units[i].unit), &weight) != QUANTITY_OK ||
            weight.mg % units[i].per != 0)
            return (struct weight){ 0 };
        weight.mg /= units[i].per;
        *small = *small || strcmp(units[i].unit, "mg") == 0;
        return weight;
    }
    return weight;
}

static int64_t whole(struct arena *arena, const struct json_value *in, const char *key, int64_t absent)
{
    const char *text = value_get_decimal(arena, in, key);
    int64_t number = 0;
    size_t n = 0;

    if (text == NULL)
        return absent;
    for (; text[n] >= '0' && text[n] <= '9' && n < 6; n++)
        number = number * 10 + (text[n] - '0');
    return text[n] == '\0' && n > 0 && number <= TIMES_MOST ? number : 0;
}

/* times/seconds: how often in how long; times 0 when it is not said or not understood. */
struct rate {
    int64_t times, seconds;
};

static struct rate code_rate(const struct json_value *timing)
{
    const struct json_value *code = value_get(timing, "code");
    const char *word = value_get_text(code, "text");

    for (const struct json_value *one = value_first(value_get(code, "coding")); one != NULL;
         one = value_next(one))
        word = value_get_text(one, "code") == NULL ? word : value_get_text(one, "code");
    for (size_t i = 0; word != NULL && i < sizeof codes / sizeof *codes; i++)
        if (text_same(codes[i].code, word))
            return (struct rate){ codes[i].times, DAY_SECONDS };
    return (struct rate){ 0, 1 };
}

static struct rate rate_of(struct arena *arena, const struct json_value *dosage)
{
    const struct json_value *timing = value_get(dosage, "timing"), *repeat = value_get(timing, "repeat");
    const char *unit = value_get_text(repeat, "periodUnit");
    int64_t times = whole(arena, repeat, "frequencyMax", whole(arena, repeat, "frequency", 1));
    int64_t period = whole(arena, repeat, "period", 1);

    if (unit == NULL)
        return code_rate(timing);
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (strcmp(periods[i].unit, unit) == 0 && period > 0)
            return (struct rate){ times, period * periods[i].seconds };
    return (struct rate){ 0, 1 };
}

/* One dose of this dosage, the larger end of a range. */
static struct weight single_of(struct arena *arena, const struct json_value *dosage, struct cds_dose *out)
{
    const struct json_value *first = value_first(value_get(dosage, "doseAndRate"));
    const struct json_value *quantity = value_get(first, "doseQuantity");

    if (quantity == NULL)
        quantity = value_get(value_get(first, "doseRange"), "high");
    if (quantity == NULL) /* as FHIR DSTU2 and STU3 wrote it */
        quantity = value_get(dosage, "doseQuantity");
    out->given = out->given || quantity != NULL;
    return weight_of(arena, quantity, &out->small);
}

/* What the dosage says, for a person: its own text, else amount and unit. */
static const char *said(struct arena *arena, const struct json_value *dosage)
{
    const struct json_value *quantity =
        value_get(value_first(value_get(dosage, "doseAndRate")), "doseQuantity");
    const char *value = value_get_decimal(arena, quantity, "value");
    const char *unit = value_get_text(quantity, "unit");

    if (value_get_text(dosage, "text") != NULL)
        return value_get_text(dosage, "text");
    unit = unit == NULL ? value_get_text(quantity, "code") : unit;
    return arena_printf(arena, "%s%s%s", value == NULL ? "an amount" : value, unit == NULL ? "" : " ",
                        unit == NULL ? "" : unit);
}

struct cds_dose cds_dose_read(struct arena *arena, const struct json_value *dosages)
{
    struct cds_dose out = { .known = true, .text = "no dose" };
    size_t count = 0;

    for (const struct json_value *one = value_first(dosages); one != NULL; one = value_next(one), count++) {
        const struct weight single = single_of(arena, one, &out);
        const struct rate rate = rate_of(arena, one);
        struct weight daily = { 0 };

        if (single.mg > 0 && rate.times > 0)
            daily.mg = scale_i64(single.mg, rate.times * DAY_SECONDS, rate.seconds);
        out.text = count == 0 ? said(arena, one) : arena_printf(arena, "%s; %s", out.text, said(arena, one));
        out.known = out.known && daily.mg > 0 && daily.mg <= WEIGHT_LIMIT_MG;
        out.daily.mg += out.known ? daily.mg : 0;
        if (count == 50 || out.daily.mg > WEIGHT_LIMIT_MG)
            out.known = false;
        if (!out.known)
            out.daily.mg = 0;
    }
    out.known = out.known && out.given && out.daily.mg > 0;
    return out;
}
