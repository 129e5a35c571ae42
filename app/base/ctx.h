/* The context: one request, one command or one test. Owns an arena, knows who asks, and keeps the fault. */
#ifndef YAOFANG_BASE_CTX_H
#define YAOFANG_BASE_CTX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

struct db;

/* The roles of a shop's people, as bits; the words are those of the database and the API. */
#define ROLE_LIST(X) \
    X(PRACTITIONER, 0, "practitioner") \
    X(PHARMACIST, 1, "pharmacist") \
    X(STAFF, 2, "staff") \
    X(CURATOR, 3, "curator") \
    X(ADMIN, 4, "admin")
#define ROLE_ENUM(name, bit, word) ROLE_##name = 1 << (bit),
enum role { ROLE_NONE = 0, ROLE_LIST(ROLE_ENUM) };
#undef ROLE_ENUM

/* Who acts. user_id 0 is the system itself (seeding, the command line of the machine's owner). */
struct who {
    int64_t user_id;
    int64_t shop_id;
    const char *username;
    unsigned roles;     /* enum role bits */
    const char *source; /* how she comes: "page" or "api"; NULL: by a command, or the service itself */
    bool
        password_to_change; /* her session is of a password that another had made: she may only choose her own */
    int64_t client_id;      /* another system that asks by its signed token; 0 = none */
};

/* One thing that is wrong: which field, what it held, which rule it broke. field and value may be NULL. */
struct fault_item {
    const char *field;
    const char *value;
    const char *rule;
};

struct fault {
    enum status status;
    struct fault_item *items;
    size_t count;
    size_t capacity;
};

struct ctx {
    struct arena arena;
    struct db *db; /* NULL where no database is wanted */
    struct who who;
    const char *trace; /* id printed in the log line and in a problem document; may be NULL */
    struct fault fault;
    const char *cause; /* what a broken thing said, for the log only; never shown to a client */
};

void ctx_init(struct ctx *c);

/* Forgets everything allocated, the fault and who asked; keeps db. */
void ctx_reset(struct ctx *c);
void ctx_close(struct ctx *c);

/* Records what is wrong and returns `status`: the only way to make a failure. `field` and `value` may be NULL;
   both are copied. The format says the rule in a sentence without a full stop. */
enum status ctx_fail(struct ctx *c, enum status status, const char *field, const char *value,
                     const char *rule, ...) PRINTF_LIKE(5, 6);

/* Records what is wrong and goes on, so that one answer can name every bad field. The first status noted stands. */
void ctx_note(struct ctx *c, enum status status, const char *field, const char *value, const char *rule, ...)
    PRINTF_LIKE(5, 6);

/* ST_OK when nothing was noted, else the fault's status. */
enum status ctx_fault_or_ok(const struct ctx *c) MUST_CHECK;

/* Drops the fault, for a caller that handles it (a retry, a probing look-up). */
void ctx_forgive(struct ctx *c);

/* The role's word ("pharmacist"), and back; role_parse returns ROLE_NONE for an unknown word. */
const char *role_word(enum role role);
enum role role_parse(const char *word);

#endif
