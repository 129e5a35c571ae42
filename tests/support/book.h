/* The rule book that is built in, for tests of names and lines: opened before each test, closed after it. */
#ifndef YAOFANG_TESTS_BOOK_H
#define YAOFANG_TESTS_BOOK_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

/* Of the test that runs; tests with a database fill them by support/scene.h. */
extern struct ctx c;
extern const struct knowledge *k;

/* The fixture: tcase_add_checked_fixture(tests, book_setup, book_teardown). */
void book_setup(void);
void book_teardown(void);

#endif
