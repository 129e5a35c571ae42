/* What suites of tests/api have in common. */
#include "support/desk.h"

#include <string.h>
#include <unistd.h>

struct ctx stage;
static int keys;

void desk_open(const char *database, const char *username)
{
    ctx_init(&c);
    service_start(database);
    database_open_test(&stage, database, TEST_APP);
    act_as(&stage, username);
}

void desk_open_for(const char *database, const struct desk_person *people)
{
    ctx_init(&c);
    ctx_init(&stage);
    service_start(database);
    for (; people->cookie != NULL; people++)
        *people->cookie = sign_in_as(&c, database, people->username);
}

void desk_close(void)
{
    service_stop();
    ctx_close(&stage);
    ctx_close(&c);
}

const char *desk_word(void)
{
    return arena_printf(&c.arena, "desk-%d-%d", (int)getpid(), ++keys);
}

struct answer desk_send(const char *cookie, const char *method, const char *path, const char *body)
{
    const bool json = body == NULL || *body == '{' || *body == '\0';

    return ask(&c, &(struct ask){ .path = path,
                                  .body = body,
                                  .method = method,
                                  .type = json ? NULL : "text/plain",
                                  .cookie = cookie,
                                  .headers = { "X-Yaofang: 1" },
                                  .key = desk_word() });
}

struct answer must(const char *cookie, const char *path, const char *body, int status, const char *part)
{
    struct answer answer = desk_send(cookie, "POST", path, body);

    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL,
                  "%s: wanted %d with %s, got %d: %.3000s", path, status, part, answer.status, answer.body);
    return answer;
}
