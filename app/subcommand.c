/* Running a subcommand: which one, who acts, and that a key acts once. For the machine's owner: --as says in whose name, and that
   person's roles decide, as they do over HTTP. */
#include "subcommand.h"

#include <stdio.h>
#include <string.h>

#include "core/knowledge_db.h"
#include "core/once.h"
#include "core/person.h"
#include "database.h"

/* How many of the operands are the subcommand's name, which may be two words; 0: they are not its name. */
static size_t words_of(const struct subcommand *subcommand, const struct arguments *in)
{
    const char *at = subcommand->name;
    size_t words = 0;

    while (*at != '\0') {
        const size_t length = strcspn(at, " ");

        if (words >= in->operand_count || strlen(in->operands[words]) != length ||
            strncmp(in->operands[words], at, length) != 0)
            return 0;
        words++;
        at += length + (at[length] == ' ');
    }
    return words;
}

static enum status subcommand_of(struct ctx *c, const struct arguments *in,
                                 const struct subcommand *const *table, const struct subcommand **out,
                                 size_t *words)
{
    struct text names;

    text_init(&names, &c->arena);
    for (size_t i = 0; table[i] != NULL; i++) {
        *out = table[i];
        *words = words_of(table[i], in);
        if (*words > 0)
            return ST_OK;
        text_addf(&names, "%s%s", i == 0 ? "" : ", ", table[i]->name);
    }
    return ctx_fail(c, ST_INVALID, "subcommand", in->operand_count == 0 ? "" : in->operands[0],
                    "is one of %s", names.data);
}

struct call {
    const struct subcommand *subcommand;
    struct called in;
    struct once once;
};

/* May run again after a lost race: what was written so far is dropped. */
static enum status act(struct ctx *c, void *arg)
{
    struct call *call = arg;

    text_cut(call->in.out, 0);
    TRY(call->subcommand->run(c, &call->in));
    call->once.answer.text = call->in.out->data;
    return ST_OK;
}

/* Everything typed but the key itself: the same key with other words is refused. */
static const char *said(struct ctx *c, const struct arguments *in)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < in->operand_count; i++)
        text_addf(&text, "%s\n", in->operands[i]);
    for (size_t i = 0; i < in->given_count; i++)
        if (strcmp(in->given[i].option->name, "--key") != 0)
            text_addf(&text, "%s=%s\n", in->given[i].option->name, in->given[i].value);
    return text.data;
}

static enum status act_once(struct ctx *c, const struct arguments *in, const char *command, struct call *call)
{
    call->once = (struct once){
        .field = "--key",
        .key = argument_text(in, "--key", NULL),
        .operation = arena_printf(&c->arena, "%s %s", command, call->subcommand->name),
        .said = said(c, in),
        .body = act,
        .arg = call,
    };
    return call->once.key == NULL || !call->subcommand->changes ? act(c, call) : once_run(c, &call->once);
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

enum status subcommand_run(struct ctx *c, const struct arguments *in, const char *command,
                           const struct subcommand *const *table)
{
    struct text out;
    struct knowledge *knowledge;
    size_t words;
    struct call call = { .in = { .in = in, .out = &out } };

    TRY(subcommand_of(c, in, table, &call.subcommand, &words));
    if (argument_text(in, "--as", NULL) == NULL)
        return ctx_fail(c, ST_INVALID, "--as", NULL, "is needed: the username of the person who acts");
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(person_act_as(c, argument_text(in, "--as", NULL), argument_text(in, "--shop", NULL)));
    TRY(knowledge_from_database(c, &knowledge));
    arena_defer(&c->arena, close_knowledge, knowledge);
    call.in.knowledge = knowledge;
    call.in.operands = in->operands + words;
    call.in.operand_count = in->operand_count - words;
    text_init(&out, &c->arena);
    TRY(act_once(c, in, command, &call));
    fputs(call.once.answer.text == NULL ? "" : call.once.answer.text, stdout);
    return ST_OK;
}
