/* One line of a scale: who says what in which protocol, then the number, its unit, and the scale's range. */
#include "intake/scale.h"

#include <string.h>

enum { WORDS_MOST = 8, DIGITS_MOST = 9, DECIMALS_MOST = 6, SHOWN_LONGEST = 40 };

struct line {
    struct ctx *c;
    const char *shown; /* as a person may see it */
    char *words[WORDS_MOST];
    size_t count;
    bool unstable;
};

/* What the scale says it holds. */
struct said {
    const char *number, *unit;
};

static const struct {
    const char *word, *asks;
} protocols[] = {
#define ROW(name, word, asks) [SCALE_##name] = { word, asks },
    SCALE_PROTOCOL_LIST(ROW)
#undef ROW
};

enum scale_protocol scale_protocol_parse(const char *word)
{
    enum scale_protocol at = 0;

    while (at < SCALE_PROTOCOL_COUNT && strcmp(protocols[at].word, word) != 0)
        at++;
    return at;
}

const char *scale_protocol_word(enum scale_protocol protocol)
{
    return protocols[protocol].word;
}

const char *scale_protocol_asks(enum scale_protocol protocol)
{
    return protocols[protocol].asks;
}

struct ratio scale_unit(const char *unit)
{
    static const struct {
        const char *unit;
        struct ratio mg;
    } all[] = {
        { "g", { 1000, 1 } },
        { "kg", { 1000000, 1 } },
        { "mg", { 1, 1 } },
        { "oz", { 45359237, 1600 } },
        { "lb", { 45359237, 100 } },
        { "ozt", { 311034768, 10000 } },
        { "dwt", { 155517384, 100000 } },
        { "GN", { 6479891, 100000 } },
        { "ct", { 200, 1 } },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].unit, unit) == 0)
            return all[i].mg;
    return (struct ratio){ 0, 1 };
}

static enum scale_verdict refuse(const struct line *line, const char *rule)
{
    ctx_note(line->c, ST_INVALID, "scale", line->shown, "%s", rule);
    return SCALE_REFUSED;
}

static enum scale_verdict garbled(const struct line *line)
{
    return refuse(line, "is no line of this scale's protocol: something was lost on the way, or protocol or "
                        "speed are another's");
}

/* The words of the line; false when it holds what no scale sends. */
static bool take_words(struct line *line, const char *bytes, size_t size)
{
    char *copy = arena_text_n(&line->c->arena, bytes, size);
    bool within = false;

    for (size_t i = 0; i < size; i++) {
        if (copy[i] < ' ' || copy[i] > '~')
            return false;
        if (copy[i] == ' ') {
            copy[i] = '\0';
            within = false;
            continue;
        }
        if (!within && line->count == WORDS_MOST)
            return false;
        if (!within)
            line->words[line->count++] = &copy[i];
        within = true;
    }
    return line->count > 0;
}

static bool is(const struct line *line, size_t word, const char *text)
{
    return word < line->count && strcmp(line->words[word], text) == 0;
}

/* "S S     100.00 g": who answers, how it stands, the weight. */
static enum scale_verdict mt_sics(struct line *line, struct said *said)
{
    if (is(line, 0, "ES") || is(line, 0, "ET") || is(line, 0, "EL"))
        return refuse(line, "the scale does not understand the command: it speaks another protocol");
    if (!is(line, 0, "S") || line->count < 2)
        return garbled(line);
    if (is(line, 1, "+"))
        return refuse(line, "the scale is overloaded: take something off");
    if (is(line, 1, "-"))
        return refuse(line, "the scale is below its range: put its pan back, and zero it");
    if (is(line, 1, "L"))
        return refuse(line, "the scale does not carry out the command");
    if (is(line, 1, "I")) {
        line->unstable = true;
        return SCALE_STABLE;
    }
    line->unstable = is(line, 1, "D");
    if ((!line->unstable && !is(line, 1, "S")) || line->count != 4)
        return garbled(line);
    *said = (struct said){ line->words[2], line->words[3] };
    return SCALE_STABLE;
}

/* "ST,+00012.34  g": the unit may stand right behind the number, or apart from it. */
static enum scale_verdict a_and_d(struct line *line, struct said *said)
{
    char *head = line->words[0], *number = head + 3, *end;

    if (strlen(head) < 4 || head[2] != ',')
        return garbled(line);
    if (strncmp(head, "OL", 2) == 0)
        return refuse(line, *number == '-' ? "the scale is below its range: put its pan back, and zero it"
                                           : "the scale is overloaded: take something off");
    if (strncmp(head, "QT", 2) == 0)
        return refuse(line, "the scale counts pieces: switch it to weighing");
    line->unstable = strncmp(head, "US", 2) == 0;
    if (!line->unstable && strncmp(head, "ST", 2) != 0)
        return garbled(line);
    end = number + strspn(number, "+-.0123456789");
    if (line->count > 2 || (line->count == 2) == (*end != '\0'))
        return garbled(line);
    said->unit = line->count == 2 ? line->words[1] : arena_text(&line->c->arena, end);
    *end = '\0';
    said->number = number;
    return SCALE_STABLE;
}

/* "    12.34 g ?": a question mark where it is not stable, then what kind of weight. */
static enum scale_verdict ohaus(struct line *line, struct said *said)
{
    if (line->count < 2)
        return garbled(line);
    *said = (struct said){ line->words[0], line->words[1] };
    for (size_t i = 2; i < line->count; i++) {
        if (is(line, i, "?"))
            line->unstable = true;
        else if (is(line, i, "TOTAL"))
            return refuse(line, "is a sum of several weights, not what lies on the scale");
        else if (!is(line, i, "G") && !is(line, i, "N") && !is(line, i, "NET") && !is(line, i, "GROSS"))
            return garbled(line);
    }
    return SCALE_STABLE;
}

/* A decimal as digits without the point, and how many stood behind it. */
struct decimal {
    int64_t digits;
    int decimals;
    bool negative;
};

static bool read_number(const char *text, struct decimal *out)
{
    size_t significant = 0, digits = 0;
    bool point = false;

    *out = (struct decimal){ .negative = *text == '-' };
    text += *text == '-' || *text == '+';
    for (; *text != '\0'; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9')
            return false;
        digits++;
        out->digits = out->digits * 10 + (*text - '0');
        significant += out->digits > 0;
        out->decimals += point;
        if (significant > DIGITS_MOST || out->decimals > DECIMALS_MOST)
            return false;
    }
    return digits > 0;
}

/* In milligrams, rounded half up once where it has to be. */
static struct weight weight_of(const struct decimal *number, struct ratio unit, bool *rounded)
{
    int64_t den = unit.den;
    struct weight weight;

    for (int i = 0; i < number->decimals; i++)
        den *= 10;
    weight.mg = scale_i64(number->digits, unit.num, den);
    *rounded = number->digits * unit.num % den != 0;
    return weight;
}

static bool metric(const char *unit)
{
    return strcmp(unit, "g") == 0 || strcmp(unit, "kg") == 0 || strcmp(unit, "mg") == 0;
}

static enum scale_verdict refuse_unit(const struct line *line, const struct scale_rule *rule,
                                      const char *unit)
{
    struct ctx *c = line->c;

    if (scale_unit(unit).num == 0)
        ctx_note(c, ST_INVALID, "scale", line->shown,
                 "\"%s\" is no unit of weight known here: switch the scale to grams", unit);
    else
        ctx_note(c, ST_INVALID, "scale", line->shown,
                 "the scale stands on %s, and is meant to stand on %s: switch it back", unit, rule->unit);
    return SCALE_REFUSED;
}

/* Whether a stable weight lies in the scale's range. */
static enum scale_verdict judge(const struct line *line, const struct scale_rule *rule,
                                const struct scale_reading *reading)
{
    struct ctx *c = line->c;
    const int64_t step = rule->resolution.mg > 0 ? rule->resolution.mg : 1;

    if (reading->weight.mg > rule->capacity.mg)
        ctx_note(c, ST_INVALID, "scale", line->shown, "is more than the scale can weigh: %s",
                 weight_text(&c->arena, rule->capacity));
    else if (reading->weight.mg > 0 && reading->weight.mg < rule->minimum.mg)
        ctx_note(c, ST_INVALID, "scale", line->shown,
                 "is less than the scale weighs well: %s; use a finer one",
                 weight_text(&c->arena, rule->minimum));
    else if (metric(reading->unit) && (reading->weight.mg % step != 0 || (reading->rounded && step > 1)))
        ctx_note(c, ST_INVALID, "scale", line->shown,
                 "is finer than the step of the scale's display, %s: is it another scale?",
                 weight_text(&c->arena, rule->resolution));
    else
        return SCALE_STABLE;
    return SCALE_REFUSED;
}

static enum scale_verdict weigh(const struct line *line, const struct scale_rule *rule,
                                const struct said *said, struct scale_reading *reading)
{
    struct decimal number;

    if (!read_number(said->number, &number))
        return garbled(line);
    if (scale_unit(said->unit).num == 0 ||
        (strcmp(rule->unit, "any") != 0 && strcmp(rule->unit, said->unit) != 0))
        return refuse_unit(line, rule, said->unit);
    if (line->unstable)
        return SCALE_UNSTABLE;
    if (number.negative && number.digits > 0)
        return refuse(line, "is less than nothing: zero the scale, with its pan on");
    *reading = (struct scale_reading){ .unit = said->unit, .line = line->shown };
    reading->weight = weight_of(&number, scale_unit(said->unit), &reading->rounded);
    return judge(line, rule, reading);
}

/* The line as it may be shown and stored: what is not printable as a dot, not longer than a person reads. */
static const char *shown(struct ctx *c, const char *bytes, size_t size)
{
    char *text = arena_text_n(&c->arena, bytes, size < SHOWN_LONGEST ? size : SHOWN_LONGEST);

    for (size_t i = 0; i < size && i < SHOWN_LONGEST; i++)
        if (text[i] < ' ' || text[i] > '~')
            text[i] = '.';
    return text;
}

static enum scale_verdict unstable(const struct line *line)
{
    ctx_note(line->c, ST_CONFLICT, "scale", line->shown, "is not stable: wait until the scale has settled");
    return SCALE_UNSTABLE;
}

enum scale_verdict scale_line_read(struct ctx *c, const struct scale_rule *rule, const char *bytes,
                                   size_t size, struct scale_reading *reading)
{
    static enum scale_verdict (*const read[])(struct line *, struct said *) = {
        [SCALE_MT_SICS] = mt_sics,
        [SCALE_AND] = a_and_d,
        [SCALE_OHAUS] = ohaus,
    };
    struct line line = { .c = c };
    struct said said = { 0 };
    enum scale_verdict verdict;

    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    line.shown = shown(c, bytes, size);
    if (size > SCALE_LINE_LONGEST || !take_words(&line, bytes, size))
        return garbled(&line);
    verdict = read[rule->protocol](&line, &said);
    if (verdict == SCALE_STABLE && said.number != NULL)
        verdict = weigh(&line, rule, &said, reading);
    return verdict == SCALE_UNSTABLE || (verdict == SCALE_STABLE && said.number == NULL) ? unstable(&line)
                                                                                         : verdict;
}
