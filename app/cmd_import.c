/* `yaofang import`: a table from a file, checked to its end and applied whole; undone; and what came in so far. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/import_copy.h"
#include "base/secret.h"
#include "base/text.h"
#include "commands.h"
#include "core/knowledge_db.h"
#include "core/person.h"
#include "database.h"

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

static void close_file(void *file)
{
    (void)fclose(file);
}

static void print_kinds(void)
{
    for (size_t i = 0; import_kinds[i] != NULL; i++) {
        const struct import_kind *kind = import_kinds[i];

        printf("%-12s %s\n", kind->name, kind->summary);
        printf("%-12s   to fill in: yaofang report %s --output FILE\n", "", kind->workbook);
        for (const struct import_parameter *p = kind->parameters; p != NULL && p->name != NULL; p++)
            printf("%-12s   %s%s: %s\n", "", p->name, p->must ? "" : " (may be left out)", p->meaning);
        for (const struct import_part *part = kind->parts; part->name != NULL; part++) {
            printf("%-12s   %s:", "", part->sheet == NULL ? "columns" : part->sheet);
            for (const struct table_column *column = part->columns; column->name != NULL; column++)
                if (column->kind != TABLE_IGNORED)
                    printf(" %s%s", column->name, column->need == TABLE_FILLED ? "*" : "");
            printf("\n");
        }
    }
}

static void print_import(struct ctx *c, const struct import *import)
{
    printf("import %lld: %s, %s, %s, %lld rows, made %.16s UTC by %s%s%s\n", (long long)import->id,
           import->kind, import->file_name, import->state, (long long)import->rows_total,
           instant_text(&c->arena, import->made_at),
           *import->made_by == '\0' ? "the system" : import->made_by,
           import->faults > 0 ? arena_printf(&c->arena, ", %lld faults", (long long)import->faults) : "",
           strcmp(import->state, "ready") == 0 ? ": nothing is wrong, nothing was changed" : "");
}

static enum status print_list(struct ctx *c)
{
    struct import *list;
    size_t count;

    TRY(import_list(c, &list, &count));
    for (size_t i = 0; i < count; i++)
        print_import(c, &list[i]);
    return ST_OK;
}

/* On a terminal, and only there. */
static void show_progress(void *arg, int64_t rows)
{
    (void)arg;
    fprintf(stderr, "\r%lld rows", (long long)rows);
}

static enum status read_settings(struct ctx *c, const struct arguments *in, struct import_request *request)
{
    const char *const *typed = argument_list(c, in, "--set", &request->setting_count);
    struct import_setting *given = arena_array(&c->arena, request->setting_count, sizeof *given);

    for (size_t i = 0; i < request->setting_count; i++) {
        const char *equals = strchr(typed[i], '=');

        if (equals == NULL)
            return ctx_fail(c, ST_INVALID, "--set", typed[i], "is written as name=value");
        given[i] = (struct import_setting){ arena_text_n(&c->arena, typed[i], (size_t)(equals - typed[i])),
                                            equals + 1 };
    }
    request->settings = given;
    return ST_OK;
}

/* What is wrong is written to the file asked for, and then said. */
static enum status write_copy(struct ctx *c, const struct import *import, const char *path)
{
    const size_t size = strlen(path);
    const char *format = size > 4 && strcmp(path + size - 4, ".csv") == 0 ? "csv" : "xlsx";
    const struct fault fault = c->fault;
    enum status status;

    ctx_forgive(c);
    status = import_copy_write(c, import, format, path);
    for (size_t i = 0; i < fault.count; i++)
        ctx_note(c, fault.status, fault.items[i].field, fault.items[i].value, "%s", fault.items[i].rule);
    return status;
}

static enum status stage(struct ctx *c, const struct arguments *in, struct import_request *request,
                         struct import *import)
{
    const char *copy = argument_text(in, "--faults", NULL);
    enum status status = import_stage(c, request, import);

    if (request->progress != NULL)
        fprintf(stderr, "\r\033[K");
    if (status != ST_OK && import->id != 0 && copy != NULL)
        TRY(write_copy(c, import, copy));
    if (status != ST_OK && import->id != 0)
        ctx_note(c, status, NULL, NULL, "nothing was changed: import %lld is refused with %lld faults%s%s",
                 (long long)import->id, (long long)import->faults,
                 copy == NULL ? "" : "; the file with them marked is ", copy == NULL ? "" : copy);
    return status;
}

static enum status import_file(struct ctx *c, const struct arguments *in)
{
    const char *path = in->operands[1], *slash = strrchr(path, '/');
    struct import_request request = { .file_name = slash == NULL ? path : slash + 1 };
    struct knowledge *knowledge;
    struct import import;

    TRY(import_kind_find(c, in->operands[0], &request.kind));
    request.file = fopen(path, "rbe");
    if (request.file == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "FILE", path, "cannot be opened: %s", strerror(errno));
    arena_defer(&c->arena, close_file, request.file);
    request.key = argument_text(in, "--key", secret_uuid(&c->arena));
    request.progress = isatty(STDERR_FILENO) ? show_progress : NULL;
    TRY(read_settings(c, in, &request));
    TRY(knowledge_from_database(c, &knowledge));
    arena_defer(&c->arena, close_knowledge, knowledge);
    request.knowledge = knowledge;
    TRY(stage(c, in, &request, &import));
    if (!argument_given(in, "--dry-run") && strcmp(import.state, "ready") == 0)
        TRY(import_apply(c, import.id, &import));
    print_import(c, &import);
    return ST_OK;
}

static enum status act(struct ctx *c, const struct arguments *in)
{
    struct import import;
    int64_t id = 0;

    if (argument_given(in, "--undo")) {
        TRY(argument_number(c, in, "--undo", 1, INT64_MAX, &id));
        TRY(import_undo(c, id, &import));
    } else if (argument_given(in, "--apply")) {
        TRY(argument_number(c, in, "--apply", 1, INT64_MAX, &id));
        TRY(import_apply(c, id, &import));
    } else if (in->operand_count == 2) {
        return import_file(c, in);
    } else {
        return ctx_fail(c, ST_INVALID, "KIND FILE", in->operand_count == 0 ? NULL : in->operands[0],
                        "must be given; `yaofang import --kinds` shows the kinds");
    }
    print_import(c, &import);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *as = argument_text(in, "--as", NULL), *shop = argument_text(in, "--shop", NULL);

    if (argument_given(in, "--kinds")) {
        print_kinds();
        return ST_OK;
    }
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    if (argument_given(in, "--list")) {
        TRY(as != NULL ? person_act_as(c, as, shop) : person_act_in(c, shop));
        return print_list(c);
    }
    if (as == NULL)
        return ctx_fail(c, ST_INVALID, "--as", NULL, "is needed: the username of the person who acts");
    TRY(person_act_as(c, as, shop));
    return act(c, in);
}

static const struct option options[] = {
    { "--dry-run", NULL, "only check; nothing is changed" },
    { "--faults", "FILE",
      "when refused, write the file with what is wrong marked (.xlsx), or a list (.csv)" },
    { "--set", "NAME=VALUE", "what the kind wants to know beside the file" },
    { "--apply", "ID", "apply what a dry run found right" },
    { "--undo", "ID", "take an applied import back, all of it" },
    { "--as", "USERNAME", "who acts" },
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--key", "TEXT", "the same key does it once; gives the same answer" },
    { "--kinds", NULL, "the kinds of import, with their columns" },
    { "--list", NULL, "what came in so far" },
    { NULL, NULL, NULL },
};

const struct command command_import = {
    .name = "import",
    .summary = "take in a table: patients, items, prices, deliveries, counts, rules",
    .operands = "KIND FILE",
    .options = options,
    .most_operands = 2,
    .run = run,
};
