/* Signed tokens of other systems (RFC 7515, 7519) as CDS Hooks wants them: taken apart, checked for what they say, and read
   from JSON Web Keys. Who may sign is the caller's to know; nothing is ever fetched, "jku" in particular not. */
#ifndef YAOFANG_HTTP_JWT_H
#define YAOFANG_HTTP_JWT_H

#include "base/date.h"
#include "base/signature.h"

/* A token may say it is good for five minutes at most; clocks may differ by half a minute. */
enum { JWT_LONGEST = 8000, JWT_SECONDS_MOST = 300, JWT_LEEWAY_SECONDS = 30, JWT_AUDIENCES_MOST = 20 };

/* A token whose form is right and that nobody has verified yet. */
struct jwt {
    const char *algorithm; /* "ES384" or "RS384": no other is let through */
    const char *kid;
    const char *issuer;
    const char *id;     /* jti */
    const char *tenant; /* NULL when it names none */
    const char **audience;
    size_t audience_count;
    int64_t expires, issued, not_before; /* seconds since 1970; not_before INT64_MIN when it says none */
    struct bytes content;                /* what is signed */
    struct bytes signature;
};

/* Takes a token apart. ST_UNKNOWN_USER, saying what is wrong with it. */
enum status jwt_read(struct ctx *c, const char *text, struct jwt *out) MUST_CHECK;

/* Whether it is meant for `audience` (a URL) and for now. ST_UNKNOWN_USER otherwise. */
enum status jwt_check(struct ctx *c, const struct jwt *token, const char *audience,
                      struct instant now) MUST_CHECK;

/* A public key from PEM, a JSON Web Key, or a set of them (then the one called `kid`), as PEM with its algorithm. ST_INVALID
   naming `field`. */
enum status jwt_key_read(struct ctx *c, const char *field, const char *text, const char *kid,
                         const char **algorithm, const char **pem) MUST_CHECK;

#endif
