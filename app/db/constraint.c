/* What a violated constraint means to the person who asked: status, field and rule, by the constraint's name. */
#include <string.h>

#include "db/internal.h"

static const struct constraint_rule rules[] = {
    { "users_username_unique", ST_CONFLICT, "username", "is taken in this shop" },
    { "users_username_form", ST_INVALID, "username",
      "must be 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit" },
    { "users_display_name_length", ST_INVALID, "name", "must be 1 to 120 characters long" },
    { NULL, ST_OK, NULL, NULL },
};

const struct constraint_rule *constraint_find(const char *name)
{
    for (const struct constraint_rule *rule = rules; rule->name != NULL; rule++)
        if (strcmp(rule->name, name) == 0)
            return rule;
    return NULL;
}
