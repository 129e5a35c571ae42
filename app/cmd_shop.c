/* `yaofang shop`: making a shop, and switching its single-person mode; for whoever has the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "core/person.h"
#include "core/shop.h"
#include "core/single_person.h"
#include "database.h"

/* In the name of the shop's administrator, as over HTTP. */
static enum status switch_mode(struct ctx *c, const struct arguments *in, const char *slug)
{
    const char *mode = argument_text(in, "--single-person", NULL), *as = argument_text(in, "--as", NULL);
    int64_t minutes = 0;

    if (as == NULL)
        return ctx_fail(c, ST_INVALID, "--as", NULL, "is needed: the username of the shop's administrator");
    if (strcmp(mode, "off") != 0)
        TRY(argument_number(c, in, "--single-person", SINGLE_PERSON_LEAST_MINUTES, SINGLE_PERSON_MOST_MINUTES,
                            &minutes));
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(person_act_as(c, as, slug));
    if (minutes == 0) {
        TRY(single_person_off(c));
        printf("Whoever weighs an order cannot check it any more.\n");
        return ST_OK;
    }
    TRY(single_person_on(c, minutes));
    printf("Whoever weighs an order may check it herself %lld minutes later; the record will say so.\n",
           (long long)minutes);
    return ST_OK;
}

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
    if (argument_given(in, "--single-person"))
        return switch_mode(c, in, shop.slug);
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
    { "--single-person", "MINUTES",
      "of a shop there is: the filler may check her own work so long after weighing; "
      "\"off\": no more" },
    { "--as", "USERNAME", "its administrator, who switches that" },
    { NULL, NULL, NULL },
};

const struct command command_shop = {
    .name = "shop",
    .summary = "make a shop; switch its single-person mode",
    .operands = "SLUG",
    .options = options,
    .most_operands = 1,
    .run = run,
};
