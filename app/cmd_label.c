/* `yaofang label`: prints labels and sheets of orders, lots and drawers to a file, and says what the law wants on them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/print_paper.h"
#include "commands.h"
#include "core/furnish.h"
#include "core/once.h"
#include "core/person.h"
#include "database.h"
#include "db/db.h"
#include "label.h"
#include "print/draw.h"
#include "subcommand.h"

enum { LINES_MOST = 400 };

static enum status write_file(struct ctx *c, const char *path, const struct text *bytes)
{
    FILE *file = fopen(path, "wb");
    bool failed = file == NULL || fwrite(bytes->data, 1, bytes->size, file) != bytes->size;

    if (file != NULL)
        failed = fclose(file) != 0 || failed;
    return failed ? ctx_fail(c, ST_INVALID, "-o", path, "cannot be written: %s", strerror(errno)) : ST_OK;
}

static void print_list(void)
{
    for (const struct label *label = labels; label->name != NULL; label++)
        printf("%-20s %-12s %s\n", label->name, label->kind, label->title);
}

struct printing {
    const struct arguments *in;
    struct label_job label; /* what all of them have in common */
    struct paper_wish *wishes;
    size_t count, capacity;
    struct ruler ruler;
    struct paper_made *made; /* for a file: each piece of each wish */
    size_t made_count;
};

/* --lines 1,3-5 and --line 2 --line 5 say the same. */
static enum status read_lines(struct ctx *c, const struct arguments *in, struct label_job *job)
{
    size_t n;
    const char *const *each = argument_list(c, in, "--line", &n);
    const char *lines = argument_text(in, "--lines", NULL);
    int64_t *numbers = NULL;

    if (lines != NULL)
        TRY(label_numbers(c, "--lines", lines, LINES_MOST, &numbers, &job->line_count));
    for (size_t i = 0; i < n; i++)
        TRY(label_numbers(c, "--line", each[i], LINES_MOST, &numbers, &job->line_count));
    job->lines = numbers;
    return ST_OK;
}

enum status label_job_read(struct ctx *c, const struct arguments *in, struct label_job *job)
{
    struct ruler *ruler = arena_alloc(&c->arena, sizeof *ruler);
    int64_t containers = 0;

    *job = (struct label_job){ .about = "order",
                               .print = !argument_given(in, "--draft"),
                               .profile = argument_text(in, "--profile", NULL),
                               .language = argument_text(in, "--language", NULL),
                               .on = DATE_NONE,
                               .reason = argument_text(in, "--override", NULL),
                               .note = argument_text(in, "--note", NULL),
                               .ruler = ruler };
    TRY(argument_number(c, in, "--containers", 1, 99, &containers));
    job->containers = (int)containers;
    TRY(read_lines(c, in, job));
    return draw_ruler(c, in->config->font, ruler);
}

static void add_wish(struct ctx *c, struct printing *p, const char *kind, const char *about, int64_t id,
                     int64_t copies)
{
    p->wishes = arena_grow(&c->arena, p->wishes, p->count, &p->capacity, sizeof *p->wishes);
    p->wishes[p->count++] = (struct paper_wish){ kind, about, id, copies, p->label };
}

/* The kinds that were named and are of such a thing; none was: its usual one. A kind of something else is refused by its name, unless
   that is asked for too. */
static enum status add_subject(struct ctx *c, struct printing *p, const char *about, int64_t id)
{
    size_t n, fitting = 0;
    const char *const *kinds = argument_list(c, p->in, "--kind", &n);
    int64_t copies = 1;

    TRY(argument_number(c, p->in, "--copies", 1, 99, &copies));
    for (size_t i = 0; i < n; i++) {
        const char *of = paper_about(kinds[i]);

        if (of == NULL || strcmp(of, about) != 0)
            continue;
        add_wish(c, p, kinds[i], about, id, copies);
        fitting++;
    }
    if (fitting == 0)
        add_wish(c, p, n > 0 && p->count == 0 ? kinds[0] : paper_kind_of(about), about, id, copies);
    return ST_OK;
}

static enum status add_numbers(struct ctx *c, struct printing *p, const char *option, const char *about)
{
    size_t n, count = 0;
    const char *const *typed = argument_list(c, p->in, option, &n);
    int64_t *ids = NULL;

    for (size_t i = 0; i < n; i++)
        TRY(label_numbers(c, option, typed[i], LABELS_MOST, &ids, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_subject(c, p, about, ids[i]));
    return ST_OK;
}

static enum status add_drawers(struct ctx *c, struct printing *p)
{
    size_t n;
    const char *const *codes = argument_list(c, p->in, "--drawer", &n);
    struct location location;
    int64_t id;

    for (size_t i = 0; i < n; i++) {
        TRY(location_find(c, codes[i], &id, &location));
        TRY(add_subject(c, p, "drawer", id));
    }
    return ST_OK;
}

/* The lots of a delivery: the lines then are its, not an order's. */
static enum status add_delivery(struct ctx *c, struct printing *p)
{
    const size_t lines = p->label.line_count;
    int64_t receipt = 0, *lots;
    size_t n;

    TRY(argument_number(c, p->in, "--receipt", 1, INT64_MAX, &receipt));
    if (receipt == 0)
        return ST_OK;
    TRY(paper_delivery_lots(c, receipt, p->label.lines, lines, &lots, &n));
    p->label.line_count = 0;
    for (size_t i = 0; i < n; i++)
        TRY(add_subject(c, p, "lot", lots[i]));
    return ST_OK;
}

static enum status read_wishes(struct ctx *c, struct printing *p)
{
    int64_t *ids = NULL;
    size_t n = 0;

    TRY(label_job_read(c, p->in, &p->label));
    p->ruler = *p->label.ruler;
    for (size_t i = 0; i < p->in->operand_count; i++)
        TRY(label_numbers(c, "ORDER", p->in->operands[i], LABELS_MOST, &ids, &n));
    for (size_t i = 0; i < n; i++)
        TRY(add_subject(c, p, "order", ids[i]));
    TRY(add_numbers(c, p, "--prescription", "prescription"));
    TRY(add_delivery(c, p));
    TRY(add_numbers(c, p, "--lot", "lot"));
    TRY(add_drawers(c, p));
    TRY(add_numbers(c, p, "--ticket", "ticket"));
    TRY(add_numbers(c, p, "--count", "count"));
    return p->count > 0 ? ST_OK : ctx_fail(c, ST_INVALID, "ORDER", NULL, "must be given: the order's number");
}

/* Everything that was asked, for a key to compare. */
static const char *said(struct ctx *c, const struct printing *p)
{
    const struct label_job *label = &p->label;
    struct text said;

    text_init(&said, &c->arena);
    text_addf(&said, "%s %s %d %s %s\n", label->language == NULL ? "" : label->language,
              label->profile == NULL ? "" : label->profile, label->containers,
              label->reason == NULL ? "" : label->reason, label->note == NULL ? "" : label->note);
    for (size_t i = 0; i < label->line_count; i++)
        text_addf(&said, "line %lld\n", (long long)label->lines[i]);
    for (size_t i = 0; i < p->count; i++)
        text_addf(&said, "%s %s %lld %lld\n", p->wishes[i].kind, p->wishes[i].about,
                  (long long)p->wishes[i].id, (long long)p->wishes[i].copies);
    return said.data;
}

/* ---- into a file ---- */

/* A copy of each, and then the further ones. */
static enum status make_all(struct ctx *c, void *arg)
{
    struct printing *p = arg;
    const size_t copies = (size_t)p->wishes->copies;

    p->made = arena_array(&c->arena, p->count * copies, sizeof *p->made);
    p->made_count = p->count * copies;
    TRY(paper_make_all(c, p->wishes, p->count, &p->ruler, p->made));
    for (size_t i = p->count; i < p->made_count; i++)
        if (paper_in_pieces(p->wishes[i % p->count].about))
            p->made[i] = p->made[i % p->count];
        else
            TRY(paper_make(c, &p->wishes[i % p->count], NULL, 0, &p->ruler, &p->made[i]));
    return ST_OK;
}

/* With a key, printing again is looking again. */
static enum status make(struct ctx *c, struct printing *p)
{
    struct once once = { .field = "--key",
                         .key = argument_text(p->in, "--key", NULL),
                         .operation = "label",
                         .said = said(c, p),
                         .body = make_all,
                         .arg = p,
                         .answer = { .text = "" } };

    if (once.key == NULL || !p->label.print)
        return db_tx(c, make_all, p);
    TRY(once_run(c, &once));
    if (!once.replayed)
        return ST_OK;
    for (size_t i = 0; i < p->count; i++)
        p->wishes[i].label.print = false;
    return db_tx(c, make_all, p);
}

static const char *default_path(struct ctx *c, const struct printing *p, enum label_format format)
{
    const struct paper_made *first = p->made, *last = &p->made[p->made_count - 1];

    if (strcmp(first->number, last->number) == 0)
        return arena_printf(&c->arena, "%s-%s.%s", first->kind, first->number, label_formats[format].suffix);
    return arena_printf(&c->arena, "%s-%s-%s.%s", first->kind, first->number, last->number,
                        label_formats[format].suffix);
}

static void say(struct ctx *c, const struct printing *p, const char *path)
{
    const struct paper_made *made = p->made;
    struct text findings;

    if (p->made_count > 1) {
        printf("%s: %zu papers, from %s to %s\n", path, p->made_count, made->title,
               p->made[p->made_count - 1].title);
        return;
    }
    printf("%s: %s, %s\n", path, made->title,
           made->copy_no == 0 ? "draft" : arena_printf(&c->arena, "copy %d", made->copy_no));
    if (made->lint == NULL)
        return;
    text_init(&findings, &c->arena);
    label_lint_text(c, made->lint, false, &findings);
    printf("%s", findings.data);
}

static enum status write_papers(struct ctx *c, struct printing *p, enum label_format format, int64_t dpi)
{
    const char *path = argument_text(p->in, "-o", argument_text(p->in, "--output", NULL));
    struct text bytes;

    TRY(make(c, p));
    text_init(&bytes, &c->arena);
    TRY(paper_draw(c, p->made, p->made_count, 1, &p->ruler, format, (int)dpi, &bytes));
    if (path == NULL)
        path = default_path(c, p, format);
    TRY(write_file(c, path, &bytes));
    say(c, p, path);
    return ST_OK;
}

/* ---- to a printer ---- */

struct queueing {
    struct print_wanted want;
    struct once once;
};

static enum status queue_once(struct ctx *c, void *arg)
{
    struct queueing *q = arg;

    TRY(print_queue_body(c, &q->want));
    q->once.answer.text = arena_printf(&c->arena, "%lld", (long long)q->want.job_id);
    return ST_OK;
}

/* Queues them as one job and sends it; what a printer does wrong is told, and costs no copy. With a key the same job is sent on: what is
   out of it is not sent again. */
static enum status print_papers(struct ctx *c, const struct printing *p)
{
    const struct print_where where = { argument_text(p->in, "--printer", NULL),
                                       argument_text(p->in, "--station", NULL) };
    struct queueing q = { .want = { p->in->config, p->wishes, p->count, where, 0 },
                          .once = { .field = "--key",
                                    .key = argument_text(p->in, "--key", NULL),
                                    .operation = "label to a printer",
                                    .said = arena_printf(&c->arena, "%son %s at %s", said(c, p),
                                                         where.printer == NULL ? "" : where.printer,
                                                         where.station == NULL ? "" : where.station),
                                    .body = queue_once } };
    struct print_sent sent;
    struct text out;

    q.once.arg = &q;
    if (q.once.key == NULL)
        TRY(print_queue(c, q.want.config, p->wishes, p->count, &where, &q.want.job_id));
    else {
        TRY(once_run(c, &q.once));
        q.want.job_id = strtoll(q.once.answer.text, NULL, 10);
    }
    TRY(print_send(c, p->in->config, q.want.job_id, 1, &sent));
    text_init(&out, &c->arena);
    print_sent_text(&sent, &out);
    printf("%s", out.data);
    return ST_OK;
}

static enum status print(struct ctx *c, const struct arguments *in)
{
    const char *as = argument_text(in, "--as", NULL);
    struct printing p = { .in = in };
    enum label_format format = LABEL_PDF;
    int64_t dpi = 300;

    TRY(label_format_find(c, "--format", argument_text(in, "--format", "pdf"), &format));
    TRY(argument_number(c, in, "--dpi", 72, 600, &dpi));
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(as != NULL ? person_act_as(c, as, argument_text(in, "--shop", NULL))
                   : person_act_in(c, argument_text(in, "--shop", NULL)));
    TRY(read_wishes(c, &p));
    return argument_given(in, "--printer") || argument_given(in, "--station")
               ? print_papers(c, &p)
               : write_papers(c, &p, format, dpi);
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    if (argument_given(in, "--list")) {
        print_list();
        return ST_OK;
    }
    for (size_t i = 0; in->operand_count > 0 && label_subcommands[i] != NULL; i++)
        if (strcmp(label_subcommands[i]->name, in->operands[0]) == 0)
            return subcommand_run(c, in, "label", label_subcommands);
    return print(c, in);
}

static const struct option options[] = {
    { "--kind", "KIND",
      "patient, sticker, cook-sheet, information, record, … or a size's name (see --list); several may be "
      "given" },
    { "--format", "FORMAT",
      "pdf, png (grey), dots (the printer's black and white, as a PNG), zpl or escpos" },
    { "--dpi", "N", "dots per inch of all but a pdf, 72 to 600; 300 when not given" },
    { "-o", "FILE", "where to write; else KIND-ORDER.FORMAT" },
    { "--output", "FILE", "the same" },
    { "--printer", "CODE", "print it there instead of writing a file (with --as)" },
    { "--station", "NAME", "print it where this workstation prints that kind" },
    { "--draft", NULL, "only look: no copy is counted" },
    { "--containers", "N", "so many labels, \"1 / 3\" and so on" },
    { "--lines", "LIST", "only of these lines of the order (bag labels) or delivery, such as 1,3-5" },
    { "--line", "N", "the same, one by one" },
    { "--copies", "N", "so many of each: equal pieces of lots and drawers, else counted copies" },
    { "--language", "LANGUAGE",
      "english, zh_hans, zh_hant, polish or spanish; else the patient's. Polish, Spanish and Traditional "
      "Chinese words await a native reader; herbs are pinyin and Latin there" },
    { "--lot", "N", "the label of a lot (several: 3,7-9) instead of an order's" },
    { "--receipt", "N", "the labels of a delivery's lots" },
    { "--drawer", "CODE", "the label of a drawer; several may be given" },
    { "--prescription", "N", "the paper of a prescription (several: 3,7-9), as its prescriber signs it" },
    { "--ticket", "N", "the receipt of a sale; lint: the same" },
    { "--count", "N", "the sheet of a count" },
    { "--profile", "PROFILE", "hold it against this profile's rules instead of the shop's" },
    { "--on", "DATE", "lint: with the rules in force on this day" },
    { "--override", "REASON", "print in spite of what is missing; reasons: see lint" },
    { "--note", "TEXT", "why" },
    { "--names", "LIST", "settings: names of herbs shown: pinyin, hanzi, latin, english; none: no herbs" },
    { "--all", NULL, "lint: also what is in order" },
    { "--json", NULL, "lint, profiles, facts: as the API answers" },
    { "--as", "USERNAME", "who prints; the system when not given" },
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--key", "KEY", "print once under this key, whatever is retried" },
    { "--list", NULL, "the labels there are" },
    { NULL, NULL, NULL },
};

const struct command command_label = {
    .name = "label",
    .summary = "print labels and sheets; say what the law wants on them",
    .operands = "ORDER… | lint ORDER | facts ABOUT NUMBER | fact ABOUT NUMBER FIELD TEXT | profiles | "
                "beyond-use | settings",
    .more = "Several orders and kinds become one file, or one job for a printer: all of them or none. What a "
            "patient's label says is frozen at its "
            "first\n"
            "print; later prints are counted copies of it. A label that lacks what the shop's profile asks "
            "for is\n"
            "not printed without --override REASON --note TEXT, which stay on record.\n"
            "lint holds the label of an order, the paper of a --prescription or the receipt of a --ticket "
            "against the rules.\n"
            "fact: ABOUT is order, prescription, patient or person; an empty TEXT takes it back.\n",
    .options = options,
    .most_operands = -1,
    .run = run,
};
