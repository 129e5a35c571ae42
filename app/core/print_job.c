/* Print jobs: queued with their bytes, claimed by one sender, settled. */
#include "core/print_job.h"

#include <string.h>

#include "base/hex.h"
#include "base/secret.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { PRINT_MOST = 16 << 20, REASON_LONGEST = 480 };

struct added {
    int64_t id;
};

struct copy {
    int copy_no;
};

struct spooled {
    const char *bytes;
};

static const struct column added_columns[] = { COLUMN(struct added, id), COLUMNS_END };
static const struct column copy_columns[] = { COLUMN(struct copy, copy_no), COLUMNS_END };
static const struct column spooled_columns[] = { COLUMN(struct spooled, bytes), COLUMNS_END };
static const struct column job_columns[] = {
    COLUMN(struct print_job, id),
    COLUMN(struct print_job, order_id),
    COLUMN(struct print_job, kind),
    COLUMN(struct print_job, title),
    COLUMN(struct print_job, printer),
    COLUMN(struct print_job, uri),
    COLUMN(struct print_job, format),
    COLUMN(struct print_job, copy_no),
    COLUMN(struct print_job, media_width),
    COLUMN(struct print_job, media_height),
    COLUMN(struct print_job, step_no),
    COLUMN(struct print_job, size),
    COLUMN(struct print_job, taken),
    COLUMN(struct print_job, state),
    COLUMN(struct print_job, reason),
    COLUMN(struct print_job, stuck),
    COLUMNS_END,
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

enum status print_job_add(struct ctx *c, const struct printer *printer, const char *station,
                          const struct print_paper *paper, int64_t *id)
{
    const bool ordered = paper->order_id != 0;
    struct added added;
    bool found;

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "print"));
    if (paper->size == 0 || paper->size > PRINT_MOST)
        return ctx_fail(c, ST_TOO_LARGE, paper->kind, number(c, (int64_t)paper->size),
                        "bytes are more than a printer is sent at once: at most %d", PRINT_MOST);
    TRY(db_row(c, &q_print_job_add,
               PARAMS(SHOP(c), I64(printer->id), TEXT(paper->kind), TEXT(paper->title),
                      I64_OR_NULL(paper->order_id), ordered ? I64(paper->copy_no) : NONE(),
                      TEXT_OR_NULL(station), I64((int64_t)paper->size),
                      TEXT(secret_sha256(&c->arena, paper->data, paper->size)),
                      TEXT(hex_text(&c->arena, paper->data, paper->size)), USER(c)),
               added_columns, &added, &found));
    *id = added.id;
    return audit_note(
        c, "print_queued",
        ordered ? arena_printf(&c->arena, "order %lld", (long long)paper->order_id) : paper->title,
        arena_printf(&c->arena, "%s, copy %d, on printer %s", paper->kind, paper->copy_no, printer->code));
}

enum status print_job_take_over(struct ctx *c, int64_t order_id, const char *kind, int *copy_no)
{
    struct copy copy;
    bool found;

    *copy_no = 0;
    TRY(db_row(c, &q_print_unsent_copy, PARAMS(SHOP(c), I64(order_id), TEXT(kind)), copy_columns, &copy,
               &found));
    if (!found)
        return ST_OK;
    *copy_no = copy.copy_no;
    return db_run(c, &q_print_cancel_copy,
                  PARAMS(SHOP(c), I64(order_id), TEXT(kind), I64(copy.copy_no), USER(c)));
}

static enum status step(struct ctx *c, struct print_job *job, const char *state, const char *reason,
                        size_t taken)
{
    char *shown = arena_text(&c->arena, reason == NULL ? "" : reason);
    size_t changed;

    if (strlen(shown) > REASON_LONGEST)
        shown[REASON_LONGEST] = '\0';
    TRY(db_change(c, &q_print_job_step,
                  PARAMS(SHOP(c), I64(job->id), I64(job->step_no + 1), TEXT(state), TEXT(shown),
                         I64((int64_t)taken), USER(c)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, job->id), "is being sent by somebody else");
    job->step_no++;
    job->state = state;
    job->reason = shown;
    job->taken = (int64_t)taken;
    return ST_OK;
}

struct claim {
    int64_t id;
    struct print_job *job;
    bool again, gone;
};

static enum status claim(struct ctx *c, void *arg)
{
    struct claim *want = arg;
    struct print_job *job = want->job;
    struct spooled spooled;
    bool found;

    want->again = want->gone = false;
    TRY(db_row(c, &q_print_job_find, PARAMS(SHOP(c), I64(want->id)), job_columns, job, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "print_job", number(c, want->id), "is no print job of this shop");
    job->data = NULL;
    if (strcmp(job->state, "sent") == 0)
        return ST_OK;
    if (job->stuck) {
        want->gone = true;
        return step(
            c, job, "failed",
            "the service was stopped while it was sending: look whether it came out, then send it again", 0);
    }
    if (strcmp(job->state, "queued") != 0 && strcmp(job->state, "failed") != 0)
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, want->id), "cannot be sent: it is %s%s%s",
                        job->state, *job->reason == '\0' ? "" : ", ", job->reason);
    TRY(step(c, job, "sending", NULL, 0));
    TRY(db_row(c, &q_print_spool_read, PARAMS(SHOP(c), I64(want->id)), spooled_columns, &spooled, &found));
    if (!found || strlen(spooled.bytes) != 2 * (size_t)job->size + 2)
        return ctx_fail(c, ST_BROKEN, "print_job", number(c, want->id), "has lost what it was to send");
    job->data = (const char *)hex_bytes(&c->arena, spooled.bytes, (size_t)job->size);
    want->again = true;
    return ST_OK;
}

enum status print_job_claim(struct ctx *c, int64_t id, struct print_job *job, bool *again)
{
    struct claim want = { .id = id, .job = job };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "print"));
    TRY(db_tx(c, claim, &want));
    *again = want.again;
    if (want.gone)
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, id), "%s", job->reason);
    return ST_OK;
}

struct settling {
    struct print_job *job;
    const char *reason, *note;
    size_t taken;
};

static enum status settle(struct ctx *c, void *arg)
{
    const struct settling *want = arg;
    struct print_job *job = want->job;

    if (want->reason != NULL)
        return step(c, job, "failed", want->reason, want->taken);
    TRY(step(c, job, "sent", want->note, want->taken));
    return db_run(c, &q_print_spool_forget, PARAMS(SHOP(c), I64(job->id)));
}

enum status print_job_settle(struct ctx *c, struct print_job *job, const char *reason, const char *note,
                             size_t taken)
{
    struct settling want = { job, reason, note, taken };

    return db_tx(c, settle, &want);
}
