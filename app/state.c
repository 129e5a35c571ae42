/* Writing the state folder's small files: to a new file first, which then takes the old one's place. */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *text, size_t size)
{
    while (size > 0) {
        const ssize_t n = write(fd, text, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n;
        size -= (size_t)n;
    }
    return true;
}

enum status state_write(struct ctx *c, const struct config *config, const char *name, const char *text)
{
    const char *path = arena_printf(&c->arena, "%s/%s", config->state_dir, name);
    const char *fresh = arena_printf(&c->arena, "%s.new", path);
    int fd;
    bool written;

    (void)mkdir(config->state_dir, 0755);
    (void)unlink(fresh);
    fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return ctx_fail(c, ST_BROKEN, "YAOFANG_STATE", path, "cannot be written: %s", strerror(errno));
    written = write_all(fd, text, strlen(text));
    if (close(fd) != 0 || !written || rename(fresh, path) != 0)
        return ctx_fail(c, ST_BROKEN, "YAOFANG_STATE", path, "cannot be written: %s", strerror(errno));
    return ST_OK;
}

void state_remove(struct ctx *c, const struct config *config, const char *name)
{
    (void)unlink(arena_printf(&c->arena, "%s/%s", config->state_dir, name));
}
