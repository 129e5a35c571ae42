/* Handing over, cancelling and declining orders, and the lock every step begins with. */
#include "core/order.h"

#include <string.h>

#include "core/alert.h"
#include "core/audit.h"
#include "core/order_step.h"
#include "core/person.h"
#include "core/screening.h"
#include "db/db.h"
#include "sql.h"

struct state_row {
    const char *state;
};

static const struct column state_columns[] = { COLUMN(struct state_row, state), COLUMNS_END };
static const struct column locked_columns[] = {
    COLUMN(struct locked_order, id),      COLUMN(struct locked_order, prescription_id),
    COLUMN(struct locked_order, version), COLUMN(struct locked_order, patient_id),
    COLUMN(struct locked_order, state),   COLUMN(struct locked_order, allocation_no),
    COLUMN(struct locked_order, packets), COLUMN(struct locked_order, stopped),
    COLUMN(struct locked_order, decocts), COLUMNS_END,
};
enum status order_tell(struct ctx *c, int64_t id, const char *event, const char *note)
{
    return db_run(c, &q_order_tell, PARAMS(SHOP(c), I64(id), USER(c), TEXT(event), TEXT_OR_NULL(note)));
}

const char *order_subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "order %lld", (long long)id);
}

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

static bool listed(const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

enum status order_lock_stopped(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                               struct locked_order *order)
{
    struct state_row now;
    bool found;

    TRY(db_row(c, &q_order_lock, PARAMS(SHOP(c), I64(id)), locked_columns, order, &found));
    if (found)
        now.state = order->state;
    else
        TRY(db_row(c, &q_order_state, PARAMS(SHOP(c), I64(id)), state_columns, &now, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", number(c, id), "is no order of this shop");
    if (!listed(states, now.state))
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, id), "cannot be %s: it is %s", doing,
                        now.state);
    return ST_OK;
}

enum status order_lock(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                       struct locked_order *order)
{
    TRY(order_lock_stopped(c, id, states, doing, order));
    return order->stopped ? order_refuse_stopped(c, id, doing) : ST_OK;
}

struct handover {
    int64_t id;
    const char *received_by;
    bool counselled;
};

/* Why a checked order may not leave the shop; without a lot it is past its beyond-use date. */
struct refusal {
    const char *herb, *lot_code, *refusal;
};

static const struct column refusal_columns[] = {
    COLUMN(struct refusal, herb),
    COLUMN(struct refusal, lot_code),
    COLUMN(struct refusal, refusal),
    COLUMNS_END,
};

/* A recall that comes between the check and the patient still stops what is in the bag. */
static enum status refuse_spoiled(struct ctx *c, int64_t id)
{
    struct refusal *list;
    size_t n;

    TRY(db_run(c, &q_check_lock_lots, PARAMS(SHOP(c), I64(id))));
    TRY(db_all(c, &q_handover_refusals, PARAMS(SHOP(c), I64(id)), refusal_columns, sizeof *list, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (*list[i].lot_code == '\0')
            ctx_note(c, ST_CONFLICT, "beyond_use_on", list[i].refusal,
                     "is past: the order may not be handed over any more");
        else
            ctx_note(c, ST_CONFLICT, "lot", list[i].lot_code, "of %s is %s: the order may not be handed over",
                     list[i].herb, list[i].refusal);
    return ctx_fault_or_ok(c);
}

/* What became known between the release and the patient counts too. */
static enum status screened_for(struct ctx *c, const struct locked_order *order,
                                struct screening_record *screening)
{
    TRY(screening_latest(c, order->prescription_id, order->version, screening));
    if (!screening->stands)
        return order_stale(c, screening, "hand it over");
    return screening_require_answers(c, screening->id, true);
}

struct owed {
    bool owed;
};

static const struct column owed_columns[] = { COLUMN(struct owed, owed), COLUMNS_END };

/* Where the shop wants it so, an order is paid or vouched for before it leaves; the database asks again. */
static enum status refuse_unpaid(struct ctx *c, int64_t id)
{
    struct owed row;
    bool found;

    TRY(db_row(c, &q_handover_owed, PARAMS(SHOP(c), I64(id)), owed_columns, &row, &found));
    if (found && row.owed)
        return ctx_fail(c, ST_CONFLICT, "payment", "unpaid",
                        "must be paid or vouched before an order is handed over in this shop");
    return ST_OK;
}

static enum status hand_over(struct ctx *c, void *arg)
{
    static const char *const from[] = { "checked", NULL };
    const struct handover *want = arg;
    struct locked_order order;
    struct screening_record screening;
    size_t written;

    TRY(order_lock(c, want->id, from, "handed over", &order));
    TRY(refuse_unpaid(c, want->id));
    TRY(refuse_spoiled(c, want->id));
    TRY(screened_for(c, &order, &screening));
    TRY(db_change(c, &q_handover_insert,
                  PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->received_by), BOOL(want->counselled),
                         I64(screening.id)),
                  &written));
    if (written == 0)
        return order_stale(c, &screening, "hand it over");
    TRY(alert_passed(c, screening.id, MOMENT_HANDOVER, want->id));
    return audit_note(c, "order_handed_over", order_subject(c, want->id), want->received_by);
}

enum status order_hand_over(struct ctx *c, int64_t id, const char *received_by, bool counselled)
{
    struct handover want = { .id = id, .received_by = received_by, .counselled = counselled };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "hand an order over"));
    return db_tx(c, hand_over, &want);
}

struct cancellation {
    int64_t id;
    const char *reason;
};

struct pot {
    const char *machine, *outcome; /* "": it boils */
};

static const struct column pot_columns[] = {
    COLUMN(struct pot, machine),
    COLUMN(struct pot, outcome),
    COLUMNS_END,
};

/* What has been in the pot is not put back into the drawer (schema/0039, not_decocted). */
static enum status refuse_decocted(struct ctx *c, const struct locked_order *order)
{
    struct pot pot;
    bool found;

    if (!order->decocts)
        return ST_OK;
    TRY(db_row(c, &q_order_pot, PARAMS(SHOP(c), I64(order->id)), pot_columns, &pot, &found));
    if (!found)
        return ST_OK;
    return ctx_fail(c, ST_CONFLICT, "order_id", number(c, order->id),
                    "cannot be cancelled: it is %s, and %s %s, and what has been in the pot does not go back "
                    "into the drawers: waste it, which books what was weighed as lost and, if you like, "
                    "begins it anew",
                    order->state, *pot.outcome == '\0' ? "boils in" : "was boiled in", pot.machine);
}

static enum status cancel(struct ctx *c, void *arg)
{
    static const char *const from[] = { "entered", "short", "allocated", "released", "weighed", NULL };
    const struct cancellation *want = arg;
    struct locked_order order;

    TRY(order_lock_stopped(c, want->id, from, "cancelled", &order));
    TRY(refuse_decocted(c, &order));
    TRY(db_run(c, &q_order_cancel, PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason))));
    return audit_note(c, "order_cancelled", order_subject(c, want->id), want->reason);
}

enum status order_cancel(struct ctx *c, int64_t id, const char *reason)
{
    struct cancellation want = { .id = id, .reason = reason };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "cancel an order"));
    return db_tx(c, cancel, &want);
}

struct rejection {
    int64_t id;
    const char *reason, *note;
};

static enum status reject(struct ctx *c, void *arg)
{
    static const char *const from[] = { "entered", "short", "allocated", NULL };
    const struct rejection *want = arg;
    struct locked_order order;

    TRY(order_lock_stopped(c, want->id, from, "rejected", &order));
    TRY(order_reason(c, "reject", want->reason, want->note));
    TRY(db_run(c, &q_order_reject,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason), TEXT_OR_NULL(want->note))));
    return audit_note(c, "order_rejected", order_subject(c, want->id), want->reason);
}

enum status order_reject(struct ctx *c, int64_t id, const char *reason, const char *note)
{
    struct rejection want = { .id = id, .reason = reason, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "reject an order"));
    return db_tx(c, reject, &want);
}

enum status order_screen(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t *screening)
{
    struct locked_order order;
    bool found;

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "screen an order"));
    TRY(db_row(c, &q_order_lock, PARAMS(SHOP(c), I64(id)), locked_columns, &order, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", number(c, id), "is no open order of this shop");
    return screening_make(c, knowledge, order.prescription_id, order.version, screening);
}
