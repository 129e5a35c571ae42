/* Two rows to count in, for tests of the database layer itself. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_TALLY_H
#define YAOFANG_TESTS_TALLY_H

#include "support/book.h" /* c, connected as the service */
#include "support/database.h"
#include "support/runner.h"

/* Sets the tally for a file that has named its BASE: `setup` for the suite, `begin` and `tally_close` for each test. */
#define TALLY \
    static void setup(void) \
    { \
        tally_make(BASE); \
    } \
    static void begin(void) \
    { \
        tally_open(BASE); \
    }

void tally_make(const char *database);
void tally_open(const char *database);
void tally_close(void);

#endif
