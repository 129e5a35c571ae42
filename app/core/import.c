/* The way of an import: claimed by its key, read and checked (import_read.c), then applied or refused, and taken back on demand. */
#include "core/import.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "core/audit.h"
#include "core/import_parts.h"
#include "core/person.h"
#include "sql.h"

static const struct column import_columns[] = {
    COLUMN(struct import, id),         COLUMN(struct import, kind),      COLUMN(struct import, file_name),
    COLUMN(struct import, state),      COLUMN(struct import, settings),  COLUMN(struct import, rows_total),
    COLUMN(struct import, rows_done),  COLUMN(struct import, faults),    COLUMN(struct import, made_by),
    COLUMN(struct import, applied_by), COLUMN(struct import, undone_by), COLUMN(struct import, made_at),
    COLUMN(struct import, applied_at), COLUMN(struct import, undone_at), COLUMNS_END,
};

static const char *number(struct ctx *c, int64_t value)
{
    return arena_printf(&c->arena, "%lld", (long long)value);
}

enum status import_kind_find(struct ctx *c, const char *name, const struct import_kind **kind)
{
    struct text names;

    text_init(&names, &c->arena);
    for (size_t i = 0; import_kinds[i] != NULL; i++) {
        *kind = import_kinds[i];
        if (strcmp((*kind)->name, name) == 0)
            return ST_OK;
        text_addf(&names, "%s%s", i == 0 ? "" : ", ", (*kind)->name);
    }
    return ctx_fail(c, ST_NOT_FOUND, "kind", name, "is no kind of import; there are %s", names.data);
}

/* What is said beside the file: only what the kind knows, and all that it must have. */
static enum status check_settings(struct ctx *c, const struct import_request *in)
{
    const struct import_parameter *parameter = in->kind->parameters;
    bool known;

    for (size_t i = 0; i < in->setting_count; i++) {
        known = false;
        for (parameter = in->kind->parameters; parameter != NULL && parameter->name != NULL; parameter++)
            known = known || strcmp(parameter->name, in->settings[i].name) == 0;
        if (!known)
            ctx_note(c, ST_INVALID, in->settings[i].name, in->settings[i].value,
                     "is not asked for by a %s import", in->kind->name);
    }
    for (parameter = in->kind->parameters; parameter != NULL && parameter->name != NULL; parameter++) {
        known = !parameter->must;
        for (size_t i = 0; i < in->setting_count; i++)
            known = known || strcmp(parameter->name, in->settings[i].name) == 0;
        if (!known)
            ctx_note(c, ST_INVALID, parameter->name, NULL, "must be given: %s", parameter->meaning);
    }
    return ctx_fault_or_ok(c);
}

struct staging {
    const struct import_request *in;
    const char *checksum;
    const char **names, **values; /* of the settings */
    int64_t id, rows, unkept;
};

struct same {
    int64_t id;
    struct instant applied_at;
    const char *applied_by;
};

static const struct column id_columns[] = { COLUMN(struct import_place, id), COLUMNS_END };

static const struct column place_columns[] = { COLUMN(struct import_place, id),
                                               COLUMN(struct import_place, state),
                                               COLUMN(struct import_place, same),
                                               COLUMN(struct import_place, idle), COLUMNS_END };

/* The key was used before: the same request goes on where it was (`again`), or starts over when its reader was lost. */
static enum status find_claimed(struct ctx *c, struct staging *s, bool *again)
{
    const size_t n = s->in->setting_count;
    struct import_place place;
    size_t taken = 0;
    bool found;

    TRY(db_row(c, &q_import_by_key,
               PARAMS(SHOP(c), TEXT(s->in->key), TEXT(s->in->kind->name), TEXT(s->checksum),
                      TEXTS(s->names, n), TEXTS(s->values, n), USER(c)),
               place_columns, &place, &found));
    if (!found || !place.same)
        return ctx_fail(c, ST_KEY_REUSED, "Idempotency-Key", s->in->key,
                        "was used for something else; make a new key for each change");
    s->id = place.id;
    *again = strcmp(place.state, "checking") != 0;
    if (*again)
        return ST_OK;
    if (place.idle)
        TRY(db_change(c, &q_import_take_over, PARAMS(SHOP(c), I64(place.id)), &taken));
    if (taken == 0)
        return ctx_fail(c, ST_BUSY, "Idempotency-Key", s->in->key,
                        "is being read at this moment, as import %lld", (long long)place.id);
    return db_run(c, &q_import_forget, PARAMS(SHOP(c), I64(place.id)));
}

static const struct column same_columns[] = { COLUMN(struct same, id), COLUMN(struct same, applied_at),
                                              COLUMN(struct same, applied_by), COLUMNS_END };

/* The same file again, under another key than the one that applied it: when that was, and who did it. */
static enum status refuse_same(struct ctx *c, const struct staging *s)
{
    const size_t n = s->in->setting_count;
    struct import_place place;
    struct same same;
    bool found;

    TRY(db_row(c, &q_import_same, PARAMS(SHOP(c), TEXT(s->in->kind->name), TEXT(s->checksum)), same_columns,
               &same, &found));
    if (!found)
        return ST_OK;
    TRY(db_row(c, &q_import_by_key,
               PARAMS(SHOP(c), TEXT(s->in->key), TEXT(s->in->kind->name), TEXT(s->checksum),
                      TEXTS(s->names, n), TEXTS(s->values, n), USER(c)),
               place_columns, &place, &found));
    if (found && place.id == same.id)
        return ST_OK;
    return ctx_fail(c, ST_CONFLICT, "file", s->in->file_name,
                    "was applied already, at %.16s UTC by %s, as import %lld: undo that first",
                    instant_text(&c->arena, same.applied_at), same.applied_by, (long long)same.id);
}

static enum status claim(struct ctx *c, struct staging *s, bool *again)
{
    const struct import_request *in = s->in;
    struct import_place place;
    struct secret_hash hash;
    bool found;

    *again = false;
    TRY(secret_digest(c, in->file, &hash));
    s->checksum = secret_hash_text(&c->arena, &hash);
    s->names = arena_array(&c->arena, in->setting_count, sizeof *s->names);
    s->values = arena_array(&c->arena, in->setting_count, sizeof *s->values);
    for (size_t i = 0; i < in->setting_count; i++) {
        s->names[i] = in->settings[i].name;
        s->values[i] = in->settings[i].value;
    }
    TRY(refuse_same(c, s));
    TRY(db_row(c, &q_import_claim,
               PARAMS(SHOP(c), TEXT(in->kind->name), TEXT(in->file_name), TEXT(s->checksum), TEXT(in->key),
                      TEXTS(s->names, in->setting_count), TEXTS(s->values, in->setting_count), USER(c)),
               id_columns, &place, &found));
    s->id = place.id;
    return found ? ST_OK : find_claimed(c, s, again);
}

/* In a transaction: what only the database can tell, and how the checking ended. */
static enum status settle(struct ctx *c, void *arg)
{
    const struct staging *s = arg;

    TRY(db_run(c, &q_import_plan, NO_PARAMS));
    if (s->in->kind->check != NULL)
        TRY(db_run(c, s->in->kind->check, PARAMS(SHOP(c), I64(s->id))));
    return db_run(c, &q_import_settle, PARAMS(SHOP(c), I64(s->id), I64(s->unkept), I64(s->rows)));
}

struct kept {
    const char *place, *value, *rule;
};

static const struct column kept_columns[] = { COLUMN(struct kept, place), COLUMN(struct kept, value),
                                              COLUMN(struct kept, rule), COLUMNS_END };

enum status import_note_faults(struct ctx *c, int64_t id)
{
    struct kept *faults;
    size_t count;

    TRY(db_all(c, &q_import_fault_list, PARAMS(SHOP(c), I64(id), I64(IMPORT_FAULTS_MOST)), kept_columns,
               sizeof *faults, &faults, &count));
    for (size_t i = 0; i < count; i++)
        ctx_note(c, ST_INVALID, faults[i].place, *faults[i].value == '\0' ? NULL : faults[i].value, "%s",
                 faults[i].rule);
    return ST_INVALID;
}

enum status import_stage(struct ctx *c, const struct import_request *in, struct import *out)
{
    struct staging s = { .in = in };
    bool again;

    *out = (struct import){ 0 };
    TRY(person_require(c, in->kind->roles, arena_printf(&c->arena, "import %s", in->kind->title)));
    TRY(check_settings(c, in));
    TRY(claim(c, &s, &again));
    if (!again) {
        TRY(import_read(c, in, s.id, &s.rows, &s.unkept));
        TRY(db_tx(c, settle, &s));
    }
    TRY(import_get(c, s.id, out));
    if (strcmp(out->state, "refused") == 0)
        return import_note_faults(c, s.id);
    return ST_OK;
}

struct step {
    int64_t id;
    const struct import_kind *kind;
};

/* The import's row, held to the end of the transaction, when it is in that state; what else it may be says why not. What was
   undone cannot be held, because it never changes again. */
static enum status hold(struct ctx *c, struct step *step, const char *state, const char *otherwise)
{
    struct import_place place;
    struct import import;
    bool found;

    TRY(db_row(c, &q_import_lock, PARAMS(SHOP(c), I64(step->id)), id_columns, &place, &found));
    TRY(import_get(c, step->id, &import));
    TRY(import_kind_find(c, import.kind, &step->kind));
    if (!found || strcmp(import.state, state) != 0)
        return ctx_fail(c, ST_CONFLICT, "import", number(c, step->id), "is %s: %s", import.state, otherwise);
    return ST_OK;
}

static enum status note(struct ctx *c, const struct import *import, const char *action)
{
    return audit_note(c, action, arena_printf(&c->arena, "import %lld", (long long)import->id),
                      arena_printf(&c->arena, "%s, %s, %lld rows", import->kind, import->file_name,
                                   (long long)import->rows_total));
}

static enum status apply(struct ctx *c, void *arg)
{
    struct step *step = arg;
    struct import import;

    TRY(hold(c, step, "ready", "only a checked import without faults is applied, and once"));
    TRY(import_get(c, step->id, &import));
    TRY(db_run(c, &q_import_plan, NO_PARAMS));
    TRY(step->kind->apply(c, &import));
    TRY(db_run(c, &q_import_applied, PARAMS(SHOP(c), I64(step->id), USER(c))));
    return note(c, &import, "import_applied");
}

static enum status undo(struct ctx *c, void *arg)
{
    struct step *step = arg;
    struct import import;

    TRY(hold(c, step, "applied", "only an applied import can be undone"));
    TRY(import_get(c, step->id, &import));
    TRY(db_run(c, &q_import_plan, NO_PARAMS));
    TRY(step->kind->undo(c, &import));
    TRY(db_run(c, &q_import_undone, PARAMS(SHOP(c), I64(step->id), USER(c))));
    return note(c, &import, "import_undone");
}

enum status import_apply(struct ctx *c, int64_t id, struct import *out)
{
    struct step step = { .id = id };

    TRY(db_tx(c, apply, &step));
    return import_get(c, id, out);
}

enum status import_undo(struct ctx *c, int64_t id, struct import *out)
{
    struct step step = { .id = id };

    TRY(db_tx(c, undo, &step));
    return import_get(c, id, out);
}

enum status import_get(struct ctx *c, int64_t id, struct import *out)
{
    const struct import_kind *kind;
    bool found;

    TRY(db_row(c, &q_import_show, PARAMS(SHOP(c), I64(id)), import_columns, out, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "import", number(c, id), "is no import of this shop");
    TRY(import_kind_find(c, out->kind, &kind));
    return person_require(c, kind->roles, arena_printf(&c->arena, "import %s", kind->title));
}

enum status import_list(struct ctx *c, struct import **list, size_t *count)
{
    return db_all(c, &q_import_show, PARAMS(SHOP(c), NONE()), import_columns, sizeof **list, list, count);
}

enum status import_do(struct ctx *c, const struct import *import, const struct query *query)
{
    return db_run(c, query, PARAMS(SHOP(c), I64(import->id)));
}

struct reason {
    int64_t line;
    const char *column_name, *value, *rule;
};

static const struct column reason_columns[] = { COLUMN(struct reason, line),
                                                COLUMN(struct reason, column_name),
                                                COLUMN(struct reason, value), COLUMN(struct reason, rule),
                                                COLUMNS_END };

enum status import_refuse_any(struct ctx *c, const struct import *import, const struct query *query)
{
    struct reason reason;
    bool found;

    TRY(db_row(c, query, PARAMS(SHOP(c), I64(import->id)), reason_columns, &reason, &found));
    if (!found)
        return ST_OK;
    return ctx_fail(c, ST_CONFLICT,
                    arena_printf(&c->arena, "line %lld, %s", (long long)reason.line, reason.column_name),
                    reason.value, "%s", reason.rule);
}
