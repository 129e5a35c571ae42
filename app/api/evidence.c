/* The evidence book over HTTP: proposing, deciding, and what a proposal would change for the patients there are. */
#include "core/evidence.h"

#include "api/evidence_json.h"
#include "api/handlers.h"
#include "api/read.h"
#include "core/evidence_import.h"
#include "sql.h"

enum { ID_LONGEST = 120, WORD_LONGEST = 40, TEXT_LONGEST = 1000, NUMBER_LONGEST = 20 };

/* NULL when nothing is said, "" for null: emptied. */
static const char *text(struct json_object *body, const char *key, size_t longest)
{
    return json_is_null(body, key) ? "" : json_get_text_or(body, key, longest, NULL);
}

/* NULL when nothing is said, "" for null: no such days any more. */
static const char *digits(struct ctx *c, struct json_object *body, const char *key, int64_t most)
{
    if (!json_has(body, key))
        return json_is_null(body, key) ? "" : NULL;
    return arena_printf(&c->arena, "%lld", (long long)json_get_i64(body, key, 1, most));
}

/* What every proposal says; reason and citation are asked for by evidence_check, with the rest that is wrong. */
static void read_common(struct json_object *body, struct evidence_proposal *p)
{
    p->change = (enum evidence_change)json_get_word_or(body, "change", evidence_changes, EVIDENCE_SET);
    p->reason = text(body, "reason", TEXT_LONGEST);
    p->citation = text(body, "citation", TEXT_LONGEST);
    p->from = json_get_date_or(body, "effective_from", DATE_NONE);
    p->to = json_get_date_or(body, "effective_to", DATE_NONE);
}

static void read_rule(struct ctx *c, struct json_object *body, struct rule_row *r)
{
    r->id = text(body, "id", ID_LONGEST);
    r->kind = text(body, "kind", WORD_LONGEST);
    r->subject_kind = text(body, "subject_kind", WORD_LONGEST);
    r->subject_id = text(body, "subject_id", ID_LONGEST);
    r->object_kind = text(body, "object_kind", WORD_LONGEST);
    r->object_id = text(body, "object_id", ID_LONGEST);
    r->severity = text(body, "severity", WORD_LONGEST);
    r->effect = text(body, "effect", TEXT_LONGEST);
    r->mechanism = text(body, "mechanism", TEXT_LONGEST);
    r->evidence_level = text(body, "evidence_level", TEXT_LONGEST);
    r->evidence_class = text(body, "evidence_class", WORD_LONGEST);
    r->evidence_direction = text(body, "evidence_direction", WORD_LONGEST);
    r->action = text(body, "action", TEXT_LONGEST);
    r->threshold_g = text(body, "threshold_g", NUMBER_LONGEST);
    r->below_severity = text(body, "below_severity", WORD_LONGEST);
    r->lasting_days = digits(c, body, "lasting_days", 400);
    r->stop_days_before = digits(c, body, "stop_days_before", 60);
    r->lowers_to = text(body, "lowers_to", WORD_LONGEST);
    r->note = text(body, "note", TEXT_LONGEST);
    r->confidence = text(body, "confidence", WORD_LONGEST);
}

static enum status reply_proposal(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_evidence_list,
                     PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE(), NONE(), NONE()));
}

static enum status propose(struct ctx *c, struct request *in, struct reply *out, struct evidence_proposal *p)
{
    int64_t id;

    TRY(in_end(in));
    TRY(evidence_propose(c, api_knowledge(c, in), p, &id));
    reply_created(c, out, "/api/v1/evidence/proposals/%lld", (long long)id);
    return reply_proposal(c, out, id);
}

enum status post_evidence_rule(struct ctx *c, struct request *in, struct reply *out)
{
    struct evidence_proposal p = { .kind = EVIDENCE_RULE };
    struct json_object *body;

    TRY(in_body(in, &body));
    read_common(body, &p);
    read_rule(c, body, &p.rule);
    return propose(c, in, out, &p);
}

enum status post_evidence_synonym(struct ctx *c, struct request *in, struct reply *out)
{
    struct evidence_proposal p = { .kind = EVIDENCE_SYNONYM };
    struct json_object *body;

    TRY(in_body(in, &body));
    read_common(body, &p);
    p.synonym.thing_kind = text(body, "thing_kind", WORD_LONGEST);
    p.synonym.thing_id = text(body, "thing_id", ID_LONGEST);
    p.synonym.synonym = text(body, "synonym", ID_LONGEST);
    return propose(c, in, out, &p);
}

enum status post_evidence_ratio(struct ctx *c, struct request *in, struct reply *out)
{
    struct evidence_proposal p = { .kind = EVIDENCE_RATIO };
    struct json_object *body;

    TRY(in_body(in, &body));
    read_common(body, &p);
    p.ratio.herb_id = text(body, "herb_id", ID_LONGEST);
    p.ratio.crude_g_per_g = text(body, "crude_g_per_g", NUMBER_LONGEST);
    p.ratio.low = text(body, "low", NUMBER_LONGEST);
    p.ratio.high = text(body, "high", NUMBER_LONGEST);
    p.ratio_note = text(body, "note", TEXT_LONGEST);
    return propose(c, in, out, &p);
}

static enum status decide(struct ctx *c, struct request *in, struct reply *out,
                          enum status (*decision)(struct ctx *c, int64_t id, const char *note))
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *note;

    TRY(in_body(in, &body));
    note = json_get_text_or(body, "note", TEXT_LONGEST, "");
    TRY(in_end(in));
    TRY(decision(c, id, note));
    return reply_proposal(c, out, id);
}

enum status post_evidence_approval(struct ctx *c, struct request *in, struct reply *out)
{
    return decide(c, in, out, evidence_approve);
}

enum status post_evidence_rejection(struct ctx *c, struct request *in, struct reply *out)
{
    return decide(c, in, out, evidence_reject);
}

enum status post_evidence_withdrawal(struct ctx *c, struct request *in, struct reply *out)
{
    return decide(c, in, out, evidence_withdraw);
}

static enum status reply_effects(struct ctx *c, struct reply *out, const char *of, int64_t id,
                                 const struct evidence_proposal *proposals, size_t count)
{
    struct evidence_effects effects;
    struct json_writer *w;

    TRY(evidence_effects(c, proposals, count, &effects));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, of, id);
    json_i64(w, "proposals", (int64_t)count);
    evidence_effects_write(w, &effects);
    json_close_object(w);
    return ST_OK;
}

enum status get_evidence_effects(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct evidence_proposal proposal;

    TRY(in_end(in));
    TRY(evidence_read(c, id, &proposal));
    return reply_effects(c, out, "proposal_id", id, &proposal, 1);
}

enum status get_evidence_import_effects(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct evidence_proposal *proposals;
    int64_t *lines;
    size_t n;

    TRY(in_end(in));
    TRY(evidence_import_read(c, id, &proposals, &lines, &n));
    return reply_effects(c, out, "import_id", id, proposals, n);
}
