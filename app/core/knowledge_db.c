/* The knowledge tables and a shop's own rows read in one snapshot; clinic/knowledge checks and builds. */
#include "core/knowledge_db.h"

#include "core/evidence_rows.h"
#include "db/db.h"
#include "sql.h"

#define TABLE_QUERY(table, row, fields, optional) [TABLE_##table] = &q_knowledge_##table,
static const struct query *const queries[KNOWLEDGE_TABLE_COUNT] = { KNOWLEDGE_TABLES(TABLE_QUERY) };
#undef TABLE_QUERY

static enum status read_all(struct ctx *c, void *arg)
{
    struct knowledge_rows *rows = arg;

    *rows = (struct knowledge_rows){ .own_rules = NULL };
    for (int i = 0; i < KNOWLEDGE_TABLE_COUNT; i++) {
        const struct knowledge_table *table = &knowledge_tables[i];
        void *list;

        TRY(db_all(c, queries[i], NO_PARAMS, table->columns, table->row_size, &list, &rows->list[i].count));
        rows->list[i].rows = list;
    }
    return ST_OK;
}

enum status knowledge_rows_read(struct ctx *c, struct knowledge_rows *rows)
{
    return db_tx_snapshot(c, read_all, rows);
}

enum status knowledge_overlay_read(struct ctx *c, struct date day, struct overlay *overlay)
{
    struct own_rule *rules;
    struct own_synonym *synonyms;
    struct own_ratio *ratios;

    TRY(db_all(c, &q_evidence_rules, PARAMS(SHOP(c), DATE(day), NONE()), own_rule_columns, sizeof *rules,
               &rules, &overlay->rule_count));
    TRY(db_all(c, &q_evidence_synonyms, PARAMS(SHOP(c), DATE(day), NONE()), own_synonym_columns,
               sizeof *synonyms, &synonyms, &overlay->synonym_count));
    TRY(db_all(c, &q_evidence_ratios, PARAMS(SHOP(c), DATE(day), NONE()), own_ratio_columns, sizeof *ratios,
               &ratios, &overlay->ratio_count));
    overlay->rules = rules;
    overlay->synonyms = synonyms;
    overlay->ratios = ratios;
    return ST_OK;
}

enum status knowledge_overlaid(struct ctx *c, const struct knowledge_rows *rows,
                               const struct overlay *overlay, struct knowledge **out)
{
    struct knowledge_rows laid;
    size_t left_out;

    overlay_apply(&c->arena, rows, overlay, &laid, &left_out);
    return knowledge_build(c, &laid, out);
}

struct reading {
    struct knowledge_rows rows;
    struct overlay overlay;
};

static enum status read_with_overlay(struct ctx *c, void *arg)
{
    struct reading *reading = arg;

    TRY(read_all(c, &reading->rows));
    return knowledge_overlay_read(c, DATE_NONE, &reading->overlay);
}

enum status knowledge_from_database(struct ctx *c, struct knowledge **out)
{
    struct reading reading = { .overlay = { .rule_count = 0 } };

    if (c->who.shop_id == 0)
        TRY(knowledge_rows_read(c, &reading.rows));
    else
        TRY(db_tx_snapshot(c, read_with_overlay, &reading));
    return knowledge_overlaid(c, &reading.rows, &reading.overlay, out);
}
