/* Lines to devices of the bench: a scale or a printer on a serial device or a TCP port, with deadlines on everything.

   An address is typed by an administrator, never taken from a request that weighs or prints. What may be opened at all is the
   machine's owner's to say (setting YAOFANG_DEVICES): the check is on the device file, or on the numeric address that is then
   connected to, so that a name cannot come to mean something else in between (OWASP ASVS 5.2.6). */
#ifndef YAOFANG_BASE_LINK_H
#define YAOFANG_BASE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/text.h"

enum link_kind { LINK_SERIAL = 1, LINK_TCP = 2, LINK_IPP = 4, LINK_IPPS = 8 };

/* serial:///dev/ttyUSB0?baud=9600&parity=even&bits=7&stop=1, tcp://host:port, ipp://host[:631]/path, ipps://host[:631]/path. */
struct link_address {
    enum link_kind kind;
    const char *text; /* as typed */
    const char *path; /* the device file, or the path of ipp */
    const char *host;
    int port;
    int baud, data_bits, stop_bits; /* 9600, 8, 1 unless said */
    char parity;                    /* 'n', 'e' or 'o' */
};

/* Takes an address apart; `kinds` are those that make sense (LINK_ bits joined). ST_INVALID names `field` and the rule. */
enum status link_address_read(struct ctx *c, const char *field, const char *text, unsigned kinds,
                              struct link_address *address) MUST_CHECK;

/* What may be opened: `allowed` are patterns separated by spaces ("192.168.*", "/dev/tty*"). */
struct link_limits {
    const char *allowed;
    int patience_ms; /* how long nothing may happen */
};

/* The addresses of the host that may be connected to, as numbers; ST_DENIED when it has none such. */
enum status link_resolve(struct ctx *c, const char *field, const struct link_address *address,
                         const struct link_limits *limits, const char ***numeric, size_t *count) MUST_CHECK;

/* An open line; it closes with the context's arena or by link_close. ST_DENIED: not among what may be opened; ST_BUSY says in plain
   words why it does not answer: no such device, in use by another, refused, no answer in time. */
struct link;
enum status link_open(struct ctx *c, const char *field, const struct link_address *address,
                      const struct link_limits *limits, struct link **link) MUST_CHECK;
void link_close(struct link *link);

/* Sends everything. `taken` gets how many bytes the other end is known to have taken, also when it fails: ST_BUSY says whether it
   hung up or stopped reading, and after how many of how many bytes. With `last` nothing more will be sent: returns once the other
   end has taken all of it. */
enum status link_send(struct ctx *c, struct link *link, const char *data, size_t size, bool last,
                      size_t *taken) MUST_CHECK;

/* Drops what comes in for a moment, to the end of a line that has begun: what was on its way before we asked. */
void link_settle(struct link *link);

/* The next line that is not empty, without its end, until `until_us` of link_clock. ST_BUSY when none came, or the other end hung
   up. The line lives until the next call. */
enum status link_line(struct ctx *c, struct link *link, int64_t until_us, const char **line,
                      size_t *size) MUST_CHECK;

/* Microseconds of a clock that only goes forward. */
int64_t link_clock(void);

#endif
