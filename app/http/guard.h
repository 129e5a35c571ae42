/* What is refused before a handler sees it: requests that two parsers could read differently, and text that is none. Pure:
   works on what the server collected. libmicrohttpd 0.9.75 lets all of these pass. */
#ifndef YAOFANG_HTTP_GUARD_H
#define YAOFANG_HTTP_GUARD_H

#include "http/request.h"

/* The method, if it is one of ours; ST_METHOD otherwise (TRACE, CONNECT, inventions). HEAD is read as GET. */
enum status guard_method(struct ctx *c, const char *word, enum method *method) MUST_CHECK;

/* Refuses with ST_MALFORMED: Content-Length with Transfer-Encoding, either of them twice, a Transfer-Encoding other than
   chunked, no or several Host, control characters or bad UTF-8 in a header (RFC 9112 §3.2, §6.1, §6.3). */
enum status guard_headers(struct request *in, const char *version) MUST_CHECK;

/* Turns the path as sent into in->path. ST_MALFORMED for a broken escape, %00, %2F, or bad UTF-8. */
enum status guard_path(struct request *in, const char *sent) MUST_CHECK;

/* Adds a query parameter as sent (escapes undecoded), with the same refusals. */
enum status guard_parameter(struct request *in, const char *name, const char *value) MUST_CHECK;

/* Refuses a body whose Content-Type is not what the route takes (ST_MEDIA_TYPE). */
enum status guard_media(struct request *in) MUST_CHECK;

/* The Content-Length, or -1 when there is none or it is no number. */
int64_t guard_length(const struct request *in);

#endif
