/* Returns and their destruction. The order itself is finished and does not change: rows are added beside it. */
#include "core/order_return.h"

#include "core/audit.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct no_row {
    int64_t return_no;
};

struct left_row {
    int64_t packets_left;
};

/* A return that waits to be destroyed or witnessed. */
struct waiting {
    int64_t return_no, destroyed_by, mode_id; /* destroyed_by 0: not yet */
    const char *destroyed_name;
    bool second_look_due;
    struct instant second_look_from;
};

struct booked {
    int64_t wanted, moves;
};

static const struct column no_columns[] = { COLUMN(struct no_row, return_no), COLUMNS_END };
static const struct column left_columns[] = { COLUMN(struct left_row, packets_left), COLUMNS_END };
static const struct column waiting_columns[] = {
    COLUMN(struct waiting, return_no),
    COLUMN(struct waiting, destroyed_by),
    COLUMN(struct waiting, mode_id),
    COLUMN(struct waiting, destroyed_name),
    COLUMN(struct waiting, second_look_due),
    COLUMN(struct waiting, second_look_from),
    COLUMNS_END,
};
static const struct column booked_columns[] = {
    COLUMN(struct booked, wanted),
    COLUMN(struct booked, moves),
    COLUMNS_END,
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

struct returning {
    int64_t id, packets, return_no;
    const char *reason, *note;
};

static enum status take_back(struct ctx *c, void *arg)
{
    struct returning *want = arg;
    struct left_row left;
    struct no_row made;
    bool found;

    TRY(db_run(c, &q_order_returns_lock, PARAMS(I64(want->id))));
    TRY(db_row(c, &q_order_return_left, PARAMS(SHOP(c), I64(want->id)), left_columns, &left, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id),
                        "was not handed over: nothing can come back");
    if (want->packets < 1 || want->packets > left.packets_left)
        return ctx_fail(c, want->packets < 1 ? ST_INVALID : ST_CONFLICT, "packets", number(c, want->packets),
                        "are 1 to the %lld that are out", (long long)left.packets_left);
    TRY(order_reason(c, "return", want->reason, want->note));
    TRY(db_row(c, &q_order_return_add,
               PARAMS(SHOP(c), I64(want->id), USER(c), I64(want->packets), TEXT(want->reason),
                      TEXT_OR_NULL(want->note)),
               no_columns, &made, &found));
    want->return_no = made.return_no;
    return audit_note(c, "order_returned", order_subject(c, want->id),
                      arena_printf(&c->arena, "%lld packets, %s", (long long)want->packets, want->reason));
}

enum status order_return(struct ctx *c, int64_t id, int64_t packets, const char *reason, const char *note,
                         int64_t *return_no)
{
    struct returning want = { .id = id, .packets = packets, .reason = reason, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "take back an order"));
    TRY(db_tx(c, take_back, &want));
    if (return_no != NULL)
        *return_no = want.return_no;
    return ST_OK;
}

/* The return that is meant; `destroyed`: one that was, else one that was not. */
static enum status waiting_find(struct ctx *c, int64_t id, int64_t return_no, bool destroyed,
                                struct waiting *out)
{
    struct waiting *list;
    size_t n, fit = 0;

    TRY(db_all(c, &q_order_return_open, PARAMS(SHOP(c), I64(id), I64_OR_NULL(return_no)), waiting_columns,
               sizeof *list, &list, &n));
    for (size_t i = 0; i < n; i++)
        if ((list[i].destroyed_by != 0) == destroyed) {
            *out = list[i];
            fit++;
        }
    if (fit == 1)
        return ST_OK;
    if (fit > 1)
        return ctx_fail(c, ST_INVALID, "return_no", NULL, "must be given: %zu returns of the order wait",
                        fit);
    return ctx_fail(c, ST_CONFLICT, return_no == 0 ? "order_id" : "return_no",
                    number(c, return_no == 0 ? id : return_no),
                    destroyed ? "has no return that was destroyed and waits for its witness"
                              : "has no return that waits to be destroyed");
}

struct destroying {
    int64_t id, return_no;
    const char *method, *note;
};

static enum status destroy(struct ctx *c, void *arg)
{
    const struct destroying *want = arg;
    struct waiting waiting;

    TRY(db_run(c, &q_order_returns_lock, PARAMS(I64(want->id))));
    TRY(waiting_find(c, want->id, want->return_no, false, &waiting));
    TRY(order_reason(c, "destroy", want->method, want->note));
    TRY(db_run(c, &q_order_destroy,
               PARAMS(SHOP(c), I64(want->id), I64(waiting.return_no), USER(c), TEXT(want->method),
                      TEXT_OR_NULL(want->note))));
    return audit_note(c, "return_destroyed", order_subject(c, want->id), want->method);
}

enum status order_destroy(struct ctx *c, int64_t id, int64_t return_no, const char *method, const char *note)
{
    struct destroying want = { id, return_no, method, note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "destroy a return"));
    return db_tx(c, destroy, &want);
}

static enum status refuse_same_person(struct ctx *c, const struct waiting *waiting)
{
    if (waiting->destroyed_by != c->who.user_id)
        return ST_OK;
    if (waiting->mode_id == 0)
        return ctx_fail(c, ST_DENIED, "witness", c->who.username,
                        "destroyed it: somebody other than %s must be the witness", waiting->destroyed_name);
    if (!waiting->second_look_due)
        return ctx_fail(c, ST_DENIED, "witness", c->who.username,
                        "destroyed it: the second look of a single-person shop comes from %s on",
                        instant_text(&c->arena, waiting->second_look_from));
    return ST_OK;
}

static enum status witness(struct ctx *c, void *arg)
{
    const struct destroying *want = arg;
    struct waiting waiting;
    struct booked booked;
    bool found;

    TRY(db_run(c, &q_order_returns_lock, PARAMS(I64(want->id))));
    TRY(waiting_find(c, want->id, want->return_no, true, &waiting));
    TRY(refuse_same_person(c, &waiting));
    TRY(db_run(c, &q_order_witness,
               PARAMS(SHOP(c), I64(want->id), I64(waiting.return_no), USER(c),
                      I64_OR_NULL(waiting.destroyed_by == c->who.user_id ? waiting.mode_id : 0))));
    TRY(db_row(c, &q_order_return_book, PARAMS(SHOP(c), I64(want->id), I64(waiting.return_no), USER(c)),
               booked_columns, &booked, &found));
    if (booked.moves != booked.wanted)
        return ctx_fail(c, ST_BROKEN, "stock", NULL,
                        "was not booked: the shop has no location of the kind loss or patient");
    return audit_note(c, "destruction_witnessed", order_subject(c, want->id), number(c, waiting.return_no));
}

enum status order_witness(struct ctx *c, int64_t id, int64_t return_no)
{
    struct destroying want = { id, return_no, NULL, NULL };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "witness a destruction"));
    return db_tx(c, witness, &want);
}
