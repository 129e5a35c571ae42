/* Proposals stored and decided. The database refuses what slips past here: an author who approves herself, a decider who is no
   curator, a second decision, a version that skips a number. */
#include "core/evidence.h"

#include <string.h>

#include "core/audit.h"
#include "core/evidence_rows.h"
#include "core/person.h"
#include "core/rescreen_job.h"
#include "db/db.h"
#include "sql.h"

static const unsigned ROLES_PROPOSE = ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER;

struct made {
    int64_t id, version;
    const char *key;
};

static const struct column made_columns[] = {
    COLUMN(struct made, id),
    COLUMN(struct made, version),
    COLUMN(struct made, key),
    COLUMNS_END,
};

/* A key of what is changed; NULL: a new rule, which the statement numbers. */
static const char *key_of(struct ctx *c, const struct evidence_proposal *p)
{
    switch (p->kind) {
    case EVIDENCE_RULE:
        return p->rule.id;
    case EVIDENCE_SYNONYM:
        return arena_printf(&c->arena, "%s:%s:%s", p->synonym.thing_kind, p->synonym.thing_id,
                            p->synonym.synonym);
    case EVIDENCE_RATIO:
        return p->ratio.herb_id;
    }
    return NULL;
}

static enum status store_rule(struct ctx *c, int64_t id, const char *key, const struct rule_row *r)
{
    return db_run(c, &q_evidence_rule_add,
                  PARAMS(SHOP(c), I64(id), TEXT(key), TEXT(r->kind), TEXT_OR_NULL(r->subject_kind),
                         TEXT_OR_NULL(r->subject_id), TEXT_OR_NULL(r->object_kind),
                         TEXT_OR_NULL(r->object_id), TEXT(r->severity), TEXT(r->effect), TEXT(r->mechanism),
                         TEXT(r->evidence_level), TEXT_OR_NULL(r->evidence_class),
                         TEXT_OR_NULL(r->evidence_direction), TEXT(r->action), TEXT_OR_NULL(r->threshold_g),
                         TEXT_OR_NULL(r->below_severity), TEXT_OR_NULL(r->lasting_days),
                         TEXT_OR_NULL(r->stop_days_before), TEXT_OR_NULL(r->lowers_to), TEXT(r->note),
                         TEXT(r->confidence)));
}

static enum status store_content(struct ctx *c, const struct made *made, const struct evidence_proposal *p)
{
    switch (p->kind) {
    case EVIDENCE_RULE:
        return p->change == EVIDENCE_SET ? store_rule(c, made->id, made->key, &p->rule) : ST_OK;
    case EVIDENCE_SYNONYM:
        return db_run(c, &q_evidence_synonym_add,
                      PARAMS(SHOP(c), I64(made->id), TEXT(p->synonym.thing_kind), TEXT(p->synonym.thing_id),
                             TEXT(p->synonym.synonym)));
    case EVIDENCE_RATIO:
        return p->change != EVIDENCE_SET
                   ? ST_OK
                   : db_run(c, &q_evidence_ratio_add,
                            PARAMS(SHOP(c), I64(made->id), TEXT(p->ratio.herb_id),
                                   TEXT(p->ratio.crude_g_per_g), TEXT_OR_NULL(p->ratio.low),
                                   TEXT_OR_NULL(p->ratio.high), TEXT(p->ratio_note)));
    }
    return ST_OK;
}

enum status evidence_store(struct ctx *c, const struct evidence_proposal *p, int64_t *id)
{
    struct made made;
    bool found;

    TRY(db_row(c, &q_evidence_propose,
               PARAMS(SHOP(c), TEXT(evidence_kinds[p->kind]), TEXT_OR_NULL(key_of(c, p)),
                      TEXT(evidence_changes[p->change]), TEXT(p->reason), TEXT(p->citation), DATE(p->from),
                      DATE(p->to), USER(c), I64_OR_NULL(p->import_id)),
               made_columns, &made, &found));
    TRY(store_content(c, &made, p));
    *id = made.id;
    return audit_note(c, "evidence_proposed",
                      arena_printf(&c->arena, "%s %s", evidence_kinds[p->kind], made.key),
                      arena_printf(&c->arena, "proposal %lld, version %lld, %s", (long long)made.id,
                                   (long long)made.version, evidence_changes[p->change]));
}

struct proposing {
    const struct knowledge *knowledge;
    struct evidence_proposal *proposal;
    int64_t id;
};

static enum status propose(struct ctx *c, void *arg)
{
    struct proposing *want = arg;
    struct evidence_proposal proposal = *want->proposal;

    TRY(evidence_check(c, want->knowledge, &proposal));
    return evidence_store(c, &proposal, &want->id);
}

enum status evidence_propose(struct ctx *c, const struct knowledge *knowledge,
                             struct evidence_proposal *proposal, int64_t *id)
{
    struct proposing want = { .knowledge = knowledge, .proposal = proposal };

    TRY(person_require(c, ROLES_PROPOSE, "propose a change of the evidence book"));
    TRY(db_tx(c, propose, &want));
    *id = want.id;
    return ST_OK;
}

struct head {
    int64_t author_id;
    const char *kind, *key, *verdict, *change, *reason, *citation;
    struct date effective_from, effective_to;
    bool holds_today;
};

static const struct column head_columns[] = {
    COLUMN(struct head, author_id),
    COLUMN(struct head, kind),
    COLUMN(struct head, key),
    COLUMN(struct head, verdict),
    COLUMN(struct head, change),
    COLUMN(struct head, reason),
    COLUMN(struct head, citation),
    COLUMN(struct head, effective_from),
    COLUMN(struct head, effective_to),
    COLUMN(struct head, holds_today),
    COLUMNS_END,
};

static const char *number_text(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "%lld", (long long)id);
}

/* The proposal, when it is not decided yet. */
static enum status head_read(struct ctx *c, int64_t id, struct head *head)
{
    bool found;

    TRY(db_row(c, &q_evidence_head, PARAMS(SHOP(c), I64(id)), head_columns, head, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "proposal", number_text(c, id), "is no proposal of this shop");
    if (*head->verdict != '\0')
        return ctx_fail(c, ST_CONFLICT, "proposal", number_text(c, id), "is %s already", head->verdict);
    return ST_OK;
}

struct deciding {
    int64_t id;
    const char *verdict, *note;
};

static enum status decide(struct ctx *c, void *arg)
{
    const struct deciding *want = arg;
    const bool own = want->verdict[0] == 'w'; /* withdrawn */
    struct head head;

    TRY(head_read(c, want->id, &head));
    if (own && head.author_id != c->who.user_id)
        return ctx_fail(c, ST_DENIED, "proposal", number_text(c, want->id),
                        "was written by somebody else: a curator may reject it");
    if (!own && head.author_id == c->who.user_id)
        return ctx_fail(c, ST_DENIED, "proposal", number_text(c, want->id),
                        "was written by you: somebody else must decide about it");
    if (want->verdict[0] == 'r' && (want->note == NULL || *want->note == '\0'))
        return ctx_fail(c, ST_INVALID, "note", NULL, "must say why it is rejected");
    TRY(db_run(c, &q_evidence_decide,
               PARAMS(SHOP(c), I64(want->id), I64(head.author_id), TEXT(want->verdict), USER(c),
                      TEXT(want->note == NULL ? "" : want->note))));
    TRY(db_run(c, &q_evidence_notify, PARAMS(SHOP(c))));
    if (want->verdict[0] == 'a' && head.holds_today) /* else the daily round of the day it begins */
        TRY(rescreen_request(c, arena_printf(&c->arena, "evidence book: %s %s", head.kind, head.key)));
    return audit_note(c, arena_printf(&c->arena, "evidence_%s", want->verdict),
                      arena_printf(&c->arena, "%s %s", head.kind, head.key),
                      arena_printf(&c->arena, "proposal %lld", (long long)want->id));
}

enum status evidence_approve(struct ctx *c, int64_t id, const char *note)
{
    struct deciding want = { id, "approved", note };

    TRY(person_require(c, ROLE_CURATOR, "approve a change of the evidence book"));
    return db_tx(c, decide, &want);
}

enum status evidence_reject(struct ctx *c, int64_t id, const char *note)
{
    struct deciding want = { id, "rejected", note };

    TRY(person_require(c, ROLE_CURATOR, "reject a change of the evidence book"));
    return db_tx(c, decide, &want);
}

enum status evidence_withdraw(struct ctx *c, int64_t id, const char *note)
{
    struct deciding want = { id, "withdrawn", note };

    TRY(person_require(c, ROLES_PROPOSE, "withdraw a proposal"));
    return db_tx(c, decide, &want);
}

static int word_at(const char *const *words, const char *word)
{
    int at = 0;

    while (words[at] != NULL && strcmp(words[at], word) != 0)
        at++;
    return at;
}

enum status evidence_read(struct ctx *c, int64_t id, struct evidence_proposal *p)
{
    struct own_rule rule;
    struct own_ratio ratio;
    struct head head;
    bool found = true;

    TRY(head_read(c, id, &head));
    *p = (struct evidence_proposal){
        .kind = (enum evidence_kind)word_at(evidence_kinds, head.kind),
        .change = (enum evidence_change)word_at(evidence_changes, head.change),
        .reason = head.reason,
        .citation = head.citation,
        .from = head.effective_from,
        .to = head.effective_to,
        .rule.id = head.key,
        .ratio.herb_id = head.key,
    };
    if (p->kind == EVIDENCE_SYNONYM)
        return db_row(c, &q_evidence_synonyms, PARAMS(SHOP(c), NONE(), I64(id)), own_synonym_columns,
                      &p->synonym, &found);
    if (p->change != EVIDENCE_SET)
        return ST_OK;
    if (p->kind == EVIDENCE_RULE) {
        TRY(db_row(c, &q_evidence_rules, PARAMS(SHOP(c), NONE(), I64(id)), own_rule_columns, &rule, &found));
        p->rule = rule.row;
        return ST_OK;
    }
    TRY(db_row(c, &q_evidence_ratios, PARAMS(SHOP(c), NONE(), I64(id)), own_ratio_columns, &ratio, &found));
    p->ratio = ratio.row;
    return ST_OK;
}

/* Room for one more behind what is there, without the row at `drop` (count: none). */
static void *list_without(struct ctx *c, const void *list, size_t *count, size_t drop, size_t size)
{
    char *copy = arena_array(&c->arena, *count + 1, size);
    size_t n = 0;

    for (size_t i = 0; i < *count; i++)
        if (i != drop)
            memcpy(copy + n++ * size, (const char *)list + i * size, size);
    *count = n;
    return copy;
}

static void put_rule(struct ctx *c, struct overlay *o, const struct evidence_proposal *p)
{
    const char *id = p->rule.id == NULL ? "own_new" : p->rule.id;
    struct own_rule *rules;
    size_t at = 0;

    while (at < o->rule_count && strcmp(o->rules[at].row.id, id) != 0)
        at++;
    o->rules = rules = list_without(c, o->rules, &o->rule_count, at, sizeof *rules);
    if (p->change == EVIDENCE_REVERT)
        return;
    rules[o->rule_count] = (struct own_rule){ .retired = p->change == EVIDENCE_RETIRE, .row = p->rule };
    rules[o->rule_count].row.id = id;
    if (p->change == EVIDENCE_RETIRE)
        rules[o->rule_count].row.kind = "";
    rules[o->rule_count].row.citation = p->citation;
    rules[o->rule_count++].row.version =
        "1000000"; /* of no version yet: nothing that is stored is the same */
}

static void put_synonym(struct ctx *c, struct overlay *o, const struct evidence_proposal *p)
{
    struct own_synonym *synonyms;
    size_t at = 0;

    while (at < o->synonym_count && (strcmp(o->synonyms[at].thing_kind, p->synonym.thing_kind) != 0 ||
                                     strcmp(o->synonyms[at].thing_id, p->synonym.thing_id) != 0 ||
                                     strcmp(o->synonyms[at].synonym, p->synonym.synonym) != 0))
        at++;
    o->synonyms = synonyms = list_without(c, o->synonyms, &o->synonym_count, at, sizeof *synonyms);
    if (p->change == EVIDENCE_REVERT)
        return;
    synonyms[o->synonym_count] = p->synonym;
    synonyms[o->synonym_count++].retired = p->change == EVIDENCE_RETIRE;
}

static void put_ratio(struct ctx *c, struct overlay *o, const struct evidence_proposal *p)
{
    struct own_ratio *ratios;
    size_t at = 0;

    while (at < o->ratio_count && strcmp(o->ratios[at].row.herb_id, p->ratio.herb_id) != 0)
        at++;
    o->ratios = ratios = list_without(c, o->ratios, &o->ratio_count, at, sizeof *ratios);
    if (p->change != EVIDENCE_REVERT)
        ratios[o->ratio_count++] = (struct own_ratio){ p->change == EVIDENCE_RETIRE, p->ratio };
}

void overlay_put(struct ctx *c, struct overlay *overlay, const struct evidence_proposal *proposal)
{
    switch (proposal->kind) {
    case EVIDENCE_RULE:
        put_rule(c, overlay, proposal);
        return;
    case EVIDENCE_SYNONYM:
        put_synonym(c, overlay, proposal);
        return;
    case EVIDENCE_RATIO:
        put_ratio(c, overlay, proposal);
        return;
    }
}
