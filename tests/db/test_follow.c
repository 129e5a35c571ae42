/* Following a shop: nothing is missed and nothing told twice, whatever the order in which transactions end. */
#include "core/follow.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "db/db.h"
#include "support/database.h"
#include "support/runner.h"

#define DATABASE "test_follow"

static struct ctx one, other, reader;
static struct follower *follower;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    database_open_test(&one, DATABASE, TEST_APP);
    database_open_test(&other, DATABASE, TEST_APP);
    database_open_test(&reader, DATABASE, TEST_APP);
    ck_assert_int_eq(follower_start(&reader, &follower), ST_OK);
}

static void teardown(void)
{
    follower_free(follower);
    ctx_close(&one);
    ctx_close(&other);
    ctx_close(&reader);
}

/* What is new, as text: "lot 3 held;". */
static const char *news(void)
{
    static const char *const words[] = { "stock", "order", "lot", "change" };
    struct happened *list;
    struct text text;
    size_t n;
    bool overrun;

    text_init(&text, &reader.arena);
    ck_assert_int_eq(follower_next(&reader, follower, &list, &n, &overrun), ST_OK);
    if (overrun)
        text_add(&text, "overrun;");
    for (size_t i = 0; i < n; i++)
        text_addf(&text, "%s %s;", words[list[i].source], list[i].word);
    return text.data;
}

static void tell(struct ctx *c, const char *status)
{
    sql_must(c, arena_printf(&c->arena,
                             "INSERT INTO lot_events (shop_id, lot_id, status, reason) "
                             "SELECT shop_id, id, '%s', 'test' FROM lots ORDER BY id LIMIT 1",
                             status));
}

START_TEST(what_was_before_is_not_told)
{
    tell(&one, "held");
    ck_assert_str_eq(news(), "");
    tell(&one, "released");
    ck_assert_str_eq(news(), "lot released;");
    ck_assert_str_eq(news(), "");
}
END_TEST

static enum status tell_while_another_is_faster(struct ctx *c, void *arg)
{
    (void)arg;
    tell(c, "held");
    tell(&other, "recalled");
    ck_assert_str_eq(news(), "lot recalled;");
    ck_assert_str_eq(news(), "");
    return ST_OK;
}

START_TEST(a_smaller_number_that_comes_later_is_told)
{
    ck_assert_str_eq(news(), "");
    ck_assert_int_eq(db_tx(&one, tell_while_another_is_faster, NULL), ST_OK);
    ck_assert_str_eq(news(), "lot held;");
    ck_assert_str_eq(news(), "");
}
END_TEST

/* The place below which nothing is looked for moves on, but never past what is still being written. */
static enum status tell_and_let_time_pass(struct ctx *c, void *arg)
{
    (void)arg;
    tell(c, "held");
    for (int i = 0; i < 8; i++) {
        tell(&other, "released");
        ck_assert_str_eq(news(), "lot released;");
        (void)usleep(300000);
    }
    return ST_OK;
}

START_TEST(what_takes_long_is_told_in_the_end)
{
    ck_assert_str_eq(news(), "");
    ck_assert_int_eq(db_tx(&one, tell_and_let_time_pass, NULL), ST_OK);
    ck_assert_str_eq(news(), "lot held;");
    for (int i = 0; i < 8; i++) {
        (void)usleep(300000);
        ck_assert_str_eq(news(), "");
    }
    tell(&one, "released");
    ck_assert_str_eq(news(), "lot released;");
}
END_TEST

/* Of the trail only what has a number and a page that several people look at. */
START_TEST(a_count_is_told_of_and_a_sign_in_is_not)
{
    ck_assert_str_eq(news(), "");
    sql_must(&one, "INSERT INTO audit (shop_id, action, subject) SELECT id, 'test', s FROM shops, unnest("
                   "ARRAY['account mei.lin', 'count 7', 'ticket 7', 'purchase order 8', 'count x']) s ORDER "
                   "BY id LIMIT 5");
    ck_assert_str_eq(news(), "change count;change purchase order;");
}
END_TEST

START_TEST(another_shop_hears_nothing)
{
    ck_assert_str_eq(news(), "");
    tell(&one, "held");
    reader.who.shop_id++;
    ck_assert_str_eq(news(), "");
    reader.who.shop_id--;
}
END_TEST

START_TEST(a_flood_is_said_to_be_one)
{
    ck_assert_str_eq(news(), "");
    sql_must(&one, "INSERT INTO lot_events (shop_id, lot_id, status, reason) "
                   "SELECT l.shop_id, l.id, 'held', 'test' FROM generate_series(1, 5000) CROSS JOIN "
                   "(SELECT shop_id, id FROM lots ORDER BY id LIMIT 1) l");
    ck_assert_str_eq(news(), "overrun;");
    ck_assert_str_eq(news(), "");
    tell(&one, "released");
    ck_assert_str_eq(news(), "lot released;");
}
END_TEST

SUITE(follow)
{
    return suite_of("follow", 60, make_database, setup, teardown,
                    TESTS(what_was_before_is_not_told, a_smaller_number_that_comes_later_is_told,
                          what_takes_long_is_told_in_the_end, a_count_is_told_of_and_a_sign_in_is_not,
                          another_shop_hears_nothing, a_flood_is_said_to_be_one));
}
