/* A shop's places and suppliers. Its items are in furnish_item.c. */
#include "core/furnish.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/furnish_parts.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { CODE_LONGEST = 40, LEAD_DAYS_MOST = 730, SUPPLIES_LONGEST = 500 };

static const char *const place_kinds[] = { "drawer", "cabinet",    "shelf", "refrigerator",
                                           "bench",  "quarantine", NULL };

struct found {
    int64_t id;
    const char *code, *name, *kind, *name_hanzi, *phone, *email, *city, *supplies, *certificate_note;
    int64_t lead_time_days;
    bool restricted;
};

static const struct column id_columns[] = { COLUMN(struct found, id), COLUMNS_END };
static const struct column location_columns[] = {
    COLUMN(struct found, id),   COLUMN(struct found, code),       COLUMN(struct found, name),
    COLUMN(struct found, kind), COLUMN(struct found, restricted), COLUMNS_END,
};
static const struct column supplier_columns[] = {
    COLUMN(struct found, id),
    COLUMN(struct found, code),
    COLUMN(struct found, name),
    COLUMN(struct found, name_hanzi),
    COLUMN(struct found, phone),
    COLUMN(struct found, email),
    COLUMN(struct found, city),
    COLUMN(struct found, lead_time_days),
    COLUMN(struct found, supplies),
    COLUMN(struct found, certificate_note),
    COLUMNS_END,
};

enum status furnish_require(struct ctx *c)
{
    return person_require(c, ROLE_ADMIN | ROLE_STAFF, "say what the shop keeps, where and from whom");
}

void furnish_note_text(struct ctx *c, const char *field, const char *text, size_t longest, bool needed)
{
    if (text == NULL) {
        if (needed)
            ctx_note(c, ST_INVALID, field, NULL, "must be given");
    } else if (!utf8_valid(text, strlen(text))) {
        ctx_note(c, ST_INVALID, field, NULL, "is not valid UTF-8");
    } else if (utf8_length(text) > longest || *text_trim(&c->arena, text) == '\0') {
        ctx_note(c, ST_INVALID, field, text, "is 1 to %zu characters", longest);
    }
}

void furnish_note_code(struct ctx *c, const char *field, const char *text, size_t longest)
{
    furnish_note_text(c, field, text, longest, true);
    for (const char *at = text == NULL ? "" : text; *at != '\0'; at++)
        if ((unsigned char)*at <= ' ' || *at == '@') {
            ctx_note(c, ST_INVALID, field, text, "has no spaces and no @");
            return;
        }
}

void furnish_note_word(struct ctx *c, const char *field, const char *word, const char *const *words)
{
    struct text all;

    text_init(&all, &c->arena);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (word != NULL && strcmp(words[i], word) == 0)
            return;
        text_addf(&all, "%s%s", i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ", words[i]);
    }
    ctx_note(c, ST_INVALID, field, word, "is %s", all.data);
}

/* Runs a statement that gives the id of the one row it added or changed. */
static enum status write(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                         int64_t *id, bool *found)
{
    struct found made = { 0 };

    TRY(db_row(c, query, params, count, id_columns, &made, found));
    *id = made.id;
    return ST_OK;
}

static enum status missing(struct ctx *c, const char *field, int64_t id, const char *what)
{
    return ctx_fail(c, ST_NOT_FOUND, field, arena_printf(&c->arena, "%lld", (long long)id),
                    "is no %s of this shop", what);
}

struct change {
    const struct location *location;
    const struct supplier *supplier;
    int64_t id;
};

static enum status add_location(struct ctx *c, void *arg)
{
    struct change *want = arg;
    const struct location *l = want->location;
    bool found;

    TRY(write(c, &q_location_add,
              PARAMS(SHOP(c), TEXT(l->code), TEXT(text_trim(&c->arena, l->name)), TEXT(l->kind),
                     BOOL(l->restricted)),
              &want->id, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "code", l->code, "belongs to another place");
    return audit_note(c, "location_added", arena_printf(&c->arena, "location %s", l->code), l->kind);
}

enum status location_add(struct ctx *c, const struct location *location, int64_t *id)
{
    struct change want = { .location = location };

    TRY(furnish_require(c));
    furnish_note_code(c, "code", location->code, CODE_LONGEST);
    furnish_note_text(c, "name", location->name, FURNISH_NAME_LONGEST, true);
    furnish_note_word(c, "kind", location->kind, place_kinds);
    TRY(ctx_fault_or_ok(c));
    TRY(db_tx(c, add_location, &want));
    *id = want.id;
    return ST_OK;
}

static enum status change_location(struct ctx *c, void *arg)
{
    struct change *want = arg;
    const int64_t id = want->id;
    bool found;

    TRY(write(c, &q_location_change,
              PARAMS(SHOP(c), I64(id), TEXT(text_trim(&c->arena, want->location->name)),
                     BOOL(want->location->restricted)),
              &want->id, &found));
    if (!found)
        return missing(c, "location", id, "place for goods");
    return audit_note(c, "location_changed", arena_printf(&c->arena, "location %lld", (long long)id),
                      want->location->name);
}

enum status location_change(struct ctx *c, int64_t id, const struct location *location)
{
    struct change want = { .location = location, .id = id };

    TRY(furnish_require(c));
    furnish_note_text(c, "name", location->name, FURNISH_NAME_LONGEST, true);
    TRY(ctx_fault_or_ok(c));
    return db_tx(c, change_location, &want);
}

static enum status check_supplier(struct ctx *c, const struct supplier *s)
{
    furnish_note_text(c, "name", s->name, FURNISH_NAME_LONGEST, true);
    furnish_note_text(c, "name_hanzi", s->name_hanzi, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "phone", s->phone, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "email", s->email, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "city", s->city, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "supplies", s->supplies, SUPPLIES_LONGEST, false);
    furnish_note_text(c, "certificate_note", s->certificate_note, SUPPLIES_LONGEST, false);
    if (s->email != NULL && strchr(s->email, '@') == NULL)
        ctx_note(c, ST_INVALID, "email", s->email, "is an address such as orders@example.com");
    if (s->lead_time_days < -1 || s->lead_time_days > LEAD_DAYS_MOST)
        ctx_note(c, ST_INVALID, "lead_time_days",
                 arena_printf(&c->arena, "%lld", (long long)s->lead_time_days), "is 0 to %d", LEAD_DAYS_MOST);
    return ctx_fault_or_ok(c);
}

static struct param lead_time(const struct supplier *s)
{
    return s->lead_time_days < 0 ? NONE() : I64(s->lead_time_days);
}

static enum status add_supplier(struct ctx *c, void *arg)
{
    struct change *want = arg;
    const struct supplier *s = want->supplier;
    bool found;

    TRY(write(c, &q_supplier_add,
              PARAMS(SHOP(c), TEXT(s->code), TEXT(text_trim(&c->arena, s->name)), TEXT_OR_NULL(s->name_hanzi),
                     TEXT_OR_NULL(s->phone), TEXT_OR_NULL(s->email), TEXT_OR_NULL(s->city), lead_time(s),
                     TEXT_OR_NULL(s->supplies), TEXT_OR_NULL(s->certificate_note)),
              &want->id, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "code", s->code, "belongs to another supplier");
    return audit_note(c, "supplier_added", arena_printf(&c->arena, "supplier %s", s->code), s->name);
}

enum status supplier_add(struct ctx *c, const struct supplier *supplier, int64_t *id)
{
    struct change want = { .supplier = supplier };

    TRY(furnish_require(c));
    furnish_note_code(c, "code", supplier->code, CODE_LONGEST);
    TRY(check_supplier(c, supplier));
    TRY(db_tx(c, add_supplier, &want));
    *id = want.id;
    return ST_OK;
}

static enum status change_supplier(struct ctx *c, void *arg)
{
    struct change *want = arg;
    const struct supplier *s = want->supplier;
    const int64_t id = want->id;
    bool found;

    TRY(write(c, &q_supplier_change,
              PARAMS(SHOP(c), I64(id), TEXT(text_trim(&c->arena, s->name)), TEXT_OR_NULL(s->name_hanzi),
                     TEXT_OR_NULL(s->phone), TEXT_OR_NULL(s->email), TEXT_OR_NULL(s->city), lead_time(s),
                     TEXT_OR_NULL(s->supplies), TEXT_OR_NULL(s->certificate_note)),
              &want->id, &found));
    if (!found)
        return missing(c, "supplier", id, "supplier");
    return audit_note(c, "supplier_changed", arena_printf(&c->arena, "supplier %lld", (long long)id),
                      s->name);
}

enum status supplier_change(struct ctx *c, int64_t id, const struct supplier *supplier)
{
    struct change want = { .supplier = supplier, .id = id };

    TRY(furnish_require(c));
    TRY(check_supplier(c, supplier));
    return db_tx(c, change_supplier, &want);
}

static const char *text_or_null(const char *text)
{
    return *text == '\0' ? NULL : text;
}

enum status location_find(struct ctx *c, const char *code, int64_t *id, struct location *location)
{
    struct found row;
    bool found;

    TRY(db_row(c, &q_location_find, PARAMS(SHOP(c), TEXT(code)), location_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "location", code, "is no place of this shop");
    *id = row.id;
    *location = (struct location){ row.code, row.name, row.kind, row.restricted };
    return ST_OK;
}

enum status supplier_find(struct ctx *c, const char *code, int64_t *id, struct supplier *supplier)
{
    struct found row;
    bool found;

    TRY(db_row(c, &q_supplier_find, PARAMS(SHOP(c), TEXT(code)), supplier_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "supplier", code, "is no supplier of this shop");
    *id = row.id;
    *supplier = (struct supplier){
        .code = row.code,
        .name = row.name,
        .name_hanzi = text_or_null(row.name_hanzi),
        .phone = text_or_null(row.phone),
        .email = text_or_null(row.email),
        .city = text_or_null(row.city),
        .lead_time_days = row.lead_time_days,
        .supplies = text_or_null(row.supplies),
        .certificate_note = text_or_null(row.certificate_note),
    };
    return ST_OK;
}
