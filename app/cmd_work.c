/* `yaofang work`: the work list on a terminal. */
#include <string.h>

#include "api/read.h"
#include "compound.h"
#include "core/work.h"
#include "db/db.h"
#include "sql.h"
#include "json/json_write.h"

struct work_row {
    int64_t id, prescription_id, version, order_id;
    const char *state, *severity, *why, *subject_name, *subject_typed, *object_name, *object_typed, *effect;
    const char *action, *patient_code, *patient_name, *patient_phone, *order_state, *taken_by, *outcome,
        *note;
    struct date last_on;
};

static const struct column work_columns[] = {
    COLUMN(struct work_row, id),
    COLUMN(struct work_row, prescription_id),
    COLUMN(struct work_row, version),
    COLUMN(struct work_row, order_id),
    COLUMN(struct work_row, state),
    COLUMN(struct work_row, severity),
    COLUMN(struct work_row, why),
    COLUMN(struct work_row, subject_name),
    COLUMN(struct work_row, subject_typed),
    COLUMN(struct work_row, object_name),
    COLUMN(struct work_row, object_typed),
    COLUMN(struct work_row, effect),
    COLUMN(struct work_row, action),
    COLUMN(struct work_row, patient_code),
    COLUMN(struct work_row, patient_name),
    COLUMN(struct work_row, patient_phone),
    COLUMN(struct work_row, order_state),
    COLUMN(struct work_row, taken_by),
    COLUMN(struct work_row, outcome),
    COLUMN(struct work_row, note),
    COLUMN(struct work_row, last_on),
    COLUMNS_END,
};

static void show_row(struct ctx *c, struct text *out, const struct work_row *w)
{
    const char *object = *w->object_typed != '\0' ? w->object_typed : w->object_name;

    text_addf(out, "%lld  %s  %s%s%s\n", (long long)w->id, w->severity, w->state,
              *w->taken_by == '\0' ? "" : " by ", w->taken_by);
    text_addf(out, "    %s (%s%s%s), prescription %lld", w->patient_name, w->patient_code,
              *w->patient_phone == '\0' ? "" : ", ", w->patient_phone, (long long)w->prescription_id);
    if (w->order_id != 0)
        text_addf(out, ", order %lld %s", (long long)w->order_id, w->order_state);
    if (!date_is_none(w->last_on))
        text_addf(out, ", taken until %s", date_text(&c->arena, w->last_on));
    text_addf(out, "\n    %s%s%s: %s\n    why now: %s\n    what to do: %s\n", w->subject_name,
              *w->subject_name == '\0' || *object == '\0' ? "" : " × ", object, w->effect, w->why, w->action);
    if (*w->outcome != '\0')
        text_addf(out, "    ended: %s%s%s\n", w->outcome, *w->note == '\0' ? "" : ", ", w->note);
}

static enum status show(struct ctx *c, const struct called *in, const struct param *params, size_t count)
{
    struct work_row *rows;
    struct json_writer w;
    size_t n;

    if (argument_given(in->in, "--json")) {
        json_init(&w, in->out);
        json_open_object(&w, NULL);
        TRY(json_rows(c, &w, "rows", &q_work_list, params, count));
        json_close_object(&w);
        text_add(in->out, "\n");
        return ST_OK;
    }
    TRY(db_all(c, &q_work_list, params, count, work_columns, sizeof *rows, &rows, &n));
    if (n == 0)
        text_add(in->out, "Nothing waits.\n");
    for (size_t i = 0; i < n; i++)
        show_row(c, in->out, &rows[i]);
    return ST_OK;
}

static enum status show_one(struct ctx *c, const struct called *in, int64_t id)
{
    return show(c, in, PARAMS(SHOP(c), USER(c), I64(id), NONE(), NONE(), NONE(), NONE(), NONE(), NONE()));
}

static enum status check_word(struct ctx *c, const char *option, const char *word, const char *const *words)
{
    if (word == NULL)
        return ST_OK;
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return ST_OK;
    return ctx_fail(c, ST_INVALID, option, word, "is one of %s, %s, %s%s%s", words[0], words[1], words[2],
                    words[3] == NULL ? "" : ", ", words[3] == NULL ? "" : words[3]);
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    static const char *const states[] = { "open", "taken", "done", NULL };
    static const char *const severities[] = { "contraindicated", "major", "moderate", "minor", NULL };
    const char *state = argument_text(in->in, "--state", NULL);
    const char *severity = argument_text(in->in, "--severity", NULL);

    TRY(check_word(c, "--state", state, states));
    TRY(check_word(c, "--severity", severity, severities));
    return show(c, in,
                PARAMS(SHOP(c), USER(c), NONE(), TEXT_OR_NULL(state), TEXT_OR_NULL(severity), NONE(),
                       BOOL(argument_given(in->in, "--mine")), I64(1000), NONE()));
}

static enum status run_take(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(work_take(c, id, argument_given(in->in, "--over")));
    return show_one(c, in, id);
}

static enum status run_done(struct ctx *c, const struct called *in)
{
    const char *outcome = argument_text(in->in, "--outcome", "");
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(work_done(c, id, outcome, argument_text(in->in, "--note", NULL)));
    return show_one(c, in, id);
}

static const struct subcommand subcommand_work_list = {
    .name = "list", .operand = "", .summary = "what waits", .run = run_list
};
static const struct subcommand subcommand_work_take = {
    .name = "take", .operand = "NUMBER", .summary = "take a piece", .changes = true, .run = run_take
};
static const struct subcommand subcommand_work_done = {
    .name = "done", .operand = "NUMBER", .summary = "end a piece", .changes = true, .run = run_done
};

static const struct subcommand *const subcommands[] = {
    &subcommand_work_list,
    &subcommand_work_take,
    &subcommand_work_done,
    NULL,
};

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_work.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "print what the API answers" },
    { "--state", "STATE", "list: open, taken or done [what is not done]" },
    { "--severity", "WORD", "list: contraindicated, major, moderate or minor" },
    { "--mine", NULL, "list: what --as has taken" },
    { "--over", NULL, "take: from somebody else, too" },
    { "--outcome", "CODE", "done: what was done; without a known one, the codes are named" },
    { "--note", "TEXT", "done: in words" },
    { NULL, NULL, NULL },
};

const struct command command_work = {
    .name = "work",
    .summary = "findings newly raised by a changed patient or rule book: list, take, done",
    .operands = "SUBCOMMAND [NUMBER]",
    .more = "  list          what waits, the gravest first\n"
            "  take NUMBER   it is yours to deal with\n"
            "  done NUMBER   you dealt with it: --outcome, --note\n",
    .options = options,
    .most_operands = 2,
    .run = run,
};
