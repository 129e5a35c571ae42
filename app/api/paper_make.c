/* A paper made: which size fits the printer, which copy it is, everything in its place. */
#include "api/paper_make.h"

#include <string.h>

#include "db/db.h"
#include "print/copy.h"
#include "print/count_sheet.h"
#include "print/draw.h"
#include "print/print_test.h"
#include "print/receipt.h"
#include "sql.h"

/* The papers that are no labels. */
static const char *const other_kinds[] = { "receipt", "count-sheet", "test", NULL };

static bool is_other(const char *kind)
{
    for (size_t i = 0; other_kinds[i] != NULL; i++)
        if (strcmp(other_kinds[i], kind) == 0)
            return true;
    return false;
}

enum status paper_kind(struct ctx *c, const char *word, const char **kind)
{
    const struct label *label;

    *kind = word;
    if (is_other(word))
        return ST_OK;
    TRY(label_find(c, word, &label));
    *kind = label->kind;
    return ST_OK;
}

enum { USUAL = 6 };
static const char *const usual[USUAL][2] = { { "order", "patient" },  { "prescription", "prescription" },
                                             { "lot", "lot" },        { "drawer", "drawer" },
                                             { "ticket", "receipt" }, { "count", "count-sheet" } };

const char *paper_kind_of(const char *about)
{
    for (size_t i = 0; about != NULL && i < USUAL; i++)
        if (strcmp(usual[i][0], about) == 0)
            return usual[i][1];
    return "test";
}

const char *paper_about(const char *word)
{
    for (size_t i = 0; i < USUAL; i++)
        if (is_other(word) && strcmp(usual[i][1], word) == 0)
            return usual[i][0];
    for (const struct label *label = labels; label->name != NULL; label++)
        for (const struct label_source *source = label_sources; source->kind != NULL; source++)
            if ((strcmp(label->name, word) == 0 || strcmp(label->kind, word) == 0) &&
                strcmp(source->kind, label->kind) == 0)
                return source->what;
    return NULL;
}

bool paper_in_pieces(const char *about)
{
    return about == NULL || strcmp(about, "lot") == 0 || strcmp(about, "drawer") == 0;
}

/* A roll is cut anywhere; on others a label must be as high as they are. A millimetre is nothing. */
static bool fits(micrometre width, micrometre height, const struct printer *printer)
{
    if (printer == NULL || printer->media_width == 0)
        return true;
    if (width > printer->media_width + MM(1))
        return false;
    return printer->media_height == 0 ||
           (height <= printer->media_height + MM(1) && height + MM(1) >= printer->media_height);
}

static enum status no_room(struct ctx *c, const char *name, const struct printer *printer)
{
    const char *media = printer->media_height == 0
                            ? arena_printf(&c->arena, "a roll of %d mm", printer->media_width / 1000)
                            : arena_printf(&c->arena, "%d × %d mm", printer->media_width / 1000,
                                           printer->media_height / 1000);

    return ctx_fail(c, ST_INVALID, "label", name, "does not fit printer %s: in it lies %s", printer->code,
                    media);
}

/* The widest size of the kind that fits; a size named outright must fit itself. */
static enum status choose(struct ctx *c, const char *name, const struct printer *printer,
                          const struct label **label)
{
    const struct label *best = NULL;

    TRY(label_find(c, name, label));
    if (printer == NULL)
        return ST_OK;
    if (strcmp((*label)->name, name) == 0)
        best = fits((*label)->width, (*label)->height, printer) ? *label : NULL;
    for (const struct label *at = labels; strcmp((*label)->kind, name) == 0 && at->name != NULL; at++)
        if (strcmp(at->kind, name) == 0 && fits(at->width, at->height, printer) &&
            (best == NULL || (printer->media_width > 0 && at->width > best->width)))
            best = at;
    if (best == NULL)
        return no_room(c, name, printer);
    *label = best;
    return ST_OK;
}

struct making {
    const struct paper_wish *wish;
    const struct printer *printer;
    int again;
    const struct ruler *ruler;
    struct paper_made *made;
};

/* What a label's job made of it. */
static enum status take_label(struct ctx *c, const struct label_job *job, struct paper_made *made)
{
    if (job->paper_count == 0)
        return ctx_fail(c, ST_NOT_FOUND, "label", job->label->name, "has nothing to say here");
    *made = (struct paper_made){ .kind = job->label->kind,
                                 .title = arena_printf(&c->arena, "%s of %s %s", job->label->title,
                                                       job->source->what, job->content.order_number),
                                 .number = job->content.order_number,
                                 .copy_no = job->content.copy_no,
                                 .sheets = job->papers,
                                 .count = job->paper_count,
                                 .printed_at = job->content.printed_at,
                                 .lint = job->lint.rules == NULL ? NULL : &job->lint };
    return ST_OK;
}

static void begin_label(const struct making *m, struct label_job *job)
{
    *job = m->wish->label;
    job->about = m->wish->about == NULL ? "" : m->wish->about;
    job->id = m->wish->id;
    job->again = m->again;
    job->ruler = m->ruler;
}

static enum status make_label(struct ctx *c, const struct making *m)
{
    struct label_job *job = arena_alloc(&c->arena, sizeof *job);

    begin_label(m, job);
    TRY(choose(c, m->wish->kind, m->printer, &job->label));
    TRY(label_make(c, job));
    return take_label(c, job, m->made);
}

/* The number of the copy: a further one, counted; one that no printer took, again; or, looking, the newest. */
static enum status number_copy(struct ctx *c, const struct making *m, const char *kind)
{
    static const char *const nothing[] = { "{}" };
    const struct paper_wish *wish = m->wish;
    const bool further = wish->label.print && m->again == 0;
    struct copy copy;

    if (further)
        TRY(copy_lock(c, wish->about, &wish->id, 1, kind));
    TRY(copy_newest(c, wish->about, wish->id, kind, &copy));
    m->made->copy_no = m->again > 0 ? m->again : copy.newest + further;
    return further ? copies_count(c, wish->about, &wish->id, 1, kind, nothing, false) : ST_OK;
}

static bool lies_in(const struct printer *printer, micrometre width, micrometre height)
{
    return printer != NULL && printer->media_width > 0 && fits(width, height, printer);
}

static enum status make_sheet(struct ctx *c, const struct making *m, struct sheet_of_paper *sheet)
{
    const struct paper_wish *wish = m->wish;
    const bool letter = lies_in(m->printer, MM(215.9), MM(279.4));

    TRY(number_copy(c, m, "count-sheet"));
    m->made->title = arena_printf(&c->arena, "Count sheet of count %lld", (long long)wish->id);
    TRY(count_sheet_place(c, wish->id, letter ? "letter" : "a4", m->made->copy_no, m->ruler, sheet));
    return fits(sheet->width, sheet->height, m->printer) ? ST_OK : no_room(c, wish->kind, m->printer);
}

/* Any paper that is wide and high enough takes a receipt. */
static enum status make_receipt(struct ctx *c, const struct making *m, struct sheet_of_paper *sheet)
{
    const struct printer *printer = m->printer;

    TRY(number_copy(c, m, "receipt"));
    m->made->title = arena_printf(&c->arena, "Receipt of ticket %lld", (long long)m->wish->id);
    TRY(receipt_place(c, m->wish->id, m->made->copy_no, m->wish->label.reason, m->wish->label.note, m->ruler,
                      sheet));
    if (printer != NULL && printer->media_width > 0 &&
        (sheet->width > printer->media_width + MM(1) ||
         (printer->media_height > 0 && sheet->height > printer->media_height)))
        return no_room(c, m->wish->kind, printer);
    return ST_OK;
}

static enum status make_test(struct ctx *c, const struct making *m, struct sheet_of_paper *sheet)
{
    const struct printer *printer = m->printer;

    if (printer == NULL)
        return ctx_fail(c, ST_INVALID, "printer", NULL, "must be given: it is what the test page tests");
    m->made->title = "Printer test";
    return print_test_place(c, printer->code, printer->uri, printer->media_width, printer->media_height,
                            strcmp(printer->format, "pdf") == 0, m->ruler, sheet);
}

static enum status make_other(struct ctx *c, const struct making *m)
{
    struct sheet_of_paper *sheet = arena_alloc(&c->arena, sizeof *sheet);
    const char *kind = m->wish->kind, *about = m->wish->about == NULL ? "test" : m->wish->about;

    *m->made = (struct paper_made){ .kind = kind,
                                    .number = arena_printf(&c->arena, "%lld", (long long)m->wish->id),
                                    .sheets = sheet,
                                    .count = 1,
                                    .printed_at = instant_now() };
    if (strcmp(paper_kind_of(m->wish->about), kind) != 0)
        return ctx_fail(c, ST_INVALID, "kind", kind, "is no paper of a %s", about);
    TRY((strcmp(kind, "receipt") == 0       ? make_receipt
         : strcmp(kind, "count-sheet") == 0 ? make_sheet
                                            : make_test)(c, m, sheet));
    return draw_check(c, m->ruler, sheet);
}

enum status paper_make(struct ctx *c, const struct paper_wish *wish, const struct printer *printer, int again,
                       const struct ruler *ruler, struct paper_made *made)
{
    const struct making m = { wish, printer, again, ruler, made };

    return is_other(wish->kind) ? make_other(c, &m) : make_label(c, &m);
}

/* How many wishes from the first on are of the same kind of label: they are read and counted as one. */
static size_t alike(const struct paper_wish *wishes, size_t count)
{
    size_t n = 1;

    while (n < count && !is_other(wishes->kind) && strcmp(wishes[n].kind, wishes->kind) == 0 &&
           strcmp(wishes[n].about, wishes->about) == 0)
        n++;
    return n;
}

enum status paper_make_all(struct ctx *c, const struct paper_wish *wishes, size_t count,
                           const struct ruler *ruler, struct paper_made *made)
{
    struct label_job *jobs = arena_array(&c->arena, count, sizeof *jobs);

    for (size_t i = 0, n; i < count; i += n) {
        n = alike(&wishes[i], count - i);
        if (is_other(wishes[i].kind)) {
            TRY(paper_make(c, &wishes[i], NULL, 0, ruler, &made[i]));
            continue;
        }
        for (size_t k = i; k < i + n; k++) {
            begin_label(&(struct making){ .wish = &wishes[k], .ruler = ruler }, &jobs[k]);
            TRY(label_find(c, wishes[k].kind, &jobs[k].label));
        }
        TRY(label_make_all(c, &jobs[i], n));
        for (size_t k = i; k < i + n; k++)
            TRY(take_label(c, &jobs[k], &made[k]));
    }
    return ST_OK;
}

enum status paper_draw(struct ctx *c, const struct paper_made *made, size_t count, int pieces,
                       const struct ruler *ruler, enum label_format format, int dpi, struct text *out)
{
    struct sheet_of_paper *sheets;
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += made[i].count * (size_t)pieces;
    sheets = arena_array(&c->arena, n, sizeof *sheets);
    n = 0;
    for (size_t i = 0; i < count; i++)
        for (int piece = 0; piece < pieces; piece++) {
            memcpy(&sheets[n], made[i].sheets, made[i].count * sizeof *sheets);
            n += made[i].count;
        }
    return label_paper_draw(c, ruler, sheets, n, made->printed_at, format, dpi, out);
}

struct delivered {
    int64_t line_no, lot_id;
    bool undone;
};

static const struct column delivered_columns[] = {
    COLUMN(struct delivered, line_no),
    COLUMN(struct delivered, lot_id),
    COLUMN(struct delivered, undone),
    COLUMNS_END,
};

enum status paper_delivery_lots(struct ctx *c, int64_t receipt_id, const int64_t *lines, size_t line_count,
                                int64_t **lots, size_t *count)
{
    const char *number = arena_printf(&c->arena, "%lld", (long long)receipt_id);
    struct delivered *all;
    size_t n;

    TRY(db_all(c, &q_receipt_lots, PARAMS(SHOP(c), I64(receipt_id)), delivered_columns, sizeof *all, &all,
               &n));
    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "receipt_id", number, "is no delivery of this shop");
    if (all->undone)
        return ctx_fail(c, ST_CONFLICT, "receipt_id", number, "was undone: there is nothing of it here");
    *count = line_count == 0 ? n : line_count;
    *lots = arena_array(&c->arena, *count, sizeof **lots);
    for (size_t i = 0; i < *count; i++) {
        const int64_t line = line_count == 0 ? (int64_t)i + 1 : lines[i];

        if (line < 1 || line > (int64_t)n)
            ctx_note(c, ST_INVALID, "lines", arena_printf(&c->arena, "%lld", (long long)line),
                     "is no line: the delivery has %zu", n);
        else
            (*lots)[i] = all[line - 1].lot_id;
    }
    return ctx_fault_or_ok(c);
}
