/* What a scanned code means, over HTTP: each reading with the item, its lots of that code, and a line for receiving. */
#include "core/scan.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

static void number_or_null(struct json_writer *w, const char *key, int64_t number)
{
    if (number < 0)
        json_null(w, key);
    else
        json_i64(w, key, number);
}

static void write_code(struct json_writer *w, const struct gs1 *code)
{
    json_text(w, "text", code->text);
    json_text(w, "gtin", code->gtin == NULL ? code->content_gtin : code->gtin);
    json_text(w, "lot_code", code->lot);
    json_text(w, "serial", code->serial);
    json_text(w, "additional_id", code->additional_id);
    json_date(w, "made_on", code->made_on);
    json_date(w, "best_before", code->best_before);
    json_date(w, "expires_on", code->expires_on);
    json_bool(w, "expires_month", code->expires_month);
    number_or_null(w, "net_mg", code->net_mg);
    json_bool(w, "net_rounded", code->net_rounded);
    number_or_null(w, "count", code->count > 0 ? code->count : code->content_count);
}

/* An expiry as a receiving line says it: by the month where only the month is known. */
static const char *expiry_of(struct ctx *c, const struct gs1 *code)
{
    const struct date date = date_is_none(code->expires_on) ? code->best_before : code->expires_on;
    const char *text = date_is_none(date) ? NULL : date_text(&c->arena, date);

    return text != NULL && code->expires_month ? arena_text_n(&c->arena, text, 7) : text;
}

static enum status write_reading(struct ctx *c, struct json_writer *w, const struct scan_reading *r)
{
    json_open_object(w, NULL);
    write_code(w, &r->code);
    if (r->item.id == 0) {
        json_null(w, "item");
    } else {
        json_open_object(w, "item");
        json_i64(w, "id", r->item.id);
        json_text(w, "sku", r->item.sku);
        json_text(w, "name", r->item.name);
        json_text(w, "name_hanzi", r->item.name_hanzi);
        json_text(w, "unit", r->item.unit);
        json_close_object(w);
        TRY(json_rows(c, w, "lots", &q_scan_lots,
                      PARAMS(SHOP(c), I64(r->item.id), TEXT(r->code.lot == NULL ? "" : r->code.lot))));
        json_open_object(w, "line");
        json_text(w, "sku", r->item.sku);
        json_text(w, "lot_code", r->code.lot);
        json_text(w, "expires_on", expiry_of(c, &r->code));
        json_date(w, "made_on", r->code.made_on);
        number_or_null(w, "quantity", r->quantity > 0 ? r->quantity : -1);
        json_text(w, "location", *r->item.home == '\0' ? NULL : r->item.home);
        json_close_object(w);
    }
    json_close_object(w);
    return ST_OK;
}

enum status post_scan(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct json_writer *w;
    const char *code;
    struct scan scan;

    TRY(in_body(in, &body));
    code = json_get_text(body, "code", GS1_LONGEST);
    TRY(in_end(in));
    TRY(scan_read(c, code, &scan));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_bool(w, "sure", scan.count == 1);
    json_bool(w, "separators_lost", scan.separators_lost);
    json_open_list(w, "readings");
    for (size_t i = 0; i < scan.count; i++)
        TRY(write_reading(c, w, &scan.readings[i]));
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}
