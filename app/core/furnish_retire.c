/* Taking places, suppliers and items out of use, and back into it. Nothing booked with them changes. */
#include "core/audit.h"
#include "core/furnish_parts.h"
#include "db/db.h"
#include "sql.h"

struct known {
    bool retired;
};

struct retired {
    const char *code;
};

struct held {
    int64_t lots, items;
};

struct want {
    enum furnishing what;
    int64_t id;
    bool retired;
};

static const struct column known_columns[] = { COLUMN(struct known, retired), COLUMNS_END };
static const struct column retired_columns[] = { COLUMN(struct retired, code), COLUMNS_END };
static const struct column held_columns[] = { COLUMN(struct held, lots), COLUMN(struct held, items),
                                              COLUMNS_END };

static const struct kind {
    const struct query *retire;
    const char *field, *noun;
} kinds[] = {
    [FURNISHING_LOCATION] = { &q_location_retire, "location", "place for goods" },
    [FURNISHING_SUPPLIER] = { &q_supplier_retire, "supplier", "supplier" },
    [FURNISHING_ITEM] = { &q_item_retire, "item", "item" },
};

enum status furnish_usable(struct ctx *c, const char *field, const char *code, const struct query *query,
                           const struct param *params, size_t count)
{
    struct known known = { false };
    bool found;

    if (code == NULL || *code == '\0')
        return ST_OK;
    TRY(db_row(c, query, params, count, known_columns, &known, &found));
    return known.retired ? ctx_fail(c, ST_CONFLICT, field, code, "is out of use") : ST_OK;
}

enum status location_usable(struct ctx *c, const char *field, const char *code, int64_t item_id)
{
    return furnish_usable(c, field, code, &q_location_known,
                          PARAMS(SHOP(c), TEXT_OR_NULL(code), I64_OR_NULL(item_id)));
}

enum status supplier_usable(struct ctx *c, const char *code)
{
    return furnish_usable(c, "supplier", code, &q_supplier_known, PARAMS(SHOP(c), TEXT_OR_NULL(code)));
}

/* What lies in a place, or belongs there, would be looked for where nobody looks. */
static enum status require_empty(struct ctx *c, int64_t id)
{
    struct held held;
    bool found;

    TRY(db_row(c, &q_location_held, PARAMS(SHOP(c), I64(id)), held_columns, &held, &found));
    if (held.lots > 0)
        return ctx_fail(c, ST_CONFLICT, "lots", arena_printf(&c->arena, "%lld", (long long)held.lots),
                        "lie in this place: move them first");
    if (held.items > 0)
        return ctx_fail(c, ST_CONFLICT, "items", arena_printf(&c->arena, "%lld", (long long)held.items),
                        "belong in this place: give them another one first");
    return ST_OK;
}

static enum status retire(struct ctx *c, void *arg)
{
    const struct want *want = arg;
    const struct kind *kind = &kinds[want->what];
    struct retired row;
    bool found;

    if (want->retired && want->what == FURNISHING_LOCATION)
        TRY(require_empty(c, want->id));
    TRY(db_row(c, kind->retire, PARAMS(SHOP(c), I64(want->id), BOOL(want->retired)), retired_columns, &row,
               &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, kind->field, arena_printf(&c->arena, "%lld", (long long)want->id),
                        "is no %s of this shop", kind->noun);
    return audit_note(c, want->retired ? "out_of_use" : "back_in_use",
                      arena_printf(&c->arena, "%s %s", kind->field, row.code), NULL);
}

enum status furnish_retire(struct ctx *c, enum furnishing what, int64_t id, bool retired)
{
    struct want want = { what, id, retired };

    TRY(furnish_require(c));
    return db_tx(c, retire, &want);
}
