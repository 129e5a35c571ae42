/* The rows of a file that differ from what is in force, as proposals. */
#include "core/evidence_import.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "sql.h"

struct line {
    int64_t line;
    const char *part, *does, *reason, *citation, *thing_kind, *thing_id, *synonym, *ratio_note;
    struct date effective_from, effective_to;
    struct rule_row rule;
    struct granule_ratio_row ratio;
};

#define LINE_RULE(field) \
    { #field, offsetof(struct line, rule) + offsetof(struct rule_row, field), COLUMN_TEXT },
#define LINE_RATIO(field) \
    { #field, offsetof(struct line, ratio) + offsetof(struct granule_ratio_row, field), COLUMN_TEXT },
/* clang-format off */
static const struct column line_columns[] = {
    COLUMN(struct line, line), COLUMN(struct line, part), COLUMN(struct line, does), COLUMN(struct line, reason),
    COLUMN(struct line, thing_kind), COLUMN(struct line, thing_id), COLUMN(struct line, synonym),
    COLUMN(struct line, ratio_note), COLUMN(struct line, effective_from), COLUMN(struct line, effective_to),
    RULE_FIELDS(LINE_RULE) GRANULE_RATIO_FIELDS(LINE_RATIO) COLUMNS_END,
};
/* clang-format on */

struct state {
    const char *state, *kind;
};
static const struct column state_columns[] = { COLUMN(struct state, state), COLUMN(struct state, kind),
                                               COLUMNS_END };

static enum status require_ready(struct ctx *c, int64_t id)
{
    const char *number = arena_printf(&c->arena, "%lld", (long long)id);
    struct state row;
    bool found;

    TRY(db_row(c, &q_evidence_import_state, PARAMS(SHOP(c), I64(id)), state_columns, &row, &found));
    if (!found || strcmp(row.kind, "evidence_book") != 0)
        return ctx_fail(c, ST_NOT_FOUND, "import", number, "is no evidence book that came in");
    if (strcmp(row.state, "ready") != 0)
        return ctx_fail(c, ST_CONFLICT, "import", number, "is %s", row.state);
    return ST_OK;
}

static struct evidence_proposal proposal_of(const struct line *line)
{
    struct evidence_proposal p = {
        .kind = strstr(line->part, "names") != NULL    ? EVIDENCE_SYNONYM
                : strstr(line->part, "ratios") != NULL ? EVIDENCE_RATIO
                                                       : EVIDENCE_RULE,
        .reason = line->reason,
        .citation = line->rule.citation,
        .from = line->effective_from,
        .to = line->effective_to,
        .rule = line->rule,
        .synonym = { .thing_kind = line->thing_kind, .thing_id = line->thing_id, .synonym = line->synonym },
        .ratio = line->ratio,
        .ratio_note = line->ratio_note,
    };

    while (evidence_changes[p.change + 1] != NULL && strcmp(evidence_changes[p.change], line->does) != 0)
        p.change++;
    if (*p.rule.id == '\0')
        p.rule.id = NULL;
    return p;
}

enum status evidence_import_read(struct ctx *c, int64_t import_id, struct evidence_proposal **proposals,
                                 int64_t **lines, size_t *count)
{
    struct line *rows;

    TRY(require_ready(c, import_id));
    TRY(db_all(c, &q_evidence_import_rows, PARAMS(SHOP(c), I64(import_id)), line_columns, sizeof *rows, &rows,
               count));
    *proposals = arena_array(&c->arena, *count, sizeof **proposals);
    *lines = arena_array(&c->arena, *count, sizeof **lines);
    for (size_t i = 0; i < *count; i++) {
        (*proposals)[i] = proposal_of(&rows[i]);
        (*lines)[i] = rows[i].line;
    }
    return ST_OK;
}
