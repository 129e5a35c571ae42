/* Applying the schema's files in order, once each. */
#include "db/migrate.h"

#include <string.h>

#include "db/internal.h"

struct applied {
    const char *name;
    const char *checksum;
};

static const struct column applied_columns[] = {
    COLUMN(struct applied, name),
    COLUMN(struct applied, checksum),
    COLUMNS_END,
};

static const struct column checksum_columns[] = {
    COLUMN(struct applied, checksum),
    COLUMNS_END,
};

static enum status apply(struct ctx *c, void *arg)
{
    const struct asset *file = arg;
    enum status status = db_script(c, file->data);

    if (status != ST_OK)
        return ctx_fail(c, ST_BROKEN, file->name, NULL, "failed: %s",
                        c->cause == NULL ? "no reason given" : c->cause);
    return db_run(c, &q_migration_record, PARAMS(TEXT(file->name), TEXT(file->data)));
}

static enum status refuse_changed(struct ctx *c, const struct asset *file, const struct applied *was)
{
    struct applied now;
    bool found;

    TRY(db_row(c, &q_migration_checksum, PARAMS(TEXT(file->data)), checksum_columns, &now, &found));
    if (strcmp(now.checksum, was->checksum) != 0)
        return ctx_fail(c, ST_CONFLICT, file->name, NULL,
                        "was changed after it was applied here; migrations are only ever added");
    return ST_OK;
}

static enum status migrate_all(struct ctx *c, const struct asset *migrations, size_t *count)
{
    struct applied *applied;
    size_t n, met = 0;

    TRY(db_run(c, &q_migration_table, NO_PARAMS));
    TRY(db_all(c, &q_migration_list, NO_PARAMS, applied_columns, sizeof *applied, &applied, &n));
    for (const struct asset *file = migrations; file->name != NULL; file++) {
        const struct applied *was = NULL;

        for (size_t i = 0; i < n; i++)
            if (strcmp(applied[i].name, file->name) == 0)
                was = &applied[i];
        if (was != NULL) {
            met++;
            TRY(refuse_changed(c, file, was));
            continue;
        }
        TRY(db_tx(c, apply, (void *)(uintptr_t)file));
        (*count)++;
    }
    if (met < n)
        return ctx_fail(c, ST_CONFLICT, "database", NULL,
                        "has migrations this program does not know: use a newer yaofang");
    return ST_OK;
}

enum status migrate(struct ctx *c, const struct asset *migrations, size_t *applied)
{
    enum status status;

    *applied = 0;
    TRY(db_run(c, &q_migration_lock, NO_PARAMS));
    status = migrate_all(c, migrations, applied);
    if (db_run(c, &q_migration_unlock, NO_PARAMS) != ST_OK)
        return c->fault.status;
    return status;
}
