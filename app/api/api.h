/* The service behind the HTTP server: settings, the rule book's snapshot, sessions, the route table. Handlers reach it by
   api_of(in). */
#ifndef YAOFANG_API_API_H
#define YAOFANG_API_API_H

#include "base/config.h"
#include "http/request.h"
#include "http/server.h"

struct api;
struct knowledge;

/* The route table made of routes.h, and its length. */
extern const struct route routes[];
size_t route_count(void);

/* Makes a service that uses `config` (which must outlive it): reads the secret key, loads the rule book. `knowledge` is
   loaded from the database, or from the seed built into the program when there is no database_url. */
enum status api_open(struct ctx *c, const struct config *config, struct api **api) MUST_CHECK;
void api_close(struct api *api);

/* What server_start wants. */
struct service api_service(struct api *api);

static inline struct api *api_of(const struct request *in)
{
    return in->app;
}

const struct config *api_config(const struct api *api);

/* The rule book as of now; stays valid until the request ends, even when a newer one is published meanwhile. */
const struct knowledge *api_knowledge(struct ctx *c, struct request *in);

#endif
