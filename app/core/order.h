/* An order's way: entered, allocated, released, weighed, checked, handed over. Each step is a row that is only ever added and
   that the database lets in only after the step before it; each step takes the order's row lock first, then lots by id. */
#ifndef YAOFANG_CORE_ORDER_H
#define YAOFANG_CORE_ORDER_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"
#include "clinic/knowledge.h"

/* An order that is wanted. */
/* How many pieces of a ready-made product go along. */
struct order_product {
    const char *item; /* SKU */
    int64_t pieces;
};

struct order_wish {
    int64_t prescription_id;
    int64_t packets;          /* how many of what the supply still owes; 0: all */
    const char *early_reason; /* code: why a refill is supplied before it is due; NULL or "": it is not */
    const char *early_note;   /* what a reason needs; NULL or "" */
    bool decoct;              /* the shop boils it, though its form is boiled at home */
    /* For products of the prescription whose maker does not state the content of a piece; else it may be left to the arithmetic. */
    const struct order_product *products;
    size_t product_count;
};

/* Enters an order for the newest signed version. Each herb gets the item of the shop that fits the dosage form (raw,
   granule by its own ratio, powder); ST_SHORT names each herb the shop has no such item for. An order is taken from the oldest
   supply of which packets are owed, else opens the next refill: ST_CONFLICT when the version allows no more, when more
   packets are wanted than are owed, or before the refill is due (with the day), unless a pharmacist gives a reason. Each herb's
   weights of the parts of a supply come to the version's, to the milligram. A further order of a version (one was released on
   its latest screening) is screened anew by the rule book given: answers are carried over, and have to be read again. */
enum status order_enter(struct ctx *c, const struct knowledge *knowledge, const struct order_wish *wish,
                        int64_t *id) MUST_CHECK;

/* The same for everything that is owed, nothing early. */
enum status order_create(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                         int64_t *id) MUST_CHECK;

/* What is still owed of the supply an order was taken from is not wanted, for a coded reason: it is not owed any more. ST_CONFLICT
   when nothing is. */
enum status order_forgo(struct ctx *c, int64_t id, const char *reason, const char *note) MUST_CHECK;

/* Screens the version of an open order again, whatever newer versions there are: after the patient or the rule book changed. */
enum status order_screen(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                         int64_t *screening) MUST_CHECK;

/* An allocation's terms; which lots it took is read with the order. */
struct allocated {
    int64_t id, allocation_no;
    const char *state;
    struct date course_ends_on, earliest, today;
    struct instant reserved_until;
};

/* Reserves lots: earliest expiry first among those that may be used and outlive the last day of the course, fewest lots,
   splitting over lots and drawers. ST_SHORT names every short herb with what is missing, nothing is reserved, and the order is
   "short", its short lines kept as rows; again when stock has come. Again on an order already allocated: the old reservations
   end first, or stand when the new go comes short. `course_ends` DATE_NONE: today plus the version's days.

   The lots are locked last of all, in the round trip of the commit, so that orders for the same herbs wait for each other as briefly
   as can be. Within another transaction ST_SHORT therefore comes from what that runs next, or from its commit. */
enum status order_allocate(struct ctx *c, int64_t id, struct date course_ends) MUST_CHECK;

/* The same, and tells the terms. `otherwise` says to somebody whose order is short where to look for substitutes; may be NULL. */
enum status order_allocate_or(struct ctx *c, int64_t id, struct date course_ends, const char *otherwise,
                              struct allocated *allocated) MUST_CHECK;

/* Supplies a part of a short order: it is cancelled, and `part` is one of so many packets (0: as many as can be made of what is free),
   allocated; the rest is owed. ST_SHORT when not even that can be reserved, ST_INVALID when it is no part, ST_CONFLICT when the
   order is paid. */
enum status order_supply_part(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t packets,
                              int64_t *part) MUST_CHECK;

/* A pharmacist lets the order be weighed. ST_STALE when the patient's profile or the rule book changed since the latest
   screening (screen again, answer, then release); ST_UNSAFE names every critical finding without an answer, and every answer
   not yet read by a pharmacist. */
enum status order_release(struct ctx *c, const struct knowledge *knowledge, int64_t id) MUST_CHECK;

/* What was weighed of one line from one lot. location_id 0: the only place the lot is reserved in. */
struct order_weighing {
    int64_t line_no, lot_id, location_id;
    struct weight weighed;     /* net; mg 0 with a gross or a reading: gross less tare */
    struct weight gross, tare; /* with its container; gross 0: not said */
    int64_t reading_id;        /* of a scale (core/scale.h): its weight is the gross; 0: none */
};

/* Records weights by the person acting (the order's filler from then on). ST_CONFLICT names a line outside the tolerance that
   nobody else approved (order_approve), a line weighed before, a lot that was not allocated, or the person who is filling the
   order already. When the last line is in, the order is "weighed". */
enum status order_weigh(struct ctx *c, int64_t id, const struct order_weighing *weighings,
                        size_t count) MUST_CHECK;

/* The person acting accepts exactly this weight, outside the tolerance or not, for somebody else to record. */
enum status order_approve(struct ctx *c, int64_t id, const struct order_weighing *weighing,
                          const char *note) MUST_CHECK;

/* The final check by somebody other than the filler (ST_DENIED names the filler otherwise): books the stock out by the weights
   really weighed, in the same transaction. */
enum status order_check(struct ctx *c, int64_t id, const char *note) MUST_CHECK;

/* Gives a checked order to the patient. Stands on a screening as the release does: ST_STALE when the patient's profile or the
   rule book changed since, ST_UNSAFE names critical findings not answered or answers not read. `counselled` must be true when
   there are answers: the patient was told. ST_CONFLICT names a lot recalled since. */
enum status order_hand_over(struct ctx *c, int64_t id, const char *received_by, bool counselled) MUST_CHECK;

/* Ends an order that was not checked yet, giving back what was reserved. */
enum status order_cancel(struct ctx *c, int64_t id, const char *reason) MUST_CHECK;

/* A pharmacist declines an order that was not released yet, for a coded reason. */
enum status order_reject(struct ctx *c, int64_t id, const char *reason, const char *note) MUST_CHECK;

/* Keeps an order where it stands, for a coded reason: no step is taken until order_lift. It may still be cancelled, rejected or
   wasted. `stop_no` (may be NULL) gets the number of the stop. */
enum status order_hold(struct ctx *c, int64_t id, const char *reason, const char *note,
                       int64_t *stop_no) MUST_CHECK;

/* A pharmacist asks the prescriber; the order stays where it stands until the question is answered and a pharmacist has closed it. */
enum status order_ask(struct ctx *c, int64_t id, const char *question, int64_t *stop_no) MUST_CHECK;

/* What the prescriber says to a question: "as_written", "will_change" or "withdrawn". A practitioner or the one who signed, and not
   the one who asked; in the single-person mode the same person after its delay. `stop_no` 0: the only question without an answer. */
enum status order_answer(struct ctx *c, int64_t id, int64_t stop_no, const char *verdict,
                         const char *answer) MUST_CHECK;

/* Ends a hold (with a note), or a question that was answered (a pharmacist); `taken_back`: the asker withdraws an unanswered one
   (with a note). When no other stop is left the order goes on. `stop_no` 0: the only stop there is. */
enum status order_lift(struct ctx *c, int64_t id, int64_t stop_no, bool taken_back,
                       const char *note) MUST_CHECK;

/* What was weighed for a released, weighed or checked order is lost, for a coded reason: books the loss by lot and ends the order.
   `again`: it starts over as another order of the same version for the same packets, screened anew; `successor` gets its id,
   else 0. ST_CONFLICT when nothing was weighed: cancel it instead. */
enum status order_waste(struct ctx *c, const struct knowledge *knowledge, int64_t id, const char *reason,
                        const char *note, bool again, int64_t *successor) MUST_CHECK;

#endif
