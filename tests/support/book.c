/* Opens and closes the built-in rule book around a test. */
#include "support/book.h"

#include <check.h>

#include "core/knowledge_seed.h"

struct ctx c;
struct knowledge *k;

void book_setup(void)
{
    ctx_init(&c);
    ck_assert_int_eq(knowledge_from_seed(&c, &k), ST_OK);
}

void book_teardown(void)
{
    knowledge_close(k);
    ctx_close(&c);
}
