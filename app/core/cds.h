/* Other systems that ask over CDS Hooks: who they are, that no token is used twice, which cards they were given, and what became
   of them. How a token is signed and what a card says is the caller's. */
#ifndef YAOFANG_CORE_CDS_H
#define YAOFANG_CORE_CDS_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"
#include "core/moment.h"

struct cds_client {
    int64_t shop_id;
    const char *shop_slug;
    int64_t id;
    const char *name;
    const char *issuer; /* "iss" of its tokens */
    const char *kid;
    const char *algorithm;  /* "ES384" or "RS384" */
    const char *public_key; /* PEM */
    const char *role;       /* as which it is answered: "practitioner", "pharmacist" or "staff" */
};

/* The client whose key a token names; `tenant` (a shop's slug, may be NULL) chooses when it works for several shops.
   ST_UNKNOWN_USER when there is none, or the choice is open. */
enum status cds_client_find(struct ctx *c, const char *issuer, const char *kid, const char *tenant,
                            struct cds_client *out) MUST_CHECK;

/* Enters a client of c->who's shop. ST_CONFLICT when issuer and kid are in use there. */
enum status cds_client_add(struct ctx *c, const struct cds_client *client, int64_t *id) MUST_CHECK;

/* From the next request on it is refused. ST_NOT_FOUND when it is no client of the shop, or was disabled. */
enum status cds_client_disable(struct ctx *c, int64_t id) MUST_CHECK;

/* Uses the token of c->who's client up; `expires` in seconds since 1970. ST_UNKNOWN_USER when it was used before. */
enum status cds_token_use(struct ctx *c, const char *token_id, int64_t expires) MUST_CHECK;

/* A card as it is remembered: nothing of the patient. */
struct cds_card {
    const char *card;     /* UUID */
    const char *kind;     /* a finding's kind, or "not_checked", "unclear", "further" */
    const char *about;    /* the two sides, "dan_shen × warfarin" */
    const char *severity; /* "" where there is no rule */
    const char *rule_id;  /* NULL: it speaks of no rule */
    int64_t rule_version;
    const char *rule_origin; /* "reference", or "shop": a rule of the shop's own */
    const char *suggestions; /* UUIDs separated by ';' */
    const char *role;        /* to whom it was shown, and when; not read by cds_cards_issue */
    const char *moment;
};

struct cds_issue {
    const char *service;
    const char *hook_instance; /* UUID */
    enum moment moment;
    const struct cds_card *cards;
    size_t count;
};

/* Remembers the cards of one answer, and counts in the alert budget that c->who's client was shown the rules behind them. */
enum status cds_cards_issue(struct ctx *c, const struct cds_issue *issue) MUST_CHECK;

struct cds_feedback {
    const char *field; /* where it stands in the request, for errors: "feedback[2]" */
    const char *card;
    bool accepted;             /* else overridden */
    const char *reason_system; /* NULL with reason_code: none was chosen */
    const char *reason_code;
    const char *comment; /* "" when there is none */
    const char *const *suggestions;
    size_t suggestion_count;
    struct instant at;
};

/* Takes in what became of cards, all or nothing; the same again changes nothing. A card's first outcome counts in the alert
   budget, once: accepted is heeded. ST_NOT_FOUND naming each card that this service
   did not give this client. */
enum status cds_feedback_take(struct ctx *c, const char *service, const struct cds_feedback *list,
                              size_t count) MUST_CHECK;

#endif
