/* Signing in and out, cookies, bearer tokens, forged requests, guessing: the whole service with a real database. */
#include <string.h>

#include "api/limiter.h"
#include "api/passport.h"
#include "base/date.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/account.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_session"
#define SESSION "/api/v1/session"

static struct ctx c;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
}

static void setup_behind_proxy(void)
{
    ctx_init(&c);
    service_config.trusted_proxy = "127.0.0.1";
    service_start(DATABASE);
}

static void setup_secure(void)
{
    ctx_init(&c);
    service_config.secure_cookies = true;
    service_start(DATABASE);
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

static struct answer sign_in(const char *username, const char *password)
{
    return ask(&c, &(struct ask){ .path = SESSION,
                                  .body = arena_printf(&c.arena, "{\"username\":\"%s\",\"password\":\"%s\"}",
                                                       username, password) });
}

START_TEST(signing_in_and_out)
{
    const char *cookie = sign_in_as(&c, DATABASE, "mei.lin");
    struct answer answer = ask(&c, &(struct ask){ .path = SESSION, .cookie = cookie });

    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer_member(&c, &answer, "username"), "mei.lin");
    ck_assert_ptr_nonnull(strstr(answer.body, "\"roles\":[\"pharmacist\"]"));
    ck_assert_str_eq(answer_header(&c, &answer, "Cache-Control"), "no-store");

    answer =
        ask(&c, &(struct ask){
                    .method = "DELETE", .path = SESSION, .cookie = cookie, .headers = { "X-Yaofang: 1" } });
    ck_assert_int_eq(answer.status, 204);
    ck_assert_ptr_nonnull(strstr(answer_header(&c, &answer, "Set-Cookie"), "Max-Age=0"));
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .cookie = cookie }).status, 401);
}
END_TEST

START_TEST(the_cookie_is_kept_from_scripts_and_other_sites)
{
    struct answer answer;
    const char *cookie;

    (void)sign_in_as(&c, DATABASE, "mei.lin");
    answer = sign_in("mei.lin", TEST_PASSWORD);
    cookie = answer_header(&c, &answer, "Set-Cookie");
    ck_assert_int_eq(strncmp(cookie, "yaofang_session=", 16), 0);
    ck_assert_ptr_nonnull(strstr(cookie, "; HttpOnly"));
    ck_assert_ptr_nonnull(strstr(cookie, "; SameSite=Strict"));
    ck_assert_ptr_nonnull(strstr(cookie, "; Path=/;"));
    ck_assert_ptr_null(strstr(cookie, "Domain"));
    ck_assert_ptr_null(strstr(cookie, "; Secure"));
}
END_TEST

START_TEST(over_tls_the_cookie_is_secure)
{
    const char *cookie = sign_in_as(&c, DATABASE, "mei.lin");
    struct answer answer = sign_in("mei.lin", TEST_PASSWORD);

    ck_assert_int_eq(strncmp(cookie, "__Host-yaofang_session=", 23), 0);
    ck_assert_ptr_nonnull(strstr(answer_header(&c, &answer, "Set-Cookie"), "; Secure"));
    ck_assert_ptr_nonnull(answer_header(&c, &answer, "Strict-Transport-Security"));
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .cookie = cookie }).status, 200);
}
END_TEST

START_TEST(nobody_gets_in_without)
{
    struct answer unknown = sign_in("nobody.at.all", TEST_PASSWORD), wrong;

    (void)sign_in_as(&c, DATABASE, "sam.ortiz");
    wrong = sign_in("sam.ortiz", "not the password");
    ck_assert_int_eq(unknown.status, 401);
    ck_assert_int_eq(wrong.status, 401);
    ck_assert_str_eq(answer_member(&c, &unknown, "detail"), answer_member(&c, &wrong, "detail"));
    ck_assert_ptr_null(answer_header(&c, &wrong, "Set-Cookie"));
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION }).status, 401);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .cookie = "yaofang_session=guess" }).status,
                     401);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .bearer = "yf_guess" }).status, 401);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/api/v1/screen", .body = "{\"items\":[]}" }).status,
                     401);
}
END_TEST

START_TEST(guessing_is_stopped)
{
    struct answer answer;

    (void)sign_in_as(&c, DATABASE, "joanna.nowak");
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(sign_in("joanna.nowak", "not the password").status, 401);
    answer = sign_in("joanna.nowak", TEST_PASSWORD); /* not even the right one */
    ck_assert_int_eq(answer.status, 429);
    ck_assert_ptr_nonnull(answer_header(&c, &answer, "Retry-After"));
    (void)sign_in_as(&c, DATABASE, "mei.lin"); /* others are not in the way */
}
END_TEST

static int guess_from(const char *forwarded)
{
    return ask(&c, &(struct ask){ .path = SESSION,
                                  .body = arena_printf(&c.arena, "{\"username\":\"%s\",\"password\":\"no\"}",
                                                       secret_token(&c.arena) + 30),
                                  .headers = { forwarded } })
        .status;
}

/* Behind the trusted proxy each person is counted apart; what a client writes in front of the proxy's word counts for nothing. */
START_TEST(guessing_is_counted_behind_the_trusted_proxy)
{
    int status = 401;

    for (int i = 0; i < LIMIT_PER_ADDRESS + 1; i++)
        status = guess_from(arena_printf(&c.arena, "X-Forwarded-For: 198.51.100.%d, 203.0.113.7", i % 200));
    ck_assert_int_eq(status, 429);
    ck_assert_int_eq(guess_from("X-Forwarded-For: 203.0.113.8"), 401);
}
END_TEST

/* Nobody is trusted unless a setting says so. */
START_TEST(a_forged_address_does_not_help_guessing)
{
    int status = 401;

    for (int i = 0; i < LIMIT_PER_ADDRESS + 1; i++)
        status = guess_from(arena_printf(&c.arena, "X-Forwarded-For: 198.51.100.%d", i % 200));
    ck_assert_int_eq(status, 429);
}
END_TEST

START_TEST(a_header_that_is_no_text_is_refused)
{
    struct answer answer = ask(&c, &(struct ask){ .path = SESSION,
                                                  .body = "{\"username\":\"x\",\"password\":\"y\"}",
                                                  .headers = { "User-Agent: \xff\xfe" } });

    ck_assert_int_eq(answer.status, 400);
}
END_TEST

START_TEST(other_sites_cannot_act_in_our_name)
{
    static const struct {
        const char *name;
        const char *headers[3];
        int status;
    } cases[] = {
        { "cross-site fetch", { "X-Yaofang: 1", "Sec-Fetch-Site: cross-site" }, 403 },
        { "same site, other host", { "X-Yaofang: 1", "Sec-Fetch-Site: same-site" }, 403 },
        { "foreign origin", { "X-Yaofang: 1", "Origin: https://evil.example" }, 403 },
        { "opaque origin", { "X-Yaofang: 1", "Origin: null" }, 403 },
        { "a plain form", { NULL }, 403 },
        { "our page", { "X-Yaofang: 1", "Sec-Fetch-Site: same-origin" }, 204 },
    };
    const char *cookie = sign_in_as(&c, DATABASE, "mei.lin");
    struct answer answer;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        answer = ask(&c, &(struct ask){ .method = "DELETE",
                                        .path = SESSION,
                                        .cookie = cookie,
                                        .headers = { cases[i].headers[0], cases[i].headers[1] } });
        ck_assert_msg(answer.status == cases[i].status, "%s: %d %s", cases[i].name, answer.status,
                      answer.body);
    }
    answer = ask(&c, &(struct ask){ .path = SESSION,
                                    .body = "{\"username\":\"mei.lin\",\"password\":\"" TEST_PASSWORD "\"}",
                                    .headers = { "Sec-Fetch-Site: cross-site" } });
    ck_assert_int_eq(answer.status, 403); /* nor sign somebody in as them */
}
END_TEST

START_TEST(a_machine_uses_a_token)
{
    struct secret_key key; /* of the service, in its state folder: as `yaofang user token` makes one */
    struct ctx own;
    struct answer answer;
    const char *token = arena_printf(&c.arena, "yf_%s", secret_token(&c.arena));
    struct secret_hash hash;
    int64_t id;

    ck_assert_int_eq(secret_key_load(&c, service_config.state_dir, &key), ST_OK);
    hash = secret_hash(&key, token, strlen(token));
    database_open_test(&own, DATABASE, TEST_APP);
    ck_assert_int_eq(account_add_token(&own, "curator.han", "test", secret_hash_text(&own.arena, &hash)),
                     ST_OK);
    answer = ask(&c, &(struct ask){ .path = SESSION, .bearer = token });
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer_member(&c, &answer, "username"), "curator.han");

    ck_assert_int_eq(account_disable(&own, "curator.han", &id), ST_OK);
    ctx_close(&own);
    clock_set((struct instant){ instant_now().us + (PASSPORT_SECONDS + 1) * INT64_C(1000000) });
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .bearer = token }).status, 401);
    clock_set((struct instant){ 0 });
}
END_TEST

START_TEST(changing_the_password_ends_all_sessions)
{
    const char *first = sign_in_as(&c, DATABASE, "dr.silva"), *second = sign_in_as(&c, DATABASE, "dr.silva");
    struct ask change = { .method = "PUT", .path = SESSION "/password", .cookie = second };

    change.body = "{\"password\":\"not the password\",\"new_password\":\"another fine one\"}";
    ck_assert_int_eq(ask(&c, &change).status, 403);
    change.body = "{\"password\":\"" TEST_PASSWORD "\",\"new_password\":\"short\"}";
    ck_assert_int_eq(ask(&c, &change).status, 422);
    change.body = "{\"password\":\"" TEST_PASSWORD "\",\"new_password\":\"another fine one\"}";
    ck_assert_int_eq(ask(&c, &change).status, 204);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .cookie = first }).status, 401);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .cookie = second }).status, 401);
    ck_assert_int_eq(sign_in("dr.silva", "another fine one").status, 201);
}
END_TEST

SUITE(session)
{
    Suite *suite = suite_create("session");
    TCase *tests = tcase_create("session"), *secure = tcase_create("secure"),
          *proxy = tcase_create("behind a proxy");

    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, signing_in_and_out);
    tcase_add_test(tests, the_cookie_is_kept_from_scripts_and_other_sites);
    tcase_add_test(tests, nobody_gets_in_without);
    tcase_add_test(tests, guessing_is_stopped);
    tcase_add_test(tests, a_forged_address_does_not_help_guessing);
    tcase_add_test(tests, a_header_that_is_no_text_is_refused);
    tcase_add_test(tests, other_sites_cannot_act_in_our_name);
    tcase_add_test(tests, a_machine_uses_a_token);
    tcase_add_test(tests, changing_the_password_ends_all_sessions);
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(secure, setup_secure, teardown);
    tcase_set_timeout(secure, 120);
    tcase_add_test(secure, over_tls_the_cookie_is_secure);
    suite_add_tcase(suite, secure);
    tcase_add_checked_fixture(proxy, setup_behind_proxy, teardown);
    tcase_set_timeout(proxy, 120);
    tcase_add_test(proxy, guessing_is_counted_behind_the_trusted_proxy);
    suite_add_tcase(suite, proxy);
    return suite;
}
