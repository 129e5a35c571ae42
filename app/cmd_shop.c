/* `yaofang shop`: making a shop, what its administrator says about it, and switching its single-person mode; for whoever has the
   machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "commands.h"
#include "core/person.h"
#include "core/shop.h"
#include "core/single_person.h"
#include "database.h"
#include "sql.h"
#include "subcommand.h"

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

static enum status run_show(struct ctx *c, const struct called *in)
{
    const struct rows *rows;
    struct json_writer w;

    TRY(db_rows(c, &q_shop_settings, PARAMS(SHOP(c)), &rows));
    json_init(&w, in->out);
    json_put_row(&w, NULL, rows, 0);
    text_add(in->out, "\n");
    return ST_OK;
}

/* "5 %" and "50": percent with its sign, else thousandths. */
static enum status read_tolerance(struct ctx *c, const struct called *in, int64_t *permille)
{
    const char *typed = argument_text(in->in, "--tolerance", NULL);
    struct money tenths;

    if (typed == NULL)
        return ST_OK;
    if (strchr(typed, '%') == NULL ||
        money_parse(text_trim(&c->arena, arena_text_n(&c->arena, typed, strcspn(typed, "%"))), &tenths) !=
            QUANTITY_OK ||
        tenths.cents % 10 != 0)
        return ctx_fail(c, ST_INVALID, "--tolerance", typed,
                        "is percent with one decimal at most, such as 5%%");
    *permille = tenths.cents / 10;
    return ST_OK;
}

static enum status run_set(struct ctx *c, const struct called *in)
{
    struct shop_settings s = SHOP_SETTINGS_KEPT;
    const char *above = argument_text(in->in, "--second-person-above", NULL);
    struct money limit;

    s.name = argument_text(in->in, "--name", NULL);
    s.name_hanzi = argument_text(in->in, "--hanzi", NULL);
    s.street = argument_text(in->in, "--street", NULL);
    s.city = argument_text(in->in, "--city", NULL);
    s.region = argument_text(in->in, "--region", NULL);
    s.postal_code = argument_text(in->in, "--postal-code", NULL);
    s.country = argument_text(in->in, "--country", NULL);
    s.phone = argument_text(in->in, "--phone", NULL);
    s.registration = argument_text(in->in, "--registration", NULL);
    s.time_zone = argument_text(in->in, "--time-zone", NULL);
    s.liang = argument_text(in->in, "--liang", NULL);
    TRY(read_tolerance(c, in, &s.weigh_tolerance_permille));
    TRY(argument_number(c, in->in, "--reservation", 1, 43200, &s.reservation_minutes));
    if (above != NULL && (money_parse(above, &limit) != QUANTITY_OK || limit.cents < 0))
        return ctx_fail(c, ST_INVALID, "--second-person-above", above, "is an amount such as 50.00");
    if (above != NULL)
        s.second_person_above_cents = limit.cents;
    TRY(shop_change(c, &s));
    return run_show(c, in);
}

static const struct subcommand shop_show = { "show", "", "what the shop says about itself", false, run_show };
static const struct subcommand shop_set = { "set", "", "that", true, run_set };
static const struct subcommand *const subcommands[] = { &shop_show, &shop_set, NULL };

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

    if (shop.slug != NULL && (strcmp(shop.slug, "set") == 0 || strcmp(shop.slug, "show") == 0))
        return subcommand_run(c, in, command_shop.name, subcommands);
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
    { "--hanzi", "TEXT", "its Chinese name" },
    { "--liang", "WHOSE",
      "what a liang weighs: prc 50 g, taiwan 37.5 g, hong_kong 37.79936375 g; none: it is asked" },
    { "--second-person-above", "MONEY", "corrections of stock of a greater value take two people [50.00]" },
    { "--tolerance", "PERCENT", "how far a weighed herb may be off [5%]" },
    { "--reservation", "MINUTES", "how long allocated lots are set aside [480]" },
    { "--as", "USERNAME", "its administrator, who sets and switches" },
    { "--shop", "SLUG", "of set and show: her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { NULL, NULL, NULL },
};

const struct command command_shop = {
    .name = "shop",
    .summary = "make a shop; set what it says about itself; its single-person mode",
    .operands = "SLUG|set|show",
    .more = "  SLUG     makes a shop\n"
            "  set      --as its administrator: changes what is given, the rest stays\n"
            "  show     what it says about itself\n",
    .options = options,
    .most_operands = 1,
    .run = run,
};
