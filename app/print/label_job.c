/* A label made anew, or as it was printed; placed on its papers. Printing counts, and freezes what the label says. */
#include "print/label_job.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "print/copy.h"
#include "print/draw.h"
#include "sql.h"

/* Papers of one order at once; and so many orders that their labels are worth composing while others are read. */
enum { PAPERS_MOST = 200, MANY = 24 };

/* What a statement of label_sources gives of one number, and the copy that is on record. */
struct stored {
    const char *state;
    const char *content; /* JSON */
    struct copy copy;
    bool counted; /* the copy that is printed is on record already */
};

static const struct column more_columns[] = { COLUMN(struct stored, content), COLUMNS_END };

/* Jobs that are alike but for their numbers, on their way: what is stored of each, and the rules read last. */
struct many {
    struct label_job *jobs;
    size_t count;
    const struct label_source *source;
    struct stored *stored; /* one for each job */
    bool *composed;        /* whether it is on its papers already */
    size_t next;           /* where the answer's next row is likely to belong */
    const char *profile;
    const struct label_rules *rules;
};

static bool holds(const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* One line of the order as a label of its own. */
static struct label_content of_herb(const struct label_content *content, size_t number)
{
    const struct label_ingredient *herb = &content->ingredients[number];
    struct label_content one = *content;

    one.ingredients = herb;
    one.ingredient_count = 1;
    one.product_name = herb->pinyin;
    one.product_hanzi = herb->hanzi;
    one.product_english = *herb->english == '\0' ? herb->latin : herb->english;
    one.packet_total = herb->packet;
    one.total = herb->total;
    one.drawer = herb->drawer;
    one.handling = herb->handling;
    return one;
}

static bool is_chosen(const struct label_job *job, size_t number)
{
    for (size_t i = 0; i < job->line_count; i++)
        if (job->lines[i] == (int64_t)number + 1)
            return true;
    return job->line_count == 0;
}

static enum status check_lines(struct ctx *c, const struct label_job *job)
{
    for (size_t i = 0; i < job->line_count; i++)
        if (job->lines[i] < 1 || (size_t)job->lines[i] > job->content.ingredient_count)
            ctx_note(c, ST_INVALID, "lines", arena_printf(&c->arena, "%lld", (long long)job->lines[i]),
                     "is no line: the order has %zu", job->content.ingredient_count);
    return ctx_fault_or_ok(c);
}

/* The contents of the label's papers, one each. */
static enum status contents_of(struct ctx *c, const struct label_job *job, struct label_content **contents,
                               size_t *count)
{
    const struct label_content *content = &job->content;
    size_t most = content->ingredient_count + content->warning_count + (size_t)job->containers + 1;
    struct label_content *list = arena_array(&c->arena, most, sizeof *list);

    *contents = list;
    *count = 0;
    switch (job->label->each) {
    case EACH_ORDER:
        for (int i = 0; i < job->containers || i == 0; i++) {
            list[*count] = *content;
            if (job->containers > 1)
                list[*count].container = arena_printf(&c->arena, "%d / %d", i + 1, job->containers);
            (*count)++;
        }
        return ST_OK;
    case EACH_HERB:
        TRY(check_lines(c, job));
        for (size_t i = 0; i < content->ingredient_count; i++)
            if (is_chosen(job, i))
                list[(*count)++] = of_herb(content, i);
        return ST_OK;
    case EACH_STICKER:
        for (size_t i = 0; i < content->warning_count; i++) {
            list[*count] = *content;
            list[*count].warnings = &content->warnings[i];
            list[(*count)++].warning_count = 1;
        }
        return ST_OK;
    }
    return ST_OK;
}

static enum status place_all(struct ctx *c, struct label_job *job)
{
    struct sheet_of_paper *papers;
    struct label_content *contents;

    TRY(contents_of(c, job, &contents, &job->paper_count));
    if (job->paper_count > PAPERS_MOST)
        return ctx_fail(c, ST_INVALID, "containers", arena_printf(&c->arena, "%zu", job->paper_count),
                        "is more than %d labels at once", PAPERS_MOST);
    papers = arena_array(&c->arena, job->paper_count + 1, sizeof *papers);
    for (size_t i = 0; i < job->paper_count; i++) {
        TRY(label_place(c, job->label, &contents[i], job->ruler, &papers[i]));
        if (job->print) /* no copy is counted that cannot be drawn */
            TRY(draw_check(c, job->ruler, &papers[i]));
    }
    job->papers = papers;
    return ST_OK;
}

static enum status read_rules(struct ctx *c, struct many *many, const char *profile)
{
    many->profile = profile;
    return label_rules_read(c, profile, label_document(many->jobs->label->kind), many->jobs->on,
                            &many->rules);
}

struct settings {
    const char *label_profile;
};

static const struct column settings_columns[] = { COLUMN(struct settings, label_profile), COLUMNS_END };

/* The profile asked for, or the shop's: what a draft is made for. */
static enum status read_first_rules(struct ctx *c, struct many *many)
{
    struct settings settings;
    bool found;

    if (many->jobs->profile != NULL || label_document(many->jobs->label->kind) == NULL)
        return read_rules(c, many, many->jobs->profile == NULL ? "" : many->jobs->profile);
    TRY(db_row(c, &q_label_settings, PARAMS(SHOP(c)), settings_columns, &settings, &found));
    return read_rules(c, many, settings.label_profile);
}

/* Both say the same, but for when they were made. */
static bool same_words(const char *one, const char *other)
{
    static const char key[] = "\"printed_at\": \"";
    const char *at = strstr(one, key), *at_other = strstr(other, key);
    const size_t before = at == NULL ? strlen(one) : (size_t)(at - one) + sizeof key - 1;

    if (at == NULL || at_other == NULL)
        return strcmp(one, other) == 0;
    return strncmp(one, other, before) == 0 &&
           strcmp(at + sizeof key - 1 + strcspn(at + sizeof key - 1, "\""),
                  other + before + strcspn(other + before, "\"")) == 0;
}

/* A print is a further copy, or once more the one that no printer took; what has changed since then is not printed under its old number.
   A look shows the newest one. */
static int number_copy(const struct label_source *source, const struct label_job *job, struct stored *stored)
{
    const struct copy *copy = &stored->copy;

    stored->counted = job->print && job->again > 0 && copy->copy_no == job->again &&
                      (source->frozen || same_words(copy->content, stored->content));
    if (stored->counted)
        return job->again;
    if (source->fresh && copy->newest + job->print == 0)
        return 1; /* no draft: nothing is handed over with it */
    return copy->newest + job->print;
}

/* On its papers, and held against the rules. */
static enum status compose(struct ctx *c, struct many *many, size_t number)
{
    struct label_job *job = &many->jobs[number];
    const struct label_source *source = many->source;
    struct stored *stored = &many->stored[number];
    const char *profile;

    job->source = source;
    if (job->print && source->states != NULL && !holds(source->states, stored->state))
        return ctx_fail(c, ST_CONFLICT, "state", stored->state, "is too early or too late to print the %s",
                        job->label->title);
    TRY(label_content_read(c, stored->content, number_copy(source, job, stored), &job->content));
    profile = job->profile != NULL ? job->profile : job->content.label_profile;
    if (strcmp(many->profile, profile) != 0)
        TRY(read_rules(c, many, profile));
    job->content.rules = many->rules;
    TRY(place_all(c, job));
    label_lint_check(c, many->rules, &job->content, job->papers, job->paper_count, &job->lint);
    many->composed[number] = true;
    return ST_OK;
}

/* The next job of that number, from where the last one was found. */
static bool job_of(struct many *many, int64_t id, size_t *number)
{
    for (size_t i = 0; i < many->count; i++) {
        *number = (many->next + i) % many->count;
        if (many->jobs[*number].id == id) {
            many->next = *number + 1;
            return true;
        }
    }
    return false;
}

/* A copy says what was printed: of a frozen kind always, of others when it is only looked at. */
static bool as_printed(const struct label_source *source, const struct label_job *job,
                       const struct stored *stored)
{
    return stored->copy.copy_no > 0 &&
           (source->frozen || (!job->print && job->language == NULL && !source->fresh));
}

static enum status read_printed(struct ctx *c, struct many *many, const int64_t *ids)
{
    struct copy *copies;
    size_t n, at;

    TRY(copies_read(c, many->source->what, ids, many->count, many->source->kind, many->jobs->again, &copies,
                    &n));
    for (size_t i = 0; i < n; i++)
        if (job_of(many, copies[i].id, &at)) {
            many->stored[at].copy = copies[i];
            many->stored[at].content = copies[i].content;
        }
    return ST_OK;
}

static enum status no_such(struct ctx *c, const char *what, int64_t id)
{
    return ctx_fail(c, ST_NOT_FOUND, arena_printf(&c->arena, "%s_id", what),
                    arena_printf(&c->arena, "%lld", (long long)id), "is no %s of this shop", what);
}

/* The state, and what the label says where that is not what was printed. Composed at once where nothing else is read for it. */
static enum status take_draft(struct ctx *c, struct many *many, const char *id, const char *state,
                              const char *content)
{
    struct stored *stored;
    size_t at;

    if (!job_of(many, strtoll(id, NULL, 10), &at))
        return ST_OK;
    stored = &many->stored[at];
    stored->state = arena_text(&c->arena, state);
    if (as_printed(many->source, &many->jobs[at], stored))
        return ST_OK;
    stored->content = arena_text(&c->arena, content);
    return many->source->more == NULL ? compose(c, many, at) : ST_OK;
}

static enum status visit_draft(struct ctx *c, const struct rows *one, void *arg)
{
    return take_draft(c, arg, rows_named(one, 0, "id"), rows_named(one, 0, "state"),
                      rows_named(one, 0, "content"));
}

/* Of many, what has come is put on paper while the server makes the next. */
static enum status read_drafts(struct ctx *c, struct many *many, int64_t *ids)
{
    const struct label_source *source = many->source;
    const struct label_job *first = many->jobs;
    const struct rows *rows;
    size_t n = 0;

    for (size_t i = 0; i < many->count; i++)
        if (first->print || !as_printed(source, &many->jobs[i], &many->stored[i]))
            ids[n++] = many->jobs[i].id;
    const char *document = label_document(first->label->kind);
    const struct param params[] = {
        SHOP(c), I64S(ids, n), TEXT_OR_NULL(first->profile),
        TEXT_OR_NULL(first->language == NULL ? source->language : first->language), TEXT_OR_NULL(document)
    };
    const size_t given = source->profiled ? 5 : 2;

    if (n >= MANY)
        return db_each(c, source->query, params, given, visit_draft, many);
    if (n == 0)
        return ST_OK;
    TRY(db_rows(c, source->query, params, given, &rows));
    for (size_t i = 0; i < rows_count(rows); i++)
        TRY(take_draft(c, many, rows_named(rows, i, "id"), rows_named(rows, i, "state"),
                       rows_named(rows, i, "content")));
    return ST_OK;
}

static enum status read_more(struct ctx *c, struct many *many)
{
    bool found;

    for (size_t i = 0; many->source->more != NULL && i < many->count; i++)
        if (many->stored[i].content != NULL && !as_printed(many->source, &many->jobs[i], &many->stored[i]))
            TRY(db_row(c, many->source->more,
                       PARAMS(SHOP(c), I64(many->jobs[i].id), TEXT(many->stored[i].content)), more_columns,
                       &many->stored[i], &found));
    return ST_OK;
}

static enum status finish(struct ctx *c, struct many *many, size_t number)
{
    struct label_job *job = &many->jobs[number];

    if (many->stored[number].content == NULL)
        return no_such(c, many->source->what, job->id);
    if (!many->composed[number])
        TRY(compose(c, many, number));
    TRY(label_overrides_read(c, job));
    return job->print && !many->stored[number].counted ? label_overrides_settle(c, job) : ST_OK;
}

/* Counts those that are not on record yet. */
static enum status print_copies(struct ctx *c, const struct many *many)
{
    const char **contents = arena_array(&c->arena, many->count, sizeof *contents);
    int64_t *ids = arena_array(&c->arena, many->count, sizeof *ids);
    size_t n = 0;

    for (size_t i = 0; i < many->count; i++) {
        if (many->stored[i].counted)
            continue;
        ids[n] = many->jobs[i].id;
        contents[n++] = many->stored[i].content;
    }
    if (n == 0)
        return ST_OK;
    return copies_count(c, many->source->what, ids, n, many->source->kind, contents, many->source->frozen);
}

static enum status check_language(struct ctx *c, const char *language)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish", NULL };

    if (language == NULL || holds(languages, language))
        return ST_OK;
    return ctx_fail(c, ST_INVALID, "language", language,
                    "is none labels know: english, zh_hans, zh_hant, polish, spanish");
}

static enum status find_source(struct ctx *c, struct many *many)
{
    const struct label_source *source = label_sources;
    const struct label_job *job = many->jobs;

    while (strcmp(source->kind, job->label->kind) != 0)
        source++;
    many->source = source;
    return strcmp(source->what, job->about) == 0
               ? ST_OK
               : ctx_fail(c, ST_INVALID, "kind", job->label->name,
                          "goes by the number of: %s; this is the number of: %s", source->what, job->about);
}

static enum status make_many(struct ctx *c, void *arg)
{
    struct many *many = arg;
    int64_t *ids = arena_array(&c->arena, many->count, sizeof *ids);
    int64_t *wanted = arena_array(&c->arena, many->count, sizeof *wanted);
    const bool print = many->jobs->print;

    many->stored = arena_array(&c->arena, many->count, sizeof *many->stored);
    many->composed = arena_array(&c->arena, many->count, sizeof *many->composed);
    many->next = 0;
    TRY(check_language(c, many->jobs->language));
    TRY(find_source(c, many));
    for (size_t i = 0; i < many->count; i++)
        ids[i] = many->jobs[i].id;
    if (print)
        TRY(copy_lock(c, many->source->what, ids, many->count, many->source->kind));
    TRY(read_printed(c, many, ids));
    TRY(read_first_rules(c, many));
    TRY(read_drafts(c, many, wanted));
    TRY(read_more(c, many));
    for (size_t i = 0; i < many->count; i++)
        TRY(finish(c, many, i));
    return print ? print_copies(c, many) : ST_OK;
}

enum status label_make_all(struct ctx *c, struct label_job *jobs, size_t count)
{
    struct many many = { .jobs = jobs, .count = count };

    return db_tx(c, make_many, &many);
}

enum status label_make(struct ctx *c, struct label_job *job)
{
    return label_make_all(c, job, 1);
}

enum status label_write_all(struct ctx *c, const struct label_job *jobs, size_t count,
                            enum label_format format, int dpi, struct text *out)
{
    struct sheet_of_paper *papers;
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        n += jobs[i].paper_count;
    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "label", jobs[0].label->name, "has nothing to say here");
    papers = arena_array(&c->arena, n, sizeof *papers);
    n = 0;
    for (size_t i = 0; i < count; i++) {
        memcpy(&papers[n], jobs[i].papers, jobs[i].paper_count * sizeof *papers);
        n += jobs[i].paper_count;
    }
    return label_paper_draw(c, jobs[0].ruler, papers, n, jobs[0].content.printed_at, format, dpi, out);
}

struct label_job *label_jobs(struct ctx *c, const struct label_job *job, const int64_t *ids, size_t count)
{
    struct label_job *jobs = arena_array(&c->arena, count, sizeof *jobs);

    for (size_t i = 0; i < count; i++) {
        jobs[i] = *job;
        jobs[i].id = ids[i];
    }
    return jobs;
}
