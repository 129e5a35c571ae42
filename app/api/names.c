/* Type-ahead over everything the rule book has a name for. */
#include <string.h>

#include "api/handlers.h"
#include "clinic/names.h"

enum { SUGGESTIONS_MOST = 20 };

/* "herb,formula" → the kinds' bits; all of them when nothing was said. */
static unsigned kinds_of(struct request *in)
{
    const char *text = in_query_text_or(in, "kinds", 100, NULL);
    unsigned kinds = 0;
    size_t n;
    char **words;

    if (text == NULL)
        return REF_ALL;
    words = text_split(&in->c->arena, text, ',', &n);
    for (size_t i = 0; i < n; i++) {
        unsigned bit = 0;

        for (int kind = REF_HERB; kind < REF_KIND_COUNT; kind++)
            if (strcmp(ref_kind_word((enum ref_kind)kind), words[i]) == 0)
                bit = REF_BIT(kind);
        if (bit == 0)
            ctx_note(in->c, ST_INVALID, "kinds", words[i],
                     "must be herb, formula, product, procedure, drug, drug_class or condition");
        kinds |= bit;
    }
    return kinds;
}

enum status get_names(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    const char *text = in_query_text(in, "q", 100);
    unsigned kinds = kinds_of(in);
    size_t most = (size_t)in_query_i64_or(in, "limit", 1, SUGGESTIONS_MOST, 10);
    struct name_match matches[SUGGESTIONS_MOST];
    struct json_writer *w;
    size_t n;

    TRY(in_end(in));
    n = names_suggest(knowledge, text, kinds, matches, most);
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "rows");
    for (size_t i = 0; i < n; i++) {
        json_open_object(w, NULL);
        json_text(w, "kind", ref_kind_word((enum ref_kind)matches[i].ref.kind));
        json_text(w, "id", ref_id(knowledge, matches[i].ref));
        json_text(w, "name", ref_name(knowledge, matches[i].ref));
        json_text(w, "matched", matches[i].name);
        json_text(w, "fit", name_fit_word(matches[i].fit));
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}
