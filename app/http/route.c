/* Matching a path against the route table, segment by segment. The table is short and most rows differ early, so a straight
   walk is cheaper than an index would be. */
#include "http/route.h"

#include <string.h>

static const char *const words[METHOD_COUNT] = {
#define METHOD_WORD(name) [METHOD_##name] = #name,
    METHOD_LIST(METHOD_WORD)
#undef METHOD_WORD
};

const char *method_word(enum method method)
{
    return words[method];
}

/* Whether `path` fits `pattern`; `variables` gets how many segments were taken by ':' parts, a final '*' counting more. */
static bool fits(const char *pattern, const char *path, int *variables)
{
    *variables = 0;
    while (*pattern != '\0') {
        if (*pattern == '*') {
            *variables += ROUTE_MAX_PARTS;
            return true;
        }
        if (*pattern == ':') {
            if (*path == '/' || *path == '\0')
                return false;
            ++*variables;
            pattern += strcspn(pattern, "/");
            path += strcspn(path, "/");
            continue;
        }
        if (*pattern++ != *path++)
            return false;
    }
    return *path == '\0';
}

/* What the ':' segments held; a final '*' is called "rest". */
static size_t take_parts(struct ctx *c, const char *pattern, const char *path,
                         struct path_part parts[ROUTE_MAX_PARTS])
{
    size_t n = 0;

    for (; *pattern != '\0' && n < ROUTE_MAX_PARTS; pattern++, path++) {
        if (*pattern == '*') {
            parts[n++] = (struct path_part){ "rest", arena_text(&c->arena, path) };
            break;
        }
        if (*pattern == ':') {
            size_t name = strcspn(pattern + 1, "/"), text = strcspn(path, "/");

            parts[n++] = (struct path_part){ arena_text_n(&c->arena, pattern + 1, name),
                                             arena_text_n(&c->arena, path, text) };
            pattern += name;
            path += text - 1;
        }
    }
    return n;
}

static const char *methods_of(struct ctx *c, const struct route *routes, size_t count, const char *path)
{
    bool has[METHOD_COUNT] = { false };
    const char *list = "";
    int variables;

    for (size_t i = 0; i < count; i++)
        has[routes[i].method] |= fits(routes[i].path, path, &variables);
    for (int m = 0; m < METHOD_COUNT; m++)
        if (has[m])
            list = arena_printf(&c->arena, "%s%s%s%s", list, *list == '\0' ? "" : ", ", words[m],
                                m == METHOD_GET ? ", HEAD" : "");
    return list;
}

enum status route_find(struct ctx *c, const struct route *routes, size_t count, enum method method,
                       const char *path, const struct route **route, struct path_part parts[ROUTE_MAX_PARTS],
                       size_t *n, const char **allowed)
{
    const struct route *best = NULL;
    int fewest = 0, variables;
    bool wildcard = false, path_known = false;

    for (size_t i = 0; i < count; i++) {
        if (!fits(routes[i].path, path, &variables))
            continue;
        wildcard = variables >= ROUTE_MAX_PARTS;
        path_known |= !wildcard;
        if (routes[i].method != method || (best != NULL && variables >= fewest))
            continue;
        best = &routes[i];
        fewest = variables;
    }
    /* A path that is somebody's own is not answered by a wildcard just because the method is another. */
    if (best == NULL || (fewest >= ROUTE_MAX_PARTS && path_known)) {
        *allowed = methods_of(c, routes, count, path);
        if (**allowed == '\0')
            return ctx_fail(c, ST_NOT_FOUND, "path", path, "is not a path of this service");
        return ctx_fail(c, ST_METHOD, "method", method_word(method), "is not allowed here; %s is", *allowed);
    }
    *route = best;
    *n = take_parts(c, best->path, path, parts);
    return ST_OK;
}
