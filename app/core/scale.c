/* Scales of the bench: entering and removing them, and reading a stable weight from one. */
#include "core/scale.h"

#include <string.h>

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "intake/scale_port.h"
#include "sql.h"

struct added {
    int64_t id;
};

struct found {
    int64_t id;
    const char *code, *uri, *protocol, *unit;
    bool asks;
    struct weight capacity, minimum, resolution;
};

struct kept {
    int64_t id;
    struct instant read_at;
};

static const struct column added_columns[] = { COLUMN(struct added, id), COLUMNS_END };
static const struct column found_columns[] = {
    COLUMN(struct found, id),         COLUMN(struct found, code),
    COLUMN(struct found, uri),        COLUMN(struct found, protocol),
    COLUMN(struct found, unit),       COLUMN(struct found, asks),
    COLUMN(struct found, capacity),   COLUMN(struct found, minimum),
    COLUMN(struct found, resolution), COLUMNS_END,
};
static const struct column kept_columns[] = {
    COLUMN(struct kept, id),
    COLUMN(struct kept, read_at),
    COLUMNS_END,
};

/* Everything that is wrong with a new scale, at once. */
static enum status check(struct ctx *c, const struct scale_new *scale)
{
    struct link_address address;

    if (link_address_read(c, "uri", scale->uri, LINK_SERIAL | LINK_TCP, &address) == ST_OK &&
        scale->capacity.mg < 1)
        ctx_note(c, ST_INVALID, "capacity_mg", NULL, "must be said: what the scale can weigh");
    if (scale_protocol_parse(scale->protocol) == SCALE_PROTOCOL_COUNT)
        ctx_note(c, ST_INVALID, "protocol", scale->protocol, "is mt-sics, and or ohaus");
    if (strcmp(scale->unit, "any") != 0 && scale_unit(scale->unit).num == 0)
        ctx_note(c, ST_INVALID, "unit", scale->unit, "is g, kg, mg, oz, lb, ozt, dwt, GN, ct or any");
    if (scale->resolution.mg < 1 || scale->resolution.mg > scale->capacity.mg)
        ctx_note(c, ST_INVALID, "resolution_mg", weight_text(&c->arena, scale->resolution),
                 "is 1 mg to the capacity: the step of the scale's display");
    if (scale->minimum.mg < 0 || scale->minimum.mg > scale->capacity.mg)
        ctx_note(c, ST_INVALID, "minimum_mg", weight_text(&c->arena, scale->minimum),
                 "is nothing to the capacity");
    return ctx_fault_or_ok(c);
}

enum status scale_add(struct ctx *c, const struct scale_new *scale, int64_t *id)
{
    struct added added;
    bool found;

    TRY(person_require(c, ROLE_ADMIN, "enter a scale"));
    TRY(check(c, scale));
    TRY(db_row(c, &q_scale_add,
               PARAMS(SHOP(c), TEXT(scale->code), TEXT(scale->name), TEXT(scale->uri), TEXT(scale->protocol),
                      TEXT(scale->unit), BOOL(scale->asks), WEIGHT(scale->capacity), WEIGHT(scale->minimum),
                      WEIGHT(scale->resolution), USER(c)),
               added_columns, &added, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "code", scale->code, "is the code of another scale");
    *id = added.id;
    return audit_note(c, "scale_added", arena_printf(&c->arena, "scale %s", scale->code), scale->uri);
}

static enum status unknown(struct ctx *c, const char *code)
{
    return ctx_fail(c, ST_NOT_FOUND, "scale", code, "is no scale of this shop");
}

enum status scale_remove(struct ctx *c, const char *code)
{
    size_t changed;

    TRY(person_require(c, ROLE_ADMIN, "remove a scale"));
    TRY(db_change(c, &q_scale_remove, PARAMS(SHOP(c), TEXT(code)), &changed));
    if (changed == 0)
        return unknown(c, code);
    return audit_note(c, "scale_removed", arena_printf(&c->arena, "scale %s", code), NULL);
}

static enum status look(struct ctx *c, const struct link_limits *limits, const char *code,
                        struct found *scale, struct scale_taken *taken)
{
    struct scale_port port = { .limits = *limits, .wait_ms = SCALE_PATIENCE_MS };
    struct scale_rule rule;
    bool found;

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "read a scale"));
    TRY(db_row(c, &q_scale_find, PARAMS(SHOP(c), TEXT(code)), found_columns, scale, &found));
    if (!found)
        return unknown(c, code);
    rule = (struct scale_rule){ .protocol = scale_protocol_parse(scale->protocol),
                                .unit = scale->unit,
                                .capacity = scale->capacity,
                                .minimum = scale->minimum,
                                .resolution = scale->resolution };
    port.asks = scale->asks;
    TRY(link_address_read(c, "scale", scale->uri, LINK_SERIAL | LINK_TCP, &port.address));
    *taken = (struct scale_taken){ .at = instant_now() };
    return scale_ask(c, &port, &rule, &taken->reading);
}

enum status scale_look(struct ctx *c, const struct link_limits *limits, const char *code,
                       struct scale_taken *taken)
{
    struct found scale;

    return look(c, limits, code, &scale, taken);
}

enum status scale_take(struct ctx *c, const struct link_limits *limits, const char *code,
                       struct scale_taken *taken)
{
    struct found scale;
    struct kept kept;
    bool found;

    TRY(look(c, limits, code, &scale, taken));
    TRY(db_row(c, &q_scale_reading_add,
               PARAMS(SHOP(c), I64(scale.id), WEIGHT(taken->reading.weight), BOOL(taken->reading.rounded),
                      TEXT(taken->reading.line), USER(c)),
               kept_columns, &kept, &found));
    taken->id = kept.id;
    taken->at = kept.read_at;
    return ST_OK;
}
