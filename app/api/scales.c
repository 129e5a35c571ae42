/* The scales of the bench over HTTP: enter, remove, look at what lies on one, take a reading. */
#include "core/scale.h"

#include "api/handlers.h"

enum { CODE_LONGEST = 40, NAME_LONGEST = 120, URI_LONGEST = 300, WORD_LONGEST = 10 };

static struct link_limits limits_of(struct request *in)
{
    return (struct link_limits){ api_config(api_of(in))->devices, SCALE_PATIENCE_MS };
}

enum status post_scale(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct scale_new scale;
    struct json_writer *w;
    int64_t id;

    TRY(in_body(in, &body));
    scale.code = json_get_text(body, "code", CODE_LONGEST);
    scale.name = json_get_text_or(body, "name", NAME_LONGEST, "");
    scale.uri = json_get_text(body, "uri", URI_LONGEST);
    scale.protocol = json_get_text(body, "protocol", WORD_LONGEST);
    scale.unit = json_get_text_or(body, "unit", WORD_LONGEST, "g");
    scale.asks = json_get_bool_or(body, "asks", true);
    scale.capacity.mg = json_get_i64(body, "capacity_mg", 1, WEIGHT_LIMIT_MG);
    scale.minimum.mg = json_get_i64_or(body, "minimum_mg", 0, WEIGHT_LIMIT_MG, 0);
    scale.resolution.mg = json_get_i64(body, "resolution_mg", 1, WEIGHT_LIMIT_MG);
    TRY(in_end(in));
    TRY(scale_add(c, &scale, &id));
    reply_created(c, out, "/api/v1/scales/%s", scale.code);
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", id);
    json_text(w, "code", scale.code);
    json_close_object(w);
    return ST_OK;
}

enum status post_scale_removal(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");

    TRY(in_end(in));
    TRY(scale_remove(c, code));
    reply_empty(out);
    return ST_OK;
}

static void write_taken(struct json_writer *w, const char *code, const struct scale_taken *taken)
{
    json_open_object(w, NULL);
    if (taken->id != 0)
        json_i64(w, "id", taken->id);
    json_text(w, "scale", code);
    json_weight(w, "weight_mg", taken->reading.weight);
    json_bool(w, "rounded", taken->reading.rounded);
    json_text(w, "unit", taken->reading.unit);
    json_text(w, "line", taken->reading.line);
    json_instant(w, "read_at", taken->at);
    json_close_object(w);
}

enum status get_scale_reading(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");
    const struct link_limits limits = limits_of(in);
    struct scale_taken taken;

    TRY(in_end(in));
    TRY(scale_look(c, &limits, code, &taken));
    write_taken(reply_json(c, out), code, &taken);
    return ST_OK;
}

enum status post_scale_reading(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");
    const struct link_limits limits = limits_of(in);
    struct scale_taken taken;

    TRY(in_end(in));
    TRY(scale_take(c, &limits, code, &taken));
    reply_created(c, out, "/api/v1/scales/%s/readings/%lld", code, (long long)taken.id);
    write_taken(reply_json(c, out), code, &taken);
    return ST_OK;
}
