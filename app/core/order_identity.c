/* Picking, and looking whether what was picked is the lot that the order means. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/bench.h"
#include "core/order_step.h"
#include "core/person.h"
#include "core/scan.h"
#include "db/db.h"
#include "sql.h"

enum { SCANS_MOST = 200, CODE_SHOWN = 300 };

struct picked {
    int64_t picker_id, mode_id;
    const char *picker, *identity_rule;
    struct instant second_look_from;
    bool second_look_due;
};

/* A lot the order means. */
struct meant {
    int64_t line_no, lot_id, location_id, item_id;
    const char *herb, *lot_code, *own_code, *location, *sku, *identified_by;
    bool taken; /* by an earlier scan of this request */
};

/* A lot that is not meant. */
struct named {
    int64_t id;
    const char *lot_code, *name;
};

static const struct column picked_columns[] = {
    COLUMN(struct picked, picker_id),
    COLUMN(struct picked, mode_id),
    COLUMN(struct picked, picker),
    COLUMN(struct picked, identity_rule),
    COLUMN(struct picked, second_look_from),
    COLUMN(struct picked, second_look_due),
    COLUMNS_END,
};
static const struct column meant_columns[] = {
    COLUMN(struct meant, line_no),
    COLUMN(struct meant, lot_id),
    COLUMN(struct meant, location_id),
    COLUMN(struct meant, item_id),
    COLUMN(struct meant, herb),
    COLUMN(struct meant, lot_code),
    COLUMN(struct meant, location),
    COLUMN(struct meant, sku),
    COLUMN(struct meant, identified_by),
    COLUMN(struct meant, own_code),
    COLUMNS_END,
};
static const struct column named_columns[] = {
    COLUMN(struct named, id),
    COLUMN(struct named, lot_code),
    COLUMN(struct named, name),
    COLUMNS_END,
};

static enum status pick(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    const int64_t *id = arg;
    struct locked_order order;
    struct picked picked;
    size_t written;
    bool found;

    TRY(order_lock(c, *id, from, "picked", &order));
    TRY(db_change(c, &q_order_pick_add, PARAMS(SHOP(c), I64(*id), USER(c)), &written));
    TRY(db_row(c, &q_order_pick_show, PARAMS(SHOP(c), I64(*id)), picked_columns, &picked, &found));
    if (written == 0)
        return ctx_fail(c, ST_CONFLICT, "picker", c->who.username, "cannot pick this order: %s has picked it",
                        found ? picked.picker : "somebody else");
    TRY(order_tell(c, *id, "picked", NULL));
    return audit_note(c, "order_picked", order_subject(c, *id), NULL);
}

enum status order_pick(struct ctx *c, int64_t id)
{
    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "pick an order"));
    return db_tx(c, pick, &id);
}

struct looking {
    int64_t id;
    const struct identity_scan *scans;
    size_t count;
    struct meant *meant;
    size_t meant_count;
    struct picked picked;
    bool alone; /* the picker looks herself, in the single-person mode */
};

/* Who may look: where the shop wants another person, the picker only in the recorded single-person mode, after its delay. */
static enum status refuse_picker(struct ctx *c, struct looking *job)
{
    const struct picked *p = &job->picked;

    job->alone = strcmp(p->identity_rule, "second_person") == 0 && p->picker_id == c->who.user_id;
    if (!job->alone)
        return ST_OK;
    if (p->mode_id == 0)
        return ctx_fail(c, ST_DENIED, "checked_by", c->who.username,
                        "picked this order: somebody other than %s must look whether the lots are right",
                        p->picker);
    if (!p->second_look_due)
        return ctx_fail(c, ST_DENIED, "checked_by", c->who.username,
                        "picked this order: the second look of a single-person shop comes from %s on",
                        instant_text(&c->arena, p->second_look_from));
    return ST_OK;
}

static bool means(const struct meant *m, const struct gs1 *code, const struct scan_item *item)
{
    if (code->lot == NULL || strcmp(code->lot, m->lot_code) != 0)
        return false;
    return item->id == 0 ? code->additional_id == NULL || strcmp(code->additional_id, m->sku) == 0
                         : item->id == m->item_id;
}

/* Whether a code is of that lot: its code as such, the shop's own on its label, or a GS1 label of it. */
static bool matches(const struct meant *m, const char *code, const struct scan *scan)
{
    if (strcmp(code, m->lot_code) == 0 || text_same(code, m->own_code))
        return true;
    for (size_t i = 0; i < scan->count; i++)
        if (means(m, &scan->readings[i].code, &scan->readings[i].item))
            return true;
    return false;
}

/* What it was that was scanned, as well as is known. */
static enum status scanned_name(struct ctx *c, const char *code, const struct scan *scan, const char **name)
{
    const struct scan_reading *r = scan->count > 0 ? scan->readings : NULL;
    const char *lot = r == NULL || r->code.lot == NULL ? code : r->code.lot;
    struct named named;
    bool found;

    TRY(db_row(c, &q_lot_named, PARAMS(SHOP(c), TEXT(lot), I64_OR_NULL(r == NULL ? 0 : r->item.id)),
               named_columns, &named, &found));
    *name = found ? arena_printf(&c->arena, "lot %s of %s", named.lot_code, named.name)
                  : arena_printf(&c->arena, "no lot of this shop (%s)", lot);
    return ST_OK;
}

/* The lots that are meant and were not looked at yet: for the line, or for all. */
static const char *meant_names(struct ctx *c, const struct looking *job, int64_t line_no)
{
    struct text out;

    text_init(&out, &c->arena);
    for (size_t i = 0; i < job->meant_count; i++) {
        const struct meant *m = &job->meant[i];

        if ((line_no != 0 && m->line_no != line_no) || *m->identified_by != '\0' || m->taken)
            continue;
        text_addf(&out, "%slot %s of %s in %s", out.size == 0 ? "" : "; ", m->lot_code, m->herb, m->location);
    }
    return out.size == 0 ? "none any more" : out.data;
}

/* A code that is no GS1 is only a lot's own code. */
static enum status read_code(struct ctx *c, const char *code, struct scan *scan)
{
    *scan = (struct scan){ 0 };
    if (scan_read(c, code, scan) == ST_INVALID)
        ctx_forgive(c);
    return ctx_fault_or_ok(c);
}

static enum status store(struct ctx *c, const struct looking *job, const struct identity_scan *scan,
                         struct meant *m)
{
    m->taken = true;
    return db_run(c, &q_identity_check_add,
                  PARAMS(SHOP(c), I64(job->id), I64(m->line_no), I64(m->lot_id), I64(m->location_id),
                         TEXT(scan->typed ? "typed" : "scanned"), TEXT(scan->code), USER(c),
                         I64_OR_NULL(job->alone ? job->picked.mode_id : 0)));
}

static enum status look_at(struct ctx *c, struct looking *job, const struct identity_scan *scan)
{
    const struct meant *done = NULL;
    struct scan read;
    const char *name;

    TRY(read_code(c, scan->code, &read));
    for (size_t i = 0; i < job->meant_count; i++) {
        struct meant *m = &job->meant[i];

        if ((scan->line_no != 0 && m->line_no != scan->line_no) || !matches(m, scan->code, &read))
            continue;
        if (*m->identified_by == '\0' && !m->taken)
            return store(c, job, scan, m);
        done = m;
    }
    if (done != NULL)
        return ctx_fail(c, ST_CONFLICT, "code", scan->code, "lot %s of %s was looked at already%s%s",
                        done->lot_code, done->herb, *done->identified_by == '\0' ? "" : ", by ",
                        done->identified_by);
    TRY(scanned_name(c, scan->code, &read, &name));
    return ctx_fail(c, ST_CONFLICT, "code", scan->code, "is %s, and not what is meant: %s", name,
                    meant_names(c, job, scan->line_no));
}

static enum status refuse_codes(struct ctx *c, const struct looking *job)
{
    for (size_t i = 0; i < job->count; i++) {
        const struct identity_scan *scan = &job->scans[i];

        if (*scan->code == '\0' || strlen(scan->code) > CODE_SHOWN)
            ctx_note(c, ST_INVALID, "code", scan->code, "is a lot's label as scanned: 1 to %d characters",
                     CODE_SHOWN);
        else if (scan->typed && strcmp(job->picked.identity_rule, "scan") == 0)
            ctx_note(c, ST_INVALID, "code", scan->code, "was typed: this shop wants the label scanned");
    }
    return ctx_fault_or_ok(c);
}

static enum status look(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    struct looking *job = arg;
    struct locked_order order;
    struct text details;
    bool found;

    TRY(order_lock(c, job->id, from, "looked at", &order));
    TRY(db_row(c, &q_order_pick_show, PARAMS(SHOP(c), I64(job->id)), picked_columns, &job->picked, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "order_id", NULL, "has not been picked yet");
    TRY(refuse_picker(c, job));
    TRY(refuse_codes(c, job));
    TRY(db_all(c, &q_order_lots_meant, PARAMS(SHOP(c), I64(job->id)), meant_columns, sizeof *job->meant,
               &job->meant, &job->meant_count));
    text_init(&details, &c->arena);
    for (size_t i = 0; i < job->count; i++) {
        TRY(look_at(c, job, &job->scans[i]));
        text_addf(&details, "%s%s", i == 0 ? "" : "; ", job->scans[i].code);
    }
    TRY(order_tell(c, job->id, "identity_checked", details.data));
    return audit_note(c, job->alone ? "identity_checked_alone" : "identity_checked",
                      order_subject(c, job->id), details.data);
}

enum status order_identify(struct ctx *c, int64_t id, const struct identity_scan *scans, size_t count)
{
    struct looking job = { .id = id, .scans = scans, .count = count };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "look at an order's lots"));
    if (count == 0 || count > SCANS_MOST)
        return ctx_fail(c, ST_INVALID, "checks", NULL, "are 1 to %d", SCANS_MOST);
    return db_tx(c, look, &job);
}
