/* Clients, tokens, cards and feedback in the database. */
#include "core/cds.h"

#include <string.h>

#include "base/text.h"
#include "core/alert.h"
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

static enum status cards_store(struct ctx *c, const struct cds_issue *issue)
{
    const size_t n = issue->count;
    const char **card = arena_array(&c->arena, n + 1, sizeof *card),
               **kind = arena_array(&c->arena, n + 1, sizeof *kind),
               **about = arena_array(&c->arena, n + 1, sizeof *about),
               **severity = arena_array(&c->arena, n + 1, sizeof *severity),
               **rule = arena_array(&c->arena, n + 1, sizeof *rule),
               **version = arena_array(&c->arena, n + 1, sizeof *version),
               **suggestions = arena_array(&c->arena, n + 1, sizeof *suggestions),
               **origin = arena_array(&c->arena, n + 1, sizeof *origin);

    for (size_t i = 0; i < n; i++) {
        card[i] = issue->cards[i].card;
        kind[i] = issue->cards[i].kind;
        about[i] = issue->cards[i].about;
        severity[i] = issue->cards[i].severity;
        rule[i] = issue->cards[i].rule_id;
        version[i] =
            rule[i] == NULL ? NULL : arena_printf(&c->arena, "%lld", (long long)issue->cards[i].rule_version);
        suggestions[i] = issue->cards[i].suggestions;
        origin[i] = issue->cards[i].rule_origin;
    }
    return db_later(c, &q_cds_cards_add,
                    PARAMS(SHOP(c), I64_OR_NULL(c->who.client_id), TEXT(issue->service),
                           TEXT(issue->hook_instance), TEXT(role_of(c)), TEXT(moment_word(issue->moment)),
                           TEXTS(card, n), TEXTS(kind, n), TEXTS(about, n), TEXTS(severity, n),
                           TEXTS(rule, n), TEXTS(version, n), TEXTS(suggestions, n), TEXTS(origin, n)));
}

/* What happened to the rule behind a card, for the alert budget. */
static struct alert_event event_of(struct ctx *c, const struct cds_card *card, enum moment moment,
                                   enum alert_what what)
{
    return (struct alert_event){
        .rule_id = card->rule_id,
        .rule_version = card->rule_version,
        .own = strcmp(card->rule_origin, "shop") == 0,
        .kind = card->kind,
        .severity = severity_parse(card->severity),
        .about = card->about,
        .role = role_of(c),
        .moment = moment,
        .what = what,
        .occasion = arena_printf(&c->arena, "card %s", card->card),
        .source = "cds",
    };
}

static enum status issue_all(struct ctx *c, void *arg)
{
    const struct cds_issue *issue = arg;
    struct alert_event *events = arena_array(&c->arena, issue->count, sizeof *events);
    size_t n = 0;

    TRY(cards_store(c, issue));
    for (size_t i = 0; i < issue->count; i++)
        if (issue->cards[i].rule_id != NULL)
            events[n++] = event_of(c, &issue->cards[i], issue->moment, ALERT_SHOWN);
    return n == 0 ? ST_OK : alert_record(c, events, n, NULL);
}

enum status cds_cards_issue(struct ctx *c, const struct cds_issue *issue)
{
    struct cds_issue copy = *issue;

    return issue->count == 0 ? ST_OK : db_tx(c, issue_all, &copy);
}

static const struct column card_columns[] = {
    COLUMN(struct cds_card, card),
    COLUMN(struct cds_card, kind),
    COLUMN(struct cds_card, about),
    COLUMN(struct cds_card, severity),
    COLUMN(struct cds_card, rule_id),
    COLUMN(struct cds_card, rule_version),
    COLUMN(struct cds_card, rule_origin),
    COLUMN(struct cds_card, suggestions),
    COLUMN(struct cds_card, role),
    COLUMN(struct cds_card, moment),
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

/* An override's reason as the budget counts it: ours by its code alone. */
static const char *reason_of(struct ctx *c, const struct cds_feedback *one)
{
    if (one->accepted || one->reason_code == NULL)
        return NULL;
    return arena_text_n(&c->arena, one->reason_code, strnlen(one->reason_code, 100));
}

/* The budget keeps 1000 characters of a comment; all of it stands with the feedback. */
static const char *note_of(struct ctx *c, const char *comment)
{
    const char *at = comment;

    for (int i = 0; i < 1000 && utf8_next(&at) != 0; i++)
        continue;
    return arena_text_n(&c->arena, comment, (size_t)(at - comment));
}

static enum status take_one(struct ctx *c, const struct cds_card *card, const struct cds_feedback *one)
{
    struct alert_event event;
    struct counted_row row;
    bool found;

    TRY(db_row(c, &q_cds_feedback_add,
               PARAMS(SHOP(c), TEXT(one->card), TEXT(one->accepted ? "accepted" : "overridden"),
                      TEXT_OR_NULL(one->reason_system), TEXT_OR_NULL(one->reason_code), TEXT(one->comment),
                      TEXTS(one->suggestions, one->suggestion_count), INSTANT(one->at)),
               counted_columns, &row, &found));
    if (!row.counted || card->rule_id == NULL || *card->rule_id == '\0')
        return ST_OK;
    event = event_of(c, card, moment_parse(card->moment), one->accepted ? ALERT_HEEDED : ALERT_OVERRIDDEN);
    event.role = card->role;
    event.reason = reason_of(c, one);
    event.note = one->accepted ? NULL : note_of(c, one->comment);
    return alert_record(c, &event, 1, NULL);
}

/* Every card is looked up before anything is stored, so that one answer names all that are wrong. */
static enum status take(struct ctx *c, void *arg)
{
    const struct taking *taking = arg;
    struct cds_card *cards = arena_array(&c->arena, taking->count + 1, sizeof *cards);

    for (size_t i = 0; i < taking->count; i++) {
        const struct cds_feedback *one = &taking->list[i];
        bool found;

        TRY(db_row(c, &q_cds_card_find,
                   PARAMS(SHOP(c), TEXT(one->card), TEXT(taking->service), I64_OR_NULL(c->who.client_id)),
                   card_columns, &cards[i], &found));
        if (!found)
            ctx_note(c, ST_NOT_FOUND, arena_printf(&c->arena, "%s.card", one->field), one->card,
                     "is no card that this service gave this client in the last 90 days");
        else
            suggestions_check(c, &cards[i], one);
    }
    TRY(ctx_fault_or_ok(c));
    for (size_t i = 0; i < taking->count; i++)
        TRY(take_one(c, &cards[i], &taking->list[i]));
    return ST_OK;
}

enum status cds_feedback_take(struct ctx *c, const char *service, const struct cds_feedback *list,
                              size_t count)
{
    return db_tx(c, take, &(struct taking){ service, list, count });
}
