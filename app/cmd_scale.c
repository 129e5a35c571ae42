/* `yaofang scale`: the weighing scales of the bench, and what lies on one. */
#include "core/scale.h"
#include "listing.h"
#include "sql.h"

static enum status operand(struct ctx *c, const struct called *in, const char **code)
{
    *code = in->operand_count == 0 ? "" : in->operands[0];
    if (**code == '\0')
        return ctx_fail(c, ST_INVALID, "CODE", NULL, "must be given: `yaofang scale list` lists the scales");
    return ST_OK;
}

static enum status weight_option(struct ctx *c, const struct called *in, const char *name,
                                 struct weight *weight)
{
    const char *typed = argument_text(in->in, name, NULL);
    enum quantity_error error;

    if (typed == NULL)
        return ST_OK;
    error = weight_parse(typed, weight);
    return error == QUANTITY_OK ? ST_OK
                                : ctx_fail(c, ST_INVALID, name, typed, "%s", quantity_error_rule(error));
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct scale_new scale = { .resolution = { 10 } };
    int64_t id;

    TRY(operand(c, in, &scale.code));
    scale.name = argument_text(in->in, "--name", "");
    scale.uri = argument_text(in->in, "--uri", "");
    scale.protocol = argument_text(in->in, "--protocol", "mt-sics");
    scale.unit = argument_text(in->in, "--unit", "g");
    scale.asks = !argument_given(in->in, "--listen");
    TRY(weight_option(c, in, "--capacity", &scale.capacity));
    TRY(weight_option(c, in, "--minimum", &scale.minimum));
    TRY(weight_option(c, in, "--resolution", &scale.resolution));
    TRY(scale_add(c, &scale, &id));
    text_addf(in->out, "scale %s: %s at %s, to %s in steps of %s\n", scale.code, scale.protocol, scale.uri,
              weight_text(&c->arena, scale.capacity), weight_text(&c->arena, scale.resolution));
    return ST_OK;
}

static enum status run_remove(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(operand(c, in, &code));
    TRY(scale_remove(c, code));
    text_addf(in->out, "scale %s is not used any more\n", code);
    return ST_OK;
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Code", "code", 14, LIST_TEXT },
        { "Protocol", "protocol", 10, LIST_TEXT },
        { "Unit", "unit", 6, LIST_TEXT },
        { "To", "capacity_mg", 12, LIST_WEIGHT },
        { "Step", "resolution_mg", 8, LIST_WEIGHT },
        { "Where", "uri", 44, LIST_TEXT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_scale_list, PARAMS(SHOP(c), NONE()), columns);
}

static enum status run_read(struct ctx *c, const struct called *in)
{
    const struct link_limits limits = { in->in->config->devices, SCALE_PATIENCE_MS };
    struct scale_taken taken;
    const char *code;

    TRY(operand(c, in, &code));
    TRY(scale_look(c, &limits, code, &taken));
    text_addf(in->out, "%s%s  [%s]\n", weight_text(&c->arena, taken.reading.weight),
              taken.reading.rounded ? " (rounded to the milligram)" : "", taken.reading.line);
    return ST_OK;
}

static const struct subcommand add = { "add", "CODE", "enter a scale", true, run_add };
static const struct subcommand removal = { "remove", "CODE", "it is not used any more", true, run_remove };
static const struct subcommand list = { "list", "", "the scales", false, run_list };
static const struct subcommand reading = { "read", "CODE", "what lies on it", false, run_read };
static const struct subcommand *const subcommands[] = { &add, &removal, &list, &reading, NULL };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_scale.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "list as the API answers" },
    { "--uri", "ADDRESS", "serial:///dev/ttyUSB0?baud=9600&parity=even&bits=7, or tcp://host:port" },
    { "--protocol", "WORD", "mt-sics, and (A&D) or ohaus [mt-sics]" },
    { "--name", "TEXT", "what people call it" },
    { "--unit", "UNIT", "that it is meant to stand on: g, kg, mg, oz, …, any [g]" },
    { "--capacity", "WEIGHT", "the most it weighs" },
    { "--minimum", "WEIGHT", "the least it weighs well" },
    { "--resolution", "WEIGHT", "the step of its display [10 mg]" },
    { "--listen", NULL, "it sends by itself, or when its PRINT key is pressed: do not ask" },
    { NULL, NULL, NULL },
};

const struct command command_scale = {
    .name = "scale",
    .summary = "the weighing scales of the bench, and what lies on one",
    .operands = "SUBCOMMAND [CODE]",
    .more = "  list            the scales in use\n"
            "  add CODE        --uri, --protocol, --capacity, --resolution; by an administrator\n"
            "  remove CODE     it is not used any more\n"
            "  read CODE       waits for a stable weight\n",
    .options = options,
    .most_operands = 2,
    .run = run,
};
