/* `yaofang user`: the accounts of a shop, for whoever has the machine. Passwords come from standard input or are made here;
   they never stand on the command line, where other people's programs could read them. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "commands.h"
#include "core/account.h"
#include "core/person.h"
#include "database.h"

/* The first line of standard input with --stdin, else a password made here. */
static enum status password_get(struct ctx *c, const struct arguments *in, const char **password)
{
    char line[1024];

    if (!argument_given(in, "--stdin")) {
        *password = secret_password(&c->arena);
        return ST_OK;
    }
    if (fgets(line, sizeof line, stdin) == NULL)
        return ctx_fail(c, ST_INVALID, "password", NULL, "is expected on standard input");
    line[strcspn(line, "\r\n")] = '\0';
    if (!utf8_valid(line, strlen(line)))
        return ctx_fail(c, ST_INVALID, "password", NULL, "must be valid UTF-8");
    *password = arena_text(&c->arena, line);
    return ST_OK;
}

/* A password made here is shown once. */
static void password_show(const struct arguments *in, const char *text)
{
    if (!argument_given(in, "--stdin"))
        printf("password: %s\n", text);
}

/* The roles named, and how often one was. */
static unsigned roles_get(struct ctx *c, const struct arguments *in, size_t *n)
{
    const char *const *words = argument_list(c, in, "--role", n);

    return person_roles_typed(c, "--role", words, *n);
}

static enum status add(struct ctx *c, const struct arguments *in, const char *name)
{
    struct account account = {
        .username = name,
        .display_name = argument_text(in, "--name", name),
        .registration = argument_text(in, "--registration", NULL),
    };
    int64_t id;
    size_t n;

    account.roles = roles_get(c, in, &n);
    TRY(ctx_fault_or_ok(c));
    TRY(password_get(c, in, &account.password));
    TRY(account_create(c, &account, &id));
    password_show(in, account.password);
    return ST_OK;
}

static enum status change(struct ctx *c, const struct arguments *in, const char *name)
{
    struct account_change change = {
        .username = name,
        .display_name = argument_text(in, "--name", NULL),
        .registration = argument_text(in, "--registration", NULL),
    };
    int64_t id;
    size_t n;

    change.roles = roles_get(c, in, &n);
    change.roles_given = n > 0;
    TRY(ctx_fault_or_ok(c));
    return account_change(c, &change, &id);
}

static enum status list(struct ctx *c, const struct arguments *in, const char *name)
{
    struct account_row *rows;
    size_t n;

    (void)in;
    (void)name;
    TRY(account_list(c, &rows, &n));
    for (size_t i = 0; i < n; i++)
        printf("%-20s %-28s %-30s %s%d token%s%s\n", rows[i].username, rows[i].display_name, rows[i].roles,
               rows[i].has_password ? "password, " : "", rows[i].tokens, rows[i].tokens == 1 ? "" : "s",
               rows[i].disabled ? ", disabled" : "");
    return ST_OK;
}

static enum status token(struct ctx *c, const struct arguments *in, const char *name)
{
    const char *text = arena_printf(&c->arena, "yf_%s", secret_token(&c->arena));
    struct secret_key key;
    struct secret_hash hash;

    TRY(secret_key_load(c, in->config->state_dir, &key));
    hash = secret_hash(&key, text, strlen(text));
    TRY(account_add_token(c, name, argument_text(in, "--name", "command line"),
                          secret_hash_text(&c->arena, &hash)));
    printf("%s\n", text);
    return ST_OK;
}

static enum status password(struct ctx *c, const struct arguments *in, const char *name)
{
    const char *text;

    TRY(password_get(c, in, &text));
    TRY(account_set_password(c, name, text));
    password_show(in, text);
    return ST_OK;
}

static enum status disable(struct ctx *c, const struct arguments *in, const char *name)
{
    int64_t id;

    (void)in;
    return account_disable(c, name, &id);
}

static enum status enable(struct ctx *c, const struct arguments *in, const char *name)
{
    int64_t id;

    (void)in;
    return account_enable(c, name, &id);
}

static enum status end_tokens(struct ctx *c, const struct arguments *in, const char *name)
{
    int64_t id;

    (void)in;
    return account_end_tokens(c, name, 0, &id);
}

static const struct {
    const char *word;
    bool named; /* wants a NAME */
    enum status (*run)(struct ctx *c, const struct arguments *in, const char *name);
} actions[] = {
    { "add", true, add },         { "list", false, list },
    { "token", true, token },     { "password", true, password },
    { "disable", true, disable }, { "enable", true, enable },
    { "change", true, change },   { "end-tokens", true, end_tokens },
};

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *word = in->operand_count == 0 ? NULL : in->operands[0];

    for (size_t i = 0; word != NULL && i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].word, word) != 0)
            continue;
        if (in->operand_count != (actions[i].named ? 2 : 1))
            return ctx_fail(c, ST_INVALID, word, NULL, actions[i].named ? "needs one NAME" : "takes no NAME");
        TRY(database_open(c, in->config, DATABASE_SERVICE));
        TRY(account_choose_shop(c, argument_text(in, "--shop", NULL)));
        return actions[i].run(c, in, in->operand_count == 2 ? in->operands[1] : NULL);
    }
    return ctx_fail(c, ST_INVALID, "action", word,
                    "must be add, change, list, token, end-tokens, password, disable or enable");
}

static const struct option options[] = {
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--name", "TEXT", "of a person: the name as shown; of a token: what it is for" },
    { "--role", "ROLE",
      "practitioner, pharmacist, staff, curator or admin; may be given several times: all she holds" },
    { "--registration", "TEXT", "licence number of a person; none takes it away" },
    { "--stdin", NULL, "read the password from standard input instead of making one" },
    { NULL, NULL, NULL },
};

const struct command command_user = {
    .name = "user",
    .summary = "make and change accounts, make bearer tokens",
    .operands = "ACTION [NAME]",
    .more =
        "Actions: add NAME, change NAME, list, token NAME, end-tokens NAME, password NAME, disable NAME, "
        "enable NAME. A password or token is shown once. The last administrator who can sign in stays one.\n",
    .options = options,
    .most_operands = 2,
    .run = run,
};
