/* A sale put together from its rows; the statements' column names are the members. */
#include "api/ticket_json.h"

#include <string.h>

#include "api/read.h"
#include "api/reason_json.h"
#include "db/db.h"
#include "sql.h"

static const struct reason_keys priced_by = { "price_note", "price_reason", "price_terms" };
static const struct reason_keys why = { "why", "reason", "terms" };
static const char *const kinds[] = { [LINE_ITEM] = "item", [LINE_ORDER] = "order", [LINE_FEE] = "fee" };

static void write_line(struct arena *arena, struct json_writer *w, const struct price_line *line)
{
    json_open_object(w, NULL);
    json_i64(w, "line_no", line->line_no);
    json_text(w, "kind", kinds[line->kind]);
    json_text(w, "name", line->name);
    json_text(w, "name_hanzi", line->name_hanzi);
    json_i64(w, "quantity", line->quantity);
    json_text(w, "unit", line->unit);
    reason_write(arena, w, &priced_by, line->priced_by);
    json_money(w, "list_cents", line->list);
    json_money(w, "discount_cents", line->discount);
    json_i64(w, "tax_basis_points", line->tax_basis_points);
    json_money(w, "tax_cents", line->tax);
    json_money(w, "total_cents", line->total);
    if (line->part_count > 1) {
        json_open_list(w, "parts");
        for (size_t i = 0; i < line->part_count; i++) {
            const struct price_part *part = &line->parts[i];

            json_open_object(w, NULL);
            json_text(w, "sku", part->sku);
            json_text(w, "name", part->name);
            json_i64(w, "quantity", part->quantity);
            json_money(w, "amount_cents", part->amount);
            json_text(w, "rule", part->rule == NULL ? NULL : part->rule->name);
            json_close_object(w);
        }
        json_close_list(w);
    }
    json_close_object(w);
}

static void write_effect(struct arena *arena, struct json_writer *w, const struct price_line *line,
                         const struct promo_effect *effect)
{
    json_open_object(w, NULL);
    json_i64(w, "line_no", line->line_no);
    json_text(w, "kind", kinds[line->kind]);
    if (line->kind == LINE_ORDER)
        json_i64(w, "order_id", line->order_id);
    json_text(w, "name", line->name);
    json_text(w, "name_hanzi", line->name_hanzi);
    json_money(w, "before_cents", effect->before);
    json_money(w, "discount_cents", effect->discount);
    reason_write(arena, w, &why, effect->why);
    json_close_object(w);
}

static void write_code(struct arena *arena, struct json_writer *w, const struct pricing *p,
                       const struct promo_code *code)
{
    json_open_object(w, NULL);
    json_text(w, "code", code->code);
    json_i64(w, "version", code->version);
    json_bool(w, "applies", code->applies);
    reason_write(arena, w, &why, code->why);
    json_money(w, "discount_cents", code->discount);
    json_open_list(w, "lines");
    for (size_t i = 0; i < p->line_count; i++)
        write_effect(arena, w, &p->lines[i], &code->effects[i]);
    json_close_list(w);
    json_close_object(w);
}

void price_write(struct ctx *c, struct json_writer *w, const char *key, const struct ticket_price *price)
{
    const struct pricing *p = &price->pricing;

    json_open_object(w, key);
    json_money(w, "list_cents", p->list);
    json_money(w, "discount_cents", p->discount);
    json_money(w, "tax_cents", p->tax);
    json_bool(w, "tax_included", p->tax_included);
    json_money(w, "total_cents", p->total);
    json_bool(w, "short", price->is_short);
    json_open_list(w, "lines");
    for (size_t i = 0; i < p->line_count; i++)
        write_line(&c->arena, w, &p->lines[i]);
    json_close_list(w);
    json_open_list(w, "codes");
    for (size_t i = 0; i < p->code_count; i++)
        write_code(&c->arena, w, p, &p->codes[i]);
    json_close_list(w);
    json_open_list(w, "lots");
    for (size_t i = 0; i < price->lot_count; i++) {
        json_open_object(w, NULL);
        json_i64(w, "line_no", price->lots[i].line_no);
        json_i64(w, "lot_id", price->lots[i].lot_id);
        json_text(w, "lot_code", price->lots[i].lot_code);
        json_date(w, "expires_on", price->lots[i].expires_on);
        json_i64(w, "quantity", price->lots[i].quantity);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}

enum status ticket_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    const struct param params[] = { SHOP(c), I64(id) };
    struct db_read reads[] = {
        { &q_ticket_show, params, 2, NULL },  { &q_ticket_lines, params, 2, NULL },
        { &q_ticket_codes, params, 2, NULL }, { &q_quote_lines, params, 2, NULL },
        { &q_quote_codes, params, 2, NULL },  { &q_ticket_tenders, params, 2, NULL },
        { &q_ticket_lots, params, 2, NULL },  { &q_ticket_refunds, params, 2, NULL },
    };
    static const char *const lists[] = { NULL,          "lines",   "codes", "quote_lines",
                                         "quote_codes", "tenders", "lots",  "refunds" };
    struct ticket_price price;
    const char *state;

    TRY(db_rows_together(c, reads, sizeof reads / sizeof *reads));
    if (rows_count(reads[0].rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "ticket_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no ticket of this shop");
    state = rows_named(reads[0].rows, 0, "state");
    json_open_object(w, NULL);
    json_put_row(w, "ticket", reads[0].rows, 0);
    for (size_t i = 1; i < sizeof reads / sizeof *reads; i++)
        json_put_rows(w, lists[i], reads[i].rows);
    if (strcmp(state, "open") == 0 || strcmp(state, "quoted") == 0) {
        TRY(ticket_price_now(c, id, &price));
        price_write(c, w, "price", &price);
    }
    json_close_object(w);
    return ST_OK;
}

enum status receipt_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    const struct param params[] = { SHOP(c), I64(id) };
    struct db_read reads[] = {
        { &q_sale_receipt_head, params, 2, NULL },  { &q_quote_lines, params, 2, NULL },
        { &q_sale_receipt_taxes, params, 2, NULL }, { &q_quote_codes, params, 2, NULL },
        { &q_ticket_tenders, params, 2, NULL },     { &q_ticket_refunds, params, 2, NULL },
    };
    static const char *const lists[] = { NULL, "lines", "taxes", "codes", "tenders", "refunds" };

    TRY(db_rows_together(c, reads, sizeof reads / sizeof *reads));
    if (rows_count(reads[0].rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "ticket_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no paid ticket of this shop");
    json_open_object(w, NULL);
    json_put_row(w, "receipt", reads[0].rows, 0);
    for (size_t i = 1; i < sizeof reads / sizeof *reads; i++)
        json_put_rows(w, lists[i], reads[i].rows);
    json_close_object(w);
    return ST_OK;
}
