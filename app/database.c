/* Choosing the connection for a command. */
#include "database.h"

struct db_options database_options(const struct config *config, enum database_purpose purpose)
{
    switch (purpose) {
    case DATABASE_SERVICE:
        return (struct db_options){
            .url = config->database_url,
            .role = "yaofang_app",
            .prepared = config->prepared,
            .statement_timeout_ms = 30000,
            .lock_timeout_ms = 5000,
        };
    case DATABASE_OWNER:
        break;
    }
    return (struct db_options){ .url = config->database_owner_url, .prepared = config->prepared };
}

bool database_known(const struct config *config)
{
    return *config->database_url != '\0';
}

enum status database_open(struct ctx *c, const struct config *config, enum database_purpose purpose)
{
    const struct db_options options = database_options(config, purpose);

    if (*options.url == '\0')
        return ctx_fail(c, ST_NOT_FOUND, "DATABASE_URL", NULL,
                        "is not set, and no private database runs in %s: `make run` starts one",
                        config->state_dir);
    return db_open_owned(c, &options);
}
