/* Stages for tests of orders: herbs the demo shop does not keep, their lots, signed prescriptions. Everything here aborts the
   test when it fails. The context acts as the service, with a person set. */
#ifndef YAOFANG_TESTS_STAGE_H
#define YAOFANG_TESTS_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* Receives a lot of raw `herb` that may be used for `days` more days (0: until the end of today), through the ledger. `place`
   is a location's code. Returns the lot's id. */
int64_t stage_lot(struct ctx *c, const char *herb, const char *code, int64_t mg, int days, const char *status,
                  const char *place);

struct staged_herb {
    const char *herb;
    int64_t mg;
};

/* A version of a prescription with a screening that found `critical` critical findings, answered or not; signed when they are
   answered. Returns the prescription's id. */
int64_t stage_prescription(struct ctx *c, int days, int critical, bool answered,
                           const struct staged_herb *herbs, size_t count);

/* An order for one herb, entered, from a prescription without findings. */
int64_t stage_order(struct ctx *c, const char *herb, int64_t mg, int days);

/* The same, `form` being the dosage form, for a herb the demo shop keeps. */
int64_t stage_order_as(struct ctx *c, const char *form, const char *herb, int64_t mg, int days);

/* Releases an allocated order as core/order_release does, without the rule book. */
void stage_release(struct ctx *c, int64_t order_id);

/* Weighs that much of a lot for an order's first line. */
enum status stage_weigh(struct ctx *c, int64_t order_id, int64_t lot_id, int64_t mg) MUST_CHECK;

/* Runs SQL as the owner of database `name`: what only time or an accident would do. */
void stage_fate(struct ctx *c, const char *name, const char *sql);

/* What is reserved of a lot for an order; what lies in the shop of a lot. */
int64_t stage_reserved(struct ctx *c, int64_t order_id, int64_t lot_id);
int64_t stage_in_stock(struct ctx *c, int64_t lot_id);

#endif
