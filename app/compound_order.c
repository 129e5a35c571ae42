/* An order for a person at a terminal: what is wanted, the lots for it, why others were passed over, and the next step. */
#include <string.h>

#include "api/order_json.h"
#include "compound.h"
#include "db/db.h"
#include "sql.h"

enum { HERB_COLUMNS = 28, LOT_COLUMNS = 16, PLACE_COLUMNS = 9, DAY_COLUMNS = 12, WEIGHT_COLUMNS = 12 };

struct head {
    int64_t id, prescription_id, version;
    const char *state, *patient_name, *patient_code, *prescriber_name, *released_by, *filler_name,
        *checker_name, *received_by;
    struct date course_ends_on, beyond_use_on;
    struct instant reserved_until;
    int64_t packets, packets_prescribed, replaces_id, replaced_by_id;
    const char *rejected_by, *rejected_reason, *wasted_by, *wasted_reason;
};

struct lot {
    int64_t line_no, lot_id;
    const char *pinyin, *hanzi, *lot_code, *location, *approved_by, *reason, *unit;
    struct date expires_on;
    struct weight planned_mg, weighed_mg;
};

static const struct column head_columns[] = {
    COLUMN(struct head, id),
    COLUMN(struct head, prescription_id),
    COLUMN(struct head, version),
    COLUMN(struct head, state),
    COLUMN(struct head, patient_name),
    COLUMN(struct head, patient_code),
    COLUMN(struct head, prescriber_name),
    COLUMN(struct head, released_by),
    COLUMN(struct head, filler_name),
    COLUMN(struct head, checker_name),
    COLUMN(struct head, received_by),
    COLUMN(struct head, course_ends_on),
    COLUMN(struct head, beyond_use_on),
    COLUMN(struct head, reserved_until),
    COLUMN(struct head, packets),
    COLUMN(struct head, packets_prescribed),
    COLUMN(struct head, replaces_id),
    COLUMN(struct head, replaced_by_id),
    COLUMN(struct head, rejected_by),
    COLUMN(struct head, rejected_reason),
    COLUMN(struct head, wasted_by),
    COLUMN(struct head, wasted_reason),
    COLUMNS_END,
};

static const struct column lot_columns[] = {
    COLUMN(struct lot, line_no),     COLUMN(struct lot, lot_id),     COLUMN(struct lot, pinyin),
    COLUMN(struct lot, hanzi),       COLUMN(struct lot, lot_code),   COLUMN(struct lot, location),
    COLUMN(struct lot, approved_by), COLUMN(struct lot, expires_on), COLUMN(struct lot, planned_mg),
    COLUMN(struct lot, weighed_mg),  COLUMN(struct lot, unit),       COLUMNS_END,
};

static const struct column passed_columns[] = {
    COLUMN(struct lot, line_no),  COLUMN(struct lot, lot_id),
    COLUMN(struct lot, pinyin),   COLUMN(struct lot, hanzi),
    COLUMN(struct lot, lot_code), COLUMN(struct lot, expires_on),
    COLUMN(struct lot, reason),   COLUMNS_END,
};

static const char *day(struct ctx *c, struct date date)
{
    return date_is_none(date) ? "no expiry" : date_text(&c->arena, date);
}

/* A sentence, with a space before it unless it begins the line. */
static void add_sentence(struct text *out, const char *what, const char *who)
{
    if (who == NULL || *who == '\0')
        return;
    if (out->size > 0 && out->data[out->size - 1] != '\n')
        text_add_char(out, ' ');
    text_addf(out, "%s %s.", what, who);
}

static const char *day_or_null(struct ctx *c, struct date date)
{
    return date_is_none(date) ? NULL : date_text(&c->arena, date);
}

/* What took the order off the straight road. */
static void show_ways(struct ctx *c, struct text *out, const struct head *h)
{
    const size_t before = out->size;

    if (h->packets != h->packets_prescribed)
        add_sentence(out, "A part of what is prescribed:",
                     arena_printf(&c->arena, "%lld of %lld packets", (long long)h->packets,
                                  (long long)h->packets_prescribed));
    if (h->replaces_id != 0)
        add_sentence(out, "In place of the wasted order",
                     arena_printf(&c->arena, "%lld", (long long)h->replaces_id));
    if (*h->rejected_by != '\0')
        add_sentence(out, "Rejected by",
                     arena_printf(&c->arena, "%s: %s", h->rejected_by, h->rejected_reason));
    if (*h->wasted_by != '\0')
        add_sentence(out, "Wasted by", arena_printf(&c->arena, "%s: %s", h->wasted_by, h->wasted_reason));
    if (h->replaced_by_id != 0)
        add_sentence(out, "Started again as order",
                     arena_printf(&c->arena, "%lld", (long long)h->replaced_by_id));
    if (out->size > before)
        text_add_char(out, '\n');
}

static void show_head(struct ctx *c, struct text *out, const struct head *h)
{
    text_addf(out, "Order %lld, %s: prescription %lld, version %lld, for %s (%s)\n", (long long)h->id,
              h->state, (long long)h->prescription_id, (long long)h->version, h->patient_name,
              h->patient_code);
    add_sentence(out, "Prescribed by", h->prescriber_name);
    add_sentence(out, "Released by", h->released_by);
    add_sentence(out, "Weighed by", h->filler_name);
    add_sentence(out, "Checked by", h->checker_name);
    text_add_char(out, '\n');
    show_ways(c, out, h);
    if (date_is_none(h->course_ends_on))
        return;
    add_sentence(out, "The course ends on", day_or_null(c, h->course_ends_on));
    add_sentence(out, "Use by", day_or_null(c, h->beyond_use_on));
    add_sentence(out, "Handed to", h->received_by);
    if (h->reserved_until.us != 0 && *h->released_by == '\0')
        add_sentence(out, "Reserved until", instant_text(&c->arena, h->reserved_until));
    text_add_char(out, '\n');
}

static void show_name(struct ctx *c, struct text *out, const struct lot *lot)
{
    text_addf(out, "  %2lld ", (long long)lot->line_no);
    compound_column(out, arena_printf(&c->arena, "%s %s", lot->pinyin, lot->hanzi), HERB_COLUMNS);
    compound_column(out, lot->lot_code, LOT_COLUMNS);
}

static bool is_counted(const struct lot *lot)
{
    return strcmp(lot->unit, "each") == 0;
}

/* A weight, or pieces of a product. */
static const char *amount(struct ctx *c, const struct lot *lot, struct weight weight)
{
    return is_counted(lot) ? arena_printf(&c->arena, "%lld each", (long long)weight.mg)
                           : weight_text(&c->arena, weight);
}

static void show_lots(struct ctx *c, struct text *out, const struct lot *lots, size_t n)
{
    if (n > 0)
        text_add(out, "\nLots, earliest expiry first:\n");
    for (size_t i = 0; i < n; i++) {
        show_name(c, out, &lots[i]);
        compound_column(out, lots[i].location, PLACE_COLUMNS);
        compound_column(out, day(c, lots[i].expires_on), DAY_COLUMNS);
        compound_column(out, amount(c, &lots[i], lots[i].planned_mg), WEIGHT_COLUMNS);
        if (lots[i].weighed_mg.mg > 0)
            text_addf(out, "%s %s", is_counted(&lots[i]) ? "put in" : "weighed",
                      amount(c, &lots[i], lots[i].weighed_mg));
        if (*lots[i].approved_by != '\0')
            text_addf(out, ", approved by %s", lots[i].approved_by);
        text_add_char(out, '\n');
    }
}

/* Why a lot was left where it lies, in words; "not_needed" is no news. */
static const char *reason_words(const char *reason)
{
    static const struct {
        const char *reason, *words;
    } all[] = {
        { "expired", "has expired" },
        { "expires_before_course_ends", "expires before the course ends" },
        { "quarantined", "is in quarantine" },
        { "held", "is on hold" },
        { "recalled", "is recalled" },
        { "reserved_elsewhere", "is reserved for other orders" },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].reason, reason) == 0)
            return all[i].words;
    return NULL;
}

static void show_passed(struct ctx *c, struct text *out, const struct lot *lots, size_t n)
{
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        const char *words = reason_words(lots[i].reason);

        if (words == NULL)
            continue;
        text_add(out, any ? "" : "\nPassed over:\n");
        any = true;
        show_name(c, out, &lots[i]);
        text_addf(out, "%s (%s)\n", words, day(c, lots[i].expires_on));
    }
}

/* What a short order lacks. */
struct lack {
    int64_t line_no;
    const char *pinyin, *hanzi;
    struct weight wanted_mg, missing_mg, barred_mg, free_now_mg;
};

static const struct column lack_columns[] = {
    COLUMN(struct lack, line_no),     COLUMN(struct lack, pinyin),
    COLUMN(struct lack, hanzi),       COLUMN(struct lack, wanted_mg),
    COLUMN(struct lack, missing_mg),  COLUMN(struct lack, barred_mg),
    COLUMN(struct lack, free_now_mg), COLUMNS_END,
};

static enum status show_lacks(struct ctx *c, struct text *out, int64_t id)
{
    struct lack *lacks;
    size_t n;

    TRY(db_all(c, &q_order_short_lines, PARAMS(SHOP(c), I64(id)), lack_columns, sizeof *lacks, &lacks, &n));
    for (size_t i = 0; i < n; i++) {
        const struct lack *l = &lacks[i];

        text_addf(out, "%s  %2lld ", i == 0 ? "\nShort:\n" : "", (long long)l->line_no);
        compound_column(out, arena_printf(&c->arena, "%s %s", l->pinyin, l->hanzi), HERB_COLUMNS);
        text_addf(out, "%s of %s is missing", weight_text(&c->arena, l->missing_mg),
                  weight_text(&c->arena, l->wanted_mg));
        if (l->barred_mg.mg > 0)
            text_addf(out, ", %s may not be used", weight_text(&c->arena, l->barred_mg));
        text_addf(out, "; now free: %s\n", weight_text(&c->arena, l->free_now_mg));
    }
    return ST_OK;
}

struct next_step {
    const char *step;
};

static const struct column next_columns[] = { COLUMN(struct next_step, step), COLUMNS_END };

/* By what the order waits for: its state, or what the bench wants within it. */
static enum status show_next(struct ctx *c, struct text *out, int64_t id)
{
    static const struct {
        const char *step, *next, *more;
    } steps[] = {
        { "entered", "allocate", "--as PHARMACIST" },
        { "short", "allocate", "--as PERSON, when stock has come; or part, substitutes, cancel" },
        { "allocated", "release", "--as PHARMACIST" },
        { "pick", "pick", "--as PERSON, lot by lot as picklist says" },
        { "identify", "identify", "--as ANOTHER-PERSON --scan CODE" },
        { "released", "weigh", "--as PERSON --weight \"LINE LOT WEIGHT\"" },
        { "packets", "packets", "--as PERSON --packet \"N WEIGHT\"" },
        { "weighed", "check", "--as ANOTHER-PHARMACIST" },
        { "checked", "handover", "--as PERSON --received-by NAME" },
    };
    struct next_step now;
    bool found;

    TRY(db_row(c, &q_order_next, PARAMS(SHOP(c), I64(id)), next_columns, &now, &found));
    for (size_t i = 0; found && i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(steps[i].step, now.step) == 0)
            text_addf(out, "\nNext: yaofang compound %s %lld %s\n", steps[i].next, (long long)id,
                      steps[i].more);
    return ST_OK;
}

static enum status show_text(struct ctx *c, struct text *out, int64_t id)
{
    struct head head;
    struct lot *lots, *passed;
    size_t n, passed_count;
    bool found, next;

    TRY(db_row(c, &q_order_show, PARAMS(SHOP(c), I64(id)), head_columns, &head, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no order of this shop");
    TRY(db_all(c, &q_order_lots, PARAMS(SHOP(c), I64(id)), lot_columns, sizeof *lots, &lots, &n));
    TRY(db_all(c, &q_order_passed_over, PARAMS(SHOP(c), I64(id)), passed_columns, sizeof *passed, &passed,
               &passed_count));
    show_head(c, out, &head);
    show_lots(c, out, lots, n);
    show_passed(c, out, passed, passed_count);
    TRY(show_lacks(c, out, id));
    TRY(compound_show_ways(c, out, id, head.state, &next));
    return next ? ST_OK : show_next(c, out, id);
}

enum status compound_show_order(struct ctx *c, const struct called *in, int64_t id)
{
    struct json_writer w;

    if (!argument_given(in->in, "--json"))
        return show_text(c, in->out, id);
    json_init(&w, in->out);
    TRY(order_write(c, &w, id));
    text_add_char(in->out, '\n');
    return ST_OK;
}
