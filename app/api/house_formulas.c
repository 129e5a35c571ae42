/* House formulas over HTTP: kept under a name, taken out of use. */
#include "api/handlers.h"
#include "api/prescription_json.h"
#include "core/house_formula.h"

enum { NAME_LONGEST = 120 };

enum status post_house_formula(struct ctx *c, struct request *in, struct reply *out)
{
    struct prescription_draft draft = { 0 };
    struct json_object *body;
    struct json_writer *w;
    const char *name;
    int64_t id;

    TRY(in_body(in, &body));
    name = json_get_text(body, "name", NAME_LONGEST);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(house_formula_keep(c, api_knowledge(c, in), name, &draft, &id));
    reply_created(c, out, "/api/v1/house-formulas");
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", id);
    json_text(w, "name", name);
    json_close_object(w);
    return ST_OK;
}

enum status post_house_formula_retirement(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *name;

    TRY(in_body(in, &body));
    name = json_get_text(body, "name", NAME_LONGEST);
    TRY(in_end(in));
    TRY(house_formula_retire(c, name));
    out->status = 204;
    return ST_OK;
}
