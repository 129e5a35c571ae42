/* Whether the service lives, can work, and how it does: for supervisors and Prometheus. */
#include <stdatomic.h>
#include <string.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "base/asset.h"
#include "sql.h"

enum status get_healthz(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_writer *w = reply_json(c, out);

    TRY(in_end(in));
    json_open_object(w, NULL);
    json_text(w, "status", "ok");
    json_close_object(w);
    return ST_OK;
}

struct newest {
    const char *name;
};

static const struct column newest_columns[] = { COLUMN(struct newest, name), COLUMNS_END };

/* The last migration built into the program; the table of assets is sorted by name. */
static const char *last_migration(void)
{
    const char *last = "";

    for (const struct asset *asset = assets_schema; asset->name != NULL; asset++)
        last = asset->name;
    return last;
}

enum status get_readyz(struct ctx *c, struct request *in, struct reply *out)
{
    struct newest newest = { "" };
    struct json_writer *w;
    bool found;

    TRY(in_end(in));
    TRY(db_row(c, &q_newest_migration, NO_PARAMS, newest_columns, &newest, &found));
    if (strcmp(newest.name, last_migration()) != 0)
        return ctx_fail(c, ST_BUSY, "schema", newest.name, "is not %s: run `yaofang migrate`",
                        last_migration());
    if (api_knowledge(c, in) == NULL)
        return ctx_fail(c, ST_BUSY, "rule book", NULL, "is not loaded yet");
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_text(w, "status", "ready");
    json_text(w, "schema", newest.name);
    json_close_object(w);
    return ST_OK;
}

enum status get_metrics(struct ctx *c, struct request *in, struct reply *out)
{
    struct api *api = api_of(in);
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct server *server = atomic_load(&api->server);
    struct text text;

    TRY(in_end(in));
    text_init(&text, &c->arena);
    metrics_write(api->metrics, &text);
    text_add(&text, "# TYPE yaofang_waiting gauge\n");
    text_addf(&text, "yaofang_waiting{lane=\"fast\"} %d\nyaofang_waiting{lane=\"slow\"} %d\n",
              server_waiting(server, LANE_FAST), server_waiting(server, LANE_SLOW));
    text_addf(&text, "# TYPE yaofang_knowledge_version gauge\nyaofang_knowledge_version %llu\n",
              (unsigned long long)snapshots_version(api->snapshots));
    text_addf(&text, "# TYPE yaofang_knowledge_rules gauge\nyaofang_knowledge_rules %zu\n",
              knowledge == NULL ? (size_t)0 : knowledge->rule_count);
    text_addf(&text, "# TYPE yaofang_knowledge_bytes gauge\nyaofang_knowledge_bytes %zu\n",
              knowledge == NULL ? (size_t)0 : knowledge->bytes);
    reply_bytes(c, out, "text/plain; version=0.0.4", text.data, text.size, NULL);
    return ST_OK;
}
