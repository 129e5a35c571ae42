/* `yaofang screen`: the quick check on the command line, one case from arguments or many from a file, a line of JSON each. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/screen_json.h"
#include "commands.h"
#include "core/knowledge_db.h"
#include "core/knowledge_seed.h"
#include "database.h"

enum { LINE_MOST = 1024 * 1024 };

static enum status fail_level(struct ctx *c, const struct arguments *in, enum severity *level)
{
    const char *word = argument_text(in, "--fail-on", NULL);

    *level = word == NULL ? SEVERITY_NONE : severity_parse(word);
    if (word != NULL && *level == SEVERITY_NONE)
        return ctx_fail(c, ST_INVALID, "--fail-on", word, "is contraindicated, major, moderate or minor");
    return ST_OK;
}

static bool reached(enum severity level, const struct screening *answer)
{
    return level != SEVERITY_NONE && answer->worst >= level;
}

static enum status stopped(struct ctx *c, enum severity level)
{
    return ctx_fail(c, ST_UNSAFE, "--fail-on", severity_word(level), "a finding is this grave or graver");
}

/* ---- one case for a person to read ---- */

/* Red, yellow, plain: only on a terminal. */
static const char *colour(bool tty, enum severity severity)
{
    if (!tty)
        return "";
    return severity >= SEVERITY_MAJOR ? "\033[1;31m" : severity == SEVERITY_MODERATE ? "\033[33m" : "\033[2m";
}

static void print_side(const struct finding_side *side)
{
    printf("%s", side->name);
    if (side->typed != NULL && strcmp(side->typed, side->name) != 0)
        printf(" [%s]", side->typed);
}

static void print_line(const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        printf("    %-10s %s\n", label, text);
}

static void print_finding(struct arena *arena, const struct knowledge *k, const struct finding *finding,
                          bool tty)
{
    const struct rule *rule = finding->rule;

    printf("%s%s%s  ", colour(tty, finding->severity), severity_word(finding->severity),
           tty ? "\033[0m" : "");
    print_side(&finding->subject);
    printf(" x ");
    print_side(&finding->object);
    printf("%s\n", finding->assumed ? "  (if that is what was meant)" : "");
    if (finding->via_count > 0) {
        printf("    %-10s", "by way of");
        for (uint8_t i = 0; i < finding->via_count; i++)
            printf("%s %s", i == 0 ? "" : " >", finding->via[i]);
        printf("\n");
    }
    print_line("here", finding_detail(arena, k, finding));
    print_line("effect", rule->effect);
    print_line("mechanism", rule->mechanism);
    print_line("evidence", rule->evidence_level);
    print_line("do", rule->action);
    print_line("citation", rule->citation);
    print_line("seen", rule->citation_seen);
    printf("    %-10s %s, version %d, confidence %s\n", "rule", rule->id, rule->version, rule->confidence);
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *other = &k->rules[finding->others[i]];

        printf("    %-10s %s on %s: %s, %s (%s)\n", "also", other->id, ref_id(k, other->object),
               severity_word(other->severity), other->effect, other->citation);
    }
}

static void print_names(const struct name_match *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%s", i == 0 ? "" : ", ", list[i].name);
}

static void print_answer(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                         const struct screening *answer)
{
    bool tty = isatty(STDOUT_FILENO) == 1;
    const struct understood *u = &in->understood;

    for (size_t i = 0; i < answer->count; i++)
        print_finding(arena, k, &answer->findings[i], tty);
    for (size_t i = 0; i < u->question_count; i++) {
        printf("ASK  \"%s\" may mean ", u->questions[i].typed);
        print_names(u->questions[i].candidates, u->questions[i].candidate_count);
        printf("%s\n", u->questions[i].taken ? "; screened as the first" : "; screened as each of them");
    }
    for (size_t i = 0; i < u->gap_count; i++) {
        printf("NOT CHECKED  \"%s\": %s", u->gaps[i].typed, u->gaps[i].why);
        if (u->gaps[i].nearest_count > 0) {
            printf("; did you mean ");
            print_names(u->gaps[i].nearest, u->gaps[i].nearest_count);
            printf("?");
        }
        printf("\n");
    }
    if (answer->count == 0)
        printf("No finding among the %zu item(s) and %zu medicine(s) that were understood. That is not a "
               "proof of safety.\n",
               u->item_count, u->drug_count);
}

/* ---- one case from arguments ---- */

static enum status add_lines(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                             const char *option, unsigned kinds, struct understood *out)
{
    size_t count;
    const char *const *lines = argument_list(c, in, option, &count);

    for (size_t i = 0; i < count; i++) {
        if (!utf8_valid(lines[i], strlen(lines[i])))
            return ctx_fail(c, ST_INVALID, option, NULL, "must be valid UTF-8");
        if (kinds == REF_DRUGS)
            typed_drug_add(&c->arena, k, lines[i], argument_text(in, "--country", NULL), out);
        else if (kinds == REF_CONDITIONS)
            typed_condition_add(&c->arena, k, lines[i], out);
        else
            typed_item_add(&c->arena, k, lines[i], kinds, out);
    }
    return ST_OK;
}

static enum status screen_arguments(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                                    enum severity level)
{
    struct screen_case screened = { .id = NULL };
    struct understood *out = &screened.understood;
    struct screening answer;
    struct text text;
    struct json_writer w;

    TRY(add_lines(c, in, k, "--item", REF_ITEMS, out));
    TRY(add_lines(c, in, k, "--herb", REF_BIT(REF_HERB), out));
    TRY(add_lines(c, in, k, "--formula", REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT), out));
    TRY(add_lines(c, in, k, "--procedure", REF_BIT(REF_PROCEDURE), out));
    TRY(add_lines(c, in, k, "--drug", REF_DRUGS, out));
    TRY(add_lines(c, in, k, "--condition", REF_CONDITIONS, out));
    if (out->item_count + out->drug_count + out->gap_count == 0)
        return ctx_fail(c, ST_INVALID, "--item", NULL, "is needed: say what is taken");
    screened.medicines_asked = argument_given(in, "--drug") || argument_given(in, "--no-drugs");
    screen_case_run(&c->arena, k, &screened, &answer);
    if (argument_given(in, "--json")) {
        text_init(&text, &c->arena);
        json_init(&w, &text);
        screen_answer_write(&w, k, &screened, &answer);
        printf("%s\n", text.data);
    } else {
        print_answer(&c->arena, k, &screened, &answer);
    }
    return reached(level, &answer) ? stopped(c, level) : ST_OK;
}

/* ---- many cases, a line each ---- */

struct batch {
    FILE *file;
    const struct knowledge *k;
    enum severity level;
    char *line; /* LINE_MOST + 1 bytes */
    size_t size;
    bool too_long;
    bool reached;
    int64_t number, bad;
};

/* The next line without its end; false at the end of the file. A line that is too long is skipped to its end. */
static bool next_line(struct batch *batch)
{
    int byte = getc_unlocked(batch->file);

    batch->size = 0;
    batch->too_long = false;
    if (byte == EOF)
        return false;
    for (; byte != EOF && byte != '\n'; byte = getc_unlocked(batch->file)) {
        if (batch->size < LINE_MOST)
            batch->line[batch->size++] = (char)byte;
        else
            batch->too_long = true;
    }
    batch->line[batch->size] = '\0';
    batch->number++;
    return true;
}

static bool is_blank(const struct batch *batch)
{
    for (size_t i = 0; i < batch->size; i++)
        if (strchr(" \t\r", batch->line[i]) == NULL || batch->line[i] == '\0')
            return false;
    return true;
}

static enum status answer_line(struct ctx *c, struct batch *batch, struct screen_case *screened,
                               struct json_writer *w)
{
    struct json_object *in;
    struct screening answer;

    if (batch->too_long)
        return ctx_fail(c, ST_TOO_LARGE, "line", NULL, "must be at most %d bytes long", LINE_MOST);
    TRY(json_parse_object(c, batch->line, batch->size, &in));
    TRY(screen_case_read(c, batch->k, in, screened));
    TRY(json_end(in));
    screen_case_run(&c->arena, batch->k, screened, &answer);
    screen_answer_write(w, batch->k, screened, &answer);
    batch->reached = batch->reached || reached(batch->level, &answer);
    return ST_OK;
}

/* A bad line gets an answer too, in its place: what is wrong, never "no findings". */
static void write_error(struct ctx *c, const struct batch *batch, const struct screen_case *screened,
                        struct json_writer *w)
{
    json_open_object(w, NULL);
    screen_id_write(w, screened);
    json_i64(w, "line", batch->number);
    json_open_object(w, "error");
    json_text(w, "code", status_word(c->fault.status));
    json_open_list(w, "errors");
    for (size_t i = 0; i < c->fault.count; i++) {
        json_open_object(w, NULL);
        json_text(w, "field", c->fault.items[i].field);
        json_text(w, "value", c->fault.items[i].value);
        json_text(w, "rule", c->fault.items[i].rule);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    json_close_object(w);
}

static void screen_line(struct ctx *c, struct batch *batch)
{
    struct screen_case screened = { .id = NULL };
    struct json_writer w;
    struct text text;

    text_init(&text, &c->arena);
    json_init(&w, &text);
    if (answer_line(c, batch, &screened, &w) != ST_OK) {
        batch->bad++;
        write_error(c, batch, &screened, &w);
    }
    text_add_char(&text, '\n');
    fwrite(text.data, 1, text.size, stdout);
}

static void close_file(void *file)
{
    fclose(file);
}

static enum status screen_batch(struct ctx *c, const char *path, const struct knowledge *k,
                                enum severity level)
{
    struct batch batch = { .file = stdin, .k = k, .level = level };
    struct ctx one;

    if (strcmp(path, "-") != 0) {
        batch.file = fopen(path, "r");
        if (batch.file == NULL)
            return ctx_fail(c, ST_NOT_FOUND, "--batch", path, "the file cannot be opened");
        arena_defer(&c->arena, close_file, batch.file);
    }
    batch.line = arena_alloc(&c->arena, LINE_MOST + 1);
    ctx_init(&one);
    while (next_line(&batch)) {
        if (is_blank(&batch))
            continue;
        screen_line(&one, &batch);
        ctx_reset(&one);
    }
    ctx_close(&one);
    if (ferror(batch.file) != 0)
        return ctx_fail(c, ST_BROKEN, "--batch", path, "could not be read to its end");
    if (batch.bad > 0)
        return ctx_fail(c, ST_MALFORMED, "--batch", path, "%lld of %lld lines could not be read as cases",
                        (long long)batch.bad, (long long)batch.number);
    return batch.reached ? stopped(c, level) : ST_OK;
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

/* The built-in rule book, or the database's, which a shop may have edited. */
static enum status open_knowledge(struct ctx *c, const struct arguments *in, struct knowledge **k)
{
    if (argument_given(in, "--database")) {
        TRY(database_open(c, in->config, DATABASE_SERVICE));
        TRY(knowledge_from_database(c, k));
    } else {
        TRY(knowledge_from_seed(c, k));
    }
    arena_defer(&c->arena, close_knowledge, *k);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *batch = argument_text(in, "--batch", NULL);
    struct knowledge *k;
    enum severity level;

    TRY(fail_level(c, in, &level));
    TRY(open_knowledge(c, in, &k));
    if (batch == NULL)
        return screen_arguments(c, in, k, level);
    for (size_t i = 0; i < in->given_count; i++)
        if (strcmp(in->given[i].option->name, "--batch") != 0 &&
            strcmp(in->given[i].option->name, "--fail-on") != 0 &&
            strcmp(in->given[i].option->name, "--json") != 0 &&
            strcmp(in->given[i].option->name, "--database") != 0)
            return ctx_fail(c, ST_INVALID, in->given[i].option->name, in->given[i].value,
                            "does not go together with --batch");
    return screen_batch(c, batch, k, level);
}

static const struct option options[] = {
    { "--item", "TEXT", "a herb, formula, product or procedure as people type it, with or without a dose" },
    { "--herb", "TEXT", "the same, read as a herb only" },
    { "--formula", "TEXT", "the same, read as a formula or product only" },
    { "--procedure", "TEXT", "the same, read as a procedure only" },
    { "--drug", "TEXT", "a medicine: generic, brand, class, ATC or rxcui code" },
    { "--condition", "TEXT", "a condition, in words or as an ICD-10 code" },
    { "--country", "CODE", "us, uk, au or eu: what a brand name holds there" },
    { "--no-drugs", NULL, "medicines were asked for and there are none" },
    { "--json", NULL, "answer as one line of JSON" },
    { "--batch", "FILE", "one JSON case per line, - for standard input; one JSON answer per line" },
    { "--database", NULL, "use the rule book of the database instead of the one built in" },
    { "--fail-on", "SEVERITY", "exit status 6 when a finding is this grave or graver" },
    { NULL, NULL, NULL },
};

const struct command command_screen = {
    .name = "screen",
    .summary = "check herbs and formulas against medicines, conditions and each other",
    .operands = "",
    .more = "Example: yaofang screen --item \"Dong Quai 10 g\" --item \"Bu Zhong Yi Qi Wan\" --drug Coumadin "
            "--condition "
            "pregnancy\n"
            "Needs no database. A batch line: "
            "{\"id\":\"1\",\"items\":[\"…\"],\"drugs\":[\"…\"],\"conditions\":[\"…\"]};\n"
            "\"drugs\" left out means that nobody asked, [] that there are none. A line that cannot be read "
            "gets an error\n"
            "in its place and the exit status is 2.\n",
    .options = options,
    .run = run,
};
