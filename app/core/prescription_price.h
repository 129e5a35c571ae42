/* What a prescription, stored or drafted, costs: priced by the one function a quote is priced by, from the items it would be filled
   from today, with the fees of its dosage form. Nothing is stored. */
#ifndef YAOFANG_CORE_PRESCRIPTION_PRICE_H
#define YAOFANG_CORE_PRESCRIPTION_PRICE_H

#include "core/prescription_form.h"
#include "core/pricing.h"

/* What one herb costs. */
struct herb_price {
    const struct price_part
        *part; /* NULL: nothing there to be priced, or its product is priced with another line */
    const struct reason *priced_by; /* NULL without a price */
    const struct reason *missing;   /* why it has no price; NULL when it has one */
};

struct prescription_price {
    struct pricing pricing;    /* line 1 all herbs, the others fees; whatever has no price counts nothing */
    struct herb_price *herbs;  /* beside the prescription's lines */
    struct money herbs_amount; /* before tax where prices do not hold it */
    size_t missing_count;      /* herbs without a price: the sum is too low */
};

/* Prices the whole of it for a customer of that group (NULL or "": none). ST_NOT_FOUND for a group the shop does not have,
   ST_INVALID when it comes to more than anybody can pay. */
enum status prescription_price_get(struct ctx *c, const struct prescription *prescription,
                                   const struct prescription_form *form, const char *customer_group,
                                   struct prescription_price *out) MUST_CHECK;

#endif
