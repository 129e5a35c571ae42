/* What people type at the counter, and what `yaofang sale` shows them. */
#include <stdlib.h>
#include <string.h>

#include "api/ticket_json.h"
#include "compound.h"
#include "core/patient.h"
#include "db/db.h"
#include "sale.h"
#include "sql.h"

enum { NAME_COLUMNS = 40, SUM_COLUMNS = 12 };

enum status sale_number(struct ctx *c, const struct called *in, size_t at, const char *name, int64_t *number)
{
    const char *typed;
    char *end;

    TRY(stock_operand(c, in, at, name, &typed));
    *number = strtoll(typed, &end, 10);
    if (*typed == '\0' || *end != '\0' || *number < 1)
        return ctx_fail(c, ST_INVALID, name, typed, "is a number");
    return ST_OK;
}

enum status sale_money(struct ctx *c, const struct called *in, const char *option, struct money *money)
{
    const char *typed = argument_text(in->in, option, NULL);

    if (typed == NULL)
        return ST_OK;
    if (money_parse(typed, money) != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, option, typed, "is a sum such as 12.50");
    return ST_OK;
}

enum status sale_date(struct ctx *c, const struct called *in, const char *option, struct date *date)
{
    const char *typed = argument_text(in->in, option, NULL);

    *date = DATE_NONE;
    if (typed != NULL && (strlen(typed) != strlen("2026-11-22") || !date_parse(typed, date)))
        return ctx_fail(c, ST_INVALID, option, typed, "is a day such as 2026-11-22");
    return ST_OK;
}

enum status sale_percent(struct ctx *c, const struct called *in, const char *option, int64_t *points)
{
    const char *typed = argument_text(in->in, option, NULL);
    struct money hundredths;
    char *digits;

    if (typed == NULL)
        return ST_OK;
    digits = arena_text_n(&c->arena, typed, strcspn(typed, " %"));
    if (money_parse(digits, &hundredths) != QUANTITY_OK || hundredths.cents < 0)
        return ctx_fail(c, ST_INVALID, option, typed, "is a percentage such as 5 or 7.5");
    *points = hundredths.cents;
    return ST_OK;
}

enum status sale_want(struct ctx *c, const char *typed, struct ticket_want *want)
{
    char *text = text_trim(&c->arena, typed), *space = strchr(text, ' ');
    const char *unit;

    *want = (struct ticket_want){ .what = text, .quantity = 1 };
    if (space == NULL)
        return ST_OK;
    *space = '\0';
    if (strcmp(text, "order") == 0) {
        want->what = NULL;
        want->order_id = strtoll(space + 1, NULL, 10);
        return want->order_id > 0 ? ST_OK
                                  : ctx_fail(c, ST_INVALID, "order", space + 1, "is an order's number");
    }
    TRY(stock_quantity(c, "quantity", text_trim(&c->arena, space + 1), &want->quantity, &unit));
    want->unit = unit;
    return ST_OK;
}

enum status sale_customer(struct ctx *c, const struct called *in, struct ticket_customer *customer)
{
    const char *code = argument_text(in->in, "--patient", NULL);

    *customer = (struct ticket_customer){ .group = argument_text(in->in, "--group", NULL) };
    if (code == NULL)
        return ST_OK;
    return patient_find(c, code, &customer->patient_id);
}

static const char *amount(struct ctx *c, const struct price_line *line)
{
    if (strcmp(line->unit, "mg") == 0)
        return weight_text(&c->arena, (struct weight){ line->quantity });
    return arena_printf(&c->arena, "%lld", (long long)line->quantity);
}

static void print_sum(struct ctx *c, struct text *out, const char *name, struct money money)
{
    if (money.cents != 0)
        text_addf(out, "     %-24s %s\n", name, money_text(&c->arena, money));
}

void sale_print_price(struct ctx *c, struct text *out, const struct ticket_price *price)
{
    const struct pricing *p = &price->pricing;

    for (size_t i = 0; i < p->line_count; i++) {
        const struct price_line *line = &p->lines[i];

        text_addf(out, "%3lld  ", (long long)line->line_no);
        compound_column(out, line->name, NAME_COLUMNS);
        compound_column(out, amount(c, line), SUM_COLUMNS);
        text_addf(out, "%10s  %s\n", money_text(&c->arena, line->list),
                  reason_text(&c->arena, line->priced_by));
    }
    for (size_t i = 0; i < p->code_count; i++) {
        text_addf(out, "     code %s: %s\n", p->codes[i].code, reason_text(&c->arena, p->codes[i].why));
        for (size_t k = 0; k < p->line_count; k++)
            text_addf(out, "       line %lld, %s: %s\n", (long long)p->lines[k].line_no, p->lines[k].name,
                      reason_text(&c->arena, p->codes[i].effects[k].why));
    }
    print_sum(c, out, "Goods", p->list);
    print_sum(c, out, "Discount", (struct money){ -p->discount.cents });
    print_sum(c, out, p->tax_included ? "Tax, included" : "Tax", p->tax);
    text_addf(out, "     %-24s %s\n", "Total", money_text(&c->arena, p->total));
    if (price->is_short)
        text_add(out, "     Not everything can be had: quote it to see what is missing.\n");
}

static const char *next_step(const char *state)
{
    static const struct {
        const char *state, *next;
    } steps[] = {
        { "open", "next: sale quote" },
        { "quoted", "next: sale pay, with --total" },
        { "paid", "sale receipt; sale refund or sale void gives money back" },
        { NULL, "finished" },
    };
    size_t i = 0;

    while (steps[i].state != NULL && strcmp(steps[i].state, state) != 0)
        i++;
    return steps[i].next;
}

struct shown {
    const char *state, *patient_name, *currency;
    int64_t receipt_no;
    struct money total, refunded;
};

static const struct column shown_columns[] = {
    COLUMN(struct shown, state),
    COLUMN(struct shown, patient_name),
    COLUMN(struct shown, currency),
    COLUMN(struct shown, receipt_no),
    COLUMN_NAMED(struct shown, total, "total_cents"),
    COLUMN_NAMED(struct shown, refunded, "refunded_cents"),
    COLUMNS_END,
};

static enum status read_shown(struct ctx *c, int64_t id, struct shown *shown)
{
    bool found;

    TRY(db_row(c, &q_ticket_show, PARAMS(SHOP(c), I64(id)), shown_columns, shown, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "TICKET", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no ticket of this shop");
    return ST_OK;
}

enum status sale_show(struct ctx *c, const struct called *in, int64_t id)
{
    struct ticket_price price;
    struct json_writer w;
    struct shown shown;

    if (argument_given(in->in, "--json")) {
        json_init(&w, in->out);
        TRY(ticket_write(c, &w, id));
        text_add(in->out, "\n");
        return ST_OK;
    }
    TRY(read_shown(c, id, &shown));
    text_addf(in->out, "Ticket %lld: %s", (long long)id, shown.state);
    if (*shown.patient_name != '\0')
        text_addf(in->out, ", for %s", shown.patient_name);
    if (shown.receipt_no != 0)
        text_addf(in->out, ", receipt %lld, %s %s", (long long)shown.receipt_no,
                  money_text(&c->arena, shown.total), shown.currency);
    if (shown.refunded.cents != 0)
        text_addf(in->out, ", %s given back", money_text(&c->arena, shown.refunded));
    text_addf(in->out, "; %s\n", next_step(shown.state));
    if (strcmp(shown.state, "open") == 0 || strcmp(shown.state, "quoted") == 0) {
        TRY(ticket_price_now(c, id, &price));
        sale_print_price(c, in->out, &price);
    }
    return ST_OK;
}
