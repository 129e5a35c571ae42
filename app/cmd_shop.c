/* `yaofang shop`: the shops of this database, for whoever has the machine. */
#include <stdio.h>

#include "commands.h"
#include "core/shop.h"
#include "database.h"

static enum status run(struct ctx *c, const struct arguments *in)
{
    const struct shop_new shop = {
        .slug = in->operand_count == 0 ? NULL : in->operands[0],
        .name = argument_text(in, "--name", NULL),
        .street = argument_text(in, "--street", NULL),
        .city = argument_text(in, "--city", NULL),
        .region = argument_text(in, "--region", NULL),
        .postal_code = argument_text(in, "--postal-code", NULL),
        .country = argument_text(in, "--country", NULL),
        .phone = argument_text(in, "--phone", NULL),
        .registration = argument_text(in, "--registration", NULL),
        .time_zone = argument_text(in, "--time-zone", NULL),
        .currency = argument_text(in, "--currency", NULL),
    };
    int64_t id;

    if (shop.slug == NULL)
        return ctx_fail(c, ST_INVALID, "SLUG", NULL, "is needed: a short name of a-z, 0-9 and dashes");
    if (shop.name == NULL || shop.time_zone == NULL)
        return ctx_fail(c, ST_INVALID, shop.name == NULL ? "--name" : "--time-zone", NULL, "is needed");
    TRY(database_open(c, in->config, DATABASE_OWNER));
    TRY(shop_create(c, &shop, &id));
    printf("Shop %lld, %s, is there. Next: yaofang user add USERNAME --shop %s\n", (long long)id, shop.name,
           shop.slug);
    return ST_OK;
}

static const struct option options[] = {
    { "--name", "TEXT", "its name, as labels print it" },
    { "--time-zone", "ZONE", "such as America/Chicago: its day decides what has expired" },
    { "--currency", "CODE", "three letters [USD]" },
    { "--street", "TEXT", "address, as labels print it" },
    { "--city", "TEXT", "its city" },
    { "--region", "TEXT", "its state or region" },
    { "--postal-code", "TEXT", "its postal code" },
    { "--country", "TEXT", "its country" },
    { "--phone", "TEXT", "its telephone" },
    { "--registration", "TEXT", "its licence number" },
    { NULL, NULL, NULL },
};

const struct command command_shop = {
    .name = "shop",
    .summary = "make a shop",
    .operands = "SLUG",
    .options = options,
    .most_operands = 1,
    .run = run,
};
