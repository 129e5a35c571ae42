/* The built-in seed files as knowledge rows, so that screening works on a machine without a database. */
#include "core/knowledge_seed.h"

#include "base/asset.h"
#include "intake/csv.h"

enum status knowledge_seed_table(struct ctx *c, enum knowledge_table_name table, struct row_list *out)
{
    const struct knowledge_table *shape = &knowledge_tables[table];
    const char *name = arena_printf(&c->arena, "reference/%s.csv", shape->name);
    const struct asset *file = asset_find(assets_seed, name);
    void *rows;

    if (file == NULL)
        return ctx_fail(c, ST_BROKEN, name, NULL, "the file is not built into the program");
    TRY(csv_read(c, name, file->data, file->size, shape->columns, shape->optional, shape->row_size, &rows,
                 &out->count));
    out->rows = rows;
    return ST_OK;
}

enum status knowledge_from_seed(struct ctx *c, struct knowledge **out)
{
    struct knowledge_rows rows = { .own_rules = NULL };

    for (int table = 0; table < KNOWLEDGE_TABLE_COUNT; table++)
        TRY(knowledge_seed_table(c, (enum knowledge_table_name)table, &rows.list[table]));
    return knowledge_build(c, &rows, out);
}
