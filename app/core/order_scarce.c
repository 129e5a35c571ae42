/* An order for which there is not enough: recorded as short with what each line lacks, and supplied in part. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct set_aside {
    bool reserved;
};

static const struct column set_aside_columns[] = { COLUMN(struct set_aside, reserved), COLUMNS_END };
static const struct column line_columns[] = {
    COLUMN(struct short_line, line_no), COLUMN(struct short_line, herb),
    COLUMN(struct short_line, wanted),  COLUMN(struct short_line, there),
    COLUMN(struct short_line, barred),  COLUMN(struct short_line, counted),
    COLUMN(struct short_line, kept),    COLUMNS_END,
};

/* "Ma Huang 麻黄: 12 g, …" */
static const char *in_words(struct ctx *c, const struct order_short *found)
{
    struct text words;

    text_init(&words, &c->arena);
    for (size_t i = 0; i < found->count; i++)
        text_addf(&words, "%s%s: %s", i == 0 ? "" : ", ", found->lines[i].herb,
                  order_amount(c, found->lines[i].counted,
                               weight_minus(found->lines[i].wanted, found->lines[i].there)));
    return words.data;
}

static enum status store(struct ctx *c, const struct order_short *found)
{
    int64_t *line = arena_array(&c->arena, found->count, sizeof *line),
            *wanted = arena_array(&c->arena, found->count, sizeof *wanted),
            *there = arena_array(&c->arena, found->count, sizeof *there),
            *barred = arena_array(&c->arena, found->count, sizeof *barred);

    for (size_t i = 0; i < found->count; i++) {
        line[i] = found->lines[i].line_no;
        wanted[i] = found->lines[i].wanted.mg;
        there[i] = found->lines[i].there.mg;
        barred[i] = found->lines[i].barred.mg;
    }
    return db_run(c, &q_order_short_record,
                  PARAMS(SHOP(c), I64(found->id), USER(c), I64S(line, found->count),
                         I64S(wanted, found->count), I64S(there, found->count), I64S(barred, found->count),
                         DATE(found->course_ends_on), TEXT(in_words(c, found))));
}

static void tell(struct ctx *c, const struct order_short *found)
{
    for (const struct short_line *line = found->lines; line < found->lines + found->count; line++) {
        const char *missing = order_amount(c, line->counted, weight_minus(line->wanted, line->there));
        const char *wanted = order_amount(c, line->counted, line->wanted);
        const char *field = arena_printf(&c->arena, "lines[%lld]", (long long)line->line_no);

        if (line->barred.mg > 0)
            ctx_note(
                c, ST_SHORT, field, line->herb,
                "is short: %s of %s is missing; %s more lies there but may not be used (expired, too close "
                "to expiry, or not released)",
                missing, wanted, order_amount(c, line->counted, line->barred));
        else
            ctx_note(c, ST_SHORT, field, line->herb, "is short: %s of %s is missing", missing, wanted);
    }
    if (found->otherwise != NULL)
        ctx_note(c, ST_SHORT, "order_id", arena_printf(&c->arena, "%lld", (long long)found->id),
                 "may be filled otherwise: %s", found->otherwise);
}

static enum status record(struct ctx *c, const struct order_short *found)
{
    static const char *const from[] = { "entered", "short", "allocated", NULL };
    struct locked_order order;
    struct set_aside now;
    bool any;

    TRY(order_lock(c, found->id, from, "short", &order));
    TRY(db_row(c, &q_order_short_end, PARAMS(SHOP(c), I64(found->id)), set_aside_columns, &now, &any));
    if (now.reserved)
        return ST_OK;
    TRY(store(c, found));
    return audit_note(c, "order_short", order_subject(c, found->id), in_words(c, found));
}

enum status order_short_record(struct ctx *c, void *arg)
{
    struct order_short *found = arg;

    if (found->detail == NULL)
        found->detail = db_refusal(c, "reservations_enough");
    TRY(db_all(c, &q_order_short_found, PARAMS(SHOP(c), I64(found->id), TEXT_OR_NULL(found->detail)),
               line_columns, sizeof *found->lines, &found->lines, &found->count));
    if (found->count == 0)
        return ST_OK;
    if (found->lines[0].kept)
        TRY(record(c, found));
    tell(c, found);
    return ST_OK;
}

struct part {
    const struct knowledge *knowledge;
    int64_t id, packets, made;
};

struct possible {
    int64_t packets;
    const char *payment;
    bool given_up;
};

static const struct column possible_columns[] = {
    COLUMN(struct possible, packets),
    COLUMN(struct possible, payment),
    COLUMN(struct possible, given_up),
    COLUMNS_END,
};

static enum status refuse_part(struct ctx *c, const struct part *want, const struct locked_order *order,
                               const struct possible *now)
{
    const int64_t packets = want->packets == 0 ? now->packets : want->packets;
    const char *value = arena_printf(&c->arena, "%lld", (long long)packets);
    const char *id = arena_printf(&c->arena, "%lld", (long long)order->id);

    if (strcmp(now->payment, "unpaid") != 0)
        return ctx_fail(c, ST_CONFLICT, "payment", now->payment,
                        "stands in the way: a part is an order of its own, so refund this one first");
    if (now->given_up)
        return ctx_fail(c, ST_CONFLICT, "order_id", id,
                        "is of a supply whose rest is not wanted: cancel it instead");
    if (packets == 0)
        return ctx_fail(c, ST_SHORT, "packets", value, "can be made of what is free: not one");
    if (packets >= order->packets)
        return ctx_fail(c, ST_INVALID, "packets", value, "is no part of the order's %lld packets%s",
                        (long long)order->packets,
                        want->packets == 0 ? ": there is enough for all, allocate it" : "");
    return ST_OK;
}

static enum status supply_part(struct ctx *c, void *arg)
{
    static const char *const from[] = { "short", NULL };
    struct part *want = arg;
    struct locked_order order;
    struct possible now;
    int64_t packets;
    bool found;

    TRY(order_lock(c, want->id, from, "supplied in part", &order));
    TRY(db_row(c, &q_order_short_possible, PARAMS(SHOP(c), I64(want->id)), possible_columns, &now, &found));
    TRY(refuse_part(c, want, &order, &now));
    packets = want->packets == 0 ? now.packets : want->packets;
    TRY(order_cancel(c, want->id,
                     arena_printf(&c->arena, "short: %lld of %lld packets are supplied now, the rest is owed",
                                  (long long)packets, (long long)order.packets)));
    TRY(order_enter_part(c, want->knowledge, &order, packets, &want->made));
    return order_allocate(c, want->made, DATE_NONE);
}

enum status order_supply_part(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t packets,
                              int64_t *part)
{
    struct part want = { .knowledge = knowledge, .id = id, .packets = packets };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "supply a part of an order"));
    TRY(db_tx(c, supply_part, &want));
    *part = want.made;
    return ST_OK;
}
