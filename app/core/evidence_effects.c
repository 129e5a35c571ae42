/* The dry run of the evidence book: two rule books from the same rows, one with the proposals laid over, and every watched
   prescription screened by both. */
#include "core/evidence_effects.h"

#include <string.h>

#include "core/knowledge_db.h"
#include "core/rescreen.h"
#include "db/db.h"
#include "sql.h"

struct effects {
    struct arena *arena; /* outlives the walk's batches */
    struct evidence_effects *out;
    struct evidence_effect *rows;
    size_t capacity;
};

static const char *name_of(const char *name, const char *typed)
{
    return *name != '\0' ? name : typed;
}

static void add(struct effects *e, const struct rescreen_result *result, enum effect_change change,
                const struct stored_finding *shown, const char *before, const char *after)
{
    struct evidence_effects *out = e->out;

    out->raised += change == EFFECT_RAISED;
    out->gone += change == EFFECT_GONE;
    out->severity += change == EFFECT_SEVERITY;
    if (out->count == EFFECTS_MOST)
        return;
    e->rows = arena_grow(e->arena, e->rows, out->count, &e->capacity, sizeof *e->rows);
    e->rows[out->count++] = (struct evidence_effect){
        .patient_id = result->patient_id,
        .prescription_id = result->prescription_id,
        .version = result->version,
        .order_id = result->order_id,
        .patient_code = arena_text(e->arena, result->patient_code),
        .change = change,
        .kind = arena_text(e->arena, shown->kind),
        .rule_id = arena_text(e->arena, shown->rule_id),
        .subject = arena_text(e->arena, name_of(shown->subject_name, shown->subject_typed)),
        .object = arena_text(e->arena, name_of(shown->object_name, shown->object_typed)),
        .effect = arena_text(e->arena, shown->effect),
        .before = arena_text(e->arena, before),
        .after = arena_text(e->arena, after),
    };
}

static bool same_two(const struct stored_finding *a, const struct stored_finding *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->subject_id, b->subject_id) == 0 &&
           strcmp(a->object_id, b->object_id) == 0 && strcmp(a->object_typed, b->object_typed) == 0;
}

/* The change on the other side about the same two things; NULL when there is none. */
static const struct rescreen_change *partner_of(const struct rescreen_result *r,
                                                const struct rescreen_change *one)
{
    for (size_t i = 0; i < r->change_count; i++)
        if (r->changes[i].raised != one->raised && same_two(r->changes[i].finding, one->finding))
            return &r->changes[i];
    return NULL;
}

/* What was found and is found with other words, by another version, is no change for the patient; with another severity it is. */
static bool add_result(struct effects *e, const struct rescreen_result *r)
{
    const int64_t before = e->out->raised + e->out->gone + e->out->severity;

    for (size_t i = 0; i < r->change_count; i++) {
        const struct rescreen_change *one = &r->changes[i], *partner = partner_of(r, one);
        const char *severity = one->finding->severity;

        if (partner == NULL && one->raised)
            add(e, r, EFFECT_RAISED, one->finding, "", severity);
        else if (partner == NULL)
            add(e, r, EFFECT_GONE, one->finding, severity, "");
        else if (one->raised && strcmp(partner->finding->severity, severity) != 0)
            add(e, r, EFFECT_SEVERITY, one->finding, partner->finding->severity, severity);
    }
    return e->out->raised + e->out->gone + e->out->severity > before;
}

static enum status visit(struct ctx *c, const struct rescreen_result *results, size_t count, void *arg)
{
    struct effects *e = arg;

    (void)c;
    for (size_t i = 0; i < count; i++)
        e->out->changed += add_result(e, &results[i]);
    return ST_OK;
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

struct today {
    struct date today;
};
static const struct column today_columns[] = { COLUMN(struct today, today), COLUMNS_END };

/* From the day on which all of them would hold. */
static enum status day_of(struct ctx *c, const struct evidence_proposal *proposals, size_t count,
                          struct date *day)
{
    struct today row;
    bool found;

    TRY(db_row(c, &q_shop_day, PARAMS(SHOP(c)), today_columns, &row, &found));
    *day = row.today;
    for (size_t i = 0; i < count; i++)
        if (!date_is_none(proposals[i].from) && proposals[i].from.days > day->days)
            *day = proposals[i].from;
    return ST_OK;
}

enum status evidence_effects(struct ctx *c, const struct evidence_proposal *proposals, size_t count,
                             struct evidence_effects *out)
{
    struct effects e = { .arena = &c->arena, .out = out };
    struct knowledge *before, *after;
    struct rescreen_figures figures;
    struct knowledge_rows rows;
    struct overlay overlay;

    *out = (struct evidence_effects){ .count = 0 };
    TRY(day_of(c, proposals, count, &out->day));
    TRY(knowledge_rows_read(c, &rows));
    TRY(knowledge_overlay_read(c, out->day, &overlay));
    TRY(knowledge_overlaid(c, &rows, &overlay, &before));
    arena_defer(&c->arena, close_knowledge, before);
    for (size_t i = 0; i < count; i++)
        overlay_put(c, &overlay, &proposals[i]);
    TRY(knowledge_overlaid(c, &rows, &overlay, &after));
    arena_defer(&c->arena, close_knowledge, after);
    TRY(rescreen_walk(c, after, before, (struct rescreen_scope){ 0 }, visit, &e, &figures));
    out->prescriptions = figures.prescriptions;
    out->rows = e.rows;
    return ST_OK;
}
