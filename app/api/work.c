/* The work list over HTTP: taking a piece and ending it. Reading it is a data route. */
#include "core/work.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { CODE_LONGEST = 60, NOTE_LONGEST = 1000 };

/* The piece as it is after the change. */
static enum status reply_work(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_work_list,
                     PARAMS(SHOP(c), USER(c), I64(id), NONE(), NONE(), NONE(), NONE(), NONE(), NONE()));
}

enum status post_work_take(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id");
    bool over;

    TRY(in_body(in, &body));
    over = json_get_bool_or(body, "take_over", false);
    TRY(in_end(in));
    TRY(work_take(c, id, over));
    return reply_work(c, out, id);
}

enum status post_work_done(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *outcome, *note;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    outcome = json_get_text(body, "outcome", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(work_done(c, id, outcome, note));
    return reply_work(c, out, id);
}
