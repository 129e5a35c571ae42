/* Runs every suite in one Check runner, which prints one closing line. CK_RUN_SUITE=name picks one. */
#include "support/runner.h"

#include <stdlib.h>

Suite *suite_of(const char *name, int seconds, void (*once)(void), void (*before)(void), void (*after)(void),
                const TTest *const *tests)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);

    tcase_set_timeout(all, seconds);
    if (once != NULL)
        tcase_add_unchecked_fixture(all, once, NULL);
    if (before != NULL || after != NULL)
        tcase_add_checked_fixture(all, before, after);
    for (; *tests != NULL; tests++)
        tcase_add_test(all, *tests);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    int failed;

    for (suite_maker *const *make = suites; *make != NULL; make++)
        srunner_add_suite(runner, (*make)());
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
