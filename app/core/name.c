/* Names as typed to what the rule book knows, never guessing between two. */
#include "core/name.h"

#include <string.h>

#include "base/text.h"
#include "clinic/names.h"

enum { TYPED_LONGEST = 200, NEAREST = 3 };

/* "Mù Tōng 木通 (mu_tong), Guān Mù Tōng 关木通 (guan_mu_tong)" */
static const char *list_names(struct ctx *c, const struct knowledge *k, const struct name_match *match,
                              size_t n)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < n; i++)
        text_addf(&text, "%s%s (%s)", i == 0 ? "" : ", ", ref_name(k, match[i].ref), ref_id(k, match[i].ref));
    return text.size == 0 ? "" : text.data;
}

static void note_unknown(struct ctx *c, const struct knowledge *k, const char *field, const char *typed,
                         enum ref_kind kind)
{
    struct name_meaning other;
    struct name_match near[NEAREST];
    size_t n;

    names_look_up(k, typed, REF_ALL, &other);
    if (other.count > 0 && other.match[0].ref.kind != kind) {
        ctx_note(c, ST_INVALID, field, typed, "is a %s, not a %s",
                 ref_kind_word((enum ref_kind)other.match[0].ref.kind), ref_kind_word(kind));
        return;
    }
    n = names_nearest(k, typed, REF_BIT(kind), near, NEAREST);
    if (n == 0)
        ctx_note(c, ST_INVALID, field, typed, "is no %s the rule book knows", ref_kind_word(kind));
    else
        ctx_note(c, ST_INVALID, field, typed, "is no %s the rule book knows; near it: %s",
                 ref_kind_word(kind), list_names(c, k, near, n));
}

struct ref name_resolve(struct ctx *c, const struct knowledge *k, const char *field, const char *typed,
                        enum ref_kind kind)
{
    const struct ref none = { .kind = REF_NONE };
    struct name_meaning found;
    struct ref ref;

    if (typed == NULL || *text_trim(&c->arena, typed) == '\0') {
        ctx_note(c, ST_INVALID, field, NULL, "must be given");
        return none;
    }
    if (!utf8_valid(typed, strlen(typed)) || utf8_length(typed) > TYPED_LONGEST) {
        ctx_note(c, ST_INVALID, field, NULL, "is valid UTF-8 of at most %d characters", TYPED_LONGEST);
        return none;
    }
    ref = knowledge_find(k, kind, typed);
    if (ref.kind != REF_NONE)
        return ref;
    names_look_up(k, typed, REF_BIT(kind), &found);
    if (found.count == 0) {
        note_unknown(c, k, field, typed, kind);
        return none;
    }
    if (found.ask) {
        ctx_note(c, ST_INVALID, field, typed, "means several things: %s; say which%s%s",
                 list_names(c, k, found.match, found.count), found.rule == NULL ? "" : "; ",
                 found.rule == NULL ? "" : found.rule);
        return none;
    }
    return found.match[0].ref;
}
