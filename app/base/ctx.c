/* Making, noting and forgiving faults; role words. */
#include "base/ctx.h"

#include <string.h>

void ctx_init(struct ctx *c)
{
    *c = (struct ctx){ 0 };
    arena_init(&c->arena);
}

void ctx_reset(struct ctx *c)
{
    arena_reset(&c->arena);
    c->who = (struct who){ 0 };
    c->trace = NULL;
    c->fault = (struct fault){ 0 };
    c->cause = NULL;
}

void ctx_close(struct ctx *c)
{
    arena_close(&c->arena);
    *c = (struct ctx){ 0 };
}

static void note(struct ctx *c, enum status status, const char *field, const char *value, const char *rule,
                 va_list args)
{
    struct fault *fault = &c->fault;

    fault->items = arena_grow(&c->arena, fault->items, fault->count, &fault->capacity, sizeof *fault->items);
    fault->items[fault->count++] = (struct fault_item){
        .field = field == NULL ? NULL : arena_text(&c->arena, field),
        .value = value == NULL ? NULL : arena_text(&c->arena, value),
        .rule = arena_vprintf(&c->arena, rule, args),
    };
    if (fault->status == ST_OK)
        fault->status = status;
}

enum status ctx_fail(struct ctx *c, enum status status, const char *field, const char *value,
                     const char *rule, ...)
{
    va_list args;

    va_start(args, rule);
    note(c, status, field, value, rule, args);
    va_end(args);
    return c->fault.status;
}

void ctx_note(struct ctx *c, enum status status, const char *field, const char *value, const char *rule, ...)
{
    va_list args;

    va_start(args, rule);
    note(c, status, field, value, rule, args);
    va_end(args);
}

enum status ctx_fault_or_ok(const struct ctx *c)
{
    return c->fault.status;
}

void ctx_forgive(struct ctx *c)
{
    c->fault = (struct fault){ 0 };
    c->cause = NULL;
}

static const struct {
    enum role role;
    const char *word;
} roles[] = {
#define ROLE_ROW(name, bit, word) { ROLE_##name, word },
    ROLE_LIST(ROLE_ROW)
#undef ROLE_ROW
};

const char *role_word(enum role role)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i].role == role)
            return roles[i].word;
    return "none";
}

enum role role_parse(const char *word)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(roles[i].word, word) == 0)
            return roles[i].role;
    return ROLE_NONE;
}
