/* What comes before a handler: the path, parameters, cookies and the route. The text is a request line's target and, after a
   line break, a Cookie header. */
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "http/guard.h"

const char *const fuzz_seeds[] = {
    "/api/v1/herbs/dang_gui",
    "/api/v1/herbs?q=%E5%BD%93%E5%BD%92&limit=10\na=1; yaofang_session=abc",
    "/api/v1/patients/7/medicines/12/stop",
    "/api/v1/orders/99999999999999999999/label",
    "/a%00b%2F%zz?x&=&y=1\n;;=;yaofang_session",
    NULL,
};

/* Splits "a=1&b" as libmicrohttpd does. */
static void take_parameters(struct request *in, const char *text)
{
    size_t n;
    char **parts = text_split(&in->c->arena, text, '&', &n);

    for (size_t i = 0; i < n; i++) {
        char *equals = strchr(parts[i], '=');

        if (equals != NULL)
            *equals++ = '\0';
        (void)!guard_parameter(in, parts[i], equals);
    }
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    size_t target = strcspn(data, "\n");
    char *path = arena_text_n(&c->arena, data, target), *query = strchr(path, '?');
    struct pair cookie = { .name = "Cookie", .value = data + target + (target < size) };
    struct request in = { .c = c, .data = "", .headers = &cookie, .header_count = 1 };
    const char *allowed, *value;

    if (query != NULL)
        *query++ = '\0';
    if (guard_path(&in, path) != ST_OK)
        return;
    if (!utf8_valid(in.path, strlen(in.path)))
        abort();
    take_parameters(&in, query == NULL ? "" : query);
    for (size_t i = 0; i < in.query_count; i++)
        if (!utf8_valid(in.query[i].value, strlen(in.query[i].value)))
            abort();
    value = in_cookie(&in, "yaofang_session");
    if (value != NULL && strpbrk(value, "; ") != NULL)
        abort();
    if (route_find(c, routes, route_count(), METHOD_GET, in.path, &in.route, in.parts, &in.part_count,
                   &allowed) != ST_OK)
        return;
    if (in.part_count > ROUTE_MAX_PARTS)
        abort();
    (void)in_path_id(&in, "id");
    (void)in_query_i64_or(&in, "limit", 1, 100, 10);
    (void)in_query_date_or(&in, "on", DATE_NONE);
    (void)!in_end(&in);
}
