/* Settings: one row each in config.c, read once from the environment; `yaofang serve --help` prints the table. */
#ifndef YAOFANG_BASE_CONFIG_H
#define YAOFANG_BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

struct config {
    const char *database_url; /* libpq connection string or URL for the service; "" = none set or running */
    const char *database_owner_url; /* for migrate and seed; falls back to database_url */
    const char *state_dir;          /* sockets, generated secrets, uploads */
    const char *listen;             /* address to listen on */
    int port;
    int workers;               /* database worker threads */
    int http_threads;          /* event loop threads */
    bool prepared;             /* false behind poolers without prepared statements */
    bool secure_cookies;       /* true when served over TLS (directly or by a proxy) */
    const char *trusted_proxy; /* address whose X-Forwarded-For is believed; "" = none */
    const char *public_url;    /* under which other systems reach the service; "" = where it listens */
    const char
        *cds_open; /* slug of the shop as which CDS Hooks calls without a token are answered; "" = none */
    const char *devices; /* what scales and printers may be at: patterns separated by spaces */
    const char *log_level;
    const char *font; /* Pango family list for paper */
};

struct setting {
    const char *name; /* environment variable */
    const char *preset;
    const char *meaning;
    size_t offset;
    int kind; /* enum column_kind */
};

/* The table, ended by a row without a name: for the help text and the README check. */
extern const struct setting settings[];

/* Fills every field from the environment or its preset; names the variable when a value does not parse. The database
   URLs are those of the private cluster (base/cluster.h) when none is set and it runs. */
enum status config_read(struct ctx *c, struct config *config) MUST_CHECK;

#endif
