/* The page's files, built into the program: served with an ETag, so that a browser asks but seldom loads. */
#include <string.h>

#include "api/handlers.h"
#include "base/asset.h"

static const char *type_of(const char *name)
{
    static const struct {
        const char *suffix;
        const char *type;
    } types[] = {
        { ".html", "text/html; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".mjs", "text/javascript; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" },
        { ".json", "application/json" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".ico", "image/x-icon" },
        { ".woff2", "font/woff2" },
        { ".txt", "text/plain; charset=utf-8" },
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(dot, types[i].suffix) == 0)
            return types[i].type;
    return "application/octet-stream";
}

/* "/" is the page. Query parameters are the page's own affair. */
enum status get_page(struct ctx *c, struct request *in, struct reply *out)
{
    const char *name = in_path_text(in, "rest");
    const struct asset *asset = asset_find(assets_web, *name == '\0' ? "index.html" : name);
    const char *known = in_header(in, "If-None-Match");

    if (asset == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "path", in->path, "is not a path of this service");
    out->cacheable = true;
    reply_header(out, "Cache-Control", "no-cache");
    reply_header(out, "ETag", asset->etag);
    if (known != NULL && strstr(known, asset->etag) != NULL) {
        out->status = 304;
        return ST_OK;
    }
    reply_bytes(c, out, type_of(asset->name), asset->data, asset->size, NULL);
    return ST_OK;
}
