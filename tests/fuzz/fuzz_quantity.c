/* Weights, money, ratios and dates as typed: what is accepted can be written and read again as the same. */
#include <stdlib.h>

#include "base/date.h"
#include "base/quantity.h"
#include "fuzz/fuzz.h"

const char *const fuzz_seeds[] = {
    "9 g", "4.5g", "500 mg",     "1.2 kg",  "１２克", "3毫克", "0.001", "99999999.999 kg",
    "5:1", "1.5",  "2027-03-31", "2027-02", "12.50",  NULL,
};

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    struct weight weight, weight_again;
    struct money money, money_again;
    struct date date, date_again;
    struct ratio ratio;

    (void)size;
    if (weight_parse(data, &weight) == QUANTITY_OK &&
        (weight.mg < 0 || weight.mg > WEIGHT_LIMIT_MG ||
         weight_parse(weight_text(&c->arena, weight), &weight_again) != QUANTITY_OK ||
         weight_again.mg != weight.mg))
        abort();
    if (money_parse(data, &money) == QUANTITY_OK &&
        (money_parse(money_text(&c->arena, money), &money_again) != QUANTITY_OK ||
         money_again.cents != money.cents))
        abort();
    if (date_parse(data, &date) &&
        (!date_parse(date_text(&c->arena, date), &date_again) || date_again.days != date.days))
        abort();
    if (ratio_parse(data, &ratio) && (ratio.den <= 0 || ratio.num < 0))
        abort();
}
