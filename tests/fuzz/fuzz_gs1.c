/* Bar codes as they may come from a scanner: what is accepted keeps to the rules, and written as people read it means the
   same. */
#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"
#include "fuzz/fuzz.h"
#include "intake/gs1.h"

const char *const fuzz_seeds[] = {
    "(01)09501101530003(17)281130(10)LOT42A",
    "]d20109501101530003172811301010LOT42A\x1d"
    "21000000",
    "0109501101530003172811301010LOT42A",
    "010950110153000310LOT42A21000017",
    "]C1019950110153000630120\x1d"
    "3103001250",
    "9501101530003",
    "(02)09501101530003(37)24(10)AB(C)1(11)260100(15)270331",
    "]Q33202000100\x1d"
    "10A<GS>240REF",
    NULL,
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same(const struct gs1 *a, const struct gs1 *b)
{
    return same_text(a->gtin, b->gtin) && same_text(a->content_gtin, b->content_gtin) &&
           same_text(a->lot, b->lot) && same_text(a->serial, b->serial) &&
           same_text(a->additional_id, b->additional_id) && a->made_on.days == b->made_on.days &&
           a->expires_on.days == b->expires_on.days && a->expires_month == b->expires_month &&
           a->best_before.days == b->best_before.days && a->count == b->count &&
           a->content_count == b->content_count && a->net_mg == b->net_mg;
}

static void check(struct ctx *c, const struct gs1 *r, struct date today)
{
    struct gs1 again;
    char padded[15];

    if (r->gtin != NULL && (strlen(r->gtin) != 14 || !gtin_parse(r->gtin, padded)))
        abort();
    if (r->lot != NULL && (*r->lot == '\0' || strlen(r->lot) > 20))
        abort();
    if (r->net_mg != -1 && (r->net_mg < 1 || r->net_mg > WEIGHT_LIMIT_MG))
        abort();
    if (!date_is_none(r->made_on) && !date_is_none(r->expires_on) && r->expires_on.days < r->made_on.days)
        abort();
    for (const char *at = strchr(r->text, '('); at != NULL; at = strchr(at + 1, '('))
        if (strchr("0123456789", at[1]) == NULL)
            return; /* a bracket within a value */
    if (gs1_read_one(c, r->text, strlen(r->text), today, &again) == ST_OK && !same(r, &again))
        abort();
    ctx_forgive(c);
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    const struct date today = date_from(2026, 11, 22);
    struct gs1_result result;

    if (gs1_read(c, data, size, today, &result) != ST_OK)
        return;
    if (result.count < 1 || result.count > GS1_READINGS_MOST)
        abort();
    for (size_t i = 0; i < result.count; i++)
        check(c, &result.readings[i], today);
}
