/* Print jobs: their papers queued with their bytes, claimed by one sender, settled. */
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
    COLUMN(struct print_job, job_id),
    COLUMN(struct print_job, paper_no),
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

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "print");
}

enum status print_job_open(struct ctx *c, const char *station, int64_t *id)
{
    struct added added;
    bool found;

    TRY(require(c));
    TRY(db_row(c, &q_print_job_add, PARAMS(SHOP(c), TEXT_OR_NULL(station), USER(c)), added_columns, &added,
               &found));
    *id = added.id;
    return ST_OK;
}

enum status print_job_add(struct ctx *c, int64_t job_id, int paper_no, const struct printer *printer,
                          const struct print_paper *paper)
{
    const bool counted = paper->about != NULL;

    if (paper->size == 0 || paper->size > PRINT_MOST)
        return ctx_fail(c, ST_TOO_LARGE, paper->kind, number(c, (int64_t)paper->size),
                        "bytes are more than a printer is sent at once: at most %d", PRINT_MOST);
    TRY(db_run(c, &q_print_paper_add,
               PARAMS(SHOP(c), I64(job_id), I64(paper_no), I64(printer->id), TEXT(paper->kind),
                      TEXT(paper->title), TEXT_OR_NULL(paper->about),
                      counted ? I64(paper->subject_id) : NONE(), counted ? I64(paper->copy_no) : NONE(),
                      I64(paper->pieces), I64((int64_t)paper->size),
                      TEXT(secret_sha256(&c->arena, paper->data, paper->size)),
                      TEXT(hex_text(&c->arena, paper->data, paper->size)), USER(c))));
    return audit_note(
        c, "print_queued",
        counted ? arena_printf(&c->arena, "%s %lld", paper->about, (long long)paper->subject_id)
                : paper->title,
        arena_printf(&c->arena, "%s, copy %d, on printer %s", paper->kind, paper->copy_no, printer->code));
}

enum status print_job_take_over(struct ctx *c, int64_t job_id, const char *about, int64_t subject_id,
                                const char *kind, int *copy_no)
{
    struct copy copy = { 0 };
    bool found;

    TRY(db_row(c, &q_print_unsent_copy,
               PARAMS(SHOP(c), TEXT(about), I64(subject_id), TEXT(kind), I64(job_id)), copy_columns, &copy,
               &found));
    *copy_no = copy.copy_no;
    if (copy.copy_no == 0)
        return ST_OK;
    return db_run(c, &q_print_cancel_copy,
                  PARAMS(SHOP(c), TEXT(about), I64(subject_id), TEXT(kind), I64(copy.copy_no), USER(c)));
}

static enum status step(struct ctx *c, struct print_job *job, const char *state, const char *reason,
                        size_t taken)
{
    char *shown = arena_text(&c->arena, reason == NULL ? "" : reason);
    size_t changed;

    if (strlen(shown) > REASON_LONGEST)
        shown[REASON_LONGEST] = '\0';
    TRY(db_change(c, &q_print_job_step,
                  PARAMS(SHOP(c), I64(job->job_id), I64(job->paper_no), I64(job->step_no + 1), TEXT(state),
                         TEXT(shown), I64((int64_t)taken), USER(c)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, job->job_id),
                        "is being sent by somebody else");
    job->step_no++;
    job->state = state;
    job->reason = shown;
    job->taken = (int64_t)taken;
    return ST_OK;
}

struct claim {
    int64_t id;
    int paper_no;
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
    TRY(db_row(c, &q_print_paper_find, PARAMS(SHOP(c), I64(want->id), I64(want->paper_no)), job_columns, job,
               &found));
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
    if (!print_job_waits(job))
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, want->id), "cannot be sent: it is %s%s%s",
                        job->state, *job->reason == '\0' ? "" : ", ", job->reason);
    TRY(step(c, job, "sending", NULL, 0));
    TRY(db_row(c, &q_print_spool_read, PARAMS(SHOP(c), I64(want->id), I64(want->paper_no)), spooled_columns,
               &spooled, &found));
    if (!found || strlen(spooled.bytes) != 2 * (size_t)job->size + 2)
        return ctx_fail(c, ST_BROKEN, "print_job", number(c, want->id), "has lost what it was to send");
    job->data = (const char *)hex_bytes(&c->arena, spooled.bytes, (size_t)job->size);
    want->again = true;
    return ST_OK;
}

bool print_job_waits(const struct print_job *paper)
{
    return strcmp(paper->state, "queued") == 0 || strcmp(paper->state, "failed") == 0;
}

enum status print_job_papers(struct ctx *c, int64_t id, struct print_job **papers, size_t *count)
{
    TRY(db_all(c, &q_print_paper_find, PARAMS(SHOP(c), I64(id), NONE()), job_columns, sizeof **papers, papers,
               count));
    return *count > 0 ? ST_OK
                      : ctx_fail(c, ST_NOT_FOUND, "print_job", number(c, id), "is no print job of this shop");
}

enum status print_job_claim(struct ctx *c, int64_t id, int paper_no, struct print_job *job, bool *again)
{
    struct claim want = { .id = id, .paper_no = paper_no, .job = job };

    TRY(require(c));
    TRY(db_tx(c, claim, &want));
    *again = want.again;
    if (want.gone)
        return ctx_fail(c, ST_CONFLICT, "print_job", number(c, id), "%s", job->reason);
    return ST_OK;
}

static enum status forget(struct ctx *c, const struct print_job *job)
{
    return db_run(c, &q_print_spool_forget, PARAMS(SHOP(c), I64(job->job_id), I64(job->paper_no)));
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
    return forget(c, job);
}

enum status print_job_settle(struct ctx *c, struct print_job *job, const char *reason, const char *note,
                             size_t taken)
{
    struct settling want = { job, reason, note, taken };

    return db_tx(c, settle, &want);
}

struct passing {
    struct print_job paper;
    int next;
};

static enum status pass(struct ctx *c, void *arg)
{
    struct passing *want = arg;
    struct print_job paper = want->paper;

    if (paper.taken == 0)
        TRY(step(c, &paper, "cancelled",
                 arena_printf(&c->arena, "left out: the job was continued from paper %d", want->next), 0));
    else {
        TRY(step(c, &paper, "sending", NULL, 0));
        TRY(step(c, &paper, "sent",
                 arena_printf(&c->arena, "came out, as was said when the job was continued from paper %d",
                              want->next),
                 (size_t)want->paper.taken));
    }
    return forget(c, &paper);
}

enum status print_job_pass(struct ctx *c, const struct print_job *paper, int next)
{
    struct passing want = { *paper, next };

    TRY(require(c));
    return db_tx(c, pass, &want);
}
