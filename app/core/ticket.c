/* Opening a ticket and what may change while it is open: the customer, lines, codes. Each change takes a quote back. */
#include "core/ticket.h"

#include <string.h>

#include "core/audit.h"
#include "core/person.h"
#include "core/promo.h"
#include "core/sale_setup.h"
#include "core/ticket_step.h"
#include "sql.h"

/* Nobody sells more of one thing at a time: a tonne, in milligrams. */
#define LINE_MOST INT64_C(1000000000)

struct id_row {
    int64_t id;
};
struct state_row {
    const char *state;
};
struct line_row {
    int64_t line_no;
};
struct order_row {
    int64_t id;
    const char *state, *payment;
    int64_t patient_id, charged_by;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column state_columns[] = { COLUMN(struct state_row, state), COLUMNS_END };
static const struct column line_columns[] = { COLUMN(struct line_row, line_no), COLUMNS_END };
static const struct column head_columns[] = {
    COLUMN(struct ticket_head, id),         COLUMN(struct ticket_head, state),
    COLUMN(struct ticket_head, patient_id), COLUMN(struct ticket_head, customer_group),
    COLUMN(struct ticket_head, quote_no),   COLUMNS_END,
};
static const struct column order_columns[] = {
    COLUMN(struct order_row, id),         COLUMN(struct order_row, state),
    COLUMN(struct order_row, payment),    COLUMN(struct order_row, patient_id),
    COLUMN(struct order_row, charged_by), COLUMNS_END,
};

const char *ticket_number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

const char *ticket_subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "ticket %lld", (long long)id);
}

enum status ticket_require(struct ctx *c)
{
    return person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "sell");
}

static bool listed(const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

enum status ticket_lock(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                        struct ticket_head *head)
{
    struct state_row now;
    bool found;

    TRY(db_row(c, &q_ticket_lock, PARAMS(SHOP(c), I64(id)), head_columns, head, &found));
    if (found)
        now.state = head->state;
    else
        TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(id)), state_columns, &now, &found));
    if (!found || *now.state == '\0')
        return ctx_fail(c, ST_NOT_FOUND, "ticket_id", ticket_number(c, id), "is no ticket of this shop");
    if (!listed(states, now.state))
        return ctx_fail(c, ST_CONFLICT, "ticket_id", ticket_number(c, id), "cannot be %s: it is %s", doing,
                        now.state);
    return ST_OK;
}

struct opening {
    const struct ticket_customer *customer;
    int64_t id;
};

static enum status open_ticket(struct ctx *c, void *arg)
{
    struct opening *want = arg;
    struct id_row made;
    bool found;

    TRY(customer_group_usable(c, want->customer->group));
    TRY(db_row(c, &q_ticket_add,
               PARAMS(SHOP(c), I64_OR_NULL(want->customer->patient_id), TEXT_OR_NULL(want->customer->group),
                      USER(c)),
               id_columns, &made, &found));
    want->id = made.id;
    return audit_note(c, "ticket_opened", ticket_subject(c, made.id), NULL);
}

enum status ticket_open(struct ctx *c, const struct ticket_customer *customer, int64_t *id)
{
    struct opening want = { .customer = customer };

    TRY(ticket_require(c));
    TRY(db_tx(c, open_ticket, &want));
    *id = want.id;
    return ST_OK;
}

/* A change of a ticket: which, and what is done once it is locked and open. */
struct change {
    int64_t id;
    enum status (*act)(struct ctx *c, const struct ticket_head *head, const void *arg);
    const void *arg;
    const char *doing, *audited, *details;
};

static enum status change(struct ctx *c, void *arg)
{
    static const char *const from[] = { "open", "quoted", NULL };
    const struct change *want = arg;
    struct ticket_head head;

    TRY(ticket_lock(c, want->id, from, want->doing, &head));
    if (strcmp(head.state, "quoted") == 0) {
        TRY(ticket_release_uses(c, &head, "the ticket was changed", NULL));
        TRY(db_run(c, &q_ticket_state, PARAMS(SHOP(c), I64(want->id), TEXT("open"))));
    }
    if (want->act != NULL)
        TRY(want->act(c, &head, want->arg));
    return audit_note(c, want->audited, ticket_subject(c, want->id), want->details);
}

static enum status run_change(struct ctx *c, struct change want)
{
    TRY(ticket_require(c));
    return db_tx(c, change, &want);
}

static enum status set_customer(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    const struct ticket_customer *customer = arg;

    if (customer->group != NULL && strcmp(customer->group, head->customer_group) != 0)
        TRY(customer_group_usable(c, customer->group));
    return db_run(
        c, &q_ticket_customer,
        PARAMS(SHOP(c), I64(head->id), I64_OR_NULL(customer->patient_id), TEXT_OR_NULL(customer->group)));
}

enum status ticket_set_customer(struct ctx *c, int64_t id, const struct ticket_customer *customer)
{
    return run_change(c, (struct change){ id, set_customer, customer, "changed", "ticket_changed", NULL });
}

/* An order goes on a ticket of its own patient, or of nobody yet, and on one ticket that is paid. */
static enum status refuse_order(struct ctx *c, const struct ticket_head *head, int64_t order_id)
{
    const char *number = ticket_number(c, order_id);
    struct order_row order;
    bool found;

    TRY(db_row(c, &q_ticket_order_found, PARAMS(SHOP(c), I64S(&order_id, 1)), order_columns, &order, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", number, "is no order of this shop");
    if (strcmp(order.state, "cancelled") == 0 || strcmp(order.state, "rejected") == 0 ||
        strcmp(order.state, "wasted") == 0)
        return ctx_fail(c, ST_CONFLICT, "order_id", number, "is %s", order.state);
    if (order.charged_by != 0)
        return ctx_fail(c, ST_CONFLICT, "order_id", number, "is %s already, by ticket %lld", order.payment,
                        (long long)order.charged_by);
    if (head->patient_id != 0 && head->patient_id != order.patient_id)
        return ctx_fail(c, ST_CONFLICT, "order_id", number, "is another patient's");
    return ST_OK;
}

static enum status refuse_quantity(struct ctx *c, int64_t quantity)
{
    if (quantity < 1 || quantity > LINE_MOST)
        return ctx_fail(c, ST_INVALID, "quantity", ticket_number(c, quantity), "is 1 to %lld",
                        (long long)LINE_MOST);
    return ST_OK;
}

/* The line that sells the same goods of the same lot; NULL: none does. */
static const struct ticket_line *same_line(const struct ticket_line *lines, size_t n,
                                           const struct ticket_line *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].order_id == 0 && wanted->order_id == 0 && lines[i].item_id == wanted->item_id &&
            lines[i].lot_id == wanted->lot_id)
            return &lines[i];
    return NULL;
}

static enum status add_to_line(struct ctx *c, const struct ticket_head *head, const struct ticket_line *line,
                               int64_t quantity)
{
    size_t changed;

    TRY(refuse_quantity(c, line->quantity + quantity));
    return db_change(c, &q_ticket_line_change,
                     PARAMS(SHOP(c), I64(head->id), I64(line->line_no), I64(line->quantity + quantity)),
                     &changed);
}

static enum status add(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    const struct ticket_want *want = arg;
    struct ticket_line line = { .order_id = want->order_id, .quantity = 1 }, *lines;
    const struct ticket_line *same;
    struct line_row made;
    size_t count;
    bool found;

    if (want->order_id != 0)
        TRY(refuse_order(c, head, want->order_id));
    else
        TRY(ticket_find(c, want, &line));
    TRY(ticket_wanted(c, head->id, &lines, &count));
    same = want->join ? same_line(lines, count, &line) : NULL;
    if (same != NULL)
        return add_to_line(c, head, same, line.quantity);
    if (count >= TICKET_LINES_MOST)
        return ctx_fail(c, ST_CONFLICT, "lines", ticket_number(c, (int64_t)count), "are at most %d",
                        TICKET_LINES_MOST);
    return db_row(c, &q_ticket_line_add,
                  PARAMS(SHOP(c), I64(head->id), I64_OR_NULL(line.item_id), I64_OR_NULL(line.order_id),
                         I64_OR_NULL(line.lot_id), I64(line.quantity), USER(c)),
                  line_columns, &made, &found);
}

enum status ticket_add(struct ctx *c, int64_t id, const struct ticket_want *want)
{
    if (want->order_id == 0)
        TRY(refuse_quantity(c, want->quantity));
    return run_change(c,
                      (struct change){ id, add, want, "changed", "ticket_line_added",
                                       want->order_id == 0 ? want->what : ticket_number(c, want->order_id) });
}

struct line_change {
    int64_t line_no, quantity;
};

static enum status change_line(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    const struct line_change *want = arg;
    size_t changed;

    TRY(db_change(c, &q_ticket_line_change,
                  PARAMS(SHOP(c), I64(head->id), I64(want->line_no), I64(want->quantity)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, "line_no", ticket_number(c, want->line_no),
                        "is no line of this ticket whose quantity could be that");
    return ST_OK;
}

enum status ticket_change(struct ctx *c, int64_t id, int64_t line_no, int64_t quantity)
{
    const struct line_change want = { line_no, quantity };

    if (quantity != 0)
        TRY(refuse_quantity(c, quantity));
    return run_change(c, (struct change){ id, change_line, &want, "changed", "ticket_line_changed",
                                          ticket_number(c, line_no) });
}

static enum status add_code(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    const char **codes;
    size_t count;

    TRY(ticket_codes(c, head->id, &codes, &count));
    if (count >= TICKET_CODES_MOST)
        return ctx_fail(c, ST_CONFLICT, "code", arg, "is one too many: a ticket has at most %d",
                        TICKET_CODES_MOST);
    return db_run(c, &q_ticket_code_add, PARAMS(SHOP(c), I64(head->id), TEXT(arg), USER(c)));
}

enum status ticket_add_code(struct ctx *c, int64_t id, const char *code)
{
    const char *upper = promo_code_text(c, code);

    return run_change(c, (struct change){ id, add_code, upper, "changed", "ticket_code_added", upper });
}

static enum status remove_code(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    size_t changed;

    TRY(db_change(c, &q_ticket_code_remove, PARAMS(SHOP(c), I64(head->id), TEXT(arg)), &changed));
    return changed == 0 ? ctx_fail(c, ST_NOT_FOUND, "code", arg, "is not on this ticket") : ST_OK;
}

enum status ticket_remove_code(struct ctx *c, int64_t id, const char *code)
{
    const char *upper = promo_code_text(c, code);

    return run_change(c, (struct change){ id, remove_code, upper, "changed", "ticket_code_removed", upper });
}

enum status ticket_reopen(struct ctx *c, int64_t id)
{
    return run_change(c, (struct change){ id, NULL, NULL, "opened again", "ticket_reopened", NULL });
}

static enum status cancel(struct ctx *c, const struct ticket_head *head, const void *arg)
{
    (void)arg;
    return db_run(c, &q_ticket_state, PARAMS(SHOP(c), I64(head->id), TEXT("cancelled")));
}

enum status ticket_cancel(struct ctx *c, int64_t id)
{
    return run_change(c, (struct change){ id, cancel, NULL, "cancelled", "ticket_cancelled", NULL });
}
