/* What a violated constraint means to the person who asked: status, field and rule, by the constraint's name. */
#include <string.h>

#include "db/internal.h"

static const struct constraint_rule rules[] = {
    { NULL, ST_OK, NULL, NULL },
};

const struct constraint_rule *constraint_find(const char *name)
{
    for (const struct constraint_rule *rule = rules; rule->name != NULL; rule++)
        if (strcmp(rule->name, name) == 0)
            return rule;
    return NULL;
}
