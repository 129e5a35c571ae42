/* Sales over HTTP: open, add, quote, pay, give back. Every change answers with the ticket as it is then, and what it costs and why. */
#include "api/handlers.h"
#include "api/ticket_json.h"

enum { WHAT_LONGEST = 300, CODE_LONGEST = 60, TEXT_LONGEST = 500, NUMBER_DIGITS = 12 };
#define NUMBER_MOST INT64_C(1000000000000)
#define QUANTITY_MOST INT64_C(1000000000)
#define MONEY_MOST INT64_C(1000000000000)

static enum status reply_ticket(struct ctx *c, struct reply *out, int64_t id)
{
    return ticket_write(c, reply_json(c, out), id);
}

static struct ticket_customer read_customer(struct json_object *body)
{
    return (struct ticket_customer){ .patient_id = json_get_i64_or(body, "patient_id", 1, NUMBER_MOST, 0),
                                     .group = json_get_text_or(body, "customer_group", CODE_LONGEST, NULL) };
}

/* Goods by whatever names them, or an order. */
static void read_want(struct ctx *c, struct json_object *from, struct ticket_want *want)
{
    want->order_id = json_get_i64_or(from, "order_id", 1, NUMBER_MOST, 0);
    want->what = json_get_text_or(from, "what", WHAT_LONGEST, NULL);
    want->quantity = json_get_i64_or(from, "quantity", 1, QUANTITY_MOST, 1);
    want->unit = json_get_text_or(from, "unit", CODE_LONGEST, NULL);
    want->join = json_get_bool_or(from, "join", false);
    if ((want->what == NULL) == (want->order_id == 0))
        ctx_note(c, ST_INVALID, json_path(from, "what"), NULL, "or order_id must be given, not both");
}

static struct ticket_want *read_wants(struct ctx *c, struct json_object *body, size_t *n)
{
    struct json_object **list = json_get_objects(body, "lines", TICKET_LINES_MOST, n);
    struct ticket_want *wants = arena_array(&c->arena, *n + 1, sizeof *wants);

    for (size_t i = 0; i < *n; i++)
        read_want(c, list[i], &wants[i]);
    return wants;
}

enum status get_ticket(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return reply_ticket(c, out, id);
}

enum status get_ticket_receipt(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return receipt_write(c, reply_json(c, out), id);
}

enum status post_ticket(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_customer customer;
    struct ticket_want *wants;
    struct json_object *body;
    const char **codes;
    size_t n, code_count;
    int64_t id;

    TRY(in_body(in, &body));
    customer = read_customer(body);
    wants = read_wants(c, body, &n);
    codes = json_get_texts(body, "codes", TICKET_CODES_MOST, CODE_LONGEST, &code_count);
    TRY(in_end(in));
    TRY(ticket_open(c, &customer, &id));
    for (size_t i = 0; i < n; i++)
        TRY(ticket_add(c, id, &wants[i]));
    for (size_t i = 0; i < code_count; i++)
        TRY(ticket_add_code(c, id, codes[i]));
    reply_created(c, out, "/api/v1/tickets/%lld", (long long)id);
    return reply_ticket(c, out, id);
}

enum status put_ticket(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_customer customer;
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    customer = read_customer(body);
    TRY(in_end(in));
    TRY(ticket_set_customer(c, id, &customer));
    return reply_ticket(c, out, id);
}

enum status post_ticket_line(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_want want;
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    read_want(c, body, &want);
    TRY(in_end(in));
    TRY(ticket_add(c, id, &want));
    return reply_ticket(c, out, id);
}

enum status put_ticket_line(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), line_no = in_path_id(in, "line"), quantity;

    TRY(in_body(in, &body));
    quantity = json_get_i64(body, "quantity", 0, QUANTITY_MOST);
    TRY(in_end(in));
    TRY(ticket_change(c, id, line_no, quantity));
    return reply_ticket(c, out, id);
}

enum status post_ticket_code(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *code;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    code = json_get_text(body, "code", CODE_LONGEST);
    TRY(in_end(in));
    TRY(ticket_add_code(c, id, code));
    return reply_ticket(c, out, id);
}

enum status delete_ticket_code(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    const char *code = in_path_text(in, "code");

    TRY(in_end(in));
    TRY(ticket_remove_code(c, id, code));
    return reply_ticket(c, out, id);
}

enum status post_ticket_quote(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_price price;
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(ticket_quote(c, id, &price));
    return reply_ticket(c, out, id);
}

static struct ticket_tender *read_tenders(struct ctx *c, struct json_object *body, size_t *n)
{
    struct json_object **list = json_get_objects(body, "tenders", TICKET_TENDERS_MOST, n);
    struct ticket_tender *tenders = arena_array(&c->arena, *n + 1, sizeof *tenders);

    for (size_t i = 0; i < *n; i++) {
        tenders[i].kind = json_get_text(list[i], "kind", CODE_LONGEST);
        tenders[i].amount.cents = json_get_i64_or(list[i], "amount_cents", 1, MONEY_MOST, 0);
        tenders[i].given.cents = json_get_i64_or(list[i], "given_cents", 1, MONEY_MOST, 0);
        tenders[i].reference = json_get_text_or(list[i], "reference", TEXT_LONGEST, NULL);
    }
    return tenders;
}

enum status post_ticket_payment(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_tender *tenders;
    struct json_object *body;
    struct money total;
    const char *register_name;
    int64_t id = in_path_id(in, "id");
    size_t n;

    TRY(in_body(in, &body));
    total.cents = json_get_i64(body, "total_cents", 0, MONEY_MOST);
    register_name = json_get_text_or(body, "register", CODE_LONGEST, "main");
    tenders = read_tenders(c, body, &n);
    TRY(in_end(in));
    TRY(ticket_pay(c, id, total, register_name, tenders, n));
    return reply_ticket(c, out, id);
}

/* A refund as the body says it; only looked at, its reason may be said later. */
static struct ticket_refund read_refund(struct ctx *c, struct json_object *body, bool looked_at)
{
    struct ticket_refund refund = { .is_void = false };
    struct ticket_return *lines;
    struct json_object **list;

    refund.reason = looked_at ? json_get_text_or(body, "reason", CODE_LONGEST, NULL)
                              : json_get_text(body, "reason", CODE_LONGEST);
    refund.note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    refund.register_name = json_get_text_or(body, "register", CODE_LONGEST, "main");
    list = json_get_objects(body, "lines", 2 * TICKET_LINES_MOST, &refund.line_count);
    lines = arena_array(&c->arena, refund.line_count + 1, sizeof *lines);
    for (size_t i = 0; i < refund.line_count; i++) {
        lines[i].seq = json_get_i64(list[i], "seq", 1, NUMBER_MOST);
        lines[i].quantity = json_get_i64_or(list[i], "quantity", 1, QUANTITY_MOST, 0);
        lines[i].disposition = json_get_text_or(list[i], "disposition", CODE_LONGEST, NULL);
    }
    refund.lines = lines;
    refund.tenders = read_tenders(c, body, &refund.tender_count);
    return refund;
}

static enum status give_back(struct ctx *c, struct request *in, struct reply *out, bool is_void)
{
    struct ticket_refund refund;
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    refund = read_refund(c, body, false);
    refund.is_void = is_void;
    TRY(in_end(in));
    TRY(ticket_refund(c, id, &refund));
    return reply_ticket(c, out, id);
}

enum status post_ticket_refund_dry_run(struct ctx *c, struct request *in, struct reply *out)
{
    struct ticket_refund_sum sum;
    struct ticket_refund refund;
    struct json_object *body;
    struct json_writer *w;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    refund = read_refund(c, body, true);
    TRY(in_end(in));
    TRY(ticket_refund_look(c, id, &refund, &sum));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_money(w, "total_cents", sum.total);
    json_open_list(w, "tenders");
    for (size_t i = 0; i < sum.tender_count; i++) {
        json_open_object(w, NULL);
        json_text(w, "kind", sum.tenders[i].kind);
        json_money(w, "amount_cents", sum.tenders[i].amount);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

enum status post_ticket_refund(struct ctx *c, struct request *in, struct reply *out)
{
    return give_back(c, in, out, false);
}

enum status post_ticket_void(struct ctx *c, struct request *in, struct reply *out)
{
    return give_back(c, in, out, true);
}

enum status post_ticket_reopen(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(ticket_reopen(c, id));
    return reply_ticket(c, out, id);
}

enum status post_ticket_cancel(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(ticket_cancel(c, id));
    return reply_ticket(c, out, id);
}

/* What a code would do to a ticket, or to lines that are on none. */
enum status post_promo_dry_run(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");
    struct ticket_customer customer;
    struct ticket_price price;
    struct ticket_want *wants;
    struct json_object *body;
    int64_t ticket;
    size_t n;

    TRY(in_body(in, &body));
    ticket = json_get_i64_or(body, "ticket_id", 1, NUMBER_MOST, 0);
    customer = read_customer(body);
    wants = read_wants(c, body, &n);
    if ((ticket == 0) == (n == 0))
        ctx_note(c, ST_INVALID, "ticket_id", NULL, "or lines must be given, not both");
    TRY(in_end(in));
    if (ticket != 0)
        TRY(ticket_price_with(c, ticket, code, &price));
    else
        TRY(ticket_price_lines(c, &customer, wants, n, &code, 1, &price));
    if (price.pricing.code_count == 0)
        return ctx_fail(c, ST_NOT_FOUND, "code", code, "is no promo code of this shop");
    price_write(c, reply_json(c, out), NULL, &price);
    return ST_OK;
}
