/* Views of the status table. */
#include "base/status.h"

static const struct {
    int http;
    int exit_code;
    const char *word;
} table[ST_COUNT] = {
#define STATUS_ROW(name, http, exit_code, word) [ST_##name] = { http, exit_code, word },
    STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

int status_http(enum status status)
{
    return table[status].http;
}

int status_exit_code(enum status status)
{
    return table[status].exit_code;
}

const char *status_word(enum status status)
{
    return table[status].word;
}
