/* Folders of one request under the temporary folder, and their files as memory that the kernel pages in as it is sent; and spools,
   which need a file only for what is large. */
#include "api/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

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

static enum status map_file(struct ctx *c, int file, const char **data, size_t *size)
{
    struct mapping *mapping = arena_alloc(&c->arena, sizeof *mapping);
    struct stat seen;

    mapping->data = MAP_FAILED;
    if (file >= 0 && fstat(file, &seen) == 0 && seen.st_size > 0) {
        mapping->size = (size_t)seen.st_size;
        mapping->data = mmap(NULL, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    if (mapping->data == MAP_FAILED)
        return ctx_fail(c, ST_BROKEN, "file", NULL, "could not be read back");
    arena_defer(&c->arena, unmap, mapping);
    *data = mapping->data;
    *size = mapping->size;
    return ST_OK;
}

enum status temporary_read(struct ctx *c, const char *path, const char **data, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum status status = map_file(c, file, data, size);

    if (file >= 0)
        (void)close(file);
    return status;
}

enum { SPOOL_MOST = 4 * 1024 * 1024 }; /* bytes held in memory */

struct spool {
    struct text held; /* all of it, unless there is a file */
    int file;         /* -1: none */
    bool failed;
};

static void drop_spool(void *arg)
{
    const struct spool *spool = arg;

    if (spool->file >= 0)
        (void)close(spool->file);
}

struct spool *spool_new(struct ctx *c)
{
    struct spool *spool = arena_alloc(&c->arena, sizeof *spool);

    text_init(&spool->held, &c->arena);
    spool->file = -1;
    arena_defer(&c->arena, drop_spool, spool);
    return spool;
}

static bool write_out(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t n = write(file, data, size);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            data += n;
            size -= (size_t)n;
        }
    }
    return true;
}

/* What is held goes to a new file, whose name is taken away at once. */
static bool begin_file(struct spool *spool)
{
    char path[] = P_tmpdir "/yaofang-XXXXXX";

    spool->file = mkostemp(path, O_CLOEXEC);
    if (spool->file < 0)
        return false;
    (void)unlink(path);
    return write_out(spool->file, spool->held.data, spool->held.size);
}

static ssize_t add_to_spool(void *cookie, const char *data, size_t size)
{
    struct spool *spool = cookie;

    if (spool->file < 0 && spool->held.size + size <= SPOOL_MOST) {
        text_add_n(&spool->held, data, size);
        return (ssize_t)size;
    }
    if (spool->failed || (spool->file < 0 && !begin_file(spool)) || !write_out(spool->file, data, size)) {
        spool->failed = true;
        return 0;
    }
    return (ssize_t)size;
}

FILE *spool_open(void *arg)
{
    struct spool *spool = arg;

    drop_spool(spool);
    spool->file = -1;
    spool->failed = false;
    text_cut(&spool->held, 0);
    return fopencookie(spool, "wb", (cookie_io_functions_t){ .write = add_to_spool });
}

enum status spool_read(struct ctx *c, struct spool *spool, const char **data, size_t *size)
{
    if (spool->failed)
        return ctx_fail(c, ST_BROKEN, "file", NULL, "found no room in the temporary folder");
    if (spool->file >= 0)
        return map_file(c, spool->file, data, size);
    *data = spool->held.data;
    *size = spool->held.size;
    return ST_OK;
}
