/* `yaofang compound order, track, allocate, release, weigh, approve, check, handover, cancel`: arguments to core calls. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compound.h"
#include "core/order.h"
#include "core/scale.h"
#include "db/db.h"
#include "sql.h"

/* A lot set aside for the order, as the weigh sheet shows it. */
struct lot {
    int64_t line_no, lot_id, location_id;
    const char *lot_code, *location, *unit;
    struct weight planned_mg, weighed_mg;
};

static const struct column lot_columns[] = {
    COLUMN(struct lot, line_no),    COLUMN(struct lot, lot_id),   COLUMN(struct lot, location_id),
    COLUMN(struct lot, lot_code),   COLUMN(struct lot, location), COLUMN(struct lot, planned_mg),
    COLUMN(struct lot, weighed_mg), COLUMN(struct lot, unit),     COLUMNS_END,
};

struct lot_list {
    struct lot *lots;
    size_t count;
};

/* "S-XIAO-YAO-GRANULE 2": so many pieces go along. */
static enum status read_products(struct ctx *c, const struct called *in, struct order_wish *wish)
{
    const char *const *typed = argument_list(c, in->in, "--pieces", &wish->product_count);
    struct order_product *products = arena_array(&c->arena, wish->product_count, sizeof *products);

    for (size_t i = 0; i < wish->product_count; i++) {
        const char *text = text_trim(&c->arena, typed[i]), *space = strrchr(text, ' ');
        char *end = NULL;

        if (space != NULL)
            products[i].pieces = strtoll(space + 1, &end, 10);
        if (space == NULL || *end != '\0' || products[i].pieces < 1)
            return ctx_fail(c, ST_INVALID, "--pieces", typed[i],
                            "is the SKU of a product and how many go along, such as \"S-XIAO-YAO 2\"");
        products[i].item = text_trim(&c->arena, arena_text_n(&c->arena, text, (size_t)(space - text)));
    }
    wish->products = products;
    return ST_OK;
}

static enum status run_order(struct ctx *c, const struct called *in)
{
    struct order_wish wish = { .early_reason = argument_text(in->in, "--reason", NULL),
                               .early_note = argument_text(in->in, "--note", NULL),
                               .decoct = argument_given(in->in, "--decoct") };
    int64_t id;

    TRY(compound_operand(c, in, &wish.prescription_id));
    TRY(argument_number(c, in->in, "--packets", 1, 1000, &wish.packets));
    TRY(read_products(c, in, &wish));
    TRY(order_enter(c, in->knowledge, &wish, &id));
    return compound_show_order(c, in, id);
}

static enum status run_track(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    return compound_show_order(c, in, id);
}

static enum status run_allocate(struct ctx *c, const struct called *in)
{
    const char *until = argument_text(in->in, "--until", NULL);
    struct date course_ends = DATE_NONE;
    const char *otherwise;
    struct allocated made;
    int64_t id;

    TRY(compound_operand(c, in, &id));
    if (until != NULL && !date_parse(until, &course_ends))
        return ctx_fail(c, ST_INVALID, "--until", until, "is a date such as 2027-03-31");
    otherwise = arena_printf(&c->arena, "`yaofang compound substitutes --order %lld`", (long long)id);
    TRY(order_allocate_or(c, id, course_ends, otherwise, &made));
    return compound_show_order(c, in, id);
}

static enum status run_part(struct ctx *c, const struct called *in)
{
    int64_t id, packets = 0, part;

    TRY(compound_operand(c, in, &id));
    TRY(argument_number(c, in->in, "--packets", 1, 1000, &packets));
    TRY(order_supply_part(c, in->knowledge, id, packets, &part));
    return compound_show_order(c, in, part);
}

static enum status run_release(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(order_release(c, in->knowledge, id));
    return compound_show_order(c, in, id);
}

/* The next word of a text; *at is left behind it and the spaces after it. */
static const char *next_word(struct ctx *c, const char **at)
{
    const size_t length = strcspn(*at, " ");
    const char *word = arena_text_n(&c->arena, *at, length);

    *at += length + strspn(*at + length, " ");
    return word;
}

/* Whether a line is of pieces. */
static bool is_counted(const struct lot_list *list, int64_t line_no)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->lots[i].line_no == line_no)
            return strcmp(list->lots[i].unit, "each") == 0;
    return false;
}

/* "1 GLB-14777 105.2 g", or pieces "9 XY-12 2", the lot as LOT@PLACE where it lies in several places; `scaled`: the weight comes from a scale. */
static enum status read_weight(struct ctx *c, const struct lot_list *list, const char *typed, bool scaled,
                               struct order_weighing *out)
{
    const char *at = typed + strspn(typed, " ");
    const char *line = next_word(c, &at), *lot = next_word(c, &at), *place = strrchr(lot, '@');
    const size_t code_length = place == NULL ? strlen(lot) : (size_t)(place - lot);
    const bool pieces =
        *at != '\0' && strspn(at, "0123456789") == strlen(at) && is_counted(list, strtoll(line, NULL, 10));
    enum quantity_error error =
        pieces || (*at == '\0' && scaled) ? QUANTITY_OK : weight_parse(at, &out->weighed);

    if (pieces)
        out->weighed.mg = strtoll(at, NULL, 10);
    if (error != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--weight", typed, "%s: write it as \"LINE LOT WEIGHT\"",
                        quantity_error_rule(error));
    out->line_no = strtoll(line, NULL, 10);
    for (size_t i = 0; i < list->count; i++) {
        const struct lot *l = &list->lots[i];

        if (l->line_no != out->line_no || strlen(l->lot_code) != code_length ||
            strncmp(l->lot_code, lot, code_length) != 0 ||
            (place != NULL && strcmp(place + 1, l->location) != 0))
            continue;
        out->lot_id = l->lot_id;
        out->location_id = place == NULL ? 0 : l->location_id;
        return ST_OK;
    }
    return ctx_fail(c, ST_NOT_FOUND, "--weight", typed,
                    "names no line and lot of this order: \"LINE LOT WEIGHT\"");
}

static bool named(const struct order_weighing *weighings, size_t n, const struct lot *lot)
{
    for (size_t i = 0; i < n; i++)
        if (weighings[i].line_no == lot->line_no && weighings[i].lot_id == lot->lot_id &&
            (weighings[i].location_id == 0 || weighings[i].location_id == lot->location_id))
            return true;
    return false;
}

static enum status read_lots(struct ctx *c, int64_t id, struct lot_list *list)
{
    return db_all(c, &q_order_lots, PARAMS(SHOP(c), I64(id)), lot_columns, sizeof *list->lots, &list->lots,
                  &list->count);
}

/* Each --weight; with --as-planned also every lot that was neither named nor weighed, at what the weigh sheet says. */
static enum status read_weights(struct ctx *c, const struct called *in, const struct lot_list *list,
                                struct order_weighing **out, size_t *count)
{
    size_t typed_count;
    const char *const *typed = argument_list(c, in->in, "--weight", &typed_count);
    struct order_weighing *weighings =
        arena_array(&c->arena, typed_count + list->count + 1, sizeof *weighings);

    for (*count = 0; *count < typed_count; (*count)++)
        TRY(read_weight(c, list, typed[*count], argument_given(in->in, "--scale"), &weighings[*count]));
    for (size_t i = 0; argument_given(in->in, "--as-planned") && i < list->count; i++) {
        const struct lot *lot = &list->lots[i];

        if (lot->weighed_mg.mg == 0 && !named(weighings, typed_count, lot))
            weighings[(*count)++] = (struct order_weighing){ .line_no = lot->line_no,
                                                             .lot_id = lot->lot_id,
                                                             .location_id = lot->location_id,
                                                             .weighed = lot->planned_mg };
    }
    *out = weighings;
    if (*count == 0)
        return ctx_fail(c, ST_INVALID, "--weight", NULL, "is needed: \"LINE LOT WEIGHT\", or --as-planned");
    return ST_OK;
}

enum status compound_lot_weight(struct ctx *c, int64_t order, const char *typed, struct order_weighing *out)
{
    struct lot_list list;

    *out = (struct order_weighing){ 0 };
    TRY(read_lots(c, order, &list));
    return read_weight(c, &list, typed, false, out);
}

/* What lies on the scale is the gross weight of the one lot named; --tare is its container's. */
static enum status read_scale(struct ctx *c, const struct called *in, struct order_weighing *weighings,
                              size_t count)
{
    const char *scale = argument_text(in->in, "--scale", NULL), *tare = argument_text(in->in, "--tare", NULL);
    const struct link_limits limits = { in->in->config->devices, SCALE_PATIENCE_MS };
    struct scale_taken taken;

    if (tare != NULL && (scale == NULL || weight_parse(tare, &weighings[0].tare) != QUANTITY_OK))
        return ctx_fail(c, ST_INVALID, "--tare", tare,
                        "is the weight of the container on the --scale, such as 12.5 g");
    if (scale == NULL)
        return ST_OK;
    if (count != 1 || weighings[0].weighed.mg != 0)
        return ctx_fail(c, ST_INVALID, "--scale", scale, "weighs one lot: --weight \"LINE LOT\"");
    TRY(scale_take(c, &limits, scale, &taken));
    weighings[0].reading_id = taken.id;
    return ST_OK;
}

static enum status run_weigh(struct ctx *c, const struct called *in)
{
    struct order_weighing *weighings;
    struct lot_list list;
    size_t count;
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(read_lots(c, id, &list));
    TRY(read_weights(c, in, &list, &weighings, &count));
    TRY(read_scale(c, in, weighings, count));
    TRY(order_weigh(c, id, weighings, count));
    return compound_show_order(c, in, id);
}

static enum status run_approve(struct ctx *c, const struct called *in)
{
    struct order_weighing *weighings;
    struct lot_list list;
    size_t count;
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(read_lots(c, id, &list));
    TRY(read_weights(c, in, &list, &weighings, &count));
    for (size_t i = 0; i < count; i++)
        TRY(order_approve(c, id, &weighings[i], argument_text(in->in, "--note", NULL)));
    return compound_show_order(c, in, id);
}

static enum status run_check(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(order_check(c, id, argument_text(in->in, "--note", NULL)));
    return compound_show_order(c, in, id);
}

static enum status run_handover(struct ctx *c, const struct called *in)
{
    const char *received_by = argument_text(in->in, "--received-by", NULL);
    int64_t id;

    TRY(compound_operand(c, in, &id));
    if (received_by == NULL)
        return ctx_fail(c, ST_INVALID, "--received-by", NULL, "is needed: who takes the packets");
    TRY(order_hand_over(c, id, received_by, argument_given(in->in, "--counselled")));
    return compound_show_order(c, in, id);
}

static enum status run_cancel(struct ctx *c, const struct called *in)
{
    const char *reason = argument_text(in->in, "--note", NULL);
    int64_t id;

    TRY(compound_operand(c, in, &id));
    if (reason == NULL)
        return ctx_fail(c, ST_INVALID, "--note", NULL, "is needed: why the order ends");
    TRY(order_cancel(c, id, reason));
    return compound_show_order(c, in, id);
}

const struct subcommand subcommand_order = { "order", "PRESCRIPTION", "enter an order for it", true,
                                             run_order };
const struct subcommand subcommand_track = { "track", "ORDER", "where an order stands", false, run_track };
const struct subcommand subcommand_allocate = { "allocate", "ORDER", "reserve lots", true, run_allocate };
const struct subcommand subcommand_part = { "part", "ORDER", "supply a part of a short order", true,
                                            run_part };
const struct subcommand subcommand_release = { "release", "ORDER", "let it be weighed", true, run_release };
const struct subcommand subcommand_weigh = { "weigh", "ORDER", "record weights", true, run_weigh };
const struct subcommand subcommand_approve = { "approve", "ORDER", "accept a weight", true, run_approve };
const struct subcommand subcommand_check = { "check", "ORDER", "final check", true, run_check };
const struct subcommand subcommand_handover = { "handover", "ORDER", "hand it over", true, run_handover };
const struct subcommand subcommand_cancel = { "cancel", "ORDER", "end it", true, run_cancel };
