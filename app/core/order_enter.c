/* Entering orders: what of a version is still to be had, the items that fill it, and the screening a further order needs. Two who
   order from the same version follow one another by the patient's lock; supplies_packets_ordered counts for the database. */
#include "base/text.h"
#include "core/alert.h"
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/patient.h"
#include "core/person.h"
#include "core/screening.h"
#include "db/db.h"
#include "sql.h"

enum { PIECES_MOST = 10000 };

struct id_row {
    int64_t id;
};

/* What an order would be taken from. */
struct supply {
    int64_t version, version_packets, refills, supply_no, left_packets;
    bool opens; /* there is no such supply yet */
    struct date previous_opened_on, previous_handed_on, due_on, today;
    int64_t waiting_packets, previous_packets,
        interval_days; /* of the supply before it, not handed over; of all */
};

/* A prescribed line and the item that would fill it; item_id 0 when the shop has none. */
struct plan_line {
    int64_t version, line_no, crude_mg, item_id,
        quantity; /* quantity of a product -1: nobody knows how many */
    const char *herb_id, *pinyin, *hanzi, *sku;
    bool from_shelf; /* a ready-made product: pieces of it go along */
};

struct refill_row {
    bool refill;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column supply_columns[] = {
    COLUMN(struct supply, version),
    COLUMN(struct supply, version_packets),
    COLUMN(struct supply, refills),
    COLUMN(struct supply, supply_no),
    COLUMN(struct supply, left_packets),
    COLUMN(struct supply, opens),
    COLUMN(struct supply, previous_opened_on),
    COLUMN(struct supply, previous_handed_on),
    COLUMN(struct supply, due_on),
    COLUMN(struct supply, waiting_packets),
    COLUMN(struct supply, previous_packets),
    COLUMN(struct supply, interval_days),
    COLUMN(struct supply, today),
    COLUMNS_END,
};
static const struct column plan_columns[] = {
    COLUMN(struct plan_line, version),
    COLUMN(struct plan_line, line_no),
    COLUMN(struct plan_line, crude_mg),
    COLUMN(struct plan_line, item_id),
    COLUMN(struct plan_line, quantity),
    COLUMN(struct plan_line, herb_id),
    COLUMN(struct plan_line, pinyin),
    COLUMN(struct plan_line, hanzi),
    COLUMN(struct plan_line, from_shelf),
    COLUMN(struct plan_line, sku),
    COLUMNS_END,
};
static const struct column refill_columns[] = { COLUMN(struct refill_row, refill), COLUMNS_END };

struct entry {
    const struct knowledge *knowledge;
    struct order_wish wish;
    int64_t version;  /* 0: the newest signed */
    int64_t replaces; /* 0: none */
    int64_t like;     /* an order that tells how many pieces of products go along; 0: none */
    int64_t id;
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

static bool given(const char *text)
{
    return text != NULL && *text != '\0';
}

/* A further order of a version is screened as of now, and a part as taken for its own days only; its answers are read again before it
   is released. `screening` 0: it is neither. */
static enum status screen_anew(struct ctx *c, const struct entry *want, const struct supply *supply,
                               int64_t *screening)
{
    const int64_t version = supply->version;
    struct refill_row row;
    bool found;

    *screening = 0;
    TRY(db_row(c, &q_order_refill, PARAMS(SHOP(c), I64(want->wish.prescription_id), I64(version)),
               refill_columns, &row, &found));
    return row.refill || want->wish.packets < supply->version_packets
               ? screening_make_for(c, want->knowledge, want->wish.prescription_id, version,
                                    want->wish.packets, screening)
               : ST_OK;
}

/* Whether a refill comes before its day, or before the supply before it was handed over. */
static bool is_early(const struct supply *supply)
{
    return supply->opens && supply->supply_no > 0 &&
           (supply->waiting_packets > 0 || supply->today.days < supply->due_on.days);
}

/* Not the first order of its version. */
static bool is_further(const struct supply *supply)
{
    return supply->supply_no > 0 || supply->left_packets < supply->version_packets;
}

static enum status refuse_without_reason(struct ctx *c, const struct supply *supply)
{
    const char *refill = number(c, supply->supply_no);

    if (supply->waiting_packets > 0)
        return ctx_fail(
            c, ST_CONFLICT, "refill", refill,
            "waits for the hand-over of the supply before it, of which %lld of %lld packets are not "
            "handed over yet: earlier only with a pharmacist's reason",
            (long long)supply->waiting_packets, (long long)supply->previous_packets);
    return ctx_fail(
        c, ST_CONFLICT, "refill", refill,
        "is due on %s, in %lld days: %lld days after the supply before it was %s on %s; earlier only "
        "with a pharmacist's reason",
        date_text(&c->arena, supply->due_on), (long long)(supply->due_on.days - supply->today.days),
        (long long)supply->interval_days, date_is_none(supply->previous_handed_on) ? "opened" : "handed over",
        date_text(&c->arena, date_is_none(supply->previous_handed_on) ? supply->previous_opened_on
                                                                      : supply->previous_handed_on));
}

/* A refill before its day is a pharmacist's to allow. */
static enum status refuse_early(struct ctx *c, const struct entry *want, const struct supply *supply)
{
    if (!is_early(supply))
        return ST_OK;
    if (!given(want->wish.early_reason))
        return refuse_without_reason(c, supply);
    TRY(person_require(c, ROLE_PHARMACIST, "supply a refill before it is due"));
    return order_reason(c, "early_refill", want->wish.early_reason, want->wish.early_note);
}

static enum status refuse_supply(struct ctx *c, const struct entry *want, const struct supply *supply)
{
    if (supply->opens && supply->supply_no > supply->refills) {
        if (supply->refills == 0)
            return ctx_fail(c, ST_CONFLICT, "prescription_id", number(c, want->wish.prescription_id),
                            "has been ordered, and its version %lld allows no refill",
                            (long long)supply->version);
        return ctx_fail(c, ST_CONFLICT, "prescription_id", number(c, want->wish.prescription_id),
                        "has had every one of the %lld refills its version %lld allows",
                        (long long)supply->refills, (long long)supply->version);
    }
    if (want->wish.packets > supply->left_packets)
        return ctx_fail(c, ST_CONFLICT, "packets", number(c, want->wish.packets),
                        "are more than the %lld that can still be ordered", (long long)supply->left_packets);
    return refuse_early(c, want, supply);
}

static enum status find_supply(struct ctx *c, struct entry *want, struct supply *supply)
{
    int64_t patient, profile_version;
    struct id_row row;
    bool found;

    TRY(db_row(c, &q_order_patient, PARAMS(SHOP(c), I64(want->wish.prescription_id)), id_columns, &row,
               &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "prescription_id", number(c, want->wish.prescription_id),
                        "has no signed version to be ordered from");
    patient = row.id;
    TRY(patient_lock(c, patient, &profile_version));
    TRY(db_row(c, &q_order_supply,
               PARAMS(SHOP(c), I64(want->wish.prescription_id), I64_OR_NULL(want->version)), supply_columns,
               supply, &found));
    TRY(refuse_supply(c, want, supply));
    if (want->wish.packets == 0)
        want->wish.packets = supply->left_packets;
    return ST_OK;
}

/* How many pieces of each product go along: as the wish says, else as worked out. */
static enum status order_products(struct ctx *c, const struct order_wish *wish, struct plan_line *lines,
                                  size_t n)
{
    for (size_t i = 0; i < wish->product_count; i++) {
        const struct order_product *said = &wish->products[i];
        const char *field = arena_printf(&c->arena, "products[%zu]", i);
        size_t at = 0;

        while (at < n && !(lines[at].from_shelf && text_same(lines[at].sku, said->item)))
            at++;
        if (at == n)
            ctx_note(c, ST_INVALID, field, said->item, "is no ready-made product of this prescription");
        else if (said->pieces < 1 || said->pieces > PIECES_MOST)
            ctx_note(c, ST_INVALID, field, number(c, said->pieces), "pieces are 1 to %d", PIECES_MOST);
        else
            lines[at].quantity = said->pieces;
    }
    for (size_t i = 0; i < n; i++)
        if (lines[i].from_shelf && lines[i].quantity < 0)
            ctx_note(
                c, ST_INVALID, "products", lines[i].pinyin,
                "has no stated content a piece: say how many go along (item %s, %s of crude herb in all)",
                lines[i].sku, weight_text(&c->arena, (struct weight){ lines[i].crude_mg }));
    return ctx_fault_or_ok(c);
}

static void note_unfit(struct ctx *c, const struct plan_line *line)
{
    const char *name = arena_printf(&c->arena, "%s %s", line->pinyin, line->hanzi);
    const char *wanted = weight_text(&c->arena, (struct weight){ line->crude_mg });

    if (line->item_id == 0)
        ctx_note(c, ST_SHORT, line->herb_id, name,
                 "is not kept by this shop in the form prescribed; %s is wanted", wanted);
    else if (line->quantity == 0 || line->crude_mg == 0)
        ctx_note(c, ST_INVALID, line->herb_id, name,
                 "comes to less than half a milligram of what the shop keeps: %s of crude herb is wanted",
                 wanted);
}

static enum status plan(struct ctx *c, const struct entry *want, const struct supply *supply,
                        struct plan_line **lines, size_t *n)
{
    size_t herbs = 0, kept = 0;

    TRY(db_all(c, &q_order_plan,
               PARAMS(SHOP(c), I64(want->wish.prescription_id), I64(supply->version), I64(supply->supply_no),
                      I64(want->wish.packets), I64_OR_NULL(want->like)),
               plan_columns, sizeof **lines, lines, n));
    TRY(order_products(c, &want->wish, *lines, *n));
    for (size_t i = 0; i < *n; i++) {
        herbs += !(*lines)[i].from_shelf;
        if (!(*lines)[i].from_shelf)
            note_unfit(c, &(*lines)[i]);
        if (!(*lines)[i].from_shelf || (*lines)[i].quantity > 0) /* else an earlier part had all of them */
            (*lines)[kept++] = (*lines)[i];
    }
    *n = kept;
    TRY(ctx_fault_or_ok(c));
    if (herbs == 0)
        return ctx_fail(c, ST_CONFLICT, "prescription_id",
                        arena_printf(&c->arena, "%lld", (long long)want->wish.prescription_id),
                        "is all in ready-made products: there is nothing to compound, sell them on a ticket");
    return ST_OK;
}

static enum status store(struct ctx *c, struct entry *want, const struct supply *supply,
                         const struct plan_line *lines, size_t n)
{
    int64_t *line = arena_array(&c->arena, n, sizeof *line), *item = arena_array(&c->arena, n, sizeof *item);
    int64_t *crude = arena_array(&c->arena, n, sizeof *crude),
            *quantity = arena_array(&c->arena, n, sizeof *quantity);
    const char **herb = arena_array(&c->arena, n, sizeof *herb);
    const bool early = is_early(supply);
    struct id_row made;
    bool found;

    for (size_t i = 0; i < n; i++) {
        line[i] = lines[i].line_no;
        herb[i] = lines[i].herb_id;
        item[i] = lines[i].item_id;
        crude[i] = lines[i].crude_mg;
        quantity[i] = lines[i].quantity;
    }
    TRY(db_row(c, &q_order_insert,
               PARAMS(SHOP(c), I64(want->wish.prescription_id), I64(supply->version), USER(c), I64S(line, n),
                      TEXTS(herb, n), I64S(item, n), I64S(crude, n), I64S(quantity, n),
                      I64(supply->supply_no), I64(want->wish.packets), DATE(supply->previous_opened_on),
                      BOOL(supply->opens), TEXT_OR_NULL(early ? want->wish.early_reason : NULL),
                      TEXT_OR_NULL(early ? want->wish.early_note : NULL), I64_OR_NULL(want->replaces),
                      BOOL(want->wish.decoct), DATE(supply->previous_handed_on)),
               id_columns, &made, &found));
    want->id = made.id;
    return ST_OK;
}

static enum status enter(struct ctx *c, void *arg)
{
    const struct entry *asked = arg;
    struct entry want = *asked;
    struct supply supply;
    struct plan_line *lines;
    int64_t screening;
    size_t n;

    TRY(find_supply(c, &want, &supply));
    TRY(plan(c, &want, &supply, &lines, &n));
    TRY(screen_anew(c, &want, &supply, &screening));
    TRY(store(c, &want, &supply, lines, n));
    ((struct entry *)arg)->id = want.id;
    if (screening != 0 && is_further(&supply))
        TRY(alert_passed(c, screening, MOMENT_REFILL, want.id));
    return audit_note(c, supply.supply_no > 0 ? "refill_entered" : "order_entered", order_subject(c, want.id),
                      arena_printf(&c->arena, "%lld packets of supply %lld%s%s", (long long)want.wish.packets,
                                   (long long)supply.supply_no,
                                   given(want.wish.early_reason) ? ", early: " : "",
                                   given(want.wish.early_reason) ? want.wish.early_reason : ""));
}

enum status order_enter(struct ctx *c, const struct knowledge *knowledge, const struct order_wish *wish,
                        int64_t *id)
{
    struct entry want = { .knowledge = knowledge, .wish = *wish };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "enter an order"));
    TRY(db_tx(c, enter, &want));
    *id = want.id;
    return ST_OK;
}

enum status order_create(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                         int64_t *id)
{
    const struct order_wish wish = { .prescription_id = prescription_id };

    return order_enter(c, knowledge, &wish, id);
}

enum status order_enter_again(struct ctx *c, const struct knowledge *knowledge,
                              const struct locked_order *wasted, int64_t *id)
{
    struct entry want = {
        .knowledge = knowledge,
        .wish = { .prescription_id = wasted->prescription_id,
                  .packets = wasted->packets,
                  .decoct = wasted->decocts },
        .version = wasted->version,
        .replaces = wasted->id,
        .like = wasted->id,
    };

    TRY(db_tx(c, enter, &want));
    *id = want.id;
    return ST_OK;
}

enum status order_enter_part(struct ctx *c, const struct knowledge *knowledge,
                             const struct locked_order *whole, int64_t packets, int64_t *id)
{
    struct entry want = {
        .knowledge = knowledge,
        .wish = { .prescription_id = whole->prescription_id, .packets = packets, .decoct = whole->decocts },
        .version = whole->version,
        .like = whole->id,
    };

    TRY(db_tx(c, enter, &want));
    *id = want.id;
    return ST_OK;
}

struct forgoing {
    int64_t id;
    const char *reason, *note;
};

static enum status forgo(struct ctx *c, void *arg)
{
    const struct forgoing *want = arg;
    size_t changed;

    TRY(order_reason(c, "not_wanted", want->reason, want->note));
    TRY(db_change(c, &q_supply_end,
                  PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason), TEXT_OR_NULL(want->note)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "order_id", number(c, want->id),
                        "is no order of this shop of whose supply anything is owed");
    TRY(order_tell(c, want->id, "rest_not_wanted", want->reason));
    return audit_note(c, "rest_not_wanted", order_subject(c, want->id), want->reason);
}

enum status order_forgo(struct ctx *c, int64_t id, const char *reason, const char *note)
{
    struct forgoing want = { .id = id, .reason = reason, .note = note };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
                       "say that the rest is not wanted"));
    return db_tx(c, forgo, &want);
}
