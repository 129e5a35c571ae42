/* A load client for one machine: keeps a number of HTTP connections busy and says how fast they were answered.
 *
 *   load PORT CONNECTIONS SECONDS <requests
 *
 * Each line of `requests` is "METHOD PATH [BODY]"; a blank line ends a group, and the requests of a group follow each other on
 * one connection. SECONDS > 0: the groups are repeated until the time is over. 0: each group is sent once. The header line in the
 * environment variable LOAD_HEADER goes with each request; requests with a body get an Idempotency-Key of their own.
 * Prints: requests per second, milliseconds at the median, at 99 %, and how many answers were not 2xx. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MOST = 1024, ANSWER_MOST = 1 << 20 };

struct line {
    const char *method, *path, *body;
    bool last; /* of its group */
};

struct connection {
    int fd;
    const struct line *line; /* under way; NULL when idle for good */
    char *out;
    size_t out_size, out_at;
    char *in;
    size_t in_size;
    int64_t began;
};

struct load {
    struct sockaddr_in address;
    const char *header;
    struct line *lines;
    size_t line_count, next;
    bool repeat;
    int64_t end;
    int epoll, open;
    uint32_t *times_us;
    size_t answers, capacity, bad;
    uint64_t keys;
};

static int64_t now_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Reads all lines, and closes the last group. */
static void read_requests(struct load *load)
{
    char *text = NULL;
    size_t size = 0, capacity = 0;

    for (ssize_t n; (n = getline(&text, &size, stdin)) >= 0;) {
        struct line line = { 0 };
        char *rest = text;

        text[strcspn(text, "\n")] = '\0';
        if (*text == '\0') {
            if (load->line_count > 0)
                load->lines[load->line_count - 1].last = true;
            continue;
        }
        line.method = strsep(&rest, " ");
        line.path = strsep(&rest, " ");
        line.body = rest;
        if (load->line_count == capacity) {
            capacity = capacity == 0 ? 256 : capacity * 2;
            load->lines = realloc(load->lines, capacity * sizeof *load->lines);
        }
        if (load->lines == NULL || line.path == NULL)
            die("requests");
        load->lines[load->line_count++] = line;
        text = NULL; /* the line points into it */
        size = 0;
    }
    if (load->line_count == 0)
        die("no requests");
    load->lines[load->line_count - 1].last = true;
}

/* The next request of this connection: the group's next, or the first of a fresh group; NULL when there is none. */
static const struct line *take(struct load *load, const struct connection *connection)
{
    size_t at = load->next;

    if (connection->line != NULL && !connection->line->last)
        return connection->line + 1;
    if (load->repeat ? now_us() >= load->end : at >= load->line_count)
        return NULL;
    at %= load->line_count;
    load->next = at;
    while (!load->lines[load->next].last)
        load->next++;
    load->next++;
    return &load->lines[at];
}

static void send_more(struct connection *connection)
{
    while (connection->out_at < connection->out_size) {
        const ssize_t n = send(connection->fd, connection->out + connection->out_at,
                               connection->out_size - connection->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n < 0)
            die("send");
        connection->out_at += (size_t)n;
    }
}

static void ask(struct load *load, struct connection *connection)
{
    const struct line *line = take(load, connection);
    char key[64] = "";
    int size;

    connection->line = line;
    if (line == NULL) {
        (void)close(connection->fd);
        load->open--;
        return;
    }
    if (line->body != NULL)
        (void)snprintf(key, sizeof key, "Idempotency-Key: load-%d-%llu\r\n", (int)getpid(),
                       (unsigned long long)load->keys++);
    free(connection->out);
    size = asprintf(&connection->out,
                    "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%sContent-Type: "
                    "application/json\r\nContent-Length: %zu\r\n\r\n%s",
                    line->method, line->path, load->header, *load->header == '\0' ? "" : "\r\n", key,
                    line->body == NULL ? 0 : strlen(line->body), line->body == NULL ? "" : line->body);
    if (size < 0)
        die("memory");
    connection->out_size = (size_t)size;
    connection->out_at = 0;
    connection->in_size = 0;
    connection->began = now_us();
    send_more(connection);
}

/* Whether the whole answer is there; its status in *status. */
static bool complete(const struct connection *connection, int *status)
{
    const char *head_end = strstr(connection->in, "\r\n\r\n");
    const char *length;

    if (head_end == NULL)
        return false;
    *status = (int)strtol(connection->in + 9, NULL, 10);
    length = strcasestr(connection->in, "\r\nTransfer-Encoding: chunked");
    if (length != NULL && length < head_end)
        return memcmp(connection->in + connection->in_size - 5, "0\r\n\r\n", 5) == 0;
    length = strcasestr(connection->in, "\r\nContent-Length:");
    return connection->in_size >=
           (size_t)(head_end + 4 - connection->in) +
               (length == NULL || length > head_end ? 0 : strtoul(length + 17, NULL, 10));
}

static void count(struct load *load, const struct connection *connection, int status)
{
    if (load->answers == load->capacity) {
        load->capacity = load->capacity == 0 ? 1 << 16 : load->capacity * 2;
        load->times_us = realloc(load->times_us, load->capacity * sizeof *load->times_us);
        if (load->times_us == NULL)
            die("memory");
    }
    load->times_us[load->answers++] = (uint32_t)(now_us() - connection->began);
    if (status / 100 == 2)
        return;
    if (load->bad++ == 0)
        fprintf(stderr, "load: the first refusal, of %s %s:\n%s\n", connection->line->method,
                connection->line->path, connection->in);
}

static void receive(struct load *load, struct connection *connection)
{
    int status;
    const ssize_t n = recv(connection->fd, connection->in + connection->in_size,
                           ANSWER_MOST - connection->in_size - 1, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        die("the service closed a connection");
    connection->in_size += (size_t)n;
    connection->in[connection->in_size] = '\0';
    if (!complete(connection, &status)) {
        if (connection->in_size == ANSWER_MOST - 1)
            die("an answer is longer than a mebibyte");
        return;
    }
    count(load, connection, status);
    ask(load, connection);
}

static void open_connection(struct load *load, struct connection *connection)
{
    const int one = 1;
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection };

    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connection->in = malloc(ANSWER_MOST);
    if (connection->fd < 0 || connection->in == NULL ||
        connect(connection->fd, (const struct sockaddr *)&load->address, sizeof load->address) != 0)
        die("connect");
    (void)setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    load->open++;
    ask(load, connection);
    if (connection->line != NULL && epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0)
        die("epoll");
}

static int by_time(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static struct connection connections[CONNECTIONS_MOST];
    struct epoll_event events[64];
    struct load load = { .header = getenv("LOAD_HEADER") };
    const long wanted = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
    int64_t began;
    double seconds;

    if (wanted < 1 || wanted > CONNECTIONS_MOST) {
        fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS <requests\n");
        return 2;
    }
    if (load.header == NULL)
        load.header = "";
    read_requests(&load);
    load.address = (struct sockaddr_in){ .sin_family = AF_INET,
                                         .sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10)),
                                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    load.epoll = epoll_create1(EPOLL_CLOEXEC);
    began = now_us();
    load.repeat = strtol(argv[3], NULL, 10) > 0;
    load.end = began + strtol(argv[3], NULL, 10) * 1000000;
    for (long i = 0; i < wanted; i++)
        open_connection(&load, &connections[i]);
    while (load.open > 0) {
        const int n = epoll_wait(load.epoll, events, 64, 10000);

        if (n == 0)
            die("no answer for 10 s");
        for (int i = 0; i < n; i++) {
            struct connection *connection = events[i].data.ptr;

            if ((events[i].events & EPOLLOUT) != 0)
                send_more(connection);
            if ((events[i].events & ~(uint32_t)EPOLLOUT) != 0)
                receive(&load, connection);
        }
    }
    seconds = (double)(now_us() - began) / 1e6;
    qsort(load.times_us, load.answers, sizeof *load.times_us, by_time);
    printf("%.0f %.2f %.2f %zu\n", (double)load.answers / seconds, load.times_us[load.answers / 2] / 1e3,
           load.times_us[load.answers * 99 / 100] / 1e3, load.bad);
    return load.bad == 0 ? 0 : 1;
}
