/* The quick check: screening what is typed, against the rule book in memory. Nothing is stored and no database is asked. */
#include "api/handlers.h"
#include "api/screen_json.h"

enum status post_screen(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct json_object *body;
    struct screen_case typed;
    struct screening screening;

    TRY(in_body(in, &body));
    TRY(screen_case_read(c, knowledge, body, &typed));
    TRY(in_end(in));
    screen_case_run(&c->arena, knowledge, &typed, &screening);
    screen_answer_write(reply_json(c, out), knowledge, &typed, &screening);
    return ST_OK;
}
