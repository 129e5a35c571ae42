/* Writing and proving the audit trail. */
#include "core/audit.h"

#include "db/db.h"
#include "sql.h"

struct figure {
    int64_t sealed, broken;
};

static const struct column sealed_columns[] = { COLUMN(struct figure, sealed), COLUMNS_END };
static const struct column broken_columns[] = { COLUMN(struct figure, broken), COLUMNS_END };

enum status audit_note(struct ctx *c, const char *action, const char *subject, const char *details)
{
    return db_later(
        c, &q_audit_insert,
        PARAMS(SHOP(c), USER(c), TEXT(action), TEXT(subject), TEXT_OR_NULL(details), TEXT_OR_NULL(c->trace)));
}

enum status audit_seal(struct ctx *c, int64_t *sealed)
{
    struct figure figure = { 0 };
    bool found;

    TRY(db_row(c, &q_audit_seal, PARAMS(SHOP(c)), sealed_columns, &figure, &found));
    *sealed = figure.sealed;
    return ST_OK;
}

enum status audit_verify(struct ctx *c, int64_t *sealed, int64_t *broken)
{
    struct figure figure;
    bool found;

    TRY(audit_seal(c, sealed));
    TRY(db_row(c, &q_audit_broken, PARAMS(SHOP(c)), broken_columns, &figure, &found));
    *broken = figure.broken;
    return ST_OK;
}
