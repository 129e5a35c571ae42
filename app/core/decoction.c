/* Machines and runs. What must hold of a run (its minutes, its water, one machine for one order) the database holds too. */
#include "core/decoction.h"

#include "core/audit.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct facts {
    int64_t herbs_mg, soak_minutes, water_ml_per_100g, first_boil_minutes, second_boil_minutes;
    int64_t machine_id, capacity_ml, busy_with;
    const char *scheme_id;
    bool decocts, done;
};

struct running {
    int64_t run_no, water_ml, minutes_left;
};

struct id_row {
    int64_t id;
};

static const struct column fact_columns[] = {
    COLUMN(struct facts, herbs_mg),
    COLUMN(struct facts, soak_minutes),
    COLUMN(struct facts, water_ml_per_100g),
    COLUMN(struct facts, first_boil_minutes),
    COLUMN(struct facts, second_boil_minutes),
    COLUMN(struct facts, machine_id),
    COLUMN(struct facts, capacity_ml),
    COLUMN(struct facts, busy_with),
    COLUMN(struct facts, scheme_id),
    COLUMN(struct facts, decocts),
    COLUMN(struct facts, done),
    COLUMNS_END,
};
static const struct column running_columns[] = {
    COLUMN(struct running, run_no),
    COLUMN(struct running, water_ml),
    COLUMN(struct running, minutes_left),
    COLUMNS_END,
};
static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

struct beginning {
    int64_t id;
    struct decoction_wish wish;
};

static enum status refuse_facts(struct ctx *c, const struct beginning *want, const struct facts *facts)
{
    if (!facts->decocts)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id), "is not decocted by the shop");
    if (facts->done)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id), "is decocted already");
    if (*facts->scheme_id == '\0')
        return ctx_fail(c, ST_INVALID, "scheme", want->wish.scheme,
                        "is no decoction scheme: GET /api/v1/decoction-schemes");
    if (facts->machine_id == 0)
        return ctx_fail(c, ST_INVALID, "machine", want->wish.machine, "is no machine in use in this shop");
    if (facts->busy_with != 0)
        return ctx_fail(c, ST_CONFLICT, "machine", want->wish.machine, "is busy with order %lld",
                        (long long)facts->busy_with);
    return ST_OK;
}

static int64_t given_or(int64_t given, int64_t preset)
{
    return given < 0 ? preset : given;
}

static enum status begin(struct ctx *c, void *arg)
{
    static const char *const from[] = { "weighed", NULL };
    const struct beginning *want = arg;
    const struct decoction_wish *wish = &want->wish;
    struct locked_order order;
    struct facts facts;
    int64_t water;
    bool found;

    TRY(order_lock(c, want->id, from, "decocted", &order));
    TRY(db_row(c, &q_decoction_facts, PARAMS(SHOP(c), I64(want->id), TEXT(wish->scheme), TEXT(wish->machine)),
               fact_columns, &facts, &found));
    TRY(refuse_facts(c, want, &facts));
    water = given_or(wish->water_ml, scale_i64(facts.herbs_mg, facts.water_ml_per_100g, 1000000) * 10);
    if (water > facts.capacity_ml)
        return ctx_fail(c, ST_CONFLICT, "water_ml", number(c, water), "does not go into the %lld ml of %s",
                        (long long)facts.capacity_ml, wish->machine);
    TRY(db_run(c, &q_decoction_begin,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(wish->scheme), I64(facts.machine_id),
                      I64(facts.herbs_mg), I64(given_or(wish->soak_minutes, facts.soak_minutes)), I64(water),
                      I64(given_or(wish->first_boil_minutes, facts.first_boil_minutes)),
                      I64(given_or(wish->second_boil_minutes, facts.second_boil_minutes)),
                      I64(wish->minutes_ago))));
    return audit_note(c, "decoction_begun", order_subject(c, want->id), wish->machine);
}

enum status decoction_begin(struct ctx *c, int64_t order_id, const struct decoction_wish *wish)
{
    struct beginning want = { order_id, *wish };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "decoct an order"));
    return db_tx(c, begin, &want);
}

struct ending {
    int64_t id, bags, bag_ml; /* bags 0: it failed */
    const char *note;
};

static enum status refuse_end(struct ctx *c, const struct ending *want, const struct running *running)
{
    if (want->bags == 0)
        return ST_OK;
    if (running->minutes_left > 0)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id),
                        "is not done: soaking and boiling take %lld more minutes",
                        (long long)running->minutes_left);
    if (want->bags * want->bag_ml > running->water_ml)
        return ctx_fail(c, ST_CONFLICT, "bags", number(c, want->bags),
                        "of %lld ml are more than the %lld ml of water that went in", (long long)want->bag_ml,
                        (long long)running->water_ml);
    return ST_OK;
}

/* A pot boils on while its order is held: its end is written all the same. */
static enum status end(struct ctx *c, void *arg)
{
    static const char *const from[] = { "weighed", NULL };
    const struct ending *want = arg;
    struct locked_order order;
    struct running running;
    bool found;

    TRY(order_lock_stopped(c, want->id, from, "decocted", &order));
    TRY(db_row(c, &q_decoction_running, PARAMS(SHOP(c), I64(want->id)), running_columns, &running, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id), "has no decoction that goes on");
    TRY(refuse_end(c, want, &running));
    TRY(db_run(c, &q_decoction_end,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->bags == 0 ? "failed" : "done"),
                      I64_OR_NULL(want->bags), I64_OR_NULL(want->bag_ml), TEXT_OR_NULL(want->note))));
    return audit_note(c, want->bags == 0 ? "decoction_failed" : "order_decocted", order_subject(c, want->id),
                      want->note);
}

enum status decoction_end(struct ctx *c, int64_t order_id, int64_t bags, int64_t bag_ml, const char *note)
{
    struct ending want = { order_id, bags, bag_ml, note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "decoct an order"));
    if (bags < 1 || bags > 2000)
        return ctx_fail(c, ST_INVALID, "bags", number(c, bags), "are 1 to 2000");
    if (bag_ml < 10 || bag_ml > 2000)
        return ctx_fail(c, ST_INVALID, "bag_ml", number(c, bag_ml), "is 10 to 2000");
    return db_tx(c, end, &want);
}

enum status decoction_fail(struct ctx *c, int64_t order_id, const char *note)
{
    struct ending want = { order_id, 0, 0, note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "decoct an order"));
    if (note == NULL || *note == '\0')
        return ctx_fail(c, ST_INVALID, "note", NULL, "must say why the decoction failed");
    return db_tx(c, end, &want);
}

struct adding {
    const char *code, *name;
    int64_t capacity_ml, id;
};

static enum status add(struct ctx *c, void *arg)
{
    struct adding *want = arg;
    struct id_row made;
    bool found;

    TRY(db_row(c, &q_decoction_machine_add,
               PARAMS(SHOP(c), TEXT(want->code), TEXT(want->name), I64(want->capacity_ml), USER(c)),
               id_columns, &made, &found));
    want->id = made.id;
    return audit_note(c, "decoction_machine_added", want->code, want->name);
}

enum status decoction_machine_add(struct ctx *c, const char *code, const char *name, int64_t capacity_ml,
                                  int64_t *id)
{
    struct adding want = { code, name, capacity_ml, 0 };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_ADMIN, "add a machine"));
    TRY(db_tx(c, add, &want));
    *id = want.id;
    return ST_OK;
}

static enum status retire(struct ctx *c, void *arg)
{
    const int64_t id = *(const int64_t *)arg;
    size_t changed;

    TRY(db_change(c, &q_decoction_machine_retire, PARAMS(SHOP(c), I64(id)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "machine", number(c, id),
                        "is no machine in use in this shop, or is busy");
    return audit_note(c, "decoction_machine_retired", number(c, id), NULL);
}

enum status decoction_machine_retire(struct ctx *c, int64_t id)
{
    TRY(person_require(c, ROLE_PHARMACIST | ROLE_ADMIN, "take a machine out of use"));
    return db_tx(c, retire, &id);
}
