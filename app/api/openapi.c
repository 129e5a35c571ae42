/* The OpenAPI 3.1 document, made of the route table and of api/schemas/<name>.json. */
#include <string.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "base/asset.h"

static void reference(struct json_writer *w, const char *kind, const char *name)
{
    json_text(w, "$ref", arena_printf(w->out->arena, "#/components/%s/%s", kind, name));
}

/* "/api/v1/orders/:id" as OpenAPI writes it: "/api/v1/orders/{id}". */
static const char *template_of(struct arena *arena, const char *path)
{
    struct text text;

    text_init(&text, arena);
    while (*path != '\0') {
        size_t size = strcspn(path + 1, "/") + 1;

        if (path[1] == ':')
            text_addf(&text, "/{%.*s}", (int)size - 2, path + 2);
        else
            text_add_n(&text, path, size);
        path += size;
    }
    return text.data;
}

static void parameter(struct json_writer *w, const char *name, const char *where, const char *type)
{
    json_open_object(w, NULL);
    json_text(w, "name", name);
    json_text(w, "in", where);
    if (strcmp(where, "path") == 0)
        json_bool(w, "required", true);
    json_open_object(w, "schema");
    json_text(w, "type",
              strcmp(type, "int") == 0    ? "integer"
              : strcmp(type, "bool") == 0 ? "boolean"
                                          : "string");
    if (strcmp(type, "date") == 0)
        json_text(w, "format", "date");
    json_close_object(w);
    json_close_object(w);
}

static void path_parameters(struct json_writer *w, const struct route *route)
{
    for (const char *at = strstr(route->path, "/:"); at != NULL; at = strstr(at + 1, "/:"))
        parameter(w, arena_text_n(w->out->arena, at + 2, strcspn(at + 2, "/")), "path", "text");
}

/* What handlers read from the query; data routes have it in their row. */
#define READ_ROW(path, query, from, roles, summary, answer)
#define READ_ROWS(path, query, from, roles, summary, answer)
#define CALL(method, path, function, lane, roles, summary, body, answer)
#define WRITE(method, path, function, lane, roles, summary, body, answer)
#define UPLOAD(method, path, function, roles, summary, answer)
#define PARAMETERS(method, path, from) { METHOD_##method, path, from },
static const struct {
    enum method method;
    const char *path;
    const char *from;
} handlers_read[] = {
#include "api/routes.h"
};

static const char *parameters_of(const struct route *route)
{
    for (size_t i = 0; i < sizeof handlers_read / sizeof handlers_read[0]; i++)
        if (handlers_read[i].method == route->method && strcmp(handlers_read[i].path, route->path) == 0)
            return handlers_read[i].from;
    return route->from == NULL ? "" : route->from;
}

static void query_parameters(struct json_writer *w, const struct route *route)
{
    size_t n;
    char **words = text_split(w->out->arena, parameters_of(route), ' ', &n);

    for (size_t i = 0; i < n; i++) {
        char *dot = strchr(words[i], '.');

        if (words[i][0] != '?')
            continue;
        if (dot != NULL)
            *dot = '\0';
        parameter(w, words[i] + 1, "query", dot == NULL ? "text" : dot + 1);
    }
}

static void parameters(struct json_writer *w, const struct route *route)
{
    json_open_list(w, "parameters");
    path_parameters(w, route);
    query_parameters(w, route);
    if (route->kind == ROUTE_WRITE || route->media == MEDIA_ANY) {
        json_open_object(w, NULL);
        reference(w, "parameters", "IdempotencyKey");
        json_close_object(w);
    }
    json_close_list(w);
}

static void content(struct json_writer *w, const char *schema, bool list)
{
    json_open_object(w, "content");
    json_open_object(w, "application/json");
    json_open_object(w, "schema");
    if (list) {
        json_text(w, "type", "object");
        json_open_object(w, "properties");
        json_open_object(w, "rows");
        json_text(w, "type", "array");
        json_open_object(w, "items");
        reference(w, "schemas", schema);
        json_close_object(w);
        json_close_object(w);
        json_close_object(w);
    } else {
        reference(w, "schemas", schema);
    }
    json_close_object(w);
    json_close_object(w);
    json_close_object(w);
}

static void responses(struct json_writer *w, const struct route *route)
{
    json_open_object(w, "responses");
    json_open_object(w, "2XX");
    json_text(w, "description", "Done");
    if (route->answer != NULL)
        content(w, route->answer, route->kind == ROUTE_ROWS);
    json_close_object(w);
    for (size_t i = 0; i < 2; i++) {
        json_open_object(w, i == 0 ? "4XX" : "5XX");
        reference(w, "responses", "Problem");
        json_close_object(w);
    }
    json_close_object(w);
}

/* Which roles may; nobody need be signed in for public routes. */
static void security(struct json_writer *w, const struct route *route)
{
    json_open_list(w, "security");
    if (route->roles != ROLE_PUBLIC) {
        json_open_object(w, NULL);
        json_open_list(w, "session");
        json_close_list(w);
        json_close_object(w);
        json_open_object(w, NULL);
        json_open_list(w, "bearer");
        json_close_list(w);
        json_close_object(w);
    }
    json_close_list(w);
    json_open_list(w, "x-roles");
    for (unsigned bit = 1; bit <= ROLE_ADMIN; bit <<= 1)
        if ((route->roles & bit) != 0)
            json_text(w, NULL, role_word((enum role)bit));
    json_close_list(w);
}

/* The part of the path after /api/v1/, by which clients group operations. */
static const char *tag_of(struct arena *arena, const char *path)
{
    static const char prefix[] = "/api/v1/";

    if (strncmp(path, prefix, sizeof prefix - 1) != 0)
        return "service";
    path += sizeof prefix - 1;
    return arena_text_n(arena, path, strcspn(path, "/."));
}

/* "POST /api/v1/orders/:id/release" becomes "post_orders_id_release". */
static const char *operation_id(struct arena *arena, const struct route *route)
{
    static const char prefix[] = "/api/v1";
    const char *path = route->path;
    char *id;

    if (strncmp(path, prefix, sizeof prefix - 1) == 0)
        path += sizeof prefix - 1;
    id = arena_printf(arena, "%s%s", method_word(route->method), path);
    for (char *at = id; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        else if (strchr("/.-", *at) != NULL)
            *at = '_';
    }
    for (char *colon = strchr(id, ':'); colon != NULL; colon = strchr(id, ':'))
        memmove(colon, colon + 1, strlen(colon));
    return id;
}

static void operation(struct json_writer *w, const struct route *route)
{
    static const char *const keys[METHOD_COUNT] = { [METHOD_GET] = "get",
                                                    [METHOD_POST] = "post",
                                                    [METHOD_PUT] = "put",
                                                    [METHOD_DELETE] = "delete",
                                                    [METHOD_OPTIONS] = "options" };

    json_open_object(w, keys[route->method]);
    json_text(w, "operationId", operation_id(w->out->arena, route));
    json_text(w, "summary", route->summary);
    json_open_list(w, "tags");
    json_text(w, NULL, tag_of(w->out->arena, route->path));
    json_close_list(w);
    parameters(w, route);
    if (route->body != NULL) {
        json_open_object(w, "requestBody");
        json_bool(w, "required", true);
        content(w, route->body, false);
        json_close_object(w);
    }
    responses(w, route);
    security(w, route);
    json_close_object(w);
}

/* A path's operations stand together, where its first row stands. */
static void paths(struct json_writer *w)
{
    json_open_object(w, "paths");
    for (size_t i = 0; i < route_count(); i++) {
        size_t first = 0;

        while (strcmp(routes[first].path, routes[i].path) != 0)
            first++;
        if (first != i || strchr(routes[i].path, '*') != NULL)
            continue;
        json_open_object(w, template_of(w->out->arena, routes[i].path));
        for (size_t k = i; k < route_count(); k++)
            if (strcmp(routes[k].path, routes[i].path) == 0)
                operation(w, &routes[k]);
        json_close_object(w);
    }
    json_close_object(w);
}

static void schemas(struct json_writer *w)
{
    json_open_object(w, "schemas");
    for (const struct asset *asset = assets_openapi; asset->name != NULL; asset++)
        json_raw(w, arena_text_n(w->out->arena, asset->name, strcspn(asset->name, ".")), asset->data);
    json_close_object(w);
}

static const char fixed_components[] = "{\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\","
                                       "\"required\":true,\"description\":\"New for each "
                                       "change; the same key again gets the first answer again.\","
                                       "\"schema\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}}}";
static const char fixed_responses[] =
    "{\"Problem\":{\"description\":\"What is wrong (RFC 9457)\",\"content\":{\"application/problem+json\":"
    "{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}}";
static const char fixed_security[] =
    "{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"yaofang_session\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}";

const char *openapi_text(struct arena *arena)
{
    struct json_writer w;
    struct text text;

    text_init(&text, arena);
    json_init(&w, &text);
    json_open_object(&w, NULL);
    json_text(&w, "openapi", "3.1.0");
    json_open_object(&w, "info");
    json_text(&w, "title", "Yaofang");
    json_text(&w, "version", "1");
    json_text(&w, "description",
              "Weights are whole milligrams, money whole cents, dates YYYY-MM-DD, instants RFC 3339 in UTC.");
    json_open_object(&w, "license");
    json_text(&w, "name", "Apache-2.0");
    json_text(&w, "identifier", "Apache-2.0");
    json_close_object(&w);
    json_close_object(&w);
    json_raw(&w, "servers", "[{\"url\":\"/\"}]");
    paths(&w);
    json_open_object(&w, "components");
    schemas(&w);
    json_raw(&w, "parameters", fixed_components);
    json_raw(&w, "responses", fixed_responses);
    json_raw(&w, "securitySchemes", fixed_security);
    json_close_object(&w);
    json_close_object(&w);
    return text.data;
}

enum status get_openapi(struct ctx *c, struct request *in, struct reply *out)
{
    const struct api *api = api_of(in);

    TRY(in_end(in));
    reply_bytes(c, out, "application/json", api->openapi, strlen(api->openapi), NULL);
    return ST_OK;
}
