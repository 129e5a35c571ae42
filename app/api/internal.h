/* What the files that make up the service share and handlers do not see. */
#ifndef YAOFANG_API_INTERNAL_H
#define YAOFANG_API_INTERNAL_H

#include <stdatomic.h>

#include "api/api.h"
#include "api/limiter.h"
#include "api/metrics.h"
#include "api/passport.h"
#include "api/progress.h"
#include "api/snapshot.h"
#include "base/secret.h"
#include "core/tier.h"
#include "db/db.h"

struct knowledge_watch;
struct live;
struct rescreen_watch;

struct api {
    struct arena arena;
    struct api_options options;
    struct secret_key key;
    struct passports *passports; /* who holds which token, for a short while */
    struct limiter *limiter;     /* failed sign-ins, passwords made */
    struct board *board;         /* how far downloads are */
    struct metrics *metrics;
    struct snapshots *snapshots;
    struct tier_book *tiers;         /* what interrupts whom, of all shops */
    struct rescreen_watch *rescreen; /* screens again in the background */
    struct knowledge_watch *watch;   /* publishes a new snapshot when the rule book changes */
    struct live *live;               /* what happens, for the pages that are open; NULL without a database */
    _Atomic(struct server *) server; /* set once it runs, for the figures */
    const char *openapi;             /* the document */
};

/* Whether the service has a database at all. */
static inline bool has_database(const struct api *api)
{
    return *api->options.database.url != '\0';
}

/* Who asks, from the session cookie or the bearer token, into e->c.who. Uses the passports alone when the context has no
   database: then ST_BUSY means "ask again with one". ST_UNKNOWN_USER when nobody is signed in, ST_OWN_PASSWORD while
   her password is one that another had made (but for ROLE_OWN_SIGN_IN), ST_DENIED when the roles do not suffice or the request may have been forged by another site. */
enum status auth_check(struct api *api, struct exchange *e) MUST_CHECK;

/* The token of the request, from "Authorization: Bearer …" or the session cookie; NULL when there is none. */
const char *auth_token(const struct api *api, const struct request *in, bool *bearer);
const char *auth_cookie_name(const struct api *api);

/* Refuses what another site's page could have made the browser send (ASVS 4.2.2). */
enum status auth_same_site(const struct request *in) MUST_CHECK;

/* Runs a state-changing handler once per Idempotency-Key, in one transaction with the record of its answer. */
enum status write_once(struct api *api, struct exchange *e) MUST_CHECK;

/* Loads the rule book and publishes it; when it came from a database, a thread follows its changes until stopped. */
enum status knowledge_watch_start(struct ctx *c, struct api *api) MUST_CHECK;
void knowledge_watch_stop(struct api *api);

/* Follows what happens in the shops and publishes it at GET /api/v1/live. */
enum status live_start(struct ctx *c, struct api *api) MUST_CHECK;
void live_stop(struct api *api);
struct streams *live_streams(const struct api *api);

/* Starts and stops the thread that screens again what is being taken; none without a database. */
enum status rescreen_watch_start(struct ctx *c, struct api *api) MUST_CHECK;
void rescreen_watch_stop(struct api *api);

/* Writes the rows of a data route; ST_NOT_FOUND for ROUTE_ROW without a row. */
enum status reply_read(struct ctx *c, struct reply *out, enum route_kind kind,
                       const struct rows *rows) MUST_CHECK;

/* The parameters of a data route, as its `from` says. */
enum { QUERY_TEXT_LONGEST = 200 };
enum status params_from(struct request *in, struct param **params, size_t *n) MUST_CHECK;

#endif
