/* `yaofang screen`: the quick check on the command line, one case from arguments or many from a file, a line each. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/screen_json.h"
#include "api/screen_paper.h"
#include "commands.h"
#include "core/knowledge_db.h"
#include "core/knowledge_seed.h"
#include "core/person.h"
#include "database.h"
#include "screen_person.h"
#include "screen_show.h"

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

/* ---- one case from arguments ---- */

/* What can be shown of text in another encoding. */
static const char *legible(struct arena *arena, const char *text)
{
    char *out = arena_text(arena, text);

    for (char *at = out; *at != '\0'; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    return out;
}

static void add_lines(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                      const char *option, unsigned kinds, struct understood *out)
{
    size_t count;
    const char *const *lines = argument_list(c, in, option, &count);

    for (size_t i = 0; i < count; i++) {
        if (!utf8_valid(lines[i], strlen(lines[i])))
            typed_gap_add(&c->arena, legible(&c->arena, lines[i]), "must be valid UTF-8", out);
        else if (kinds == REF_DRUGS)
            typed_drug_add(&c->arena, k, lines[i], argument_text(in, "--country", NULL), out);
        else if (kinds == REF_CONDITIONS)
            typed_condition_add(&c->arena, k, lines[i], out);
        else
            typed_item_add(&c->arena, k, lines[i], kinds, out);
    }
}

/* The case from its options. */
static enum status read_case(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                             struct screen_case *screened)
{
    const char *liang = argument_text(in, "--liang", "textbook");
    struct understood *out = &screened->understood;

    out->liang = liang_parse(liang);
    if (out->liang == LIANG_NOT_CHOSEN && strcmp(liang, "textbook") != 0)
        return ctx_fail(c, ST_INVALID, "--liang", liang, "is textbook, prc, taiwan or hong_kong");
    add_lines(c, in, k, "--item", REF_ITEMS, out);
    add_lines(c, in, k, "--herb", REF_BIT(REF_HERB), out);
    add_lines(c, in, k, "--formula", REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT), out);
    add_lines(c, in, k, "--procedure", REF_BIT(REF_PROCEDURE), out);
    add_lines(c, in, k, "--drug", REF_DRUGS, out);
    add_lines(c, in, k, "--condition", REF_CONDITIONS, out);
    TRY(screen_person_read(c, in, k, screened));
    typed_end(&c->arena, k, out);
    if (out->item_count + out->drug_count + out->condition_count + out->gap_count == 0)
        return ctx_fail(c, ST_INVALID, "--item", NULL, "is needed: say what is taken");
    screened->medicines_asked = argument_given(in, "--drug") || argument_given(in, "--no-drugs");
    return ST_OK;
}

/* The record for the patient's file. Everything is drawn before the file is touched. */
static enum status write_pdf(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                             const struct screen_case *screened, const struct screening *answer)
{
    const char *path = argument_text(in, "--pdf", NULL);
    struct screen_paper paper = { .paper = argument_text(in, "--paper", "a4"),
                                  .about = argument_text(in, "--about", NULL),
                                  .shop = argument_text(in, "--shop-name", NULL),
                                  .who = argument_text(in, "--who", NULL),
                                  .made = instant_now() };
    struct record record;
    struct text bytes;
    FILE *file;
    int pages;
    bool written;

    text_init(&bytes, &c->arena);
    screen_record(&c->arena, k, screened, answer, &paper, &record);
    TRY(record_pdf(c, &record, in->config->font, &bytes, &pages));
    file = fopen(path, "wb");
    if (file == NULL)
        return ctx_fail(c, ST_INVALID, "--pdf", path, "the file cannot be written");
    written = fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    if (fclose(file) != 0 || !written)
        return ctx_fail(c, ST_BROKEN, "--pdf", path, "could not be written to its end");
    fprintf(stderr, "%s: %d page%s%s\n", path, pages, pages == 1 ? "" : "s",
            pages == 1 ? "" : "; one page could not hold it in legible type");
    return ST_OK;
}

/* What the answer means for the exit status. */
static enum status verdict(struct ctx *c, const struct arguments *in, enum severity level,
                           const struct screen_case *screened, const struct screening *answer)
{
    const struct understood *u = &screened->understood;

    if (reached(level, answer))
        return stopped(c, level);
    if (argument_given(in, "--complete") && u->gap_count + u->question_count > 0)
        return ctx_fail(c, ST_PRECONDITION, "--complete", NULL,
                        "%zu thing(s) were not checked or must be asked", u->gap_count + u->question_count);
    return ST_OK;
}

static enum status screen_arguments(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                                    enum severity level)
{
    struct screen_case screened = { .id = NULL };
    struct screening answer;
    struct text text;
    struct json_writer w;

    TRY(read_case(c, in, k, &screened));
    screen_case_run(&c->arena, k, &screened, &answer);
    if (argument_given(in, "--pdf"))
        TRY(write_pdf(c, in, k, &screened, &answer));
    if (argument_given(in, "--json")) {
        text_init(&text, &c->arena);
        json_init(&w, &text);
        screen_answer_write(&w, k, &screened, &answer);
        printf("%s\n", text.data);
    } else {
        screen_show(&c->arena, k, &screened, &answer);
    }
    return verdict(c, in, level, &screened, &answer);
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
    int64_t number, bad, incomplete;
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

/* "dang gui 10 g, huang qi | warfarin | pregnancy": no second part means that nobody asked for medicines. */
static enum status read_plain(struct ctx *c, struct batch *batch, struct screen_case *screened)
{
    struct understood *u = &screened->understood;
    const char *medicines;
    const char *conditions;

    if (!utf8_valid(batch->line, batch->size))
        return ctx_fail(c, ST_MALFORMED, "line", NULL, "must be valid UTF-8 without NUL");
    screened->id = arena_printf(&c->arena, "%lld", (long long)batch->number);
    screened->id_is_number = true;
    medicines = strchr(batch->line, '|');
    conditions = medicines == NULL ? NULL : strchr(medicines + 1, '|');
    screened->medicines_asked = medicines != NULL;
    typed_item_add(&c->arena, batch->k, arena_text_n(&c->arena, batch->line, strcspn(batch->line, "|")),
                   REF_ITEMS, u);
    if (medicines != NULL && medicines[1 + strspn(medicines + 1, " |\t\r")] != '\0')
        typed_drug_add(&c->arena, batch->k,
                       arena_text_n(&c->arena, medicines + 1, strcspn(medicines + 1, "|")), NULL, u);
    if (conditions != NULL)
        typed_condition_add(&c->arena, batch->k, conditions + 1, u);
    typed_end(&c->arena, batch->k, u);
    return ST_OK;
}

static enum status read_line(struct ctx *c, struct batch *batch, struct screen_case *screened)
{
    struct json_object *in;

    if (batch->line[strspn(batch->line, " \t")] != '{')
        return read_plain(c, batch, screened);
    TRY(json_parse_object(c, batch->line, batch->size, &in));
    TRY(screen_case_read(c, batch->k, in, screened));
    return json_end(in);
}

static enum status answer_line(struct ctx *c, struct batch *batch, struct screen_case *screened,
                               struct json_writer *w)
{
    struct screening answer;

    if (batch->too_long)
        return ctx_fail(c, ST_TOO_LARGE, "line", NULL, "must be at most %d bytes long", LINE_MOST);
    TRY(read_line(c, batch, screened));
    screen_case_run(&c->arena, batch->k, screened, &answer);
    screen_answer_write(w, batch->k, screened, &answer);
    batch->reached = batch->reached || reached(batch->level, &answer);
    batch->incomplete += screened->understood.gap_count + screened->understood.question_count > 0;
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

static enum status screen_batch(struct ctx *c, const struct arguments *in, const struct knowledge *k,
                                enum severity level)
{
    const char *path = argument_text(in, "--batch", NULL);
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
    if (batch.reached)
        return stopped(c, level);
    if (argument_given(in, "--complete") && batch.incomplete > 0)
        return ctx_fail(c, ST_PRECONDITION, "--complete", NULL,
                        "in %lld of %lld lines something was not checked", (long long)batch.incomplete,
                        (long long)batch.number);
    return ST_OK;
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

/* The built-in rule book, or the database's: the reference, or with --shop as the shop has it. */
static enum status open_knowledge(struct ctx *c, const struct arguments *in, struct knowledge **k)
{
    const char *shop = argument_text(in, "--shop", NULL);

    if (shop != NULL || argument_given(in, "--database")) {
        TRY(database_open(c, in->config, DATABASE_SERVICE));
        if (shop != NULL)
            TRY(person_act_in(c, shop));
        TRY(knowledge_from_database(c, k));
    } else {
        TRY(knowledge_from_seed(c, k));
    }
    arena_defer(&c->arena, close_knowledge, *k);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    static const char *const with_batch[] = { "--batch",    "--fail-on", "--json",
                                              "--database", "--shop",    "--complete" };
    struct knowledge *k;
    enum severity level;

    TRY(fail_level(c, in, &level));
    TRY(open_knowledge(c, in, &k));
    if (!argument_given(in, "--batch"))
        return screen_arguments(c, in, k, level);
    for (size_t i = 0; i < in->given_count; i++) {
        bool fits = false;

        for (size_t w = 0; w < sizeof with_batch / sizeof *with_batch; w++)
            fits = fits || strcmp(in->given[i].option->name, with_batch[w]) == 0;
        if (!fits)
            return ctx_fail(c, ST_INVALID, in->given[i].option->name, in->given[i].value,
                            "does not go together with --batch");
    }
    return screen_batch(c, in, k, level);
}

static const struct option options[] = {
    { "--item", "TEXT", "a herb, formula, product or procedure as people type it, with or without a dose" },
    { "--herb", "TEXT", "the same, read as a herb only" },
    { "--formula", "TEXT", "the same, read as a formula or product only" },
    { "--procedure", "TEXT", "the same, read as a procedure only" },
    { "--drug", "TEXT", "a medicine: generic, brand, class, ATC or rxcui code" },
    { "--condition", "TEXT", "a condition, in words or as an ICD-10 code" },
    { "--stopped", "TEXT",
      "what is no longer taken: \"NAME: 2026-11-10\", or \"NAME (stopped 5 days ago)\"" },
    { "--allergy", "TEXT", "a herb, a plant family, or what people call one: ragweed, shellfish" },
    { "--age", "YEARS", "how old the person is; \"8 months\" of a small child" },
    { "--weight", "KG", "what the person weighs, for a child's share of a dose" },
    { "--surgery-on", "DAY", "a planned operation or tooth extraction: what to stop by when" },
    { "--jurisdiction", "CODE", "whose law: US-CA, AU, GB, HK, …; unsaid: the gravest anywhere" },
    { "--on", "DAY", "the day screened for [today, UTC]" },
    { "--country", "CODE", "us, uk, au or eu: what a brand name holds there" },
    { "--no-drugs", NULL, "medicines were asked for and there are none" },
    { "--json", NULL, "answer as one line of JSON" },
    { "--liang", "WHOSE",
      "textbook (30 g, a qian 3 g), prc (50 g), taiwan (37.5 g) or hong_kong (37.79936375 g)" },
    { "--batch", "FILE", "one case per line, - for standard input; one JSON answer per line" },
    { "--pdf", "FILE", "also write a page for the patient's record" },
    { "--paper", "NAME", "a4 or letter" },
    { "--about", "TEXT", "whom the page is for" },
    { "--who", "TEXT", "who screened, on the page" },
    { "--shop-name", "TEXT", "the shop's name, on the page" },
    { "--database", NULL, "use the rule book of the database instead of the one built in" },
    { "--shop", "SLUG", "the same, with the shop's own rules and names" },
    { "--fail-on", "SEVERITY", "exit status 6 when a finding is this grave or graver" },
    { "--complete", NULL, "exit status 2 when something was not understood" },
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
            "or in plain words: dang gui 10 g, huang qi | warfarin | pregnancy (\"| none\": there are no "
            "medicines).\n"
            "\"drugs\" left out means that nobody asked, [] that there are none. A line that cannot be read "
            "gets an error\n"
            "in its place and the exit status is 2.\n",
    .options = options,
    .run = run,
};
