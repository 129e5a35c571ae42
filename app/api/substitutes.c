/* Substitutes over HTTP: what is offered, what is proposed, what the prescriber says. */
#include "api/handlers.h"
#include "api/substitute_json.h"
#include "json/json_read.h"

enum { KEY_LONGEST = 100, NOTE_LONGEST = 1000 };
#define VERSION_MOST INT64_C(1000000)
#define NUMBER_MOST INT64_C(1000000000000)

static void write_shorts(struct json_writer *w, const struct offers *offers)
{
    json_open_list(w, "short");
    for (size_t i = 0; i < offers->short_count; i++) {
        const struct short_herb *line = &offers->shorts[i];

        json_open_object(w, NULL);
        json_i64(w, "line_no", line->line_no);
        json_text(w, "herb_id", line->herb_id);
        json_text(w, "name", line->name);
        json_weight(w, "wanted_mg", line->wanted);
        json_weight(w, "free_mg", line->free);
        json_bool(w, "barred", line->barred);
        json_close_object(w);
    }
    json_close_list(w);
    json_open_list(w, "barred");
    for (size_t i = 0; i < offers->barred_count; i++)
        json_text(w, NULL, offers->barred[i]);
    json_close_list(w);
}

static void write_lines(struct json_writer *w, const struct offer *offer)
{
    json_open_list(w, "items");
    for (size_t i = 0; i < offer->line_count; i++) {
        const struct offer_line *line = &offer->lines[i];

        json_open_object(w, NULL);
        json_text(w, "herb_id", line->herb_id);
        json_text(w, "processing", line->processing);
        json_text(w, "item", *line->name == '\0' ? NULL : line->name);
        json_text(w, "formula_id", *line->formula_id == '\0' ? NULL : line->formula_id);
        json_weight(w, "daily_mg", line->daily);
        json_close_object(w);
    }
    json_close_list(w);
    json_open_list(w, "differences");
    for (size_t i = 0; i < offer->difference_count; i++) {
        json_open_object(w, NULL);
        json_text(w, "herb_id", offer->differences[i].herb_id);
        json_text(w, "name", offer->differences[i].name);
        json_weight(w, "was_mg", offer->differences[i].was);
        json_weight(w, "is_mg", offer->differences[i].is);
        json_close_object(w);
    }
    json_close_list(w);
}

void offers_write(struct json_writer *w, const struct offers *offers)
{
    json_open_object(w, NULL);
    json_i64(w, "prescription_id", offers->prescription_id);
    json_i64(w, "version", offers->version);
    if (offers->order_id != 0)
        json_i64(w, "order_id", offers->order_id);
    write_shorts(w, offers);
    json_open_list(w, "offers");
    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *offer = &offers->list[i];

        json_open_object(w, NULL);
        json_text(w, "offer", offer->key);
        json_text(w, "kind", offer->kind);
        if (offer->line_no != 0)
            json_i64(w, "line_no", offer->line_no);
        json_text(w, "summary", offer->summary);
        json_i64(w, "score_permille", offer->score_permille);
        write_lines(w, offer);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}

static enum status reply_offers(struct ctx *c, struct request *in, struct reply *out,
                                const struct substitute_wish *wish)
{
    struct offers offers;

    TRY(in_end(in));
    TRY(substitute_find(c, api_knowledge(c, in), wish, &offers));
    offers_write(reply_json(c, out), &offers);
    return ST_OK;
}

enum status get_prescription_substitutes(struct ctx *c, struct request *in, struct reply *out)
{
    const struct substitute_wish wish = {
        .prescription_id = in_path_id(in, "id"),
        .version = in_query_i64_or(in, "version", 1, VERSION_MOST, 0),
        .whole = in_query_bool_or(in, "whole", false),
    };

    return reply_offers(c, in, out, &wish);
}

enum status get_order_substitutes(struct ctx *c, struct request *in, struct reply *out)
{
    const struct substitute_wish wish = {
        .order_id = in_path_id(in, "id"),
        .whole = in_query_bool_or(in, "whole", false),
    };

    return reply_offers(c, in, out, &wish);
}

enum status post_prescription_substitution(struct ctx *c, struct request *in, struct reply *out)
{
    struct substitute_wish wish = { .prescription_id = in_path_id(in, "id") };
    int64_t made;
    struct json_object *body;
    struct json_writer *w;
    const char *key, *note;

    TRY(in_body(in, &body));
    wish.version = json_get_i64(body, "version", 1, VERSION_MOST);
    wish.order_id = json_get_i64_or(body, "order_id", 1, NUMBER_MOST, 0);
    key = json_get_text(body, "offer", KEY_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(substitute_propose(c, api_knowledge(c, in), &wish, key, note, &made));
    reply_created(c, out, "/api/v1/substitutions?prescription=%lld", (long long)wish.prescription_id);
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", made);
    json_i64(w, "prescription_id", wish.prescription_id);
    json_i64(w, "version", wish.version);
    if (wish.order_id != 0)
        json_i64(w, "order_id", wish.order_id);
    json_text(w, "state", "open");
    json_close_object(w);
    return ST_OK;
}

enum status post_substitution_answer(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), prescription, version;
    struct json_object *body;
    struct json_writer *w;
    const char *note;
    bool consented;

    TRY(in_body(in, &body));
    consented = json_get_bool(body, "consented");
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(substitute_answer(c, api_knowledge(c, in), id, consented, note, &prescription, &version));
    out->status = 201;
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", id);
    json_i64(w, "prescription_id", prescription);
    json_text(w, "state", consented ? "consented" : "refused");
    if (consented)
        json_i64(w, "became_version", version);
    json_close_object(w);
    return ST_OK;
}
