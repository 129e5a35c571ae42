/* Runs every suite in one Check runner, which prints one closing line. CK_RUN_SUITE=name picks one. */
#include "support/runner.h"

#include <stdlib.h>

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
