/* What is answered. A handler opens the JSON writer or hands over bytes; the server adds the security headers and sends. */
#ifndef YAOFANG_HTTP_REPLY_H
#define YAOFANG_HTTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/text.h"
#include "http/stream.h"
#include "json/json_write.h"

enum { REPLY_MAX_HEADERS = 24 };

struct reply;

/* Makes the body after its head was sent: fills data and size, in a slow worker. */
typedef enum status reply_pour(struct ctx *c, void *arg, struct reply *out);

enum pour_state { POUR_WAITS, POUR_RUNS, POUR_DONE, POUR_FAILED };

struct reply {
    int status;       /* HTTP status; 200 unless the handler says otherwise */
    const char *type; /* Content-Type */
    const char *data; /* in the context's arena, or for ever */
    size_t size;
    struct text body; /* being written by `json` */
    struct json_writer json;
    struct {
        const char *name;
        const char *value;
    } headers[REPLY_MAX_HEADERS];
    size_t header_count;
    const char *
        kept; /* NULL, or what is kept of the body under the Idempotency-Key: the answer shows a secret once */
    int64_t stranger; /* 0, or whose rights this change altered: she is looked up anew once it stands */
    bool cacheable;   /* carries its own Cache-Control; else no-store is added */
    struct streams *streams; /* NULL, or the answer is what comes at `channel` of it, without end */
    int64_t channel, user;
    reply_pour *pour; /* NULL, or what makes the body */
    void *pour_arg;
    enum pour_state pour_state;
};

/* Starts a JSON answer. Write one value at the top: json_open_object(w, NULL) … */
struct json_writer *reply_json(struct ctx *c, struct reply *out);

/* Answers bytes. `name` makes it a download of that file name; NULL shows it in place. The bytes are not copied. */
void reply_bytes(struct ctx *c, struct reply *out, const char *type, const char *data, size_t size,
                 const char *name);

/* Answers 200 at once with the head of a download, and lets `pour` make its body in a slow worker: for what takes long but cannot
   be refused any more. When it fails all the same, the connection breaks off before the body's end. */
void reply_later(struct ctx *c, struct reply *out, const char *type, const char *name, reply_pour *pour,
                 void *arg);

/* 201 with a Location. */
void reply_created(struct ctx *c, struct reply *out, const char *location, ...) PRINTF_LIKE(3, 4);

/* 204. */
void reply_empty(struct reply *out);

/* Answers with the events of a channel, for `user`, until one side ends it (text/event-stream). */
void reply_stream(struct reply *out, struct streams *streams, int64_t channel, int64_t user);

/* Adds a header; the texts must live as long as the reply. */
void reply_header(struct reply *out, const char *name, const char *value);

/* The context's fault as application/problem+json (RFC 9457). Whatever was written before is dropped. */
void reply_problem(struct ctx *c, struct reply *out);

/* Adds the headers that every answer carries: what a page of ours may load, no sniffing, no caching unless said otherwise; with
   `tls` that the browser shall come by TLS only. */
void reply_secure(struct reply *out, bool tls);

/* Ends the JSON text, if one was written, so that data and size stand. */
void reply_finish(struct reply *out);

#endif
