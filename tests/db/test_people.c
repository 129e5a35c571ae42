/* Who keeps the accounts of a shop: its last administrator stays one, also when two disable each other at the same moment and also by
   the back door; roles are given by another; what ends, ends. */
#include "core/account.h"
#include "support/crowd.h"
#include "support/scene.h"

#define DATABASE "test_people"
#define PASSWORD "correct horse battery"

SCENE("mei.lin")

enum { ROUNDS = 8 };

static int64_t id; /* of whom the last change was about */

static int64_t number_of(const char *username)
{
    return sql_number(&c, SQL("SELECT id FROM users WHERE username = '%s'", username));
}

/* admin can sign in; nobody else administers the shop. */
static void alone(void)
{
    setup();
    sql_must(&c, "UPDATE users SET disabled_at = NULL WHERE username IN ('admin', 'second', 'machine')");
    MUST(account_set_password(&c, "admin", PASSWORD));
    sql_must(&c, "DELETE FROM user_roles WHERE role = 'admin' AND user_id <> "
                 "(SELECT id FROM users WHERE username = 'admin')");
    act_as(&c, "admin");
}

static void add_second(const char *username, const char *password)
{
    const struct account account = {
        .username = username, .display_name = "Second", .password = password, .roles = ROLE_ADMIN
    };

    if (sql_number(&c, SQL("SELECT count(*) FROM users WHERE username = '%s'", username)) == 0)
        MUST(account_create(&c, &account, &id));
    else
        MUST(account_change(
            &c, &(struct account_change){ .username = username, .roles_given = true, .roles = ROLE_ADMIN },
            &id));
}

static enum status take_admin(const char *username)
{
    return account_change(
        &c, &(struct account_change){ .username = username, .roles_given = true, .roles = ROLE_STAFF }, &id);
}

START_TEST(the_last_administrator_stays)
{
    c.who.user_id = 0; /* whoever has the machine */
    refused(account_disable(&c, "admin", &id), ST_CONFLICT, "only administrator");
    refused(take_admin("admin"), ST_CONFLICT, "must keep admin");
    add_second("machine", NULL); /* with a token at most: nobody could sign in any more */
    refused(account_disable(&c, "admin", &id), ST_CONFLICT, "only administrator");
    add_second("second", PASSWORD);
    MUST(account_disable(&c, "second", &id)); /* who is disabled does not count */
    refused(account_disable(&c, "second", &id), ST_CONFLICT, "already");
    refused(account_disable(&c, "admin", &id), ST_CONFLICT, "only administrator");
    MUST(account_enable(&c, "second", &id));
    refused(account_enable(&c, "second", &id), ST_CONFLICT, "is not disabled");
    MUST(account_disable(&c, "admin", &id));
    refused(take_admin("second"), ST_CONFLICT, "must keep admin");
    refused(account_disable(&c, "nobody", &id), ST_NOT_FOUND, "nobody's name");
}
END_TEST

START_TEST(nobody_changes_her_own_roles)
{
    const struct account_change more = { .username = "admin",
                                         .roles_given = true,
                                         .roles = ROLE_ADMIN | ROLE_PHARMACIST };
    const struct account_change name = { .username = "admin", .display_name = "Ada", .registration = "A 1" };

    add_second("second", PASSWORD);
    refused(account_change(&c, &more, &id), ST_DENIED, "never by oneself");
    refused(take_admin("admin"), ST_DENIED, "never by oneself");
    MUST(account_change(&c, &name, &id));
    act_as(&c, "second");
    MUST(account_change(&c, &more, &id));
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM audit WHERE action = 'account_roles' AND subject = 'account "
                       "admin' AND details = 'admin -> pharmacist;admin'"
                       " AND user_id = (SELECT id FROM users WHERE username = 'second')"),
        1);
    MUST(account_change(
        &c, &(struct account_change){ .username = "admin", .roles_given = true, .roles = ROLE_ADMIN }, &id));
}
END_TEST

static void blocked(enum status expected, const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) == expected, "%s\n%s", sql, fault_text(&c));
    ctx_forgive(&c);
}

START_TEST(nor_by_the_back_door)
{
    const long long admin = number_of("admin");

    blocked(ST_DENIED, SQL("UPDATE users SET disabled_at = now() WHERE id = %lld", admin));
    sql_must(&c, SQL("DELETE FROM user_roles WHERE user_id = %lld AND role = 'admin'", admin));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM user_roles WHERE user_id = %lld AND role = 'admin'", admin)),
        1);
    blocked(ST_DENIED, SQL("INSERT INTO user_roles (shop_id, user_id, role, granted_by)"
                           " VALUES (%lld, %lld, 'curator', %lld)",
                           (long long)c.who.shop_id, admin, admin));
    sql_must(&c,
             SQL("UPDATE users SET disabled_at = now() WHERE id = %lld", (long long)number_of("sam.ortiz")));
    sql_must(&c,
             SQL("UPDATE users SET disabled_at = NULL WHERE id = %lld", (long long)number_of("sam.ortiz")));
}
END_TEST

static enum status disable_the_other(struct ctx *own, struct person_at_work *person)
{
    return account_disable(own, person->id == 1 ? "second" : "admin", &person->other);
}

START_TEST(two_who_disable_each_other_leave_one)
{
    struct person_at_work two[] = { { .username = "admin", .id = 1, .work = disable_the_other },
                                    { .username = "second", .work = disable_the_other } };

    for (int round = 0; round < ROUNDS; round++) {
        add_second("second", PASSWORD);
        crowd_one_wins(DATABASE, two, ST_CONFLICT, "only administrator");
        sql_must(&c, "UPDATE users SET disabled_at = NULL WHERE username IN ('admin', 'second')");
    }
}
END_TEST

START_TEST(tokens_end)
{
    int64_t token;

    MUST(account_add_token(&c, "sam.ortiz", "till",
                           "aa00000000000000000000000000000000000000000000000000000000000001"));
    MUST(account_add_token(&c, "sam.ortiz", "door",
                           "aa00000000000000000000000000000000000000000000000000000000000002"));
    token = sql_number(&c, "SELECT id FROM api_tokens WHERE name = 'till'");
    refused(account_end_tokens(&c, "mei.lin", token, &id), ST_NOT_FOUND, "no token of mei.lin");
    MUST(account_end_tokens(&c, "sam.ortiz", token, &id));
    refused(account_end_tokens(&c, "sam.ortiz", token, &id), ST_NOT_FOUND, "no token");
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM api_tokens WHERE revoked_at IS NULL"), 1);
    MUST(account_end_tokens(&c, "sam.ortiz", 0, &id));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM api_tokens WHERE revoked_at IS NULL"), 0);
}
END_TEST

SUITE(people)
{
    return suite_of("people", 60, make, alone, scene_close,
                    TESTS(the_last_administrator_stays, nobody_changes_her_own_roles, nor_by_the_back_door,
                          two_who_disable_each_other_leave_one, tokens_end));
}
