/* A formula as it comes on a label, for the tests of paper. */
#ifndef YAOFANG_TESTS_PAPER_H
#define YAOFANG_TESTS_PAPER_H

#include "base/ctx.h"
#include "print/label.h"

/* A patient's order of `herbs` herbs, in English, or in Chinese with English below. Everything lives in the arena. */
struct label_content paper_order(struct ctx *c, size_t herbs, bool chinese);

/* Runs a shell command and gives what it printed, in the arena; fails the test when it exits with another status than 0. */
const char *paper_run(struct ctx *c, const char *command);

/* Writes bytes to a new file under the temporary directory, removed with the arena; returns its path. */
const char *paper_file(struct ctx *c, const char *suffix, const struct text *bytes);

/* Compares with tests/golden/<name>.txt. When paper changes on purpose, look at its picture and then let WRITE_GOLDEN=1 write the
   new text. */
void paper_golden(struct ctx *c, const char *name, const char *got);

/* The text without white space. */
const char *paper_squeezed(struct ctx *c, const char *text);

#endif
