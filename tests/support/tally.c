/* A table of two numbers that the service may change as it likes; both 0 when a test begins. */
#include "support/tally.h"

void tally_make(const char *database)
{
    struct ctx owner;

    database_fresh(database);
    database_open_test(&owner, database, TEST_SUPER);
    sql_must(&owner, "CREATE TABLE tally (id int PRIMARY KEY, n int NOT NULL)");
    sql_must(&owner, "INSERT INTO tally VALUES (1, 0), (2, 0)");
    sql_must(&owner, "GRANT ALL ON tally TO yaofang_app");
    ctx_close(&owner);
}

void tally_open(const char *database)
{
    database_open_test(&c, database, TEST_APP);
    sql_must(&c, "UPDATE tally SET n = 0");
}

void tally_close(void)
{
    ctx_close(&c);
}
