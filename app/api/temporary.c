/* Folders of one request under the temporary folder, and their files as memory that the kernel pages in as it is sent. */
#include "api/temporary.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
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

struct mapping {
    void *data;
    size_t size;
};

static void unmap(void *arg)
{
    const struct mapping *mapping = arg;

    (void)munmap(mapping->data, mapping->size);
}

enum status temporary_read(struct ctx *c, const char *path, const char **data, size_t *size)
{
    struct mapping *mapping = arena_alloc(&c->arena, sizeof *mapping);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat seen;

    mapping->data = MAP_FAILED;
    if (file >= 0 && fstat(file, &seen) == 0 && seen.st_size > 0) {
        mapping->size = (size_t)seen.st_size;
        mapping->data = mmap(NULL, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    if (file >= 0)
        (void)close(file);
    if (mapping->data == MAP_FAILED)
        return ctx_fail(c, ST_BROKEN, "file", NULL, "could not be read back");
    arena_defer(&c->arena, unmap, mapping);
    *data = mapping->data;
    *size = mapping->size;
    return ST_OK;
}
