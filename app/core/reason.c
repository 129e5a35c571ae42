/* Reasons: their words and English sentences, and the sentences with their places filled. */
#include "core/reason.h"

#include <string.h>

#include "base/text.h"

static const struct {
    const char *word, *sentence;
} reasons[] = {
#define REASON_ROW(name, word, sentence) [REASON_##name] = { word, sentence },
    REASON_LIST(REASON_ROW)
#undef REASON_ROW
};

struct reason_term term_text(const char *name, const char *text)
{
    return (struct reason_term){ .name = name, .kind = TERM_TEXT, .text = text };
}

struct reason_term term_number(const char *name, int64_t number)
{
    return (struct reason_term){ .name = name, .kind = TERM_NUMBER, .number = number };
}

struct reason_term term_money(const char *name, struct money money)
{
    return (struct reason_term){ .name = name, .kind = TERM_MONEY, .number = money.cents };
}

struct reason_term term_percent(const char *name, int64_t basis_points)
{
    return (struct reason_term){ .name = name, .kind = TERM_PERCENT, .number = basis_points };
}

struct reason_term term_day(const char *name, struct date day)
{
    return (struct reason_term){ .name = name, .kind = TERM_DAY, .number = day.days };
}

struct reason_term term_reason(const char *name, const struct reason *reason)
{
    return (struct reason_term){ .name = name, .kind = TERM_REASON, .reason = reason };
}

const struct reason *reason_of(struct arena *arena, enum reason_name name)
{
    return reason_with(arena, name, NULL, 0);
}

const struct reason *reason_with(struct arena *arena, enum reason_name name, const struct reason_term *terms,
                                 size_t count)
{
    struct reason *made = arena_alloc(arena, sizeof *made);

    made->name = name;
    for (size_t i = 0; i < count && i < REASON_TERMS_MOST; i++)
        made->terms[made->count++] = terms[i];
    return made;
}

const char *reason_word(const struct reason *reason)
{
    return reason == NULL ? "" : reasons[reason->name].word;
}

static const char *term_said(struct arena *arena, const struct reason_term *term)
{
    switch (term->kind) {
    case TERM_TEXT:
        return term->text;
    case TERM_NUMBER:
        return arena_printf(arena, "%lld", (long long)term->number);
    case TERM_MONEY:
    case TERM_PERCENT: /* hundredths, both of them */
        return money_text(arena, (struct money){ term->number });
    case TERM_DAY:
        return date_text(arena, (struct date){ .days = (int32_t)term->number });
    case TERM_REASON:
        return reason_text(arena, term->reason);
    }
    return "";
}

/* What fills the place; NULL when nothing does. */
static const char *filled(struct arena *arena, const struct reason *reason, const char *place, size_t size)
{
    for (size_t i = 0; i < reason->count; i++)
        if (strlen(reason->terms[i].name) == size && strncmp(reason->terms[i].name, place, size) == 0)
            return term_said(arena, &reason->terms[i]);
    return NULL;
}

const char *reason_text(struct arena *arena, const struct reason *reason)
{
    const char *rest = reason == NULL ? "" : reasons[reason->name].sentence, *place;
    const char *said = "";

    while ((place = strchr(rest, '{')) != NULL) {
        const char *end = strchr(place, '}');
        const char *fill = filled(arena, reason, place + 1, (size_t)(end - place - 1));

        said = arena_printf(arena, "%s%.*s%s", said, (int)(place - rest), rest,
                            fill == NULL ? arena_text_n(arena, place, (size_t)(end - place + 1)) : fill);
        rest = end + 1;
    }
    return *said == '\0' ? rest : arena_printf(arena, "%s%s", said, rest);
}
