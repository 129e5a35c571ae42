/* Who acts: the shop's people by name, and what their roles allow. */
#ifndef YAOFANG_CORE_PERSON_H
#define YAOFANG_CORE_PERSON_H

#include "base/ctx.h"

/* ST_DENIED unless c->who has one of the roles; `doing` completes "only a … may" ("release an order"). */
enum status person_require(struct ctx *c, unsigned roles, const char *doing) MUST_CHECK;

/* Makes `username` of the shop with that slug the one who acts (for commands). `shop` may be NULL when only one shop knows the
   name. ST_NOT_FOUND names what was typed. */
enum status person_act_as(struct ctx *c, const char *username, const char *shop) MUST_CHECK;

/* Lets the system itself act in the shop with that slug, for commands that only read; NULL: the only shop there is. */
enum status person_act_in(struct ctx *c, const char *shop) MUST_CHECK;

/* Roles written as words with ';' between, as the database gives them. */
unsigned person_roles(struct ctx *c, const char *words);

/* The roles somebody typed, one word each; what is none is noted as `field`'s fault. */
unsigned person_roles_typed(struct ctx *c, const char *field, const char *const *words, size_t n);

/* The id of a person of the acting shop. */
enum status person_find(struct ctx *c, const char *username, int64_t *id) MUST_CHECK;

#endif
