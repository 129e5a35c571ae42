/* Orders of the warfarin patient on their way to a label: for the tests of labels. */
#ifndef YAOFANG_TESTS_LABELLED_H
#define YAOFANG_TESTS_LABELLED_H

#include "print/label_job.h"

/* The database of these tests. */
#define LABELLED "test_labels"
#define LABEL_FONT "DejaVu Sans, Droid Sans Fallback"

/* A signed, read and allocated order of Bu Zhong Yi Qi Tang with two herbs, or of two herbs of which there is plenty. */
int64_t labelled_order(struct ctx *c, bool classic);

/* Releases it and weighs every lot as planned. */
void labelled_weigh(struct ctx *c, int64_t order);

/* A job for a kind of label of an order. */
struct label_job labelled_job(struct ctx *c, const char *kind, int64_t order, bool print);

#endif
