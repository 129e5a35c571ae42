/* Events of the alert budget. Those of stored screenings are made by one statement each, from the findings as they are stored. */
#include "core/alert.h"

#include "db/db.h"
#include "sql.h"

const char *alert_role(const struct ctx *c, enum moment moment)
{
    static const enum role prescribing[] = { ROLE_PRACTITIONER, ROLE_PHARMACIST, ROLE_CURATOR, ROLE_STAFF,
                                             ROLE_ADMIN };
    static const enum role dispensing[] = { ROLE_PHARMACIST, ROLE_STAFF, ROLE_PRACTITIONER, ROLE_CURATOR,
                                            ROLE_ADMIN };
    const bool at_counter = moment == MOMENT_RELEASE || moment == MOMENT_HANDOVER || moment == MOMENT_REFILL;
    const enum role *order = at_counter ? dispensing : prescribing;

    for (size_t i = 0; i < sizeof prescribing / sizeof *prescribing; i++)
        if ((c->who.roles & order[i]) != 0)
            return role_word(order[i]);
    return "system";
}

/* How c->who comes: said by the API; a person without a way comes by a command, nobody is the service itself. */
static const char *source_of(const struct ctx *c)
{
    if (c->who.source != NULL)
        return c->who.source;
    return c->who.user_id == 0 ? "service" : "command";
}

static const char *text_or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

struct lists {
    const char **rule, **origin, **kind, **severity, **about, **role, **moment, **what, **occasion, **reason,
        **note, **source;
    int64_t *version, *prescription, *order;
};

static void lists_make(struct ctx *c, size_t n, struct lists *l)
{
    const char ***texts[] = { &l->rule,   &l->origin, &l->kind,     &l->severity, &l->about, &l->role,
                              &l->moment, &l->what,   &l->occasion, &l->reason,   &l->note,  &l->source };
    int64_t **numbers[] = { &l->version, &l->prescription, &l->order };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_array(&c->arena, n, sizeof **texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = arena_array(&c->arena, n, sizeof **numbers[i]);
}

static void put(const struct ctx *c, struct lists *l, size_t i, const struct alert_event *e)
{
    static const char *const whats[] = { "shown", "heeded", "overridden" };

    l->rule[i] = e->rule_id;
    l->version[i] = e->rule_version;
    l->origin[i] = e->own ? "shop" : "reference";
    l->kind[i] = e->kind;
    l->severity[i] = severity_word(e->severity);
    l->about[i] = e->about;
    l->role[i] = e->role == NULL ? alert_role(c, e->moment) : e->role;
    l->moment[i] = moment_word(e->moment);
    l->what[i] = whats[e->what];
    l->occasion[i] = e->occasion;
    l->reason[i] = text_or_empty(e->reason);
    l->note[i] = text_or_empty(e->note);
    l->source[i] = e->source == NULL ? source_of(c) : e->source;
    l->prescription[i] = e->prescription_id;
    l->order[i] = e->order_id;
}

static enum status lists_send(struct ctx *c, const struct lists *l, size_t count, size_t *added)
{
    const struct param params[] = {
        SHOP(c),
        TEXTS(l->rule, count),
        I64S(l->version, count),
        TEXTS(l->origin, count),
        TEXTS(l->kind, count),
        TEXTS(l->severity, count),
        TEXTS(l->about, count),
        TEXTS(l->role, count),
        TEXTS(l->moment, count),
        TEXTS(l->what, count),
        TEXTS(l->occasion, count),
        TEXTS(l->reason, count),
        TEXTS(l->note, count),
        TEXTS(l->source, count),
        I64S(l->prescription, count),
        I64S(l->order, count),
        USER(c),
    };

    if (added == NULL) /* nobody waits for it */
        return db_later(c, &q_alert_events_add, params, sizeof params / sizeof *params);
    return db_change(c, &q_alert_events_add, params, sizeof params / sizeof *params, added);
}

enum status alert_record(struct ctx *c, const struct alert_event *events, size_t count, size_t *added)
{
    struct lists l;

    if (added != NULL)
        *added = 0;
    if (count == 0)
        return ST_OK;
    lists_make(c, count, &l);
    for (size_t i = 0; i < count; i++)
        put(c, &l, i, &events[i]);
    return lists_send(c, &l, count, added);
}

enum status alert_screened(struct ctx *c, int64_t screening_id)
{
    return db_run(
        c, &q_alert_screened,
        PARAMS(SHOP(c), I64(screening_id), TEXT(alert_role(c, MOMENT_SIGN)), TEXT(source_of(c)), USER(c)));
}

enum status alert_answered(struct ctx *c, int64_t screening_id)
{
    return db_run(
        c, &q_alert_answered,
        PARAMS(SHOP(c), I64(screening_id), TEXT(alert_role(c, MOMENT_SIGN)), TEXT(source_of(c)), USER(c)));
}

enum status alert_passed(struct ctx *c, int64_t screening_id, enum moment moment, int64_t order_id)
{
    return db_run(c, &q_alert_passed,
                  PARAMS(SHOP(c), I64(screening_id), TEXT(alert_role(c, moment)), TEXT(source_of(c)), USER(c),
                         TEXT(moment_word(moment)), I64(order_id)));
}
