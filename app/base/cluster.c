/* Finding the private cluster: its socket folder is in a file, and somebody must be listening there. */
#include "base/cluster.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_NAME ".s.PGSQL.5432"

/* A file left by a cluster that was killed must not be taken for one that runs. */
static bool answers(const char *folder)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", folder, SOCKET_NAME);
    bool connected;
    int fd;

    if (length < 0 || (size_t)length >= sizeof address.sun_path)
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    connected = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
    (void)close(fd);
    return connected;
}

const char *cluster_url(struct arena *arena, const char *state_dir, const char *user)
{
    FILE *file = fopen(arena_printf(arena, "%s/pg.socket", state_dir), "re");
    char folder[sizeof((struct sockaddr_un *)0)->sun_path];
    const char *url = "";

    if (file == NULL)
        return url;
    if (fgets(folder, sizeof folder, file) != NULL) {
        folder[strcspn(folder, "\n")] = '\0';
        if (answers(folder))
            url = arena_printf(arena, "host=%s user=%s dbname=yaofang", folder, user);
    }
    (void)fclose(file);
    return url;
}
