/* Switching the single-person mode. The check itself, and its delay, are in order_check.c and in the database. */
#include "core/single_person.h"

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

static enum status off(struct ctx *c, void *arg)
{
    size_t changed;

    (void)arg;
    TRY(db_change(c, &q_single_person_off, PARAMS(SHOP(c)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "single_person_mode", "off", "is off already");
    return audit_note(c, "single_person_off", "shop", NULL);
}

static enum status on(struct ctx *c, void *arg)
{
    const int64_t minutes = *(const int64_t *)arg;

    TRY(db_run(c, &q_single_person_off, PARAMS(SHOP(c))));
    TRY(db_run(c, &q_single_person_on, PARAMS(SHOP(c), USER(c), I64(minutes))));
    return audit_note(c, "single_person_on", "shop",
                      arena_printf(&c->arena, "after %lld minutes", (long long)minutes));
}

enum status single_person_on(struct ctx *c, int64_t minutes)
{
    TRY(person_require(c, ROLE_ADMIN, "switch the single-person mode"));
    if (minutes < SINGLE_PERSON_LEAST_MINUTES || minutes > SINGLE_PERSON_MOST_MINUTES)
        return ctx_fail(c, ST_INVALID, "delay_minutes", arena_printf(&c->arena, "%lld", (long long)minutes),
                        "are %d to %d", SINGLE_PERSON_LEAST_MINUTES, SINGLE_PERSON_MOST_MINUTES);
    return db_tx(c, on, &minutes);
}

enum status single_person_off(struct ctx *c)
{
    TRY(person_require(c, ROLE_ADMIN, "switch the single-person mode"));
    return db_tx(c, off, NULL);
}
