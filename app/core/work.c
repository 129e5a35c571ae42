/* How much work waits; taking it and ending it, under the lock of its row. */
#include "core/work.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { NOTE_LONGEST = 1000 };
static const unsigned ROLES_WORK = ROLE_PRACTITIONER | ROLE_PHARMACIST;

struct item {
    int64_t id, patient_id, prescription_id, taken_by;
    const char *taker;
};

struct ending {
    const char *state, *outcome;
};

struct outcome {
    const char *code;
    bool by_hand;
};

static const struct column item_columns[] = {
    COLUMN(struct item, id),       COLUMN(struct item, patient_id), COLUMN(struct item, prescription_id),
    COLUMN(struct item, taken_by), COLUMN(struct item, taker),      COLUMNS_END,
};
static const struct column ending_columns[] = { COLUMN(struct ending, state), COLUMN(struct ending, outcome),
                                                COLUMNS_END };
static const struct column outcome_columns[] = { COLUMN(struct outcome, code),
                                                 COLUMN(struct outcome, by_hand), COLUMNS_END };

struct count_row {
    int64_t waiting, newest;
    struct instant last_taken_at;
};
static const struct column count_columns[] = {
    COLUMN(struct count_row, waiting),
    COLUMN(struct count_row, newest),
    COLUMN(struct count_row, last_taken_at),
    COLUMNS_END,
};

enum status work_figures_read(struct ctx *c, struct work_figures *figures)
{
    struct count_row row = { 0 };
    bool found;

    TRY(db_row(c, &q_work_count, PARAMS(SHOP(c), USER(c)), count_columns, &row, &found));
    *figures = (struct work_figures){ row.waiting, row.newest, row.last_taken_at.us };
    return ST_OK;
}

struct doing {
    int64_t id;
    bool over;
    const char *outcome, *note;
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

static enum status lock(struct ctx *c, int64_t id, struct item *item)
{
    struct ending ending;
    bool found;

    TRY(db_row(c, &q_work_lock, PARAMS(SHOP(c), I64(id)), item_columns, item, &found));
    if (found)
        return ST_OK;
    TRY(db_row(c, &q_work_state, PARAMS(SHOP(c), I64(id)), ending_columns, &ending, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "work", number(c, id), "is not on the work list of this shop");
    return ctx_fail(c, ST_CONFLICT, "work", number(c, id), "has ended: %s", ending.outcome);
}

static enum status note_in_audit(struct ctx *c, const char *action, const struct item *item,
                                 const char *details)
{
    return audit_note(
        c, action, arena_printf(&c->arena, "prescription %lld", (long long)item->prescription_id),
        arena_printf(&c->arena, "work %lld%s%s", (long long)item->id, *details == '\0' ? "" : ": ", details));
}

static enum status take(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct item item;

    TRY(lock(c, d->id, &item));
    if (item.taken_by != 0 && item.taken_by != c->who.user_id && !d->over)
        return ctx_fail(c, ST_CONFLICT, "work", number(c, d->id), "is taken by %s", item.taker);
    TRY(db_run(c, &q_work_take, PARAMS(SHOP(c), I64(d->id), USER(c))));
    return note_in_audit(c, "work_taken", &item, item.taken_by == 0 ? "" : item.taker);
}

enum status work_take(struct ctx *c, int64_t id, bool over)
{
    struct doing d = { .id = id, .over = over };

    TRY(person_require(c, ROLES_WORK, "take work"));
    return db_tx(c, take, &d);
}

static enum status check_outcome(struct ctx *c, const struct doing *d)
{
    struct outcome *known;
    struct text codes;
    bool given = false;
    size_t n;

    TRY(db_all(c, &q_work_outcomes, NO_PARAMS, outcome_columns, sizeof *known, &known, &n));
    text_init(&codes, &c->arena);
    for (size_t i = 0; i < n; i++) {
        if (!known[i].by_hand)
            continue;
        text_addf(&codes, "%s%s", codes.size == 0 ? "" : ", ", known[i].code);
        given = given || strcmp(known[i].code, d->outcome) == 0;
    }
    if (!given)
        ctx_note(c, ST_INVALID, "outcome", d->outcome, "is one of %s", codes.data);
    if (utf8_length(d->note) > NOTE_LONGEST)
        ctx_note(c, ST_INVALID, "note", NULL, "is at most %d characters", NOTE_LONGEST);
    return ctx_fault_or_ok(c);
}

static enum status finish(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct item item;

    TRY(lock(c, d->id, &item));
    TRY(check_outcome(c, d));
    if (item.taken_by == 0)
        return ctx_fail(c, ST_CONFLICT, "work", number(c, d->id), "is taken by nobody: take it first");
    if (item.taken_by != c->who.user_id)
        return ctx_fail(c, ST_CONFLICT, "work", number(c, d->id), "is taken by %s", item.taker);
    TRY(db_run(c, &q_work_done,
               PARAMS(SHOP(c), I64(d->id), TEXT(d->outcome), TEXT(text_trim(&c->arena, d->note)), USER(c))));
    return note_in_audit(c, "work_done", &item, d->outcome);
}

enum status work_done(struct ctx *c, int64_t id, const char *outcome, const char *note)
{
    struct doing d = { .id = id, .outcome = outcome, .note = note == NULL ? "" : note };

    TRY(person_require(c, ROLES_WORK, "end work"));
    return db_tx(c, finish, &d);
}
