/* Small files in the state folder by which the program tells its owner, and app/deploy/run, something. */
#ifndef YAOFANG_STATE_H
#define YAOFANG_STATE_H

#include "base/config.h"
#include "base/ctx.h"

/* Where the service listens, while it does ("http://127.0.0.1:8080"). */
#define STATE_SERVICE_URL "service.url"
/* Names and generated passwords of the demo shop's people. */
#define STATE_SIGN_IN "sign-in.txt"

/* Writes STATE_DIR/name whole or not at all, readable by its owner only; makes the folder when there is none. */
enum status state_write(struct ctx *c, const struct config *config, const char *name,
                        const char *text) MUST_CHECK;

void state_remove(struct ctx *c, const struct config *config, const char *name);

#endif
