/* A label made anew, or as it was printed; placed on its papers. Printing counts, and freezes what the label says. */
#include "print/label_job.h"

#include <string.h>

#include "db/db.h"
#include "print/draw.h"
#include "sql.h"

enum { PAPERS_MOST = 200 };

/* What a statement of label_sources gives, and what is kept of a print. */
struct stored {
    const char *state;
    const char *content; /* JSON */
    int copy_no;
};

static const struct column draft_columns[] = {
    COLUMN(struct stored, state),
    COLUMN(struct stored, content),
    COLUMNS_END,
};
static const struct column more_columns[] = { COLUMN(struct stored, content), COLUMNS_END };
static const struct column copy_columns[] = {
    COLUMN(struct stored, content),
    COLUMN(struct stored, copy_no),
    COLUMNS_END,
};

struct list_line {
    const char *name;
    struct label_line line;
};

static const struct column list_columns[] = {
    COLUMN(struct list_line, name),
    COLUMN_NAMED(struct list_line, line.text, "text"),
    COLUMN_NAMED(struct list_line, line.english, "english"),
    COLUMN_NAMED(struct list_line, line.field, "field"),
    COLUMN_NAMED(struct list_line, line.heading, "heading"),
    COLUMNS_END,
};

static bool holds(const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* The lines come list by list. */
static enum status read_lists(struct ctx *c, const char *stored, struct label_content *content)
{
    struct list_line *lines;
    struct label_line *plain;
    struct label_list *lists;
    size_t n;

    TRY(db_all(c, &q_label_lists, PARAMS(TEXT(stored)), list_columns, sizeof *lines, &lines, &n));
    plain = arena_array(&c->arena, n, sizeof *plain);
    lists = arena_array(&c->arena, n, sizeof *lists);
    for (size_t i = 0; i < n; i++) {
        plain[i] = lines[i].line;
        if (i == 0 || strcmp(lines[i].name, lines[i - 1].name) != 0)
            lists[content->list_count++] = (struct label_list){ .name = lines[i].name, .lines = &plain[i] };
        lists[content->list_count - 1].count++;
    }
    content->lists = lists;
    for (size_t i = 0; i < content->list_count; i++) {
        if (strcmp(lists[i].name, "directions") == 0) {
            content->directions = lists[i].lines;
            content->direction_count = lists[i].count;
        } else if (strcmp(lists[i].name, "warnings") == 0) {
            content->warnings = lists[i].lines;
            content->warning_count = lists[i].count;
        }
    }
    return ST_OK;
}

static enum status read_content(struct ctx *c, const struct stored *stored, struct label_content *content)
{
    struct label_ingredient *ingredients;
    bool found;

    *content = (struct label_content){ 0 };
    TRY(db_row(c, &q_label_content, PARAMS(TEXT(stored->content), I64(stored->copy_no)),
               label_content_columns, content, &found));
    TRY(db_all(c, &q_label_ingredients, PARAMS(TEXT(stored->content)), label_ingredient_columns,
               sizeof *ingredients, &ingredients, &content->ingredient_count));
    content->ingredients = ingredients;
    return read_lists(c, stored->content, content);
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
    one.product_english = herb->english;
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

/* The profile the label was made for, or the one asked for. */
static enum status hold_against_rules(struct ctx *c, struct label_job *job)
{
    const char *document = label_document(job->label->kind);
    const char *profile = job->profile != NULL ? job->profile : job->content.label_profile;
    const struct label_rules *rules;

    TRY(label_rules_read(c, profile, document, job->on, &rules));
    job->content.rules = rules;
    TRY(place_all(c, job));
    label_lint_check(c, rules, &job->content, job->papers, job->paper_count, &job->lint);
    return ST_OK;
}

static enum status read_job(struct ctx *c, struct label_job *job, const struct label_source *source,
                            struct stored *stored)
{
    struct param params[] = { SHOP(c), I64(job->id), TEXT_OR_NULL(job->profile),
                              TEXT_OR_NULL(job->language == NULL ? source->language : job->language) };
    struct stored printed = { 0 };
    bool found = false;

    TRY(db_row(c, source->query, params, source->profiled ? 4 : 2, draft_columns, stored, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, arena_printf(&c->arena, "%s_id", source->what),
                        arena_printf(&c->arena, "%lld", (long long)job->id), "is no %s of this shop",
                        source->what);
    if (source->more != NULL)
        TRY(db_row(c, source->more, PARAMS(SHOP(c), I64(job->id), TEXT(stored->content)), more_columns,
                   stored, &found));
    if (!source->counted)
        return ST_OK;
    TRY(db_row(c, &q_label_printed, PARAMS(SHOP(c), I64(job->id), TEXT(source->kind)), copy_columns, &printed,
               &found));
    if (found && (source->frozen || (!job->print && job->language == NULL))) {
        stored->content = printed.content;
        stored->copy_no = printed.copy_no;
    } else if (found) {
        stored->copy_no = printed.copy_no;
    }
    return ST_OK;
}

static enum status print_copy(struct ctx *c, const struct label_job *job, const struct label_source *source,
                              const struct stored *stored)
{
    struct stored kept;
    bool found;

    TRY(label_overrides_settle(c, job));
    return db_row(c, &q_label_print,
                  PARAMS(SHOP(c), I64(job->id), TEXT(source->kind), TEXT(stored->content),
                         BOOL(source->frozen), USER(c)),
                  copy_columns, &kept, &found);
}

static enum status check_language(struct ctx *c, const char *language)
{
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish", NULL };

    if (language == NULL || holds(languages, language))
        return ST_OK;
    return ctx_fail(c, ST_INVALID, "language", language,
                    "is none labels know: english, zh_hans, zh_hant, polish, spanish");
}

static enum status make(struct ctx *c, void *arg)
{
    struct label_job *job = arg;
    const struct label_source *source = label_sources;
    struct stored stored = { 0 };

    TRY(check_language(c, job->language));
    while (strcmp(source->kind, job->label->kind) != 0)
        source++;
    job->source = source;
    if (strcmp(source->what, job->about) != 0)
        return ctx_fail(c, ST_INVALID, "kind", job->label->name, "is the label of a %s, not of a %s",
                        source->what, job->about);
    if (job->print && source->counted)
        TRY(db_run(c, &q_label_lock, PARAMS(SHOP(c), I64(job->id), TEXT(source->kind))));
    TRY(read_job(c, job, source, &stored));
    if (job->print && source->states != NULL && !holds(source->states, stored.state))
        return ctx_fail(c, ST_CONFLICT, "state", stored.state, "is too early or too late to print the %s",
                        job->label->title);
    stored.copy_no += job->print && source->counted;
    TRY(read_content(c, &stored, &job->content));
    if (!source->counted)
        job->content.copy_no = 1;
    TRY(hold_against_rules(c, job));
    TRY(label_overrides_read(c, job));
    return job->print && source->counted ? print_copy(c, job, source, &stored) : ST_OK;
}

enum status label_make(struct ctx *c, struct label_job *job)
{
    return db_tx(c, make, job);
}

struct many {
    struct label_job *jobs;
    size_t count;
};

static enum status make_many(struct ctx *c, void *arg)
{
    struct many *many = arg;

    for (size_t i = 0; i < many->count; i++)
        TRY(label_make(c, &many->jobs[i]));
    return ST_OK;
}

enum status label_make_all(struct ctx *c, struct label_job *jobs, size_t count)
{
    struct many many = { jobs, count };

    return db_tx(c, make_many, &many);
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
