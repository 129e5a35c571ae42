/* Tokens, hashes, passwords; remembering who holds which token; counting failures. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/limiter.h"
#include "api/passport.h"
#include "base/date.h"
#include "base/secret.h"
#include "support/runner.h"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    clock_set((struct instant){ 0 });
    ctx_close(&c);
}

START_TEST(the_key_is_made_once)
{
    char folder[] = "/tmp/yaofang-test-XXXXXX";
    struct secret_key first, second;
    struct stat stat_of;
    const char *path;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(secret_key_load(&c, folder, &first), ST_OK);
    ck_assert_int_eq(secret_key_load(&c, folder, &second), ST_OK);
    ck_assert_mem_eq(first.bytes, second.bytes, sizeof first.bytes);
    path = arena_printf(&c.arena, "%s/secret.key", folder);
    ck_assert_int_eq(stat(path, &stat_of), 0);
    ck_assert_int_eq(stat_of.st_mode & 0777, 0600);
    ck_assert_int_eq(truncate(path, 5), 0);
    ck_assert_int_eq(secret_key_load(&c, folder, &second), ST_BROKEN);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(tokens_differ_and_hash_by_key)
{
    const struct secret_key one = { { 1 } }, two = { { 2 } };
    const char *token = secret_token(&c.arena);
    struct secret_hash by_one = secret_hash(&one, token, strlen(token));
    struct secret_hash by_two = secret_hash(&two, token, strlen(token));

    ck_assert_uint_eq(strlen(token), 43);
    ck_assert_str_ne(token, secret_token(&c.arena));
    ck_assert(!secret_hash_same(&by_one, &by_two));
    ck_assert_uint_eq(strlen(secret_hash_text(&c.arena, &by_one)), 64);
}
END_TEST

START_TEST(passwords_fit_or_not)
{
    const char *hash, *longest = arena_printf(&c.arena, "%0128d", 1);

    ck_assert_int_eq(password_hash(&c, "elevenchars", &hash), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(password_hash(&c, arena_printf(&c.arena, "%s2", longest), &hash), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(password_hash(&c, longest, &hash), ST_OK);
    ck_assert(strncmp(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31) == 0);
    ck_assert(password_matches(hash, longest));
    ck_assert(!password_matches(hash, "twelve chars"));
    ck_assert(!password_matches(NULL, longest));
}
END_TEST

START_TEST(passports_run_out_and_are_forgotten)
{
    struct passports *passports = passports_open();
    const struct secret_hash one = { { 1 } }, two = { { 2 } };
    const struct who who = { .user_id = 3, .shop_id = 4, .username = "wei", .roles = ROLE_STAFF };
    struct who found = { 0 };

    clock_set((struct instant){ INT64_C(1000000000000) });
    passport_keep(passports, &one, &who, passport_turns(passports));
    passport_keep(passports, &two, &who, passport_turns(passports));
    ck_assert(passport_find(passports, &c.arena, &one, &found));
    ck_assert_int_eq(found.user_id, 3);
    ck_assert_int_eq(found.shop_id, 4);
    ck_assert_str_eq(found.username, "wei");
    ck_assert_uint_eq(found.roles, ROLE_STAFF);
    passport_forget(passports, &one);
    ck_assert(!passport_find(passports, &c.arena, &one, &found));
    ck_assert(passport_find(passports, &c.arena, &two, &found));
    passport_forget_user(passports, 4, 3);
    ck_assert(!passport_find(passports, &c.arena, &two, &found));
    passport_keep(passports, &two, &who, passport_turns(passports));
    clock_set((struct instant){ INT64_C(1000000000000) + (PASSPORT_SECONDS + 1) * INT64_C(1000000) });
    ck_assert(!passport_find(passports, &c.arena, &two, &found));
    passports_close(passports);
}
END_TEST

/* She was looked up before she was disabled, and what was found arrives after. */
START_TEST(what_was_looked_up_before_somebody_was_forgotten_is_not_kept)
{
    struct passports *passports = passports_open();
    const struct secret_hash token = { { 7 } };
    const struct who who = { .user_id = 3, .shop_id = 4, .username = "wei", .roles = ROLE_STAFF };
    const uint64_t before = passport_turns(passports);
    struct who found = { 0 };

    passport_forget_user(passports, 4, 3);
    passport_keep(passports, &token, &who, before);
    ck_assert(!passport_find(passports, &c.arena, &token, &found));
    passport_keep(passports, &token, &who, passport_turns(passports));
    ck_assert(passport_find(passports, &c.arena, &token, &found));
    passports_close(passports);
}
END_TEST

START_TEST(failures_are_counted_within_the_window)
{
    struct limiter *limiter = limiter_open();

    clock_set((struct instant){ INT64_C(1000000000000) });
    for (int i = 0; i < LIMIT_PER_ACCOUNT; i++) {
        ck_assert(!limiter_full(limiter, "account wei", LIMIT_PER_ACCOUNT));
        limiter_count(limiter, "account wei");
    }
    ck_assert(limiter_full(limiter, "account wei", LIMIT_PER_ACCOUNT));
    ck_assert(!limiter_full(limiter, "account mei", LIMIT_PER_ACCOUNT));
    clock_set((struct instant){ INT64_C(1000000000000) + (LIMIT_WINDOW_SECONDS + 1) * INT64_C(1000000) });
    ck_assert(!limiter_full(limiter, "account wei", LIMIT_PER_ACCOUNT));
    limiter_count(limiter, "account wei");
    limiter_clear(limiter, "account wei");
    ck_assert(!limiter_full(limiter, "account wei", 1));
    limiter_close(limiter);
}
END_TEST

SUITE(secret)
{
    return suite_of("secret", 30, NULL, setup, teardown,
                    TESTS(the_key_is_made_once, tokens_differ_and_hash_by_key, passwords_fit_or_not,
                          passports_run_out_and_are_forgotten,
                          what_was_looked_up_before_somebody_was_forgotten_is_not_kept,
                          failures_are_counted_within_the_window));
}
