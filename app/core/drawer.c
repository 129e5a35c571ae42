/* Opening, moving, counting and closing a drawer of cash. */
#include "core/drawer.h"

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct id_row {
    int64_t id;
};
struct expected {
    struct money expected, limit;
    int64_t approved_by, mode_id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column expected_columns[] = {
    COLUMN_NAMED(struct expected, expected, "expected_cents"),
    COLUMN_NAMED(struct expected, limit, "limit_cents"),
    COLUMN(struct expected, approved_by),
    COLUMN(struct expected, mode_id),
    COLUMNS_END,
};

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "handle the drawer");
}

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "drawer %lld", (long long)id);
}

struct opening {
    const char *register_name;
    struct money counted_float;
    int64_t id;
};

static enum status open_drawer(struct ctx *c, void *arg)
{
    struct opening *want = arg;
    struct id_row made;
    bool found;

    TRY(db_row(c, &q_drawer_open,
               PARAMS(SHOP(c), TEXT(want->register_name), MONEY(want->counted_float), USER(c)), id_columns,
               &made, &found));
    want->id = made.id;
    return audit_note(c, "drawer_opened", subject(c, made.id), money_text(&c->arena, want->counted_float));
}

enum status drawer_open(struct ctx *c, const char *register_name, struct money counted_float, int64_t *id)
{
    struct opening want = { register_name, counted_float, 0 };

    TRY(require(c));
    TRY(db_tx(c, open_drawer, &want));
    *id = want.id;
    return ST_OK;
}

/* Holds the drawer against being closed, or says why it cannot be touched. */
static enum status lock(struct ctx *c, int64_t id)
{
    struct id_row row;
    bool found;

    TRY(db_row(c, &q_drawer_lock, PARAMS(SHOP(c), I64(id)), id_columns, &row, &found));
    return found ? ST_OK
                 : ctx_fail(c, ST_CONFLICT, "session_id", arena_printf(&c->arena, "%lld", (long long)id),
                            "is no open drawer of this shop");
}

struct moving {
    int64_t id;
    const char *kind;
    struct money amount;
    const char *reason;
};

static enum status move(struct ctx *c, void *arg)
{
    const struct moving *want = arg;

    TRY(lock(c, want->id));
    TRY(db_run(
        c, &q_drawer_move,
        PARAMS(SHOP(c), I64(want->id), TEXT(want->kind), MONEY(want->amount), TEXT(want->reason), USER(c))));
    return audit_note(
        c, "drawer_moved", subject(c, want->id),
        arena_printf(&c->arena, "%s %s: %s", want->kind, money_text(&c->arena, want->amount), want->reason));
}

enum status drawer_move(struct ctx *c, int64_t id, const char *kind, struct money amount, const char *reason)
{
    struct moving want = { id, kind, amount, reason };

    TRY(require(c));
    return db_tx(c, move, &want);
}

struct approving {
    int64_t id;
    struct money counted;
    const char *note;
};

static enum status approve(struct ctx *c, void *arg)
{
    const struct approving *want = arg;

    TRY(lock(c, want->id));
    TRY(db_run(c, &q_drawer_approve,
               PARAMS(SHOP(c), I64(want->id), MONEY(want->counted), USER(c), TEXT_OR_NULL(want->note))));
    return audit_note(c, "drawer_approved", subject(c, want->id), money_text(&c->arena, want->counted));
}

enum status drawer_approve(struct ctx *c, int64_t id, struct money counted, const char *note)
{
    struct approving want = { id, counted, note };

    TRY(require(c));
    return db_tx(c, approve, &want);
}

struct closing {
    int64_t id;
    const struct drawer_count *counts;
    size_t count;
    const char *note;
};

/* A second person is asked for only where the difference is above the limit. */
static enum status refuse_difference(struct ctx *c, const struct expected *e, struct money counted,
                                     bool *needed)
{
    const int64_t difference = counted.cents - e->expected.cents;

    *needed = (difference < 0 ? -difference : difference) > e->limit.cents;
    if (*needed && e->approved_by == 0 && e->mode_id == 0)
        return ctx_fail(
            c, ST_CONFLICT, "counts", money_text(&c->arena, counted),
            "differ by %s from what should be there, %s: above %s another person must count and approve",
            money_text(&c->arena, (struct money){ difference }), money_text(&c->arena, e->expected),
            money_text(&c->arena, e->limit));
    return ST_OK;
}

static enum status close_drawer(struct ctx *c, void *arg)
{
    const struct closing *want = arg;
    int64_t *denominations = arena_array(&c->arena, want->count + 1, sizeof *denominations),
            *pieces = arena_array(&c->arena, want->count + 1, sizeof *pieces);
    struct money counted = { 0 };
    struct expected expected;
    bool found, needed;

    for (size_t i = 0; i < want->count; i++) {
        denominations[i] = want->counts[i].denomination.cents;
        pieces[i] = want->counts[i].pieces;
        counted.cents += denominations[i] * pieces[i];
    }
    TRY(lock(c, want->id));
    TRY(db_row(c, &q_drawer_expected, PARAMS(SHOP(c), I64(want->id), MONEY(counted), I64(c->who.user_id)),
               expected_columns, &expected, &found));
    TRY(refuse_difference(c, &expected, counted, &needed));
    TRY(db_run(c, &q_drawer_close,
               PARAMS(SHOP(c), I64(want->id), MONEY(expected.expected), MONEY(counted), MONEY(expected.limit),
                      TEXT_OR_NULL(want->note), USER(c), I64S(denominations, want->count),
                      I64S(pieces, want->count), I64_OR_NULL(needed ? expected.approved_by : 0),
                      I64_OR_NULL(needed && expected.approved_by == 0 ? expected.mode_id : 0))));
    return audit_note(c, "drawer_closed", subject(c, want->id), money_text(&c->arena, counted));
}

enum status drawer_close(struct ctx *c, int64_t id, const struct drawer_count *counts, size_t count,
                         const char *note)
{
    struct closing want = { id, counts, count, note };

    TRY(require(c));
    if (count == 0 || count > DRAWER_COUNTS_MOST)
        return ctx_fail(c, ST_INVALID, "counts", NULL, "are 1 to %d coins and notes", DRAWER_COUNTS_MOST);
    return db_tx(c, close_drawer, &want);
}
