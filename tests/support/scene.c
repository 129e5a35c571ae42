/* What suites of tests/db have in common. Each test runs in a process of its own, so that they can share the one context. */
#include "support/scene.h"

#include <string.h>

#include "support/prescribe.h"

void scene_make(const char *database)
{
    database_fresh(database);
}

void scene_make_with_rules(const char *database)
{
    database_fresh(database);
    k = test_knowledge(database);
}

void scene_open(const char *database, const char *username)
{
    database_open_test(&c, database, TEST_APP);
    act_as(&c, username);
}

void scene_close(void)
{
    ctx_close(&c);
}

void refused(enum status status, enum status expected, const char *part)
{
    ck_assert_msg(status == expected, "%s, not %s: %s", status_word(status), status_word(expected),
                  fault_text(&c));
    ck_assert_msg(part == NULL || strstr(c.fault.items[0].rule, part) != NULL, "%s", fault_text(&c));
    ctx_forgive(&c);
}
