/* The service behind the HTTP server: settings, the rule book's snapshot, sessions, the route table. Handlers reach it by
   api_of(in). */
#ifndef YAOFANG_API_API_H
#define YAOFANG_API_API_H

#include "base/config.h"
#include "db/db.h"
#include "http/request.h"
#include "http/server.h"

struct api;
struct knowledge;

/* The route table made of routes.h, and its length. */
extern const struct route routes[];
size_t route_count(void);

/* Writes the OpenAPI 3.1 document of the route table. */
const char *openapi_text(struct arena *arena);

struct api_options {
    const struct config *config;
    struct db_options
        database; /* of the service's connections; url "" = none: only what needs no database is answered */
};

/* Makes a service (the config must outlive it): reads or makes the secret key, loads the rule book. */
enum status api_open(struct ctx *c, const struct api_options *options, struct api **api) MUST_CHECK;

/* After the server has stopped. */
void api_close(struct api *api);

/* Listens at the address and port of the settings and answers. */
enum status api_serve(struct ctx *c, struct api *api, struct server **server) MUST_CHECK;

static inline struct api *api_of(const struct request *in)
{
    return in->app;
}

const struct config *api_config(const struct api *api);

/* The rule book as of now; stays valid until the request ends, even when a newer one is published meanwhile. */
const struct knowledge *api_knowledge(struct ctx *c, struct request *in);

#endif
