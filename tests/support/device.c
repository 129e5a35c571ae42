/* Scales and printers for tests: scripts played over pseudo-terminals and sockets. */
#include "support/device.h"

#include <arpa/inet.h>
#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum { TOOK_MOST = 4 << 20, SMALL_BUFFER = 2048, LOOK_MS = 20 };

struct device {
    char address[64];
    const struct device_turn *turns;
    int fd;    /* the listener, or the master side */
    int slave; /* kept open, so that the other end never looks hung up; -1 for TCP */
    bool hangs_up, stops, sink;
    size_t most;
    atomic_bool stop;
    pthread_t thread;
    char *took;
    atomic_size_t size;
    atomic_int served;
};

static bool readable(struct device *device, int fd)
{
    struct pollfd at = { .fd = fd, .events = POLLIN };

    while (!atomic_load(&device->stop))
        if (poll(&at, 1, LOOK_MS) > 0)
            return true;
    return false;
}

static bool hear(struct device *device, int fd, const char *wanted)
{
    char heard[64] = "";
    size_t size = 0;

    while (strstr(heard, wanted) == NULL) {
        ssize_t n;

        if (!readable(device, fd) || size + 1 >= sizeof heard)
            return false;
        n = read(fd, heard + size, sizeof heard - 1 - size);
        if (n <= 0)
            return false;
        size += (size_t)n;
        heard[size] = '\0';
    }
    return true;
}

static void play(struct device *device, int fd)
{
    for (const struct device_turn *turn = device->turns; turn->hears != NULL || turn->says != NULL; turn++) {
        if (turn->hears != NULL && !hear(device, fd, turn->hears))
            return;
        usleep((unsigned)turn->pause_ms * 1000);
        if (turn->says != NULL && write(fd, turn->says, strlen(turn->says)) < 0)
            return;
    }
}

static void take(struct device *device, int fd)
{
    const size_t most = device->most == 0 ? TOOK_MOST : device->most;
    size_t size = 0;

    while (size < most && readable(device, fd)) {
        ssize_t n = read(fd, device->took + size, most - size);

        if (n <= 0)
            break;
        size += (size_t)n;
    }
    atomic_store(&device->size, size);
    while (device->stops && !atomic_load(&device->stop))
        usleep(LOOK_MS * 1000);
}

static void *serve(void *arg)
{
    struct device *device = arg;

    while (!atomic_load(&device->stop)) {
        int fd = device->fd;

        if (device->slave < 0) {
            if (!readable(device, fd))
                break;
            fd = accept(device->fd, NULL, NULL);
        }
        if (device->sink)
            take(device, fd);
        else
            play(device, fd);
        atomic_fetch_add(&device->served, 1);
        while (!device->sink && !device->hangs_up && device->slave < 0 && readable(device, fd)) {
            char dropped[64];

            if (read(fd, dropped, sizeof dropped) <= 0)
                break;
        }
        if (device->slave < 0)
            (void)close(fd);
    }
    return NULL;
}

static struct device *device_new(const struct device_turn *turns)
{
    struct device *device = calloc(1, sizeof *device);

    ck_assert_ptr_nonnull(device);
    device->turns = turns;
    device->slave = -1;
    return device;
}

static struct device *start(struct device *device)
{
    ck_assert_int_eq(pthread_create(&device->thread, NULL, serve, device), 0);
    return device;
}

static void listen_at(struct device *device, int buffer)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;

    device->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (buffer > 0)
        ck_assert_int_eq(setsockopt(device->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer), 0);
    ck_assert_int_eq(bind(device->fd, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(listen(device->fd, 5), 0);
    ck_assert_int_eq(getsockname(device->fd, (struct sockaddr *)&at, &size), 0);
    (void)snprintf(device->address, sizeof device->address, "tcp://127.0.0.1:%d", ntohs(at.sin_port));
}

struct device *device_tcp(const struct device_turn *turns, bool hangs_up)
{
    struct device *device = device_new(turns);

    device->hangs_up = hangs_up;
    listen_at(device, 0);
    return start(device);
}

struct device *device_pty(const struct device_turn *turns)
{
    struct device *device = device_new(turns);
    char path[40];
    struct termios raw;

    ck_assert_int_eq(openpty(&device->fd, &device->slave, path, NULL, NULL), 0);
    ck_assert_int_eq(tcgetattr(device->slave, &raw), 0);
    cfmakeraw(&raw);
    ck_assert_int_eq(tcsetattr(device->slave, TCSANOW, &raw), 0);
    (void)snprintf(device->address, sizeof device->address, "serial://%s", path);
    return start(device);
}

struct device *device_sink(size_t most, bool stops)
{
    struct device *device = device_new(NULL);

    device->sink = true;
    device->most = most;
    device->stops = stops;
    device->took = malloc(TOOK_MOST);
    ck_assert_ptr_nonnull(device->took);
    listen_at(device, most == 0 ? 0 : SMALL_BUFFER);
    return start(device);
}

const char *device_address(const struct device *device)
{
    return device->address;
}

const char *device_took(struct device *device, size_t *size)
{
    for (int i = 0; i < 200 && atomic_load(&device->served) == 0; i++)
        usleep(LOOK_MS * 1000);
    *size = atomic_load(&device->size);
    return device->took;
}

void device_end(struct device *device)
{
    atomic_store(&device->stop, true);
    (void)pthread_join(device->thread, NULL);
    (void)close(device->fd);
    if (device->slave >= 0)
        (void)close(device->slave);
    free(device->took);
    free(device);
}
