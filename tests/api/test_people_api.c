/* An administrator keeps the accounts of her shop over HTTP: what is shown and never shown, whose rights change at once, passwords that
   stand in one answer and nowhere else, guessing at the old one. */
#include <string.h>

#include "api/api.h"
#include "api/limiter.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/account.h"
#include "support/desk.h"

#define DATABASE "api_people"
#define PEOPLE "/api/v1/people"
#define SESSION "/api/v1/session"

static const char *admin, *staff;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    desk_open(DATABASE, "admin");
    admin = sign_in_as(&c, DATABASE, "admin");
    staff = sign_in_as(&c, DATABASE, "sam.ortiz");
}

static struct answer sign_in(const char *username, const char *password)
{
    return ask(&c, &(struct ask){ .path = SESSION,
                                  .body = arena_printf(&c.arena, "{\"username\":\"%s\",\"password\":\"%s\"}",
                                                       username, password) });
}

static const char *cookie_of(const struct answer *answer)
{
    const char *cookie = answer_header(&c, answer, "Set-Cookie");

    ck_assert_msg(answer->status == 201 && cookie != NULL, "%d %s", answer->status, answer->body);
    return arena_text_n(&c.arena, cookie, strcspn(cookie, ";"));
}

static int may(const char *cookie, const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie }).status;
}

static struct answer add(const char *key, const char *body)
{
    return ask(&c, &(struct ask){ .path = PEOPLE, .body = body, .cookie = admin, .key = key });
}

static struct answer put(const char *username, const char *body, int status, const char *part)
{
    struct answer answer = desk_send(admin, "PUT", arena_printf(&c.arena, PEOPLE "/%s", username), body);

    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL, "%s: %d %s", body,
                  answer.status, answer.body);
    return answer;
}

START_TEST(only_administrators_see_people_and_nobody_a_hash)
{
    struct answer answer = ask(&c, &(struct ask){ .path = PEOPLE, .cookie = admin });

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"username\":\"sam.ortiz\""));
    ck_assert_ptr_nonnull(strstr(answer.body, "\"has_password\":true"));
    ck_assert_ptr_nonnull(strstr(answer.body, "\"roles\":[\"staff\"]"));
    ck_assert_ptr_null(strstr(answer.body, "argon2"));
    ck_assert_ptr_null(strstr(answer.body, "hash"));
    ck_assert_int_eq(may(staff, PEOPLE), 403);
    ck_assert_int_eq(may(staff, PEOPLE "/admin"), 403);
    ck_assert_int_eq(may(admin, PEOPLE "/nobody"), 404);
    (void)must(staff, PEOPLE, "{\"username\":\"x\",\"display_name\":\"X\"}", 403, "denied");
    (void)must(staff, PEOPLE "/mei.lin/password", NULL, 403, "denied");
    (void)must(staff, PEOPLE "/mei.lin/disable", NULL, 403, "denied");
}
END_TEST

START_TEST(a_first_password_is_shown_once_and_kept_nowhere)
{
    const char *key = desk_word(), *password;
    const char *body =
        "{\"username\":\"li.na\",\"display_name\":\"Li Na\",\"roles\":[\"staff\",\"curator\"]}";
    struct answer first = add(key, body), again = add(key, body);

    ck_assert_msg(first.status == 201, "%d %s", first.status, first.body);
    ck_assert_str_eq(answer_header(&c, &first, "Location"), PEOPLE "/li.na");
    password = answer_member(&c, &first, "password");
    ck_assert_uint_ge(strlen(password), PASSWORD_SHORTEST);
    ck_assert_int_eq(may(cookie_of(&(struct answer[]){ sign_in("li.na", password) }[0]), SESSION), 200);

    ck_assert_int_eq(again.status, 201);
    ck_assert_str_eq(again.body, "{\"username\":\"li.na\",\"password\":null}");
    ck_assert_int_eq(sql_number(&stage,
                                "SELECT count(*) FROM idempotency_keys WHERE operation = 'POST " PEOPLE "'"
                                " AND answer = '{\"username\":\"li.na\",\"password\":null}'"),
                     1);
    ck_assert_int_eq(sql_number(&stage, arena_printf(&c.arena,
                                                     "SELECT count(*) FROM idempotency_keys k, audit a"
                                                     " WHERE k::text LIKE '%%%s%%' OR a::text LIKE '%%%s%%'",
                                                     password, password)),
                     0);
    ck_assert_int_eq(sql_number(&stage, "SELECT count(*) FROM users WHERE username = 'li.na'"
                                        " AND password_hash LIKE '$argon2id$%'"),
                     1);
}
END_TEST

START_TEST(wrong_people_are_named)
{
    static const struct {
        const char *body;
        int status;
        const char *part;
    } cases[] = {
        { "{\"username\":\"sam.ortiz\",\"display_name\":\"Sam\"}", 409, "is taken in this shop" },
        { "{\"username\":\"Li Na\",\"display_name\":\"Li\"}", 422, "1 to 63 of a-z" },
        { "{\"username\":\"x\"}", 422, "display_name" },
        { "{\"username\":\"x\",\"display_name\":\"X\",\"roles\":[\"king\"]}", 422, "king" },
        { "{\"username\":\"x\",\"display_name\":\"X\",\"password\":\"mine\"}", 422, "password" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        (void)must(admin, PEOPLE, cases[i].body, cases[i].status, cases[i].part);
    (void)put("sam.ortiz", "{\"display_name\":\"\"}", 422, "display_name");
    (void)put("nobody", "{\"display_name\":\"N\"}", 404, "nobody");
    ck_assert_int_eq(sql_number(&stage, "SELECT count(*) FROM users WHERE username = 'x'"), 0);
}
END_TEST

START_TEST(roles_change_at_once_and_never_ones_own)
{
    ck_assert_int_eq(may(staff, "/api/v1/drawers"), 200);
    (void)put("sam.ortiz", "{\"roles\":[\"curator\"],\"registration\":\"RPh 7\"}", 200,
              "\"roles\":[\"curator\"]");
    ck_assert_int_eq(may(staff, "/api/v1/drawers"), 403);
    (void)put("sam.ortiz", "{\"roles\":[\"staff\"]}", 200, "\"registration\":\"RPh 7\"");
    ck_assert_int_eq(may(staff, "/api/v1/drawers"), 200);
    (void)put("sam.ortiz", "{\"registration\":\"none\"}", 200, "\"registration\":null");
    (void)put("admin", "{\"roles\":[\"admin\",\"pharmacist\"]}", 403, "never by oneself");
    (void)put("admin", "{\"display_name\":\"The owner\"}", 200, "The owner");
    (void)must(admin, PEOPLE "/admin/disable", NULL, 409, "only administrator");
}
END_TEST

START_TEST(who_is_disabled_is_out_at_once)
{
    ck_assert_int_eq(may(staff, SESSION), 200);
    (void)must(admin, PEOPLE "/sam.ortiz/disable", NULL, 200, "\"disabled_at\":\"");
    ck_assert_int_eq(may(staff, SESSION), 401);
    ck_assert_int_eq(sign_in("sam.ortiz", TEST_PASSWORD).status, 401);
    (void)must(admin, PEOPLE "/sam.ortiz/disable", NULL, 409, "already");
    (void)must(admin, PEOPLE "/sam.ortiz/enable", NULL, 200, "\"disabled_at\":null");
    ck_assert_int_eq(may(staff, SESSION), 401); /* the session ended for ever */
    ck_assert_int_eq(sign_in("sam.ortiz", TEST_PASSWORD).status, 201);
}
END_TEST

static int change_own(const char *password, const char *wanted)
{
    const struct ask change = {
        .method = "PUT",
        .path = SESSION "/password",
        .cookie = staff,
        .body = arena_printf(&c.arena, "{\"password\":\"%s\",\"new_password\":\"%s\"}", password, wanted)
    };
    struct answer answer = ask(&c, &change);

    ck_assert_msg(strstr(answer.body, wanted) == NULL, "%s", answer.body);
    return answer.status;
}

START_TEST(a_password_made_anew_ends_what_was_open)
{
    struct answer answer = must(admin, PEOPLE "/sam.ortiz/password", NULL, 200, "\"password\":\""), again;

    ck_assert_int_eq(may(staff, SESSION), 401);
    ck_assert_int_eq(sign_in("sam.ortiz", TEST_PASSWORD).status, 401);
    again = sign_in("sam.ortiz", answer_member(&c, &answer, "password"));
    staff = cookie_of(&again);
    ck_assert_ptr_nonnull(strstr(again.body, "\"password_to_change\":true")); /* two people know it */
    ck_assert_int_eq(change_own(answer_member(&c, &answer, "password"), "one of my own"), 204);
    again = sign_in("sam.ortiz", "one of my own");
    ck_assert_ptr_nonnull(strstr(again.body, "\"password_to_change\":false"));
    (void)must(admin, PEOPLE "/admin/password", NULL, 403, "with the old one");
    (void)must(admin, PEOPLE "/nobody/password", NULL, 404, "nobody");
}
END_TEST

/* As `yaofang user token` makes one, with the key of the service in its state folder. */
static const char *token_of(const char *username, const char *name)
{
    const char *token = arena_printf(&c.arena, "yf_%s", secret_token(&c.arena));
    struct secret_hash hash;
    struct secret_key key;

    ck_assert_int_eq(secret_key_load(&c, service_config.state_dir, &key), ST_OK);
    hash = secret_hash(&key, token, strlen(token));
    ck_assert_int_eq(account_add_token(&stage, username, name, secret_hash_text(&stage.arena, &hash)), ST_OK);
    return token;
}

/* Asks each route that wants somebody signed in; none but those about her own sign-in may go further than the door. */
static void all_but_her_own_sign_in_wait(const char *cookie)
{
    static const char *const methods[] = { "GET", "POST", "PUT", "DELETE", "OPTIONS" };
    size_t own = 0;

    for (size_t i = 0; i < route_count(); i++) {
        char *path = arena_text(&c.arena, routes[i].path);
        struct answer answer;

        own += routes[i].roles == ROLE_OWN_SIGN_IN;
        if (routes[i].roles == ROLE_PUBLIC || routes[i].roles == ROLE_CLIENT ||
            routes[i].roles == ROLE_OWN_SIGN_IN)
            continue;
        for (char *colon = strchr(path, ':'); colon != NULL; colon = strchr(path, ':'))
            *colon = '1';
        answer = ask(&c, &(struct ask){ .method = methods[routes[i].method],
                                        .path = path,
                                        .cookie = cookie,
                                        .headers = { "X-Yaofang: 1" } });
        ck_assert_msg(answer.status == 403 &&
                          strcmp(answer_member(&c, &answer, "code"), "password_to_change") == 0,
                      "%s: %d %s", path, answer.status, answer.body);
    }
    ck_assert_uint_eq(own, 3); /* who she is, another password, out */
}

START_TEST(nothing_is_done_with_a_password_somebody_else_made)
{
    struct answer made =
        add(desk_word(), "{\"username\":\"wei.fang\",\"display_name\":\"Fang Wei\",\"roles\":"
                         "[\"practitioner\",\"pharmacist\",\"staff\",\"curator\",\"admin\"]}");
    const char *password = answer_member(&c, &made, "password"), *token = token_of("wei.fang", "her scale");
    struct answer opened = sign_in("wei.fang", password);
    struct ask order = { .path = PEOPLE, .body = "{\"username\":\"y\",\"display_name\":\"Y\"}" };

    staff = cookie_of(&opened);
    ck_assert_int_eq(may(staff, SESSION), 200);
    all_but_her_own_sign_in_wait(staff);
    order.cookie = staff;
    order.key = desk_word();
    ck_assert_int_eq(ask(&c, &order).status, 403);
    ck_assert_int_eq(sql_number(&stage, "SELECT count(*) FROM users WHERE username = 'y'"), 0);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/api/v1/orders", .bearer = token }).status, 200);

    /* Forgotten by the service, because her account changed, she is looked up anew. */
    (void)put("wei.fang", "{\"display_name\":\"Wei Fang\"}", 200, "Wei Fang");
    ck_assert_int_eq(may(staff, "/api/v1/orders"), 403);

    ck_assert_int_eq(change_own(password, password), 422); /* two people would know it still */
    ck_assert_int_eq(change_own(password, "one of my own"), 204);
    ck_assert_int_eq(may(staff, SESSION), 401);
    opened = sign_in("wei.fang", "one of my own");
    staff = cookie_of(&opened);
    ck_assert_int_eq(may(staff, "/api/v1/orders"), 200);
    order.cookie = staff;
    ck_assert_int_eq(ask(&c, &order).status, 201); /* the key was not used up */
}
END_TEST

START_TEST(tokens_stop_at_once)
{
    const char *token = token_of("mei.lin", "the till");
    struct answer answer;

    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .bearer = token }).status, 200);
    answer = ask(&c, &(struct ask){ .path = PEOPLE "/mei.lin", .cookie = admin });
    ck_assert_ptr_nonnull(strstr(answer.body, "\"name\" : \"the till\""));
    (void)must(admin, PEOPLE "/mei.lin/tokens/999999/end", NULL, 404, "token_id");
    (void)must(
        admin,
        arena_printf(&c.arena, PEOPLE "/mei.lin/tokens/%lld/end",
                     (long long)sql_number(&stage, "SELECT id FROM api_tokens WHERE name = 'the till'")),
        NULL, 200, "\"tokens\":[]");
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = SESSION, .bearer = token }).status, 401);
    (void)must(admin, PEOPLE "/mei.lin/tokens/end", NULL, 404, "no token");
}
END_TEST

START_TEST(guessing_at_the_old_password_is_stopped)
{
    const char *long_one = arena_printf(&c.arena, "%0200d", 7);

    ck_assert_int_eq(change_own(TEST_PASSWORD, long_one), 422);
    for (int i = 0; i < LIMIT_PER_ACCOUNT; i++)
        ck_assert_int_eq(change_own("not the password", "another fine one"), 403);
    ck_assert_int_eq(change_own(TEST_PASSWORD, "another fine one"), 429); /* not even with the right one */
    ck_assert_int_eq(sign_in("sam.ortiz", TEST_PASSWORD).status, 429);
}
END_TEST

START_TEST(one_window_does_not_give_the_whole_shop_away)
{
    for (int i = 0; i < LIMIT_PASSWORDS; i++)
        (void)must(admin, PEOPLE "/nobody/password", NULL, 404, "nobody");
    (void)must(admin, PEOPLE "/mei.lin/password", NULL, 429, "go on in 15 minutes");
}
END_TEST

SUITE(people_api)
{
    return suite_of("people_api", 120, make_database, setup, desk_close,
                    TESTS(only_administrators_see_people_and_nobody_a_hash,
                          a_first_password_is_shown_once_and_kept_nowhere, wrong_people_are_named,
                          roles_change_at_once_and_never_ones_own, who_is_disabled_is_out_at_once,
                          a_password_made_anew_ends_what_was_open,
                          nothing_is_done_with_a_password_somebody_else_made, tokens_stop_at_once,
                          guessing_at_the_old_password_is_stopped,
                          one_window_does_not_give_the_whole_shop_away));
}
