/* Printing: papers made for their printers, queued as a job; then sent one after the other, and what became of each. */
#include "api/print_paper.h"

#include <string.h>

#include "db/db.h"
#include "print/copy.h"
#include "print/deliver.h"
#include "print/draw.h"

/* ---- making ---- */

struct composing {
    const struct print_wanted *want;
    struct ruler ruler;
    int papers;
};

/* The printer, and what it is sent. */
struct target {
    struct printer printer;
    enum label_format format;
};

static enum status queue_paper(struct ctx *c, struct composing *m, const struct paper_wish *wish,
                               const char *kind, const struct target *at)
{
    const int pieces = paper_in_pieces(wish->about) && wish->copies > 1 ? (int)wish->copies : 1;
    struct paper_made made;
    struct text bytes;
    int again = 0;

    if (wish->about != NULL) {
        TRY(copy_lock(c, wish->about, &wish->id, 1, kind));
        TRY(print_job_take_over(c, m->want->job_id, wish->about, wish->id, kind, &again));
    }
    TRY(paper_make(c, wish, &at->printer, again, &m->ruler, &made));
    text_init(&bytes, &c->arena);
    TRY(paper_draw(c, &made, 1, pieces, &m->ruler, at->format, at->printer.dpi, &bytes));
    const struct print_paper paper = { .kind = kind,
                                       .title = made.title,
                                       .about = wish->about,
                                       .subject_id = wish->id,
                                       .copy_no = made.copy_no,
                                       .pieces = pieces,
                                       .data = bytes.data,
                                       .size = bytes.size };

    return print_job_add(c, m->want->job_id, ++m->papers, &at->printer, &paper);
}

static enum status queue_wish(struct ctx *c, struct composing *m, const struct paper_wish *asked)
{
    const struct print_where *where = &m->want->where;
    const int64_t rounds = paper_in_pieces(asked->about) || asked->copies < 1 ? 1 : asked->copies;
    struct paper_wish wish = *asked;
    struct target at;
    const char *kind;

    wish.label.print = true;
    TRY(paper_kind(c, wish.kind, &kind));
    TRY(printer_find(c, where->printer, where->station, kind, &at.printer));
    TRY(label_format_find(c, "format", at.printer.format, &at.format));
    for (int64_t i = 0; i < rounds; i++)
        TRY(queue_paper(c, m, &wish, kind, &at));
    if (where->printer != NULL && where->station != NULL && wish.about != NULL)
        return printer_remember(c, where->station, kind, &at.printer);
    return ST_OK;
}

/* How many papers the wishes come to. */
static int64_t papers_wanted(const struct print_wanted *want)
{
    int64_t papers = 0;

    for (size_t i = 0; i < want->count; i++)
        papers +=
            paper_in_pieces(want->wishes[i].about) || want->wishes[i].copies < 1 ? 1 : want->wishes[i].copies;
    return papers;
}

enum status print_queue_body(struct ctx *c, void *arg)
{
    struct print_wanted *want = arg;
    struct composing m = { .want = want };
    const int64_t papers = papers_wanted(want);

    if (papers == 0 || papers > PRINT_PAPERS_MOST)
        return ctx_fail(c, ST_INVALID, "papers", arena_printf(&c->arena, "%lld", (long long)papers),
                        "of one job are 1 to %d", PRINT_PAPERS_MOST);
    TRY(draw_ruler(c, want->config->font, &m.ruler));
    TRY(print_job_open(c, want->where.station, &want->job_id));
    for (size_t i = 0; i < want->count; i++) {
        const struct paper_wish *wish = &want->wishes[i];
        const enum status status = queue_wish(c, &m, wish);

        if (status != ST_OK && want->count > 1)
            ctx_note(c, status, "paper",
                     arena_printf(&c->arena, "%zu: %s of %s %lld", i + 1, wish->kind,
                                  wish->about == NULL ? "printer" : wish->about, (long long)wish->id),
                     "cannot be printed, so none of the %zu is", want->count);
        TRY(status);
    }
    return ST_OK;
}

enum status print_queue(struct ctx *c, const struct config *config, const struct paper_wish *wishes,
                        size_t count, const struct print_where *where, int64_t *job_id)
{
    struct print_wanted want = { .config = config, .wishes = wishes, .count = count, .where = *where };

    TRY(db_tx(c, print_queue_body, &want));
    *job_id = want.job_id;
    return ST_OK;
}

/* ---- sending ---- */

static enum status send_paper(struct ctx *c, const struct link_limits *limits, struct print_job *paper)
{
    struct delivery delivery;
    struct fault told;
    const char *note;
    enum status status;
    size_t taken;
    bool again;

    TRY(print_job_claim(c, paper->job_id, paper->paper_no, paper, &again));
    if (!again)
        return ST_OK;
    delivery = (struct delivery){ .printer = paper->printer,
                                  .uri = paper->uri,
                                  .format = paper->format,
                                  .title = paper->title,
                                  .media_width = paper->media_width,
                                  .media_height = paper->media_height,
                                  .data = paper->data,
                                  .size = (size_t)paper->size };
    status = deliver(c, limits, &delivery, &taken, &note);
    if (status == ST_OK)
        return print_job_settle(c, paper, NULL, note, taken);
    told = c->fault; /* what the printer did is the answer, once it is recorded */
    ctx_forgive(c);
    TRY(print_job_settle(c, paper, told.items[0].rule, NULL, taken));
    c->fault = told;
    return status;
}

static bool is_out(const struct print_job *paper)
{
    return strcmp(paper->state, "sent") == 0;
}

static bool is_over(const struct print_job *paper)
{
    return is_out(paper) || strcmp(paper->state, "cancelled") == 0;
}

/* "1 to 3, 5": the papers that are out, or those that are not and are still to come. */
static const char *numbers(struct ctx *c, const struct print_job *papers, size_t count, bool out)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < count; i++) {
        size_t last = i;

        if (out ? !is_out(&papers[i]) : is_over(&papers[i]))
            continue;
        while (last + 1 < count && (out ? is_out(&papers[last + 1]) : !is_over(&papers[last + 1])))
            last++;
        text_addf(&text, "%s%zu", text.size > 0 ? ", " : "", i + 1);
        if (last > i)
            text_addf(&text, " to %zu", last + 1);
        i = last;
    }
    return text.size == 0 ? "none" : text.data;
}

/* Behind what the printer did: how far the job came. */
static void note_progress(struct ctx *c, const struct print_job *papers, size_t count, size_t failed)
{
    if (count > 1)
        ctx_note(
            c, ST_BUSY, "paper", arena_printf(&c->arena, "%zu of %zu", failed + 1, count),
            "of job %lld (%s) is not out; out are: %s; not out: %s. Send the job again, or go on from the "
            "paper that is to come next",
            (long long)papers->job_id, papers[failed].title, numbers(c, papers, count, true),
            numbers(c, papers, count, false));
}

/* A printer that failed is not tried again by the same sending. */
static bool failed_before(const struct print_job *papers, size_t at, const bool *failed)
{
    for (size_t i = 0; i < at; i++)
        if (failed[i] && strcmp(papers[i].printer, papers[at].printer) == 0)
            return true;
    return false;
}

static enum status send_all(struct ctx *c, const struct link_limits *limits, struct print_job *papers,
                            size_t count)
{
    bool *failed = arena_array(&c->arena, count, sizeof *failed);
    struct fault told = { 0 };
    enum status first = ST_OK;
    size_t where = 0;

    for (size_t i = 0; i < count; i++) {
        enum status status;

        if (is_over(&papers[i]) || failed_before(papers, i, failed))
            continue;
        status = send_paper(c, limits, &papers[i]);
        failed[i] = status != ST_OK;
        if (failed[i] && first == ST_OK) {
            first = status;
            told = c->fault;
            where = i;
        }
        ctx_forgive(c);
    }
    if (first == ST_OK)
        return ST_OK;
    c->fault = told;
    note_progress(c, papers, count, where);
    return first;
}

/* What stands before the paper to go on with is not sent any more. */
static enum status pass_until(struct ctx *c, struct print_job *papers, size_t count, int from)
{
    if (from < 1 || (size_t)from > count)
        return ctx_fail(c, ST_INVALID, "from", arena_printf(&c->arena, "%d", from),
                        "is no paper of job %lld: it has %zu", (long long)papers->job_id, count);
    for (int i = 0; i < from - 1; i++)
        if (print_job_waits(&papers[i]))
            TRY(print_job_pass(c, &papers[i], from));
    return ST_OK;
}

enum status print_send(struct ctx *c, const struct config *config, int64_t job_id, int from,
                       struct print_sent *sent)
{
    const struct link_limits limits = { config->devices, PRINTER_PATIENCE_MS };
    struct print_job *papers;
    size_t count, over = 0;
    bool again;

    TRY(print_job_papers(c, job_id, &papers, &count));
    TRY(pass_until(c, papers, count, from));
    if (from > 1)
        TRY(print_job_papers(c, job_id, &papers, &count));
    while (over < count && strcmp(papers[over].state, "cancelled") == 0)
        over++;
    if (over == count) /* says why */
        return print_job_claim(c, job_id, 1, papers, &again);
    TRY(send_all(c, &limits, papers, count));
    *sent = (struct print_sent){ papers, count };
    return ST_OK;
}

void print_sent_text(const struct print_sent *sent, struct text *out)
{
    for (size_t i = 0; i < sent->count; i++) {
        const struct print_job *paper = &sent->papers[i];

        if (!is_out(paper))
            continue;
        text_addf(out, "job %lld", (long long)paper->job_id);
        if (sent->count > 1)
            text_addf(out, ", paper %d", paper->paper_no);
        text_addf(out, " on printer %s: sent %s", paper->printer, paper->title);
        if (paper->copy_no > 0)
            text_addf(out, ", copy %d", paper->copy_no);
        text_addf(out, "%s%s\n", *paper->reason == '\0' ? "" : ", ", paper->reason);
    }
}
