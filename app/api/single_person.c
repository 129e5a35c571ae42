/* The single-person mode over HTTP. */
#include "core/single_person.h"

#include "api/handlers.h"

enum status post_single_person(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t minutes;

    TRY(in_body(in, &body));
    minutes = json_get_i64(body, "delay_minutes", SINGLE_PERSON_LEAST_MINUTES, SINGLE_PERSON_MOST_MINUTES);
    TRY(in_end(in));
    TRY(single_person_on(c, minutes));
    reply_empty(out);
    return ST_OK;
}

enum status delete_single_person(struct ctx *c, struct request *in, struct reply *out)
{
    TRY(in_end(in));
    TRY(single_person_off(c));
    reply_empty(out);
    return ST_OK;
}
