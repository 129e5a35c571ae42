/* Dividing what was weighed: into packets, herb by herb, and into capsules or pills. Every milligram is in exactly one packet and
   one unit, whatever the numbers; what does not divide is said (PRODUCT law 1). */
#ifndef YAOFANG_CLINIC_DOSING_PACK_H
#define YAOFANG_CLINIC_DOSING_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/quantity.h"

/* More is not lost on the way; something else went wrong. */
enum { OVERAGE_MOST = 500 };

/* How one herb goes into the packets: `base` into each, and one milligram more into `extra` packets, from packet `start` on and
   round to the first again. Packets count from 0. */
struct packet_share {
    struct weight base;
    int start, extra;
};

/* How herbs go into packets. */
struct packing {
    int packets;
    size_t count; /* herbs */
    const struct packet_share *shares;
    struct weight lightest, heaviest; /* packets; they differ by a milligram at most */
    int heavy;                        /* how many weigh `heaviest`: the first ones */
};

/* Packets that hold the same milligram for milligram: `first` to `last`, from 0. */
struct packet_run {
    int first, last;
    struct weight weight;
};

/* Divides each herb's total among `packets`: a herb's shares differ by a milligram at most and sum to its total; so do the packets'
   weights, and sum to the whole. The milligrams left over of one herb go on where those of the herb before ended, which
   keeps both true. ST_INVALID for packets that are not 1 to 1000, or a weight out of range. */
enum status dosing_pack(struct ctx *c, const struct weight *totals, size_t count, int packets,
                        struct packing *out) MUST_CHECK;

/* What packet `packet` holds of herb `herb`. */
struct weight packing_cell(const struct packing *packing, size_t herb, int packet);

/* The packets in runs of equal ones; at most one run more than twice the herbs. */
void packing_runs(struct arena *arena, const struct packing *packing, struct packet_run **out, size_t *count);

/* What capsules or pills are wanted. */
struct units_wish {
    struct weight unit;  /* fill weight of a capsule, weight of a pill; mg 0: what `count` makes of it */
    int64_t count;       /* how many; 0: as many as `unit` asks for */
    int binder_permille; /* honey, water, starch for 1000 parts of herb, 0 to 5000 */
};

/* What they come to. The content of all units sums to the total exactly. */
struct units {
    int64_t count;
    struct weight unit;    /* what one weighs or is filled to */
    struct weight content; /* of herb in each */
    int64_t heavy;         /* so many hold a milligram more */
    struct weight filler;  /* binder, and filler up to the fill weight: all units less the herb in them */
    int64_t per_dose;      /* units of a dose; 0 when the units do not go round */
    int64_t spare;         /* units beyond equal doses */
};

/* What to weigh of each herb so that, after `permille` of it (0 to 500) is lost on the way, the weight is there: each rounded
   half up. */
enum status dosing_overage(struct ctx *c, const struct weight *weights, size_t count, int permille,
                           struct weight *out) MUST_CHECK;

/* Works out capsules or pills for `total` of herb in `doses` doses. By fill weight the count is rounded up to whole doses; by count
   the fill weight is rounded up to a milligram. ST_INVALID names unit_mg (1 mg to 20 g), unit_count (1 to 100,000),
   binder_permille or doses, and a count too small to hold the total at 20 g each. */
enum status dosing_units(struct ctx *c, struct weight total, struct units_wish wish, int64_t doses,
                         struct units *out) MUST_CHECK;

/* How `total` lies in `count` units of `unit` in `doses` doses; all three more than nothing. */
struct units units_of(struct weight total, struct weight unit, int64_t count, int64_t doses);

#endif
