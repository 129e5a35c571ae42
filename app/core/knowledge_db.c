/* The knowledge tables read in one snapshot; clinic/knowledge checks and builds. */
#include "core/knowledge_db.h"

#include "db/db.h"
#include "sql.h"

#define TABLE_QUERY(table, row, fields, optional) [TABLE_##table] = &q_knowledge_##table,
static const struct query *const queries[KNOWLEDGE_TABLE_COUNT] = { KNOWLEDGE_TABLES(TABLE_QUERY) };
#undef TABLE_QUERY

static enum status read_all(struct ctx *c, void *arg)
{
    struct knowledge_rows *rows = arg;

    for (int i = 0; i < KNOWLEDGE_TABLE_COUNT; i++) {
        const struct knowledge_table *table = &knowledge_tables[i];
        void *list;

        TRY(db_all(c, queries[i], NO_PARAMS, table->columns, table->row_size, &list, &rows->list[i].count));
        rows->list[i].rows = list;
    }
    return ST_OK;
}

enum status knowledge_from_database(struct ctx *c, struct knowledge **out)
{
    struct knowledge_rows rows;

    TRY(db_tx_snapshot(c, read_all, &rows));
    return knowledge_build(c, &rows, out);
}
