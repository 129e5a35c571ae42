/* Opening, sending and reading with a deadline, on a serial device or a TCP socket. */
#include "base/link.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/link_parts.h"

enum { LINE_MOST = 256, SETTLE_MS = 60, SETTLE_MOST_MS = 1000, CHUNK = 4096, LINGER_MS = 500, LOOK_MS = 20 };

struct link {
    int fd;
    bool serial;
    const char *field, *text;
    int patience_ms;
    size_t held;
    char buffer[LINE_MOST + 1]; /* what came in and was not handed out */
    char line[LINE_MOST + 1];
};

int64_t link_clock(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void link_close(struct link *link)
{
    if (link->fd >= 0)
        (void)close(link->fd);
    link->fd = -1;
}

static void close_deferred(void *link)
{
    link_close(link);
}

/* Whether something of `events` (or an end) came within the time. */
static bool wait_for(const struct link *link, short events, int64_t ms)
{
    struct pollfd at = { .fd = link->fd, .events = events };

    return poll(&at, 1, ms < 0 ? 0 : (int)ms) > 0;
}

static enum status busy(struct ctx *c, const struct link *link, const char *rule)
{
    return ctx_fail(c, ST_BUSY, link->field, link->text, "%s", rule);
}

static speed_t speed_of(int baud)
{
    static const struct {
        int baud;
        speed_t speed;
    } all[] = {
        { 1200, B1200 },   { 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
        { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].baud == baud)
            return all[i].speed;
    return B9600;
}

/* Raw, without flow control, as scales are delivered. */
static bool set_serial(const struct link *link, const struct link_address *address)
{
    struct termios t;

    if (tcgetattr(link->fd, &t) != 0)
        return false;
    cfmakeraw(&t);
    t.c_cflag &= ~(tcflag_t)(PARENB | PARODD | CSTOPB | CSIZE | CRTSCTS);
    t.c_cflag |= CLOCAL | CREAD | (address->data_bits == 7 ? CS7 : CS8);
    t.c_cflag |= address->stop_bits == 2 ? CSTOPB : 0;
    t.c_cflag |= address->parity == 'e' ? PARENB : address->parity == 'o' ? PARENB | PARODD : 0;
    (void)cfsetispeed(&t, speed_of(address->baud));
    (void)cfsetospeed(&t, speed_of(address->baud));
    return tcsetattr(link->fd, TCSANOW, &t) == 0 && tcflush(link->fd, TCIOFLUSH) == 0;
}

static enum status open_serial(struct ctx *c, struct link *link, const struct link_address *address,
                               const struct link_limits *limits)
{
    if (!link_allowed(c, address->path, limits))
        return ctx_fail(c, ST_DENIED, link->field, link->text,
                        "is not among the devices that scales and printers may be on this machine (setting "
                        "YAOFANG_DEVICES)");
    link->fd = open(address->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (link->fd < 0)
        return ctx_fail(c, ST_BUSY, link->field, link->text, "cannot be opened: %s", strerror(errno));
    if (isatty(link->fd) == 0)
        return ctx_fail(c, ST_INVALID, link->field, link->text, "is no serial device");
    if (flock(link->fd, LOCK_EX | LOCK_NB) != 0)
        return busy(c, link, "is being read by somebody else: try again in a moment");
    return set_serial(link, address) ? ST_OK
                                     : ctx_fail(c, ST_BUSY, link->field, link->text,
                                                "does not take its settings: %s", strerror(errno));
}

/* Connects to one numeric address; the error as errno, 0 when it did. */
static int connect_to(struct link *link, const char *numeric, int port, int64_t until)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    char service[8];
    int error = 0;
    socklen_t size = sizeof error;

    (void)snprintf(service, sizeof service, "%d", port);
    if (getaddrinfo(numeric, service, &hints, &found) != 0)
        return EADDRNOTAVAIL;
    link->fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (link->fd < 0 || (connect(link->fd, found->ai_addr, found->ai_addrlen) != 0 && errno != EINPROGRESS))
        error = errno;
    freeaddrinfo(found);
    if (error == 0 && !wait_for(link, POLLOUT, (until - link_clock()) / 1000))
        error = ETIMEDOUT;
    if (error == 0 && getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        error = errno;
    if (error != 0)
        link_close(link);
    return error;
}

static enum status open_tcp(struct ctx *c, struct link *link, const struct link_address *address,
                            const struct link_limits *limits)
{
    const int64_t until = link_clock() + (int64_t)limits->patience_ms * 1000;
    const char **numeric;
    size_t n;
    int error = 0;

    TRY(link_resolve(c, link->field, address, limits, &numeric, &n));
    for (size_t i = 0; i < n; i++) {
        error = connect_to(link, numeric[i], address->port, until);
        if (error == 0)
            return ST_OK;
    }
    return ctx_fail(c, ST_BUSY, link->field, link->text, "does not answer: %s", strerror(error));
}

enum status link_open(struct ctx *c, const char *field, const struct link_address *address,
                      const struct link_limits *limits, struct link **link)
{
    *link = arena_alloc(&c->arena, sizeof **link);
    **link = (struct link){ .fd = -1,
                            .serial = address->kind == LINK_SERIAL,
                            .field = field,
                            .text = address->text,
                            .patience_ms = limits->patience_ms };
    arena_defer(&c->arena, close_deferred, *link);
    return (*link)->serial ? open_serial(c, *link, address, limits) : open_tcp(c, *link, address, limits);
}

/* 30000 as "30,000". */
static const char *grouped(struct ctx *c, size_t n)
{
    return n < 1000 ? arena_printf(&c->arena, "%zu", n)
                    : arena_printf(&c->arena, "%s,%03zu", grouped(c, n / 1000), n % 1000);
}

/* What the other end has not taken yet of what we handed to the kernel. */
static size_t waiting(const struct link *link)
{
    int bytes = 0;

    return ioctl(link->fd, TIOCOUTQ, &bytes) == 0 && bytes > 0 ? (size_t)bytes : 0;
}

struct sending {
    struct ctx *c;
    struct link *link;
    size_t size, given, taken;
    int64_t moved_us; /* when the other end last took something */
};

static enum status hung_up(const struct sending *s)
{
    if (s->taken >= s->size)
        return ctx_fail(s->c, ST_BUSY, s->link->field, s->link->text,
                        "hung up before it had read all of %s bytes", grouped(s->c, s->size));
    return ctx_fail(s->c, ST_BUSY, s->link->field, s->link->text, "hung up after %s of %s bytes",
                    grouped(s->c, s->taken), grouped(s->c, s->size));
}

/* Brings `taken` along; fails when nothing was taken for too long. */
static enum status progress(struct sending *s)
{
    const size_t left = waiting(s->link);
    const size_t taken = s->given > left ? s->given - left : 0;

    if (taken > s->taken) {
        s->taken = taken;
        s->moved_us = link_clock();
    }
    if (link_clock() - s->moved_us > (int64_t)s->link->patience_ms * 1000)
        return ctx_fail(s->c, ST_BUSY, s->link->field, s->link->text,
                        "stopped taking data after %s of %s bytes", grouped(s->c, s->taken),
                        grouped(s->c, s->size));
    return ST_OK;
}

static ssize_t put(const struct link *link, const char *data, size_t size)
{
    return link->serial ? write(link->fd, data, size) : send(link->fd, data, size, MSG_NOSIGNAL);
}

static enum status give(struct sending *s, const char *data)
{
    while (s->given < s->size) {
        const size_t left = s->size - s->given;
        ssize_t n = put(s->link, data + s->given, left < CHUNK ? left : CHUNK);

        if (n > 0)
            s->given += (size_t)n;
        TRY(progress(s));
        if (n >= 0 || errno == EINTR)
            continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            return hung_up(s);
        (void)wait_for(s->link, POLLOUT, LOOK_MS);
    }
    return ST_OK;
}

/* Whether the socket has ended by a reset. What the other end says meanwhile is dropped. */
static bool was_reset(const struct link *link, bool *ended)
{
    char dropped[CHUNK];
    ssize_t n = recv(link->fd, dropped, sizeof dropped, 0);

    *ended = n == 0;
    return n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
}

/* Nothing more will come: waits until all was taken, and a moment longer for a printer that lets go of what it took. */
static enum status finish(struct sending *s)
{
    int64_t linger = 0;
    bool ended = false;

    if (s->link->serial)
        return tcdrain(s->link->fd) == 0 ? ST_OK : hung_up(s);
    (void)shutdown(s->link->fd, SHUT_WR);
    while (!ended && (linger == 0 || link_clock() < linger)) {
        if (wait_for(s->link, POLLIN, LOOK_MS) && was_reset(s->link, &ended))
            return hung_up(s);
        TRY(linger == 0 ? progress(s) : ST_OK);
        if (linger == 0 && waiting(s->link) == 0)
            linger = link_clock() + LINGER_MS * 1000;
    }
    return s->taken < s->size && waiting(s->link) > 0 ? hung_up(s) : ST_OK;
}

enum status link_send(struct ctx *c, struct link *link, const char *data, size_t size, bool last,
                      size_t *taken)
{
    struct sending s = { .c = c, .link = link, .size = size, .moved_us = link_clock() };
    enum status status = give(&s, data);

    if (status == ST_OK && last)
        status = finish(&s);
    *taken = status == ST_OK ? size : s.taken;
    return status;
}

void link_settle(struct link *link)
{
    const int64_t most = link_clock() + SETTLE_MOST_MS * 1000;
    char last = '\n';

    link->held = 0;
    while (link_clock() < most &&
           wait_for(link, POLLIN, last == '\n' || last == '\r' ? SETTLE_MS : SETTLE_MOST_MS)) {
        char dropped[LINE_MOST];
        ssize_t n = read(link->fd, dropped, sizeof dropped);

        if (n <= 0)
            return;
        last = dropped[n - 1];
    }
}

/* Moves the first line out of what was held; false when there is no whole one. Empty ones are dropped. */
static bool next_line(struct link *link, size_t *size)
{
    size_t end = 0, next;

    while (end < link->held && link->buffer[end] != '\n' && link->buffer[end] != '\r')
        end++;
    if (end == link->held && link->held < LINE_MOST)
        return false;
    memcpy(link->line, link->buffer, end);
    link->line[end] = '\0';
    next = end < link->held ? end + 1 : end;
    memmove(link->buffer, link->buffer + next, link->held - next);
    link->held -= next;
    *size = end;
    return end > 0 || next_line(link, size);
}

enum status link_line(struct ctx *c, struct link *link, int64_t until_us, const char **line, size_t *size)
{
    *line = link->line;
    while (!next_line(link, size)) {
        const int64_t left = (until_us - link_clock()) / 1000;
        ssize_t n;

        if (left <= 0 || !wait_for(link, POLLIN, left))
            return busy(c, link,
                        link->held > 0 ? "sent the beginning of a line and fell silent"
                                       : "says nothing: is it switched on, and its cable in?");
        n = read(link->fd, link->buffer + link->held, LINE_MOST - link->held);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
            return busy(c, link, "hung up, or was unplugged");
        link->held += n > 0 ? (size_t)n : 0;
    }
    return ST_OK;
}
