/* Stages for tests of the evidence book. */
#include "support/evidence.h"

#include <check.h>
#include <string.h>

#include "core/knowledge_db.h"
#include "support/database.h"

void evidence_fresh(const char *name)
{
    struct ctx owner;

    database_fresh(name);
    database_open_test(&owner, name, TEST_OWNER);
    sql_must(&owner,
             "INSERT INTO user_roles (shop_id, user_id, role) SELECT shop_id, id, 'curator' FROM users"
             " WHERE username IN ('mei.lin', 'dr.wu') ON CONFLICT DO NOTHING");
    ctx_close(&owner);
}

void evidence_stage(struct ctx *c, const char *name)
{
    database_open_test(c, name, TEST_APP);
    act_as(c, "dr.wu");
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

const struct knowledge *evidence_book(struct ctx *c)
{
    struct knowledge *own;

    ck_assert_msg(knowledge_from_database(c, &own) == ST_OK, "%s", fault_text(c));
    arena_defer(&c->arena, close_knowledge, own);
    return own;
}

const struct knowledge *evidence_reference(struct ctx *c)
{
    const int64_t shop = c->who.shop_id;
    const struct knowledge *reference;

    c->who.shop_id = 0;
    reference = evidence_book(c);
    c->who.shop_id = shop;
    return reference;
}

const struct rule *evidence_rule_of(const struct knowledge *of, const char *id)
{
    for (size_t i = 0; i < of->rule_count; i++)
        if (strcmp(of->rules[i].id, id) == 0)
            return &of->rules[i];
    return NULL;
}

struct evidence_proposal evidence_rule(const char *id, const char *severity)
{
    return (struct evidence_proposal){
        .kind = EVIDENCE_RULE,
        .reason = "two cases in this shop",
        .citation = "Case notes 2026",
        .from = DATE_NONE,
        .to = DATE_NONE,
        .rule = { .id = id, .severity = severity },
    };
}

int64_t evidence_proposed(struct ctx *c, const struct knowledge *knowledge, struct evidence_proposal proposal)
{
    int64_t id;

    ck_assert_msg(evidence_propose(c, knowledge, &proposal, &id) == ST_OK, "%s", fault_text(c));
    return id;
}

void evidence_approved(struct ctx *c, int64_t id)
{
    act_as(c, "mei.lin");
    ck_assert_msg(evidence_approve(c, id, "") == ST_OK, "%s", fault_text(c));
    act_as(c, "dr.wu");
}
