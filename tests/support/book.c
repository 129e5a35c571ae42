/* Opens and closes the built-in rule book around a test. */
#include "support/book.h"

#include <check.h>

#include "core/knowledge_seed.h"

struct ctx c;
const struct knowledge *k;

static struct knowledge *opened;

void book_setup(void)
{
    ctx_init(&c);
    ck_assert_int_eq(knowledge_from_seed(&c, &opened), ST_OK);
    k = opened;
}

void book_teardown(void)
{
    knowledge_close(opened);
    ctx_close(&c);
}
