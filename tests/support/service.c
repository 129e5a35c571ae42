/* The service in this process, libcurl as its client. */
#include "support/service.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "api/api.h"
#include "base/log.h"
#include "base/text.h"
#include "core/account.h"
#include "support/database.h"

struct config service_config;

static struct {
    struct ctx c;
    struct api *api;
    struct server *server;
    char folder[64];
} running;

static _Noreturn void give_up(const char *what, struct ctx *c)
{
    fprintf(stderr, "tests/support/service: %s: %s\n", what, c == NULL ? "" : fault_text(c));
    abort();
}

static void preset(void)
{
    (void)snprintf(running.folder, sizeof running.folder, "/tmp/yaofang-api-XXXXXX");
    if (mkdtemp(running.folder) == NULL)
        give_up("folder", NULL);
    if (config_read(&running.c, &service_config) != ST_OK)
        give_up("settings", &running.c);
    service_config.state_dir = running.folder;
    service_config.listen = "127.0.0.1";
    service_config.port = 0;
    service_config.workers = 2;
}

void service_start(const char *name)
{
    const bool secure = service_config.secure_cookies;
    const char *const proxy = service_config.trusted_proxy;
    struct api_options options = { .config = &service_config };

    ctx_init(&running.c);
    preset();
    service_config.secure_cookies = secure;
    if (proxy != NULL)
        service_config.trusted_proxy = proxy;
    log_set_level(LOG_ERROR);
    options.database = (struct db_options){
        .url = name == NULL ? "" : arena_text(&running.c.arena, database_url(name, TEST_APP)),
        .prepared = true,
        .statement_timeout_ms = 10000,
        .lock_timeout_ms = 5000,
    };
    if (api_open(&running.c, &options, &running.api) != ST_OK)
        give_up("api_open", &running.c);
    if (api_serve(&running.c, running.api, &running.server) != ST_OK)
        give_up("api_serve", &running.c);
}

void service_stop(void)
{
    char path[100];

    server_stop(running.server);
    api_close(running.api);
    ctx_close(&running.c);
    (void)snprintf(path, sizeof path, "%s/secret.key", running.folder);
    (void)unlink(path);
    (void)rmdir(running.folder);
    service_config = (struct config){ 0 };
}

int service_port(void)
{
    return server_port(running.server);
}

static size_t collect(char *data, size_t size, size_t n, void *text)
{
    text_add_n(text, data, size * n);
    return size * n;
}

static struct curl_slist *headers_of(struct ctx *c, const struct ask *what)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    const char *type = what->type == NULL ? "application/json" : what->type;

    list = curl_slist_append(list, what->body == NULL ? "Content-Type:"
                                                      : arena_printf(&c->arena, "Content-Type: %s", type));
    if (what->bearer != NULL)
        list = curl_slist_append(list, arena_printf(&c->arena, "Authorization: Bearer %s", what->bearer));
    if (what->key != NULL)
        list = curl_slist_append(list, arena_printf(&c->arena, "Idempotency-Key: %s", what->key));
    for (size_t i = 0; i < sizeof what->headers / sizeof what->headers[0] && what->headers[i] != NULL; i++)
        list = curl_slist_append(list, what->headers[i]);
    return list;
}

static const char *method_of(const struct ask *what)
{
    return what->method != NULL ? what->method : what->body != NULL ? "POST" : "GET";
}

struct answer ask(struct ctx *c, const struct ask *what)
{
    CURL *curl = curl_easy_init();
    struct curl_slist *list = headers_of(c, what);
    struct text head, body;
    long status = 0;

    text_init(&head, &c->arena);
    text_init(&body, &c->arena);
    curl_easy_setopt(
        curl, CURLOPT_URL,
        arena_printf(&c->arena, "http://127.0.0.1:%d%s", server_port(running.server), what->path));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method_of(what));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &head);
    if (what->cookie != NULL)
        curl_easy_setopt(curl, CURLOPT_COOKIE, what->cookie);
    if (what->body != NULL) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, what->body);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE,
                         (long)(what->size == 0 ? strlen(what->body) : what->size));
    }
    (void)curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(list);
    curl_easy_cleanup(curl);
    return (struct answer){ (int)status, head.data, body.data, body.size };
}

const char *answer_header(struct ctx *c, const struct answer *answer, const char *name)
{
    size_t size = strlen(name);

    for (const char *line = answer->headers; *line != '\0'; line += strcspn(line, "\n") + 1) {
        if (strncasecmp(line, name, size) == 0 && line[size] == ':')
            return text_trim(&c->arena,
                             arena_text_n(&c->arena, line + size + 1, strcspn(line + size + 1, "\r\n")));
        if (strchr(line, '\n') == NULL)
            break;
    }
    return NULL;
}

const char *answer_member(struct ctx *c, const struct answer *answer, const char *key)
{
    const char *quoted = arena_printf(&c->arena, "\"%s\":", key);
    const char *at = strstr(answer->body, quoted);

    if (at == NULL)
        return "";
    at += strlen(quoted);
    if (*at == '"')
        return arena_text_n(&c->arena, at + 1, strcspn(at + 1, "\""));
    return arena_text_n(&c->arena, at, strspn(at, "-0123456789"));
}

const char *sign_in_as(struct ctx *c, const char *database, const char *username)
{
    struct ctx own;
    struct answer answer;
    const char *cookie;

    ctx_init(&own);
    database_open_test(&own, database, TEST_APP);
    if (account_set_password(&own, username, TEST_PASSWORD) != ST_OK)
        give_up(username, &own);
    ctx_close(&own);
    answer = ask(c, &(struct ask){ .path = "/api/v1/session",
                                   .body = arena_printf(
                                       &c->arena, "{\"username\":\"%s\",\"password\":\"" TEST_PASSWORD "\"}",
                                       username) });
    cookie = answer_header(c, &answer, "Set-Cookie");
    if (answer.status != 201 || cookie == NULL)
        give_up("sign-in", NULL);
    return arena_text_n(&c->arena, cookie, strcspn(cookie, ";"));
}
