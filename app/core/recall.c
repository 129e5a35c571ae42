/* Recalls: the lots, the bar, the clock, the calls. */
#include "core/recall.h"

#include "core/audit.h"
#include "core/person.h"
#include "core/stock_parts.h"
#include "sql.h"

enum { LOTS_MOST = 200 };

const char *const call_statuses[] = {
    "called", "no_answer", "reached", "returned", "used_up", "refused", NULL
};

struct starting {
    const int64_t *lots;
    size_t count;
    const char *reason;
    bool mock;
    int64_t id;
};

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "recall %lld", (long long)id);
}

struct known_lot {
    int64_t id;
};

static const struct column known_columns[] = { COLUMN(struct known_lot, id), COLUMNS_END };

static enum status refuse_unknown(struct ctx *c, const struct starting *want)
{
    struct known_lot *known;
    size_t n;

    TRY(db_all(c, &q_lots_known, PARAMS(SHOP(c), I64S(want->lots, want->count)), known_columns, sizeof *known,
               &known, &n));
    for (size_t i = 0; i < n; i++)
        if (known[i].id == 0)
            ctx_note(c, ST_NOT_FOUND, arena_printf(&c->arena, "lots[%zu].lot_id", i),
                     stock_number(c, want->lots[i]), "is no lot of this shop");
    return ctx_fault_or_ok(c);
}

static enum status start(struct ctx *c, void *arg)
{
    struct starting *want = arg;
    const struct rows *list;

    TRY(refuse_unknown(c, want));
    TRY(stock_id_row(
        c, &q_recall_start,
        PARAMS(SHOP(c), I64S(want->lots, want->count), BOOL(want->mock), TEXT(want->reason), USER(c)),
        &want->id));
    if (!want->mock)
        TRY(db_run(c, &q_recall_bar, PARAMS(SHOP(c), I64(want->id), USER(c))));
    TRY(db_rows(c, &q_recall_patients, PARAMS(SHOP(c), I64(want->id)), &list));
    TRY(db_run(c, &q_recall_listed, PARAMS(SHOP(c), I64(want->id))));
    return audit_note(c, want->mock ? "mock_recall_started" : "recall_started", subject(c, want->id),
                      want->reason);
}

enum status recall_start(struct ctx *c, const int64_t *lots, size_t count, const char *reason, bool mock,
                         int64_t *id)
{
    struct starting want = { .lots = lots, .count = count, .reason = reason, .mock = mock };

    TRY(person_require(c, ROLE_PHARMACIST, "recall lots"));
    if (count == 0 || count > LOTS_MOST)
        return ctx_fail(c, ST_INVALID, "lots", NULL, "are 1 to %d", LOTS_MOST);
    TRY(db_tx(c, start, &want));
    *id = want.id;
    return ST_OK;
}

struct calling {
    int64_t id, patient_id;
    const char *status, *note;
};

static enum status call(struct ctx *c, void *arg)
{
    const struct calling *want = arg;
    int64_t made;

    TRY(stock_id_row(c, &q_recall_call_add,
                     PARAMS(SHOP(c), I64(want->id), I64(want->patient_id), TEXT(want->status),
                            TEXT_OR_NULL(want->note), USER(c)),
                     &made));
    if (made == 0)
        return ctx_fail(c, ST_NOT_FOUND, "patient_id", stock_number(c, want->patient_id),
                        "is no patient of this shop, or recall %lld is none that goes on",
                        (long long)want->id);
    return audit_note(c, "recall_call", subject(c, want->id), want->status);
}

enum status recall_call(struct ctx *c, int64_t id, int64_t patient_id, const char *status, const char *note)
{
    struct calling want = { .id = id, .patient_id = patient_id, .status = status, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "call patients about a recall"));
    return db_tx(c, call, &want);
}

static enum status end(struct ctx *c, void *arg)
{
    const struct calling *want = arg;
    size_t ended;

    TRY(db_change(c, &q_recall_end, PARAMS(SHOP(c), I64(want->id), USER(c), TEXT_OR_NULL(want->note)),
                  &ended));
    if (ended == 0)
        return ctx_fail(c, ST_NOT_FOUND, "recall_id", stock_number(c, want->id),
                        "is no recall of this shop that goes on");
    return audit_note(c, "recall_ended", subject(c, want->id), want->note);
}

enum status recall_end(struct ctx *c, int64_t id, const char *note)
{
    struct calling want = { .id = id, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "end a recall"));
    return db_tx(c, end, &want);
}
