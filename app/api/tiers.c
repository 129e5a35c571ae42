/* A shop's own tiers over HTTP: what interrupts whom. Reading them is a data route. */
#include "core/tier.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { WORD_LONGEST = 40 };

enum status put_tier(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *role, *moment, *severity, *tier;

    TRY(in_body(in, &body));
    role = json_get_text(body, "role", WORD_LONGEST);
    moment = json_get_text(body, "moment", WORD_LONGEST);
    severity = json_get_text(body, "severity", WORD_LONGEST);
    tier = json_get_text_or(body, "tier", WORD_LONGEST, NULL);
    TRY(in_end(in));
    TRY(tier_set(c, role, moment, severity, tier));
    return reply_rows(c, out, &q_tier_list, PARAMS(SHOP(c)));
}
