/* The settings table and its reader. */
#include "base/config.h"

#include <stdlib.h>

#include "base/cluster.h"
#include "base/column.h"

#define SETTING(field, name, preset, meaning) \
    { \
        name, preset, meaning, offsetof(struct config, field), KIND_OF(((struct config *)0)->field) \
    }

const struct setting settings[] = {
    SETTING(database_url, "DATABASE_URL", "",
            "PostgreSQL to use, as a libpq URL; several hosts are allowed; without it the private cluster"),
    SETTING(database_owner_url, "DATABASE_OWNER_URL", "",
            "the same for migrate and seed, as the schema's owner"),
    SETTING(state_dir, "YAOFANG_STATE", "var", "folder for the private cluster and generated secrets"),
    SETTING(listen, "YAOFANG_LISTEN", "127.0.0.1", "address to listen on"),
    SETTING(port, "YAOFANG_PORT", "8080", "port to listen on"),
    SETTING(workers, "YAOFANG_WORKERS", "4", "database connections that serve requests"),
    SETTING(http_threads, "YAOFANG_HTTP_THREADS", "2", "threads that read and write sockets"),
    SETTING(prepared, "YAOFANG_PREPARED", "yes", "no: for a pooler without prepared statements"),
    SETTING(secure_cookies, "YAOFANG_SECURE_COOKIES", "no", "yes: when people reach the page over TLS"),
    SETTING(trusted_proxy, "YAOFANG_TRUSTED_PROXY", "",
            "address of a proxy whose X-Forwarded-For is believed, to count failed sign-ins by person"),
    SETTING(public_url, "YAOFANG_PUBLIC_URL", "",
            "address under which other systems reach the service (https://cds.example.org): their tokens "
            "must name it"),
    SETTING(
        cds_open, "YAOFANG_CDS_OPEN", "",
        "for a demonstration only: slug of the shop as which CDS Hooks calls without a token are answered"),
    SETTING(devices, "YAOFANG_DEVICES",
            "127.* ::1 10.* 192.168.* 172.1[6-9].* 172.2?.* 172.3[01].* fd* /dev/tty* /dev/serial/*",
            "where scales and printers may be: patterns of numeric addresses and device files"),
    SETTING(log_level, "YAOFANG_LOG", "info", "error, warning, info or debug"),
    SETTING(font, "YAOFANG_FONT", "DejaVu Sans, Droid Sans Fallback", "fonts of labels and sheets"),
    { NULL, NULL, NULL, 0, 0 },
};

enum status config_read(struct ctx *c, struct config *config)
{
    *config = (struct config){ 0 };
    for (const struct setting *row = settings; row->name != NULL; row++) {
        const struct column column = { row->name, row->offset, (enum column_kind)row->kind };
        const char *value = getenv(row->name);

        TRY(column_read(c, &column, value == NULL || *value == '\0' ? row->preset : value, config));
    }
    if (*config->database_url == '\0') {
        config->database_url = cluster_url(&c->arena, config->state_dir, "yaofang_app");
        config->database_owner_url = cluster_url(&c->arena, config->state_dir, "yaofang_owner");
    }
    if (*config->database_owner_url == '\0')
        config->database_owner_url = config->database_url;
    return ST_OK;
}
