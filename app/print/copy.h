/* Copies of papers, counted: of an order's labels and sheets, of the labels of lots and drawers, of receipts and count sheets. `about`
   is order, prescription, lot, drawer, ticket or count, an id its number. */
#ifndef YAOFANG_PRINT_COPY_H
#define YAOFANG_PRINT_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* A counted copy: what it says (JSON), as it was printed. */
struct copy {
    int64_t id;
    int copy_no; /* 0: there is none */
    int newest;  /* the number of the newest */
    const char *content;
};

/* Held until the transaction ends: two prints of one paper get numbers one after the other. */
enum status copy_lock(struct ctx *c, const char *about, const int64_t *ids, size_t count,
                      const char *kind) MUST_CHECK;

/* The copy `copy_no`, or (0) the newest, of each of the ids; ids without one are left out. */
enum status copies_read(struct ctx *c, const char *about, const int64_t *ids, size_t count, const char *kind,
                        int copy_no, struct copy **copies, size_t *found) MUST_CHECK;

/* The newest of one paper; all 0 when there is none. */
enum status copy_newest(struct ctx *c, const char *about, int64_t id, const char *kind,
                        struct copy *copy) MUST_CHECK;

/* Counts a further copy of each: what it says, or (`frozen`) what the first one said instead. Its number is the newest and one. */
enum status copies_count(struct ctx *c, const char *about, const int64_t *ids, size_t count, const char *kind,
                         const char *const *contents, bool frozen) MUST_CHECK;

/* "copy 2", and "" for the first. */
const char *copy_words(struct ctx *c, int copy_no);

#endif
