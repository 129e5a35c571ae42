/* The curator's queue over HTTP: deciding about a rule, and from when on one comes before her. */
#include "core/curator.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { ID_LONGEST = 120, WORD_LONGEST = 40, TEXT_LONGEST = 1000 };

enum status post_curator_decision(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const origins[] = { "reference", "shop", NULL };
    struct curator_decision decision = { 0 };
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    decision.rule_id = json_get_text(body, "rule", ID_LONGEST);
    decision.own = json_get_word_or(body, "origin", origins, 0) == 1;
    decision.action = (enum curator_action)json_get_word_or(body, "action", curator_actions, -1);
    decision.note = json_get_text(body, "note", TEXT_LONGEST);
    decision.severity = json_get_text_or(body, "severity", WORD_LONGEST, NULL);
    decision.citation = json_get_text_or(body, "citation", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(curator_decide(c, api_knowledge(c, in), &decision, &id));
    out->status = 201;
    return reply_row(c, out, &q_alert_decision_list, PARAMS(SHOP(c), I64(id), NONE()));
}

enum status put_alert_settings(struct ctx *c, struct request *in, struct reply *out)
{
    struct alert_settings wanted;
    struct json_object *body;

    TRY(in_body(in, &body));
    wanted.override_percent = json_get_i64(body, "override_percent", 1, 100);
    wanted.least_shown = json_get_i64(body, "least_shown", 1, 1000000);
    wanted.days = json_get_i64(body, "days", 1, 3660);
    TRY(in_end(in));
    TRY(alert_settings_set(c, &wanted));
    return reply_row(c, out, &q_alert_settings_show, PARAMS(SHOP(c)));
}
