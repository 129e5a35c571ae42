/* What somebody at the counter means: a SKU, a GTIN, a lot's code, or a GS1 code with both. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/ticket_step.h"
#include "intake/gs1.h"
#include "sql.h"

/* A meaning of what was typed. */
struct meaning {
    int64_t item_id, lot_id;
    const char *sku, *name, *unit, *refusal;
};

struct today_row {
    struct date today;
};

static const struct column meaning_columns[] = {
    COLUMN(struct meaning, item_id),
    COLUMN(struct meaning, lot_id),
    COLUMN(struct meaning, sku),
    COLUMN(struct meaning, name),
    COLUMN(struct meaning, unit),
    COLUMN(struct meaning, refusal),
    COLUMNS_END,
};
static const struct column today_columns[] = { COLUMN(struct today_row, today), COLUMNS_END };

/* What a scanner read, taken apart; what is no GS1 code is left to be a SKU or a lot's code. */
static enum status scanned(struct ctx *c, const char *what, const char **gtin, const char **lot)
{
    static char const separator = 29;
    struct today_row row = { DATE_NONE };
    struct gs1 code;
    char padded[15];
    bool found;

    *gtin = *lot = NULL;
    if (gtin_parse(what, padded)) {
        *gtin = arena_text(&c->arena, padded);
        return ST_OK;
    }
    if (what[0] != '(' && what[0] != ']' && strchr(what, separator) == NULL &&
        (strlen(what) < 16 || strspn(what, "0123456789") < 16))
        return ST_OK;
    TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(0)), today_columns, &row, &found));
    TRY(gs1_read_one(c, what, strlen(what), row.today, &code));
    *gtin = code.gtin;
    *lot = code.lot;
    return ST_OK;
}

/* A lot's label names the lot; so does an item code that stands for nothing else. */
static enum status one_of(struct ctx *c, const struct ticket_want *want, const struct meaning *list, size_t n,
                          const struct meaning **one)
{
    struct text names;

    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "what", want->what,
                        "is no item or lot of this shop by SKU, bar code or lot code");
    *one = &list[0];
    if (n == 1)
        return ST_OK;
    text_init(&names, &c->arena);
    for (size_t i = 0; i < n; i++)
        text_addf(&names, "%s%s%s", i == 0 ? "" : ", ", list[i].sku,
                  list[i].lot_id == 0 ? "" : " (a lot of it)");
    return ctx_fail(c, ST_CONFLICT, "what", want->what, "may mean several things: %s", names.data);
}

enum status ticket_find(struct ctx *c, const struct ticket_want *want, struct ticket_line *line)
{
    char *what = text_trim(&c->arena, want->what);
    const char *gtin, *lot;
    const struct meaning *one = NULL;
    struct meaning *list;
    size_t n;

    TRY(scanned(c, what, &gtin, &lot));
    TRY(db_all(c, &q_ticket_found, PARAMS(SHOP(c), TEXT(what), TEXT_OR_NULL(gtin), TEXT_OR_NULL(lot)),
               meaning_columns, sizeof *list, &list, &n));
    TRY(one_of(c, want, list, n, &one));
    if (*one->refusal != '\0')
        return ctx_fail(c, ST_CONFLICT, "what", want->what, "may not be sold: the lot of %s is %s", one->name,
                        one->refusal);
    if (want->unit != NULL && strcmp(want->unit, one->unit) != 0)
        return ctx_fail(c, ST_INVALID, "unit", want->unit,
                        strcmp(one->unit, "mg") == 0 ? "does not suit %s: it is sold by weight"
                                                     : "does not suit %s: it is sold by the piece",
                        one->sku);
    *line =
        (struct ticket_line){ .item_id = one->item_id, .lot_id = one->lot_id, .quantity = want->quantity };
    return ST_OK;
}
