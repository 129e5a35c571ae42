/* Holds and questions to the prescriber: what keeps an order where it stands. The order is marked first, then the stop is added; the
   end is added first, then the mark is taken off: the database accepts each only after the other. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

static const char *const stoppable[] = { "entered", "short",   "allocated", "released",
                                         "weighed", "checked", NULL };

/* A stop without an end. */
struct stop {
    int64_t stop_no, placed_by, mode_id;
    const char *kind, *why, *placed_name;
    struct instant placed_at, second_look_from;
    bool answered, second_look_due;
};

struct reason_row {
    const char *code;
    bool note_needed;
};

struct stop_row {
    int64_t stop_no;
};

static const struct column stop_columns[] = {
    COLUMN(struct stop, stop_no),
    COLUMN(struct stop, placed_by),
    COLUMN(struct stop, mode_id),
    COLUMN(struct stop, kind),
    COLUMN(struct stop, why),
    COLUMN(struct stop, placed_name),
    COLUMN(struct stop, placed_at),
    COLUMN(struct stop, second_look_from),
    COLUMN(struct stop, answered),
    COLUMN(struct stop, second_look_due),
    COLUMNS_END,
};
static const struct column reason_columns[] = {
    COLUMN(struct reason_row, code),
    COLUMN(struct reason_row, note_needed),
    COLUMNS_END,
};
static const struct column made_columns[] = { COLUMN(struct stop_row, stop_no), COLUMNS_END };

static bool given(const char *text)
{
    return text != NULL && *text != '\0';
}

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

enum status order_reason(struct ctx *c, const char *use, const char *code, const char *note)
{
    struct reason_row *list;
    struct text codes;
    size_t n;

    TRY(db_all(c, &q_order_reasons, PARAMS(TEXT(use)), reason_columns, sizeof *list, &list, &n));
    text_init(&codes, &c->arena);
    for (size_t i = 0; i < n; i++) {
        text_addf(&codes, "%s%s", i == 0 ? "" : ", ", list[i].code);
        if (strcmp(list[i].code, code) != 0)
            continue;
        if (list[i].note_needed && !given(note))
            return ctx_fail(c, ST_INVALID, "note", NULL, "must be given with the reason %s", code);
        return ST_OK;
    }
    return ctx_fail(c, ST_INVALID, "reason", code, "is one of %s", codes.data);
}

static enum status open_stops(struct ctx *c, int64_t id, int64_t stop_no, struct stop **list, size_t *n)
{
    return db_all(c, &q_order_stop_find, PARAMS(SHOP(c), I64(id), I64_OR_NULL(stop_no)), stop_columns,
                  sizeof **list, list, n);
}

enum status order_refuse_stopped(struct ctx *c, int64_t id, const char *doing)
{
    struct stop *list;
    size_t n;

    TRY(open_stops(c, id, 0, &list, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_CONFLICT, "order_id", number(c, id), "cannot be %s: %s (stop %lld, %s, since %s)",
                 doing,
                 strcmp(list[i].kind, "hold") == 0
                     ? arena_printf(&c->arena, "it is on hold: %s", list[i].why)
                     : arena_printf(&c->arena, "the prescriber is asked: %s", list[i].why),
                 (long long)list[i].stop_no, list[i].placed_name, instant_text(&c->arena, list[i].placed_at));
    return ctx_fault_or_ok(c);
}

/* The one stop that is meant. */
static enum status stop_meant(struct ctx *c, int64_t id, int64_t stop_no, const char *kind, struct stop *stop)
{
    struct stop *list;
    size_t n, fit = 0;

    TRY(open_stops(c, id, stop_no, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (kind == NULL || (strcmp(list[i].kind, kind) == 0 && !list[i].answered)) {
            *stop = list[i];
            fit++;
        }
    if (fit == 1)
        return ST_OK;
    if (fit > 1)
        return ctx_fail(c, ST_INVALID, "stop_no", NULL,
                        "must be given: the order has %zu stops without an end", fit);
    return ctx_fail(c, ST_CONFLICT, stop_no == 0 ? "order_id" : "stop_no",
                    number(c, stop_no == 0 ? id : stop_no),
                    kind == NULL ? "has no stop without an end" : "has no question without an answer");
}

struct stopping {
    int64_t id, stop_no;
    const char *kind, *reason, *note;
};

static enum status stop(struct ctx *c, void *arg)
{
    struct stopping *want = arg;
    const bool hold = strcmp(want->kind, "hold") == 0;
    struct locked_order order;
    struct stop_row made;
    bool found;

    TRY(order_lock_stopped(c, want->id, stoppable, hold ? "held" : "asked about", &order));
    if (hold)
        TRY(order_reason(c, "hold", want->reason, want->note));
    TRY(db_run(c, &q_order_stop_mark, PARAMS(SHOP(c), I64(want->id))));
    TRY(db_row(c, &q_order_stop_add,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->kind), TEXT_OR_NULL(want->reason),
                      TEXT_OR_NULL(want->note)),
               made_columns, &made, &found));
    want->stop_no = made.stop_no;
    return audit_note(c, hold ? "order_held" : "prescriber_asked", order_subject(c, want->id),
                      hold ? want->reason : want->note);
}

enum status order_hold(struct ctx *c, int64_t id, const char *reason, const char *note, int64_t *stop_no)
{
    struct stopping want = { .id = id, .kind = "hold", .reason = reason, .note = note };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "hold an order"));
    TRY(db_tx(c, stop, &want));
    if (stop_no != NULL)
        *stop_no = want.stop_no;
    return ST_OK;
}

enum status order_ask(struct ctx *c, int64_t id, const char *question, int64_t *stop_no)
{
    struct stopping want = { .id = id, .kind = "query", .note = question };

    TRY(person_require(c, ROLE_PHARMACIST, "ask the prescriber"));
    if (!given(question))
        return ctx_fail(c, ST_INVALID, "question", NULL, "must be asked");
    TRY(db_tx(c, stop, &want));
    if (stop_no != NULL)
        *stop_no = want.stop_no;
    return ST_OK;
}

struct answering {
    int64_t id, stop_no;
    const char *verdict, *answer;
};

/* Who asked may answer only in the recorded single-person mode, after its delay (PRODUCT law 8). */
static enum status refuse_own_answer(struct ctx *c, const struct stop *stop)
{
    if (stop->placed_by != c->who.user_id)
        return ST_OK;
    if (stop->mode_id == 0)
        return ctx_fail(c, ST_DENIED, "answered_by", c->who.username,
                        "asked this question: the prescriber must answer it");
    if (!stop->second_look_due)
        return ctx_fail(c, ST_DENIED, "answered_by", c->who.username,
                        "asked this question: the second look of a single-person shop comes from %s on",
                        instant_text(&c->arena, stop->second_look_from));
    return ST_OK;
}

static enum status answer(struct ctx *c, void *arg)
{
    const struct answering *want = arg;
    struct locked_order order;
    struct stop stop;

    TRY(order_lock_stopped(c, want->id, stoppable, "answered for", &order));
    TRY(stop_meant(c, want->id, want->stop_no, "query", &stop));
    TRY(refuse_own_answer(c, &stop));
    TRY(db_run(c, &q_order_query_answer,
               PARAMS(SHOP(c), I64(want->id), I64(stop.stop_no), USER(c), TEXT(want->verdict),
                      TEXT(want->answer), I64_OR_NULL(stop.placed_by == c->who.user_id ? stop.mode_id : 0))));
    return audit_note(c, "prescriber_answered", order_subject(c, want->id), want->verdict);
}

enum status order_answer(struct ctx *c, int64_t id, int64_t stop_no, const char *verdict, const char *text)
{
    struct answering want = { .id = id, .stop_no = stop_no, .verdict = verdict, .answer = text };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "answer for the prescriber"));
    if (!given(text))
        return ctx_fail(c, ST_INVALID, "answer", NULL, "must be given");
    return db_tx(c, answer, &want);
}

struct lifting {
    int64_t id, stop_no;
    bool taken_back;
    const char *note;
};

static enum status refuse_end(struct ctx *c, const struct lifting *want, const struct stop *stop)
{
    const bool query = strcmp(stop->kind, "query") == 0;

    if (query)
        TRY(person_require(c, ROLE_PHARMACIST, "close a question to the prescriber"));
    if (want->taken_back && (!query || stop->placed_by != c->who.user_id))
        return ctx_fail(c, ST_DENIED, "taken_back", NULL, "is for the question's asker, %s",
                        stop->placed_name);
    if (query && !stop->answered && !want->taken_back)
        return ctx_fail(c, ST_CONFLICT, "stop_no", number(c, stop->stop_no),
                        "is a question the prescriber has not answered");
    if (!given(want->note) && (!query || want->taken_back))
        return ctx_fail(c, ST_INVALID, "note", NULL, "must say why the order may go on");
    return ST_OK;
}

static enum status lift(struct ctx *c, void *arg)
{
    const struct lifting *want = arg;
    struct locked_order order;
    struct stop stop;

    TRY(order_lock_stopped(c, want->id, stoppable, "let go on", &order));
    TRY(stop_meant(c, want->id, want->stop_no, NULL, &stop));
    TRY(refuse_end(c, want, &stop));
    TRY(db_run(c, &q_order_stop_end,
               PARAMS(SHOP(c), I64(want->id), I64(stop.stop_no), USER(c), BOOL(want->taken_back),
                      TEXT_OR_NULL(want->note))));
    TRY(db_run(c, &q_order_resume, PARAMS(SHOP(c), I64(want->id))));
    return audit_note(c, strcmp(stop.kind, "hold") == 0 ? "hold_lifted" : "query_closed",
                      order_subject(c, want->id), want->note);
}

enum status order_lift(struct ctx *c, int64_t id, int64_t stop_no, bool taken_back, const char *note)
{
    struct lifting want = { .id = id, .stop_no = stop_no, .taken_back = taken_back, .note = note };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "let an order go on"));
    return db_tx(c, lift, &want);
}
