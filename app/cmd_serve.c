/* `yaofang serve`: the HTTP service, until a signal ends it. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "base/log.h"
#include "commands.h"
#include "database.h"
#include "state.h"

static const char *address_of(struct ctx *c, const struct config *config, const struct server *server)
{
    bool any = strcmp(config->listen, "0.0.0.0") == 0 || strcmp(config->listen, "::") == 0;
    bool six = strchr(config->listen, ':') != NULL;

    return arena_printf(&c->arena, "http://%s%s%s:%d", six && !any ? "[" : "",
                        any ? "127.0.0.1" : config->listen, six && !any ? "]" : "", server_port(server));
}

static enum status serve_until_signal(struct ctx *c, const struct arguments *in, struct api *api,
                                      const sigset_t *signals)
{
    struct server *server;
    const char *url;
    enum status status;
    int number = 0;

    TRY(api_serve(c, api, &server));
    url = address_of(c, in->config, server);
    status = state_write(c, in->config, STATE_SERVICE_URL, arena_printf(&c->arena, "%s\n", url));
    if (status == ST_OK) {
        log_line(LOG_INFO, "event=listening url=%s workers=%d", url, in->config->workers);
        (void)sigwait(signals, &number);
        log_line(LOG_INFO, "event=stopping signal=%d", number);
    }
    server_stop(server);
    state_remove(c, in->config, STATE_SERVICE_URL);
    return status;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const struct api_options options = {
        .config = in->config,
        .database = database_options(in->config, DATABASE_SERVICE),
    };
    struct api *api;
    enum status status;
    sigset_t signals;

    /* Two heaps for all threads: one a thread, as malloc would have it, keeps several times the memory that is in use. */
    (void)mallopt(M_ARENA_MAX, 2);
    /* Before any thread is started, so that all of them leave the signals to this one. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    TRY(api_open(c, &options, &api));
    status = serve_until_signal(c, in, api, &signals);
    api_close(api);
    return status;
}

const struct command command_serve = {
    .name = "serve",
    .summary = "answer the page and the API until stopped",
    .operands = "",
    .more = "Without DATABASE_URL and without a private database it answers what needs none.\n",
    .settings = true,
    .run = run,
};
