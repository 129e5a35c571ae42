/* The bench, between release and final check: picking, looking whether it is the right lot, a lot that runs out, packets weighed
   again, and what a level spoon holds. What of it a shop wants holds for an order as of its allocation. */
#ifndef YAOFANG_CORE_BENCH_H
#define YAOFANG_CORE_BENCH_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/quantity.h"

struct bench_settings {
    const char *identity;     /* choice, scan or second_person; NULL: as it is */
    int64_t packet_checks;    /* how many packets are weighed again, 0 to 100; -1: as it is */
    int64_t total_check;      /* 1: all of it too, 0: not; -1: as it is */
    int64_t density_permille; /* from which shift of a spoon's weight on to warn, 0 to 1000; -1: as it is */
};

/* What the shop wants from the next allocation on. Needs the role admin. */
enum status bench_set(struct ctx *c, const struct bench_settings *settings) MUST_CHECK;

/* The person acting has fetched the lots of a released order. ST_CONFLICT names who has done so before. */
enum status order_pick(struct ctx *c, int64_t id) MUST_CHECK;

/* A lot's label as it was scanned, or its code as it was typed. line_no 0: any line. */
struct identity_scan {
    const char *code;
    bool typed;
    int64_t line_no;
};

/* The person acting looks at picked lots: each code (GS1, or the lot's own code) must be of a lot that the order means. ST_CONFLICT
   names both lots, the one scanned and the one meant; ST_DENIED the picker, where the shop wants another person. */
enum status order_identify(struct ctx *c, int64_t id, const struct identity_scan *scans,
                           size_t count) MUST_CHECK;

/* Of a line's reserved lot no more than `there` was found at the bench (less than planned). The rest is reserved from other lots,
   earliest expiry first; ST_SHORT when there is not enough, and nothing changes then. location_id 0: the only place. */
enum status order_shortfall(struct ctx *c, int64_t id, int64_t line_no, int64_t lot_id, int64_t location_id,
                            struct weight there) MUST_CHECK;

/* A packet weighed again; number 0 is all of it. */
struct packet_weight {
    int64_t packet_no;
    struct weight weighed;
    int64_t reading_id; /* of a scale: then the weight is the reading's; 0: typed */
};

/* Records packets of a weighed order, within the tolerance or not: one that is off is weighed again after it was put right. ST_INVALID
   names a packet the order does not have. `off`: how many of these are outside. */
enum status order_weigh_packets(struct ctx *c, int64_t id, const struct packet_weight *packets, size_t count,
                                size_t *off) MUST_CHECK;

/* ST_CONFLICT while packets that must be weighed again were not, or one's last weight is off: before the final check. */
enum status order_packets_checked(struct ctx *c, int64_t id) MUST_CHECK;

/* So many level spoons of a lot, or of an order's mixture, weighed so much. */
struct spoon_measure {
    int64_t lot_id, order_id; /* one of them; the other 0 */
    const char *spoon;        /* which spoon: "5 ml", "1.5 g blue" */
    int64_t spoons;
    struct weight weighed;
    int64_t reading_id;
};

struct spoon_measured {
    int64_t id;
    int64_t shift_permille;   /* how much more a spoon holds than at the measure before */
    const char *compared_lot; /* of that measure; NULL: there was none */
    bool shifted;             /* by more than the shop takes without a word */
};
enum status spoon_measure_add(struct ctx *c, const struct spoon_measure *measure,
                              struct spoon_measured *measured) MUST_CHECK;

/* "2", "1½", "½" level spoons for a dose of an order, and which spoon; both NULL when nothing was measured, `text` NULL when no number
   of half spoons is within a tenth of the dose: then it has to be weighed. For the label. */
enum status spoon_of_dose(struct ctx *c, int64_t order_id, struct weight dose, const char **text,
                          const char **spoon) MUST_CHECK;

#endif
