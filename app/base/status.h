/* Every way an operation can end, in one table: name, HTTP status, exit code, word in the API. */
#ifndef YAOFANG_BASE_STATUS_H
#define YAOFANG_BASE_STATUS_H

#define STATUS_LIST(X) \
    X(OK, 200, 0, "ok") \
    X(MALFORMED, 400, 2, "malformed") \
    X(INVALID, 422, 2, "invalid") \
    X(PRECONDITION, 412, 2, "missing_data") \
    X(TOO_LARGE, 413, 2, "too_large") \
    X(MEDIA_TYPE, 415, 2, "unsupported_media_type") \
    X(METHOD, 405, 2, "method_not_allowed") \
    X(UNKNOWN_USER, 401, 3, "unknown_user") \
    X(DENIED, 403, 3, "denied") \
    X(OWN_PASSWORD, 403, 3, "password_to_change") \
    X(NOT_FOUND, 404, 4, "not_found") \
    X(CONFLICT, 409, 5, "conflict") \
    X(STALE, 409, 5, "stale_version") \
    X(KEY_REUSED, 409, 5, "idempotency_key_reused") \
    X(SHORT, 409, 5, "short_stock") \
    X(UNSAFE, 409, 6, "unanswered_finding") \
    X(TOO_MANY, 429, 75, "too_many_requests") \
    X(BUSY, 503, 75, "busy") \
    X(BROKEN, 500, 70, "internal")

#define STATUS_ENUM(name, http, exit_code, word) ST_##name,
enum status { STATUS_LIST(STATUS_ENUM) ST_COUNT };
#undef STATUS_ENUM

/* A caller that drops the result of a fallible function does not compile. */
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, args_at) __attribute__((format(printf, format_at, args_at)))

/* Passes a failure up. Safe everywhere because everything a unit of work owns hangs on its arena. */
#define TRY(call) \
    do { \
        enum status try_ = (call); \
        if (try_ != ST_OK) \
            return try_; \
    } while (0)

int status_http(enum status status);
int status_exit_code(enum status status);

/* The word the API uses, for example "short_stock". */
const char *status_word(enum status status);

#endif
