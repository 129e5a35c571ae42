/* `yaofang cds`: which other systems may ask this shop's screening over CDS Hooks, and with which key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "core/cds.h"
#include "db/db.h"
#include "http/jwt.h"
#include "sql.h"
#include "subcommand.h"

enum { KEY_FILE_MOST = 10000 };

/* As over HTTP: who may ask is the administrator's to say. */
static enum status admin_only(struct ctx *c)
{
    return (c->who.roles & ROLE_ADMIN) != 0 ? ST_OK
                                            : ctx_fail(c, ST_DENIED, "role", NULL, "must be one of admin");
}

static enum status needed(struct ctx *c, const struct called *in, const char *option, const char **value)
{
    *value = argument_text(in->in, option, NULL);
    return *value != NULL ? ST_OK : ctx_fail(c, ST_INVALID, option, NULL, "must be given");
}

static enum status key_file_read(struct ctx *c, const char *path, const char **text)
{
    char *data = arena_alloc(&c->arena, KEY_FILE_MOST + 1);
    FILE *file = fopen(path, "re");
    size_t size;

    if (file == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "--public-key", path, "cannot be read");
    size = fread(data, 1, KEY_FILE_MOST + 1, file);
    (void)fclose(file);
    if (size > KEY_FILE_MOST || !utf8_valid(data, size))
        return ctx_fail(c, ST_INVALID, "--public-key", path, "must be text of at most %d bytes",
                        KEY_FILE_MOST);
    data[size] = '\0';
    *text = data;
    return ST_OK;
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct cds_client client = { 0 };
    const char *path, *text = NULL;
    int64_t id;

    TRY(admin_only(c));
    TRY(needed(c, in, "--name", &client.name));
    TRY(needed(c, in, "--issuer", &client.issuer));
    TRY(needed(c, in, "--kid", &client.kid));
    TRY(needed(c, in, "--public-key", &path));
    client.role = argument_text(in->in, "--role", "practitioner");
    TRY(key_file_read(c, path, &text));
    TRY(jwt_key_read(c, "--public-key", text, client.kid, &client.algorithm, &client.public_key));
    TRY(cds_client_add(c, &client, &id));
    text_addf(in->out, "client %lld: %s may ask as %s, with tokens of %s signed %s by key %s\n",
              (long long)id, client.name, client.role, client.issuer, client.algorithm, client.kid);
    return ST_OK;
}

static enum status run_disable(struct ctx *c, const struct called *in)
{
    char *end = NULL;
    int64_t id = in->operand_count == 0 ? 0 : strtoll(in->operands[0], &end, 10);

    TRY(admin_only(c));
    if (id <= 0 || *end != '\0')
        return ctx_fail(c, ST_INVALID, "client", in->operand_count == 0 ? NULL : in->operands[0],
                        "must be a client's number; `yaofang cds clients` lists them");
    TRY(cds_client_disable(c, id));
    text_addf(in->out, "client %lld may not ask any more\n", (long long)id);
    return ST_OK;
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    const struct rows *rows;

    TRY(admin_only(c));
    TRY(db_rows(c, &q_cds_client_list, PARAMS(SHOP(c), NONE()), &rows));
    for (size_t i = 0; i < rows_count(rows); i++)
        text_addf(in->out, "%s  %s, as %s: issuer %s, key %s (%s)%s\n", rows_cell(rows, i, 0),
                  rows_cell(rows, i, 1), rows_cell(rows, i, 5), rows_cell(rows, i, 2), rows_cell(rows, i, 3),
                  rows_cell(rows, i, 4), rows_cell(rows, i, 8) == NULL ? "" : ", disabled");
    return ST_OK;
}

static const struct subcommand add = { "client add", "", "let a system ask", true, run_add };
static const struct subcommand disable = { "client disable", "CLIENT", "it may not ask any more", true,
                                           run_disable };
static const struct subcommand list = { "clients", "", "the systems that may ask", false, run_list };
static const struct subcommand *const subcommands[] = { &add, &disable, &list, NULL };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_cds.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the administrator who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--name", "TEXT", "what people call the other system" },
    { "--issuer", "URL", "iss of its tokens" },
    { "--kid", "TEXT", "kid of its signing key" },
    { "--public-key", "FILE", "PEM, JSON Web Key or a set of them: ES384 on P-384, or RS384" },
    { "--role", "ROLE", "as whom it is answered: practitioner, pharmacist or staff [practitioner]" },
    { NULL, NULL, NULL },
};

const struct command command_cds = {
    .name = "cds",
    .summary = "which other systems may ask over CDS Hooks",
    .operands = "SUBCOMMAND [WHAT]",
    .more = "  clients                 the systems that may ask, or once might\n"
            "  client add              --name, --issuer, --kid, --public-key, --role\n"
            "  client disable CLIENT   by its number\n",
    .options = options,
    .most_operands = 3,
    .run = run,
};
