/* `yaofang routes`: the table of the API, as text or as the OpenAPI document. */
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "commands.h"

static const char *roles_of(struct ctx *c, unsigned roles)
{
    const char *list = "";

    if (roles == ROLE_PUBLIC)
        return "public";
    if (roles == ROLE_CLIENT)
        return "another system's signed token";
    if ((roles & ROLE_ANY) == ROLE_ANY)
        return "any";
    for (unsigned bit = 1; bit <= ROLE_ADMIN; bit <<= 1)
        if ((roles & bit) != 0)
            list =
                arena_printf(&c->arena, "%s%s%s", list, *list == '\0' ? "" : ",", role_word((enum role)bit));
    return list;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    if (argument_given(in, "--openapi")) {
        printf("%s\n", openapi_text(&c->arena));
        return ST_OK;
    }
    for (size_t i = 0; i < route_count(); i++)
        printf("%-6s %-45s %-32s %s\n", method_word(routes[i].method), routes[i].path,
               roles_of(c, routes[i].roles), routes[i].summary);
    return ST_OK;
}

static const struct option options[] = {
    { "--openapi", NULL, "print the OpenAPI document instead" },
    { NULL, NULL, NULL },
};

const struct command command_routes = {
    .name = "routes",
    .summary = "list what the API offers and who may use it",
    .operands = "",
    .options = options,
    .run = run,
};
