/* Clients, tokens, cards and feedback in the database. */
#include "core/cds.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "db/db.h"
#include "sql.h"

static const struct column client_columns[] = {
    COLUMN(struct cds_client, shop_id),    COLUMN(struct cds_client, shop_slug),
    COLUMN(struct cds_client, id),         COLUMN(struct cds_client, name),
    COLUMN(struct cds_client, algorithm),  COLUMN(struct cds_client, role),
    COLUMN(struct cds_client, public_key), COLUMNS_END,
};

struct id_row {
    int64_t id;
};
static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

enum status cds_client_find(struct ctx *c, const char *issuer, const char *kid, const char *tenant,
                            struct cds_client *out)
{
    struct cds_client *rows;
    size_t n, chosen = 0;

    TRY(db_all(c, &q_cds_client_find, PARAMS(TEXT(issuer), TEXT(kid)), client_columns, sizeof *rows, &rows,
               &n));
    if (n > 1) {
        while (chosen < n && (tenant == NULL || strcmp(rows[chosen].shop_slug, tenant) != 0))
            chosen++;
        if (chosen == n)
            return ctx_fail(c, ST_UNKNOWN_USER, "tenant", tenant,
                            "must be the slug of one of the shops this client works for");
    }
    if (n == 0)
        return ctx_fail(c, ST_UNKNOWN_USER, "kid", kid, "is no key of a client of this service");
    *out = rows[chosen];
    out->issuer = issuer;
    out->kid = kid;
    return ST_OK;
}

struct addition {
    const struct cds_client *client;
    int64_t id;
};

static enum status add(struct ctx *c, void *arg)
{
    struct addition *addition = arg;
    const struct cds_client *client = addition->client;
    struct id_row row;
    bool found;

    TRY(db_row(c, &q_cds_client_add,
               PARAMS(SHOP(c), TEXT(client->name), TEXT(client->issuer), TEXT(client->kid),
                      TEXT(client->algorithm), TEXT(client->public_key), TEXT(client->role), USER(c)),
               id_columns, &row, &found));
    addition->id = row.id;
    return audit_note(c, "cds_client_add", arena_printf(&c->arena, "cds client %lld", (long long)row.id),
                      arena_printf(&c->arena, "%s; issuer %s; kid %s; as %s", client->name, client->issuer,
                                   client->kid, client->role));
}

enum status cds_client_add(struct ctx *c, const struct cds_client *client, int64_t *id)
{
    struct addition addition = { .client = client };

    TRY(db_tx(c, add, &addition));
    *id = addition.id;
    return ST_OK;
}

static enum status disable(struct ctx *c, void *arg)
{
    const int64_t *id = arg;
    size_t changed;

    TRY(db_change(c, &q_cds_client_disable, PARAMS(SHOP(c), I64(*id)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, "client", arena_printf(&c->arena, "%lld", (long long)*id),
                        "is no client of this shop that could be disabled");
    return audit_note(c, "cds_client_disable", arena_printf(&c->arena, "cds client %lld", (long long)*id),
                      "");
}

enum status cds_client_disable(struct ctx *c, int64_t id)
{
    return db_tx(c, disable, &id);
}

enum status cds_token_use(struct ctx *c, const char *token_id, int64_t expires)
{
    size_t changed;

    TRY(db_change(c, &q_cds_token_use, PARAMS(SHOP(c), I64(c->who.client_id), TEXT(token_id), I64(expires)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_UNKNOWN_USER, "jti", NULL, "was used already: each request needs a new token");
    return ST_OK;
}

/* The role a client is answered as: it has one. */
static const char *role_of(const struct ctx *c)
{
    return role_word((enum role)c->who.roles);
}

enum status cds_cards_issue(struct ctx *c, const struct cds_issue *issue)
{
    const size_t n = issue->count;
    const char **card = arena_array(&c->arena, n + 1, sizeof *card),
               **kind = arena_array(&c->arena, n + 1, sizeof *kind),
               **severity = arena_array(&c->arena, n + 1, sizeof *severity),
               **rule = arena_array(&c->arena, n + 1, sizeof *rule),
               **version = arena_array(&c->arena, n + 1, sizeof *version),
               **suggestions = arena_array(&c->arena, n + 1, sizeof *suggestions);

    for (size_t i = 0; i < n; i++) {
        card[i] = issue->cards[i].card;
        kind[i] = issue->cards[i].kind;
        severity[i] = issue->cards[i].severity;
        rule[i] = issue->cards[i].rule_id;
        version[i] =
            rule[i] == NULL ? NULL : arena_printf(&c->arena, "%lld", (long long)issue->cards[i].rule_version);
        suggestions[i] = issue->cards[i].suggestions;
    }
    if (n == 0)
        return ST_OK;
    return db_run(c, &q_cds_cards_add,
                  PARAMS(SHOP(c), I64_OR_NULL(c->who.client_id), TEXT(issue->service),
                         TEXT(issue->hook_instance), TEXT(role_of(c)), TEXTS(card, n), TEXTS(kind, n),
                         TEXTS(severity, n), TEXTS(rule, n), TEXTS(version, n), TEXTS(suggestions, n)));
}

static const struct column card_columns[] = {
    COLUMN(struct cds_card, card),
    COLUMN(struct cds_card, kind),
    COLUMN(struct cds_card, severity),
    COLUMN(struct cds_card, rule_id),
    COLUMN(struct cds_card, rule_version),
    COLUMN(struct cds_card, suggestions),
    COLUMNS_END,
};

struct counted_row {
    bool counted;
};
static const struct column counted_columns[] = { COLUMN(struct counted_row, counted), COLUMNS_END };

struct taking {
    const char *service;
    const struct cds_feedback *list;
    size_t count;
};

static void suggestions_check(struct ctx *c, const struct cds_card *card, const struct cds_feedback *one)
{
    for (size_t i = 0; i < one->suggestion_count; i++)
        if (strstr(card->suggestions, one->suggestions[i]) == NULL)
            ctx_note(c, ST_INVALID, arena_printf(&c->arena, "%s.acceptedSuggestions[%zu].id", one->field, i),
                     one->suggestions[i], "is no suggestion of this card");
}

static enum status take_one(struct ctx *c, const struct cds_feedback *one)
{
    struct counted_row row;
    bool found;

    return db_row(c, &q_cds_feedback_add,
                  PARAMS(SHOP(c), TEXT(one->card), TEXT(one->accepted ? "accepted" : "overridden"),
                         TEXT_OR_NULL(one->reason_system), TEXT_OR_NULL(one->reason_code), TEXT(one->comment),
                         TEXTS(one->suggestions, one->suggestion_count), INSTANT(one->at)),
                  counted_columns, &row, &found);
}

/* Every card is looked up before anything is stored, so that one answer names all that are wrong. */
static enum status take(struct ctx *c, void *arg)
{
    const struct taking *taking = arg;

    for (size_t i = 0; i < taking->count; i++) {
        const struct cds_feedback *one = &taking->list[i];
        struct cds_card card;
        bool found;

        TRY(db_row(c, &q_cds_card_find,
                   PARAMS(SHOP(c), TEXT(one->card), TEXT(taking->service), I64_OR_NULL(c->who.client_id)),
                   card_columns, &card, &found));
        if (!found)
            ctx_note(c, ST_NOT_FOUND, arena_printf(&c->arena, "%s.card", one->field), one->card,
                     "is no card that this service gave this client in the last 90 days");
        else
            suggestions_check(c, &card, one);
    }
    TRY(ctx_fault_or_ok(c));
    for (size_t i = 0; i < taking->count; i++)
        TRY(take_one(c, &taking->list[i]));
    return ST_OK;
}

enum status cds_feedback_take(struct ctx *c, const char *service, const struct cds_feedback *list,
                              size_t count)
{
    return db_tx(c, take, &(struct taking){ service, list, count });
}
