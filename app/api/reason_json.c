/* Writes reasons: a sentence for those who read English, a word with its terms for those who do not. */
#include "api/reason_json.h"

static void write_word(struct arena *arena, struct json_writer *w, const char *key, const char *terms_key,
                       const struct reason *reason);

static void write_term(struct arena *arena, struct json_writer *w, const struct reason_term *term)
{
    switch (term->kind) {
    case TERM_TEXT:
        json_text(w, term->name, term->text);
        return;
    case TERM_NUMBER:
        json_i64(w, term->name, term->number);
        return;
    case TERM_MONEY:
        json_i64(w, arena_printf(arena, "%s_cents", term->name), term->number);
        return;
    case TERM_PERCENT:
        json_i64(w, arena_printf(arena, "%s_basis_points", term->name), term->number);
        return;
    case TERM_DAY:
        json_date(w, arena_printf(arena, "%s_on", term->name),
                  (struct date){ .days = (int32_t)term->number });
        return;
    case TERM_REASON:
        json_open_object(w, term->name);
        write_word(arena, w, "reason", "terms", term->reason);
        json_close_object(w);
        return;
    }
}

static void write_word(struct arena *arena, struct json_writer *w, const char *key, const char *terms_key,
                       const struct reason *reason)
{
    json_text(w, key, reason_word(reason));
    if (reason == NULL || reason->count == 0)
        return;
    json_open_object(w, terms_key);
    for (size_t i = 0; i < reason->count; i++)
        write_term(arena, w, &reason->terms[i]);
    json_close_object(w);
}

void reason_write(struct arena *arena, struct json_writer *w, const struct reason_keys *keys,
                  const struct reason *reason)
{
    json_text(w, keys->sentence, reason_text(arena, reason));
    write_word(arena, w, keys->word, keys->terms, reason);
}
