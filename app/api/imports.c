/* Tables coming in over HTTP: a file is staged under its Idempotency-Key, then applied, undone, or given back with its faults. */
#include <stdio.h>
#include <string.h>

#include "api/handlers.h"
#include "api/import_copy.h"
#include "api/temporary.h"
#include "base/text.h"

enum { NAME_LONGEST = 200, SETTINGS_MOST = 12 };

static void write_import(struct json_writer *w, const struct import *import)
{
    json_i64(w, "id", import->id);
    json_text(w, "kind", import->kind);
    json_text(w, "file_name", import->file_name);
    json_text(w, "state", import->state);
    json_i64(w, "rows_total", import->rows_total);
    json_i64(w, "rows_done", import->rows_done);
    json_i64(w, "faults", import->faults);
    json_text(w, "made_by", import->made_by);
    json_instant(w, "made_at", import->made_at);
    if (import->applied_at.us != 0) {
        json_text(w, "applied_by", import->applied_by);
        json_instant(w, "applied_at", import->applied_at);
    }
    if (import->undone_at.us != 0) {
        json_text(w, "undone_by", import->undone_by);
        json_instant(w, "undone_at", import->undone_at);
    }
}

static enum status answer_import(struct ctx *c, struct reply *out, const struct import *import)
{
    struct json_writer *w = reply_json(c, out);

    json_open_object(w, NULL);
    write_import(w, import);
    json_close_object(w);
    return ST_OK;
}

static void write_columns(struct json_writer *w, const struct import_part *part)
{
    static const char *const kinds[] = {
        [TABLE_TEXT] = "text",   [TABLE_WORD] = "word",        [TABLE_INTEGER] = "integer",
        [TABLE_GRAMS] = "grams", [TABLE_MONEY] = "money",      [TABLE_DECIMAL] = "decimal",
        [TABLE_DATE] = "date",   [TABLE_YES_NO] = "yes or no", [TABLE_IGNORED] = "ignored"
    };

    json_open_object(w, NULL);
    json_text(w, "name", part->name);
    json_text(w, "sheet", part->sheet);
    json_open_list(w, "columns");
    for (const struct table_column *column = part->columns; column->name != NULL; column++) {
        json_open_object(w, NULL);
        json_text(w, "name", column->name);
        json_text(w, "captions", column->captions);
        json_text(w, "kind", kinds[column->kind]);
        json_bool(w, "required", column->need == TABLE_FILLED);
        json_text(w, "words", column->words);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}

static void write_kind(const struct ctx *c, struct json_writer *w, const struct import_kind *kind)
{
    json_open_object(w, NULL);
    json_text(w, "name", kind->name);
    json_text(w, "title", kind->title);
    json_text(w, "title_hanzi", kind->title_hanzi);
    json_text(w, "summary", kind->summary);
    json_text(w, "workbook", kind->workbook);
    json_bool(w, "allowed", (c->who.roles & kind->roles) != 0);
    json_open_list(w, "parameters");
    for (const struct import_parameter *p = kind->parameters; p != NULL && p->name != NULL; p++) {
        json_open_object(w, NULL);
        json_text(w, "name", p->name);
        json_bool(w, "required", p->must);
        json_text(w, "meaning", p->meaning);
        json_close_object(w);
    }
    json_close_list(w);
    json_open_list(w, "sheets");
    for (const struct import_part *part = kind->parts; part->name != NULL; part++)
        write_columns(w, part);
    json_close_list(w);
    json_close_object(w);
}

enum status get_import_kinds(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_writer *w;

    TRY(in_end(in));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "rows");
    for (size_t i = 0; import_kinds[i] != NULL; i++)
        write_kind(c, w, import_kinds[i]);
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

enum status get_imports(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_writer *w;
    struct import *list;
    size_t count;

    TRY(in_end(in));
    TRY(import_list(c, &list, &count));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "rows");
    for (size_t i = 0; i < count; i++) {
        json_open_object(w, NULL);
        write_import(w, &list[i]);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

/* What the kind wants to know beside the file comes as parameters of its names. */
static void read_settings(struct ctx *c, struct request *in, struct import_request *request)
{
    struct import_setting *given = arena_array(&c->arena, SETTINGS_MOST, sizeof *given);

    for (const struct import_parameter *p = request->kind->parameters;
         p != NULL && p->name != NULL && request->setting_count < SETTINGS_MOST; p++) {
        const char *value = in_query_text_or(in, p->name, NAME_LONGEST, NULL);

        if (value != NULL)
            given[request->setting_count++] = (struct import_setting){ p->name, value };
    }
    request->settings = given;
}

/* A refused file is kept with its faults: the last of them says where. */
static enum status say_where(struct ctx *c, enum status status, const struct import *import)
{
    if (import->id != 0)
        ctx_note(c, status, "import", arena_printf(&c->arena, "%lld", (long long)import->id),
                 "is refused with %lld faults: /api/v1/imports/%lld/faults?format=xlsx is the file with them "
                 "marked",
                 (long long)import->faults, (long long)import->id);
    return status;
}

enum status post_import(struct ctx *c, struct request *in, struct reply *out)
{
    struct import_request request = { .file = in->file, .key = in_header(in, "Idempotency-Key") };
    const bool dry_run = in_query_bool_or(in, "dry_run", false);
    struct import import;
    enum status status;

    request.file_name = in_query_text_or(in, "file_name", NAME_LONGEST, "upload");
    TRY(import_kind_find(c, in_path_text(in, "kind"), &request.kind));
    read_settings(c, in, &request);
    if (request.key == NULL || *request.key == '\0' || strlen(request.key) > NAME_LONGEST)
        ctx_note(c, ST_INVALID, "Idempotency-Key", request.key,
                 "must be 1 to %d characters, new for each change", NAME_LONGEST);
    if (in->file == NULL)
        ctx_note(c, ST_INVALID, "body", NULL, "must be the file");
    TRY(in_end(in));
    request.knowledge = api_knowledge(c, in);
    status = import_stage(c, &request, &import);
    if (status != ST_OK)
        return say_where(c, status, &import);
    if (!dry_run && strcmp(import.state, "ready") == 0)
        TRY(import_apply(c, import.id, &import));
    TRY(answer_import(c, out, &import));
    reply_created(c, out, "/api/v1/imports/%lld", (long long)import.id);
    return ST_OK;
}

enum status get_import(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct import import;

    TRY(in_end(in));
    TRY(import_get(c, id, &import));
    return answer_import(c, out, &import);
}

enum status post_import_apply(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct import import;

    TRY(in_end(in));
    TRY(import_apply(c, id, &import));
    return answer_import(c, out, &import);
}

enum status post_import_undo(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct import import;

    TRY(in_end(in));
    TRY(import_undo(c, id, &import));
    return answer_import(c, out, &import);
}

enum status get_import_faults(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const formats[] = { "xlsx", "csv", NULL };
    static const char *const types[] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                         "text/csv; charset=utf-8" };
    int64_t id = in_path_id(in, "id");
    int format = in_query_word_or(in, "format", formats, 0);
    struct import import;
    const char *path;
    const char *data;
    size_t size;

    TRY(in_end(in));
    TRY(import_get(c, id, &import));
    TRY(temporary_path(c, &path));
    TRY(import_copy_write(c, &import, formats[format], path));
    TRY(temporary_read(c, path, &data, &size));
    reply_bytes(c, out, types[format], data, size,
                arena_printf(&c->arena, "import-%lld-faults.%s", (long long)id, formats[format]));
    return ST_OK;
}
