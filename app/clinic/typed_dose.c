/* Weights as people type them: digits or Chinese numerals, fractions, ranges, units of several countries, how often a day. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "clinic/typed_text.h"

enum { TIMES_MOST = 24 };

/* A unit: how it is written, and what weight_unit calls it; `tenth` of it for a fen. */
struct unit {
    const char *word;
    const char *called; /* NULL: no weight */
    bool tenth, liang, small;
};

/* Longer words first. */
static const struct unit units[] = {
    { "grams", "g", false, false, false },    { "gram", "g", false, false, false },
    { "gms", "g", false, false, false },      { "gm", "g", false, false, false },
    { "gr", "g", false, false, false },       { "g", "g", false, false, false },
    { "kg", "kg", false, false, false },      { "mg", "mg", false, false, true },
    { "ounces", "oz", false, false, false },  { "ounce", "oz", false, false, false },
    { "oz", "oz", false, false, false },      { "pounds", "lb", false, false, false },
    { "pound", "lb", false, false, false },   { "lbs", "lb", false, false, false },
    { "lb", "lb", false, false, false },      { "qian", "qian", false, true, false },
    { "ch'ien", "qian", false, true, false }, { "tsin", "qian", false, true, false },
    { "liang", "liang", false, true, false }, { "tael", "liang", false, true, false },
    { "taels", "liang", false, true, false }, { "jin", "jin", false, true, false },
    { "catty", "jin", false, true, false },   { "fen", "qian", true, true, false },
    { "毫克", "mg", false, false, true },     { "公斤", "kg", false, false, false },
    { "公克", "g", false, false, false },     { "克", "g", false, false, false },
    { "钱", "qian", false, true, false },     { "錢", "qian", false, true, false },
    { "两", "liang", false, true, false },    { "兩", "liang", false, true, false },
    { "斤", "jin", false, true, false },      { "分", "qian", true, true, false },
    { "mcg", NULL, false, false, true },      { "µg", NULL, false, false, true },
    { "μg", NULL, false, false, true },       { "ml", NULL, false, false, true },
    { "iu", NULL, false, false, true },       { "毫升", NULL, false, false, true },
};

static const struct unit *unit_at(const char *at)
{
    const struct unit *best = NULL;

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = strlen(units[i].word);

        if (strncasecmp(at, units[i].word, size) != 0 || (best != NULL && strlen(best->word) >= size))
            continue;
        if ((unsigned char)units[i].word[size - 1] >= 0x80 || !isalnum((unsigned char)at[size]))
            best = &units[i];
    }
    return best;
}

/* Milligrams in one of it. Where nobody chose what a liang weighs, what textbooks convert by. */
static struct ratio unit_ratio(const struct unit *unit, enum liang liang)
{
    struct ratio ratio = weight_unit(unit->called, liang);

    if (unit->liang && liang == LIANG_NOT_CHOSEN)
        ratio = strcmp(unit->called, "qian") == 0    ? (struct ratio){ 3000, 1 }
                : strcmp(unit->called, "liang") == 0 ? (struct ratio){ 30000, 1 }
                                                     : (struct ratio){ 0, 1 };
    if (unit->tenth)
        ratio.den *= 10;
    return ratio;
}

/* ---- how often ---- */

/* "3 times a day", "每日三次", "x 2": how many times; 0 when no such words stand there. */
static int64_t times_at(const char **at)
{
    static const char *const often[] = { "times a day", "times daily", "times per day",
                                         "x daily",     "x/day",       "次" };
    static const char *const days[] = { "每日", "每天", "一日", "日" };
    const char *from = *at;
    struct typed_number number;
    const char *end;

    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (strncmp(from, days[i], strlen(days[i])) == 0) {
            from += strlen(days[i]);
            break;
        }
    end = typed_number(from, &number);
    if (end == NULL || number.wrong != NULL || number.den != 1 || number.num < 1 || number.num > TIMES_MOST)
        return 0;
    end += strspn(end, " ");
    for (size_t i = 0; i < sizeof often / sizeof *often; i++)
        if (strncasecmp(end, often[i], strlen(often[i])) == 0) {
            *at = end + strlen(often[i]);
            return number.num;
        }
    return 0;
}

/* "x2", "× 2", "* 2": a multiple, but "x 7 days" and "×7剂" say how long. False when there is no such sign. */
static bool multiple_at(const char **at, int64_t *times, bool *how_long)
{
    static const char *const spans[] = { "days", "day",   "d",  "weeks", "packets", "packs",
                                         "bags", "doses", "天", "日",    "剂",      "劑",
                                         "付",   "帖",    "服", "包",    "贴",      "貼" };
    const char *from = *at + strspn(*at, " ");
    struct typed_number number;

    if (strncmp(from, "×", 2) == 0)
        from += 2;
    else if (*from == 'x' || *from == 'X' || *from == '*')
        from++;
    else
        return false;
    from += strspn(from, " ");
    if (!isdigit((unsigned char)*from))
        return false;
    from = typed_western_number(from, &number);
    if (number.wrong != NULL || number.den != 1 || number.num < 1)
        return false;
    *times = number.num;
    *how_long = false;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        const char *span = from + strspn(from, " ");
        size_t size = strlen(spans[i]);

        if (strncasecmp(span, spans[i], size) == 0 && !isalnum((unsigned char)span[size])) {
            *how_long = true;
            from = span + size;
            break;
        }
    }
    if (isalnum((unsigned char)*from) || (!*how_long && number.num > TIMES_MOST))
        return false;
    *at = from;
    return true;
}

/* "twice daily" and the like at the start of what follows a weight: how many times a day; 0 for a weight a week. */
static int64_t how_often(const char **after)
{
    static const struct {
        const char *words;
        int times;
    } often[] = {
        { "twice daily", 2 },
        { "twice a day", 2 },
        { "two times a day", 2 },
        { "2x/day", 2 },
        { "bid", 2 },
        { "b.i.d.", 2 },
        { "q12h", 2 },
        { "three times a day", 3 },
        { "three times daily", 3 },
        { "thrice daily", 3 },
        { "tid", 3 },
        { "t.i.d.", 3 },
        { "tds", 3 },
        { "q8h", 3 },
        { "four times a day", 4 },
        { "four times daily", 4 },
        { "qid", 4 },
        { "q6h", 4 },
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
        { "a week", 0 },
        { "per week", 0 },
        { "weekly", 0 },
        { "/week", 0 },
        { "每周", 0 },
        { "每週", 0 },
    };
    int64_t times;

    while (**after == ' ')
        (*after)++;
    times = times_at(after);
    if (times > 0)
        return times;
    for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
        size_t size = strlen(often[i].words);

        if (strncasecmp(*after, often[i].words, size) == 0 && !isalnum((unsigned char)(*after)[size])) {
            *after += size;
            return often[i].times;
        }
    }
    return 1;
}

/* ---- a weight ---- */

/* One end of a range, or the only one. */
struct amount {
    struct typed_number number;
    const struct unit *unit;
};

/* A whole weight as it stands in the text. */
struct found {
    const char *start, *end;
    struct amount lower, upper; /* the same when it is no range */
    bool range, half, rounded, how_long;
    int64_t times;
    enum liang liang;
};

static const char *after_unit(const char *at, const struct unit **unit)
{
    at += strspn(at, " ");
    *unit = unit_at(at);
    return *unit == NULL ? NULL : at + strlen((*unit)->word);
}

/* A number, perhaps a range, and a unit, from `at`. */
static bool amount_at(const char *at, struct found *out)
{
    const char *end = typed_number(at, &out->lower.number);
    const char *unit_end;
    const char *second;
    const char *second_end;

    if (end == NULL)
        return false;
    unit_end = after_unit(end, &out->lower.unit);
    second = typed_range_end(unit_end == NULL ? end : unit_end);
    second_end = second == NULL ? NULL : typed_number(second, &out->upper.number);
    out->end = second_end == NULL ? NULL : after_unit(second_end, &out->upper.unit);
    out->range = out->end != NULL;
    if (out->range && out->lower.unit == NULL)
        out->lower.unit = out->upper.unit;
    if (out->range)
        return true;
    out->upper = out->lower;
    out->end = unit_end;
    return unit_end != NULL;
}

/* "2 x 300 mg": the number before the sign. */
static bool multiple_before(const char *at, struct found *out)
{
    struct typed_number times;
    const char *end = typed_western_number(at, &times);
    const char *sign = end + strspn(end, " ");
    size_t size = strncmp(sign, "×", 2) == 0 ? 2 : *sign == 'x' || *sign == 'X' || *sign == '*' ? 1 : 0;

    if (size == 0 || times.wrong != NULL || times.den != 1 || times.num < 1 || times.num > TIMES_MOST)
        return false;
    sign += size;
    sign += strspn(sign, " ");
    if (!isdigit((unsigned char)*sign) || !amount_at(sign, out))
        return false;
    out->times = times.num;
    return true;
}

/* What follows the unit and belongs to it: a half ("一两半"), whose liang it is ("2 liang tw"), a multiple, how often. */
static void read_tail(struct arena *arena, struct found *out, const char **written_end, const char **wrong)
{
    bool how_long = false;
    int64_t times = 1;
    size_t word;

    if (strncmp(out->end, "半", strlen("半")) == 0 && !out->range && out->upper.unit->liang) {
        out->half = true;
        out->end += strlen("半");
    }
    word = strcspn(out->end + strspn(out->end, " "), " ,;)");
    if (out->upper.unit->liang && word > 0) {
        const char *from = out->end + strspn(out->end, " ");
        enum liang chosen = liang_parse(arena_text_n(arena, from, word));

        if (chosen != LIANG_NOT_CHOSEN) {
            out->liang = chosen;
            out->end = from + word;
        }
    }
    *written_end = out->end;
    while (multiple_at(&out->end, &times, &how_long)) {
        out->times *= how_long || out->times * times > 1000 ? 1 : times;
        out->how_long = out->how_long || how_long;
        *written_end = out->end;
    }
    times = how_often(&out->end);
    if (times == 0)
        *wrong = "a weight for a week is not a day's: give the weight of a day";
    else
        out->times *= times;
}

/* One amount times how often, in whole milligrams; the rule it breaks in *wrong. */
static int64_t milligrams(const struct amount *amount, struct found *found, const char **wrong)
{
    int64_t num = amount->number.num;
    int64_t den = amount->number.den;
    struct ratio ratio;
    int64_t mg;

    if (amount->number.wrong != NULL || amount->unit->called == NULL) {
        *wrong = amount->number.wrong == NULL ? "a weight is written in g, mg, kg, oz, lb, liang or qian"
                                              : amount->number.wrong;
        return 0;
    }
    if (found->half) {
        num = 2 * num + den;
        den *= 2;
    }
    ratio = unit_ratio(amount->unit, found->liang);
    if (ratio.num == 0) {
        *wrong = "what a jin weighs depends on the place: say prc, tw or hk behind it, or give grams";
        return 0;
    }
    if (num / den > WEIGHT_LIMIT_MG / 1000 / (ratio.num / ratio.den + 1) / found->times) {
        *wrong = quantity_error_rule(QUANTITY_TOO_LARGE);
        return 0;
    }
    mg = scale_i64(num * found->times, ratio.num, den * ratio.den);
    if (mg * den * ratio.den != num * found->times * ratio.num) {
        found->rounded = true;
        if (amount->unit->small || strcmp(amount->unit->called, "g") == 0 ||
            strcmp(amount->unit->called, "kg") == 0)
            *wrong = den % 3 == 0 ? NULL : quantity_error_rule(QUANTITY_TOO_FINE);
    }
    if (mg == 0 && *wrong == NULL)
        *wrong = "a weight is more than nothing";
    return mg;
}

static void remark(struct text *out, const char *text)
{
    text_addf(out, "%s%s", out->size == 0 ? "" : "; ", text);
}

/* What of the reading is not plain from the text. */
static const char *remarks(struct arena *arena, const struct found *found, int64_t lower, int64_t upper)
{
    const struct unit *unit = found->upper.unit;
    struct text out;

    text_init(&out, arena);
    if (found->range)
        remark(&out, arena_printf(arena, "a range from %s to %s: the upper end was used",
                                  weight_text(arena, (struct weight){ lower }),
                                  weight_text(arena, (struct weight){ upper })));
    if (unit->liang) {
        struct ratio ratio = unit_ratio(unit, found->liang);
        struct weight one = { scale_i64(1, ratio.num, ratio.den) };

        remark(&out, arena_printf(arena, "%s taken as %s%s, %s", unit->word, found->rounded ? "about " : "",
                                  weight_text(arena, one),
                                  found->liang == LIANG_NOT_CHOSEN ? "as textbooks convert"
                                                                   : liang_word(found->liang)));
    }
    if (found->times > 1)
        remark(&out, arena_printf(arena, "%lld times a day", (long long)found->times));
    if (found->how_long)
        remark(&out, "how long was not counted: the weight is a day's");
    if (found->rounded)
        remark(&out, "rounded to the milligram");
    return out.size == 0 ? NULL : out.data;
}

static void read_dose(struct arena *arena, const char *text, bool negative, struct found *found,
                      struct typed_dose *out)
{
    const char *written_end;
    const char *wrong = NULL;
    int64_t lower;
    int64_t upper;

    read_tail(arena, found, &written_end, &wrong);
    out->written =
        arena_text_n(arena, found->start - negative, (size_t)(written_end - found->start) + negative);
    out->after = text_trim(arena, found->end);
    out->before = text_trim(arena, arena_text_n(arena, text, (size_t)(found->start - text) - negative));
    if (typed_without_end(arena, out->before, "x") != NULL) /* "dan shen x 10 g" */
        out->before = typed_without_end(arena, out->before, "x");
    out->small_unit = found->upper.unit->small;
    lower = wrong == NULL ? milligrams(&found->lower, found, &wrong) : 0;
    upper = wrong == NULL ? milligrams(&found->upper, found, &wrong) : 0;
    if (negative)
        wrong = quantity_error_rule(QUANTITY_NEGATIVE);
    out->wrong = wrong;
    if (wrong != NULL)
        return;
    out->daily.mg = lower > upper ? lower : upper;
    out->remark = remarks(arena, found, lower < upper ? lower : upper, out->daily.mg);
}

bool typed_find_dose(struct arena *arena, const char *text, enum liang liang, struct typed_dose *out)
{
    for (const char *at = text; *at != '\0';) {
        struct found found = { .start = at, .times = 1, .liang = liang };
        bool negative = at > text && at[-1] == '-' && (at == text + 1 || at[-2] == ' ');
        bool digit = isdigit((unsigned char)*at) != 0;

        if (digit && at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '.' || at[-1] == ',')) {
            at++;
            continue;
        }
        if ((digit && multiple_before(at, &found)) || amount_at(at, &found)) {
            *out = (struct typed_dose){ .before = "" };
            read_dose(arena, text, negative, &found, out);
            return true;
        }
        (void)utf8_next(&at);
    }
    return false;
}
