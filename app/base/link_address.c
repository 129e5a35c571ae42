/* Addresses of devices: taken apart by their rules, resolved, and held against what may be opened. */
#include <fnmatch.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/link_parts.h"

enum { ADDRESS_LONGEST = 300, HOST_LONGEST = 253, IPP_PORT = 631, NUMERIC_MOST = 16 };

static const struct {
    const char *scheme;
    enum link_kind kind;
} schemes[] = {
    { "serial://", LINK_SERIAL },
    { "tcp://", LINK_TCP },
    { "ipp://", LINK_IPP },
    { "ipps://", LINK_IPPS },
};

struct reading {
    struct ctx *c;
    const char *field, *text;
};

static enum status wrong(const struct reading *r, const char *rule)
{
    return ctx_fail(r->c, ST_INVALID, r->field, r->text, "%s", rule);
}

static bool only(const char *text, const char *characters)
{
    return *text != '\0' && text[strspn(text, characters)] == '\0';
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static enum status read_port(const struct reading *r, const char *text, int *port)
{
    if (!only(text, DIGITS) || strlen(text) > 5 || strtol(text, NULL, 10) < 1 ||
        strtol(text, NULL, 10) > 65535)
        return wrong(r, "must name a port from 1 to 65535 behind the host");
    *port = (int)strtol(text, NULL, 10);
    return ST_OK;
}

/* "host:port", "[2001:db8::7]:9100"; `preset` 0: the port must be said. */
static enum status read_host(const struct reading *r, char *text, int preset, struct link_address *out)
{
    const bool numeric = *text == '[';
    char *end = numeric ? strchr(text, ']') : text + strcspn(text, ":");
    const char *behind = end;

    if (numeric) {
        if (end == NULL)
            return wrong(r, "must close the bracket around the host's address");
        text++;
        behind = end + 1;
    }
    if (*behind != '\0' && *behind != ':')
        return wrong(r, "must be a host and its port, as host:9100");
    out->port = preset;
    if (*behind == ':')
        TRY(read_port(r, behind + 1, &out->port));
    *end = '\0';
    if (out->port == 0)
        return wrong(r, "must name a port from 1 to 65535 behind the host");
    if (strlen(text) > HOST_LONGEST ||
        !only(text, numeric ? "abcdefABCDEF" DIGITS ":." : LETTERS DIGITS ".-"))
        return wrong(r, "must name a host by letters, digits, dots and hyphens, or by its address");
    out->host = text;
    return ST_OK;
}

static enum status read_setting(const struct reading *r, const char *name, const char *value,
                                struct link_address *out)
{
    static const char *const bauds[] = {
        "1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200"
    };

    if (strcmp(name, "baud") == 0) {
        for (size_t i = 0; i < sizeof bauds / sizeof bauds[0]; i++)
            if (strcmp(bauds[i], value) == 0) {
                out->baud = (int)strtol(value, NULL, 10);
                return ST_OK;
            }
        return wrong(r, "baud is 1200, 2400, 4800, 9600, 19200, 38400, 57600 or 115200");
    }
    if (strcmp(name, "parity") == 0) {
        if (strcmp(value, "none") != 0 && strcmp(value, "even") != 0 && strcmp(value, "odd") != 0)
            return wrong(r, "parity is none, even or odd");
        out->parity = *value;
        return ST_OK;
    }
    if (strcmp(name, "bits") == 0 && (strcmp(value, "7") == 0 || strcmp(value, "8") == 0))
        out->data_bits = *value - '0';
    else if (strcmp(name, "stop") == 0 && (strcmp(value, "1") == 0 || strcmp(value, "2") == 0))
        out->stop_bits = *value - '0';
    else
        return wrong(r, "behind the device may stand baud, parity, bits (7 or 8) and stop (1 or 2), as "
                        "?baud=9600&parity=even");
    return ST_OK;
}

static enum status read_serial(const struct reading *r, char *text, struct link_address *out)
{
    char *settings = strchr(text, '?');
    size_t n;
    char **list;

    if (settings != NULL)
        *settings++ = '\0';
    if (strncmp(text, "/dev/", 5) != 0 || !only(text, LETTERS DIGITS "/._:-") || strstr(text, "..") != NULL)
        return wrong(r, "must name a device file, as serial:///dev/ttyUSB0");
    out->path = text;
    out->baud = 9600;
    out->data_bits = 8;
    out->stop_bits = 1;
    out->parity = 'n';
    list = text_split(&r->c->arena, settings == NULL ? "" : settings, '&', &n);
    for (size_t i = 0; i < n; i++) {
        char *value = strchr(list[i], '=');

        if (value != NULL)
            *value++ = '\0';
        TRY(read_setting(r, list[i], value == NULL ? "" : value, out));
    }
    return ST_OK;
}

static enum status read_ipp(const struct reading *r, char *text, struct link_address *out)
{
    char *path = strchr(text, '/');

    if (path == NULL || path[1] == '\0' || !only(path, LETTERS DIGITS "/._-"))
        return wrong(r, "must name the printer behind the host, as ipp://host/printers/front");
    out->path = arena_text(&r->c->arena, path);
    *path = '\0';
    return read_host(r, text, IPP_PORT, out);
}

enum status link_address_read(struct ctx *c, const char *field, const char *text, unsigned kinds,
                              struct link_address *address)
{
    const struct reading r = { c, field, text };
    struct text known;

    text_init(&known, &c->arena);
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        const size_t length = strlen(schemes[i].scheme);
        char *rest;

        if ((kinds & schemes[i].kind) == 0)
            continue;
        text_addf(&known, "%s%s", known.size == 0 ? "" : ", ", schemes[i].scheme);
        if (strncmp(text, schemes[i].scheme, length) != 0)
            continue;
        if (strlen(text) > ADDRESS_LONGEST)
            return wrong(&r, "is longer than any address");
        *address = (struct link_address){ .kind = schemes[i].kind, .text = text };
        rest = arena_text(&c->arena, text + length);
        return address->kind == LINK_SERIAL ? read_serial(&r, rest, address)
               : address->kind == LINK_TCP  ? read_host(&r, rest, 0, address)
                                            : read_ipp(&r, rest, address);
    }
    return ctx_fail(c, ST_INVALID, field, text, "must begin with %s", known.data);
}

/* Addresses that no scale and no printer has, and that give away secrets on rented machines: never, whatever the setting says. */
static bool never(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct in_addr *v4 = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
        const uint32_t number = ntohl(v4->s_addr);

        return number >> 16 == 0xa9fe || number >> 28 >= 0xe ||
               number >> 24 == 0; /* link-local, multicast, "this" */
    }
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;

    return IN6_IS_ADDR_LINKLOCAL(v6) || IN6_IS_ADDR_MULTICAST(v6) || IN6_IS_ADDR_UNSPECIFIED(v6) ||
           IN6_IS_ADDR_V4MAPPED(v6);
}

bool link_allowed(struct ctx *c, const char *what, const struct link_limits *limits)
{
    size_t n;
    char **patterns = text_split(&c->arena, limits->allowed, ' ', &n);

    for (size_t i = 0; i < n; i++)
        if (fnmatch(patterns[i], what, 0) == 0)
            return true;
    return false;
}

static void free_addresses(void *found)
{
    freeaddrinfo(found);
}

enum status link_resolve(struct ctx *c, const char *field, const struct link_address *address,
                         const struct link_limits *limits, const char ***numeric, size_t *count)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    char name[128];
    int error = getaddrinfo(address->host, NULL, &hints, &found);

    if (error != 0)
        return ctx_fail(c, ST_BUSY, field, address->text, "no such host is known: %s", gai_strerror(error));
    arena_defer(&c->arena, free_addresses, found);
    *numeric = arena_array(&c->arena, NUMERIC_MOST, sizeof **numeric);
    *count = 0;
    for (struct addrinfo *at = found; at != NULL && *count < NUMERIC_MOST; at = at->ai_next) {
        if ((at->ai_family != AF_INET && at->ai_family != AF_INET6) || never(at->ai_addr) ||
            getnameinfo(at->ai_addr, at->ai_addrlen, name, sizeof name, NULL, 0, NI_NUMERICHOST) != 0)
            continue;
        if (link_allowed(c, name, limits))
            (*numeric)[(*count)++] = arena_text(&c->arena, name);
    }
    if (*count == 0)
        return ctx_fail(c, ST_DENIED, field, address->text,
                        "is not among the addresses that scales and printers may have on this machine "
                        "(setting YAOFANG_DEVICES)");
    return ST_OK;
}
