/* Folders of one request under the temporary folder. */
#include "api/temporary.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void remove_folder(void *folder)
{
    rmdir(folder);
}

static void remove_file(void *path)
{
    unlink(path);
}

enum status temporary_path(struct ctx *c, const char **out)
{
    char *folder = arena_printf(&c->arena, "%s/yaofang-XXXXXX", P_tmpdir);
    char *path;

    if (mkdtemp(folder) == NULL)
        return ctx_fail(c, ST_BROKEN, "file", NULL, "found no room in the temporary folder");
    arena_defer(&c->arena, remove_folder, folder);
    path = arena_printf(&c->arena, "%s/file", folder);
    arena_defer(&c->arena, remove_file, path);
    *out = path;
    return ST_OK;
}

enum status temporary_read(struct ctx *c, const char *path, struct text *bytes)
{
    FILE *file = fopen(path, "rb");
    char chunk[16384];
    size_t n;

    text_init(bytes, &c->arena);
    if (file == NULL)
        return ctx_fail(c, ST_BROKEN, "file", NULL, "could not be read back");
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add_n(bytes, chunk, n);
    fclose(file);
    return ST_OK;
}
