/* What the files of an order's way share and nobody else sees. */
#ifndef YAOFANG_CORE_ORDER_STEP_H
#define YAOFANG_CORE_ORDER_STEP_H

#include <stdbool.h>

#include "core/order.h"
#include "core/screening.h"

/* An order whose row lock this transaction holds. */
struct locked_order {
    int64_t id, prescription_id, version, patient_id;
    const char *state;
    int64_t allocation_no; /* 0 = never allocated */
    int64_t packets;
    bool decocts; /* the shop boils it */
    bool stopped; /* by a hold, or a question to the prescriber */
};

/* Takes the order's row lock, the first of every step, and refuses a state the step does not start from: `states` is NULL-ended,
   `doing` completes "cannot be …" ("released"). ST_NOT_FOUND, or ST_CONFLICT naming the state, or what the order is stopped for. */
enum status order_lock(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                       struct locked_order *order) MUST_CHECK;

/* The same for what may be done to a stopped order too. */
enum status order_lock_stopped(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                               struct locked_order *order) MUST_CHECK;

/* ST_CONFLICT naming every hold and question without an end. */
enum status order_refuse_stopped(struct ctx *c, int64_t id, const char *doing) MUST_CHECK;

/* Whether `code` is a coded reason of that use ("hold", "waste", …) and has the note it needs: ST_INVALID names the codes. */
enum status order_reason(struct ctx *c, const char *use, const char *code, const char *note) MUST_CHECK;

/* Enters an order that replaces a wasted one, whose row lock this transaction holds: of the same version, for the same packets. */
enum status order_enter_again(struct ctx *c, const struct knowledge *knowledge,
                              const struct locked_order *wasted, int64_t *id) MUST_CHECK;

/* Enters an order for so many packets of the same version as one that this transaction has cancelled. */
enum status order_enter_part(struct ctx *c, const struct knowledge *knowledge,
                             const struct locked_order *whole, int64_t packets, int64_t *id) MUST_CHECK;

/* A line of which there was not enough. */
struct short_line {
    int64_t line_no;
    const char *herb;
    struct weight wanted, there, barred; /* barred: lies there, but may not be used */
    bool counted;                        /* in pieces */
    bool kept;                           /* the order is there: it was not entered by what was refused */
};

/* A go at reserving that may come short, and what it lacked then. */
struct order_short {
    int64_t id;
    struct date course_ends_on;
    const char *otherwise; /* where substitutes are, or NULL */
    const char *detail;    /* what the database said (db_refusal) */
    struct short_line *lines;
    size_t count;
};

/* Names the short lines and records the order as short: for db_tx_failed, of a struct order_short without lines. One that has lots
   set aside, or was released, keeps its state. */
enum status order_short_record(struct ctx *c, void *arg) MUST_CHECK;

/* ST_STALE: the screening is not one the step may stand on; `then` completes "screen again, answer what is new, then …". */
enum status order_stale(struct ctx *c, const struct screening_record *screening, const char *then);

/* Adds an event that does not move the order's state, by the person acting: whoever has the order open hears of it. `note` may be NULL. */
enum status order_tell(struct ctx *c, int64_t id, const char *event, const char *note) MUST_CHECK;

/* "order 12", for the audit trail. */
const char *order_subject(struct ctx *c, int64_t id);

/* A weight, or a number of pieces. */
const char *order_amount(struct ctx *c, bool counted, struct weight amount);

/* A reserved lot of a line. */
struct reservation {
    int64_t line_no, lot_id, location_id;
    struct weight planned;
    struct weight weighed; /* mg 0: not yet */
    struct weight there;   /* in that place now, reserved or not */
    bool ran_out;
    int64_t tolerance_permille;
    const char *herb, *lot_code;
    bool counted;        /* in pieces, not weighed: then every weight here is a number of pieces */
    bool unidentified;   /* nobody has looked yet whether it is the right lot, and the shop wants that */
    const char *refusal; /* why the lot may not be used now: recalled, held, expired, …; "" when it may */
};
/* The weighings with their net weights: a reading's weight is the gross, and net is gross less tare. ST_INVALID names what does not
   fit, ST_CONFLICT a reading that is another person's, too old, or used. */
enum status order_net_weights(struct ctx *c, const struct order_weighing *asked, size_t count,
                              const struct order_weighing **net) MUST_CHECK;
/* The weight of a scale's reading for the person acting: her own, of the last 15 minutes, and not used yet; else ST_CONFLICT naming
   `field`. */
enum status order_reading(struct ctx *c, const char *field, int64_t id, struct weight *weight) MUST_CHECK;
enum status order_reservations(struct ctx *c, int64_t id, struct reservation **list,
                               size_t *count) MUST_CHECK;

/* After the weights of these were booked out of their places: where more was weighed than set aside, less may lie there than others
   were promised, and their newest reservations end (stock_trim_reservations). */
enum status order_trim_others(struct ctx *c, const struct reservation *list, size_t count) MUST_CHECK;

#endif
