/* Many at once: people of the demo shop, each in a thread with a connection of her own, who begin together. Everything here aborts the
   test when it fails. */
#ifndef YAOFANG_TESTS_CROWD_H
#define YAOFANG_TESTS_CROWD_H

#include "base/ctx.h"

/* Zero it and set what the work needs. */
struct person_at_work {
    const char *username; /* NULL: mei.lin */
    enum status (*work)(struct ctx *c, struct person_at_work *person);
    int64_t id, other; /* what it is done to */
    unsigned seed;
    /* how it ended */
    enum status status;
    char fault[300]; /* fault_text of a refusal */
    int done;
};

/* Lets them all begin at once and waits until all have ended; how many ended well. */
unsigned crowd_run(const char *database, struct person_at_work *people, unsigned count);

/* Two begin the same at once: one does it, the other is refused with that status, and its fault says `part`. */
void crowd_one_wins(const char *database, struct person_at_work two[2], enum status refusal,
                    const char *part);

#endif
