/* Who holds which token, remembered for half a minute, so that most requests need no look-up. Thread-safe. */
#ifndef YAOFANG_API_PASSPORT_H
#define YAOFANG_API_PASSPORT_H

#include "base/ctx.h"
#include "base/secret.h"

enum { PASSPORT_SECONDS = 30 };

struct passports;

struct passports *passports_open(void);
void passports_close(struct passports *passports);

/* Fills who (its text in the arena); false when the token is not remembered. */
bool passport_find(struct passports *passports, struct arena *arena, const struct secret_hash *token,
                   struct who *who);

/* How often somebody was forgotten so far: ask before looking a token up in the database. What was looked up is kept only when nobody
   was forgotten since, for it may be how she was before: else a disabled person asking at that very moment would be let in for another
   half minute. */
uint64_t passport_turns(struct passports *passports);
void passport_keep(struct passports *passports, const struct secret_hash *token, const struct who *who,
                   uint64_t turns);

/* Forgets one token (sign-out), or all of a user's (disabled, roles or password changed). */
void passport_forget(struct passports *passports, const struct secret_hash *token);
void passport_forget_user(struct passports *passports, int64_t shop_id, int64_t user_id);

#endif
