/* Statements that wait for a round trip of their transaction, or for its commit, and what is said when they are refused there. */
#include "db/db.h"
#include "support/tally.h"

#define BASE "test_db_later"

TALLY

static const struct query add_one = { .name = "test", .sql = "UPDATE tally SET n = n + 1 WHERE id = 1" };
static const struct query add_again = { .name = "test", .sql = "INSERT INTO tally VALUES (1, 0)" };

static enum status leave_for_later(struct ctx *in, void *arg)
{
    int *many = arg;

    for (int i = 0; i < *many; i++)
        TRY(db_later(in, &add_one, NO_PARAMS));
    return ST_OK;
}

START_TEST(what_is_left_for_later_is_committed)
{
    int many = 20;

    ck_assert_int_eq(db_tx(&c, leave_for_later, &many), ST_OK);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 20);
    many = 1;
    ck_assert_int_eq(leave_for_later(&c, &many), ST_OK);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 21);
}
END_TEST

static enum status leave_and_look(struct ctx *in, void *arg)
{
    int one = 1;

    TRY(leave_for_later(in, &one));
    *(int64_t *)arg = sql_number(in, "SELECT n FROM tally WHERE id = 1");
    return leave_for_later(in, &one);
}

START_TEST(what_is_left_for_later_goes_before_the_next)
{
    int64_t seen = 0;

    ck_assert_int_eq(db_tx(&c, leave_and_look, &seen), ST_OK);
    ck_assert_int_eq(seen, 1);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 2);
}
END_TEST

static const struct query times_ten = { .name = "test", .sql = "UPDATE tally SET n = n * 10 WHERE id = 1" };

static enum status leave_the_last(struct ctx *in, void *arg)
{
    int *many = arg;

    TRY(db_last(in, &times_ten, NO_PARAMS));
    return leave_for_later(in, many);
}

START_TEST(what_is_to_be_last_goes_behind_what_is_left_later)
{
    int three = 3;

    ck_assert_int_eq(db_tx(&c, leave_the_last, &three), ST_OK);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 30);
    ck_assert_int_eq(leave_the_last(&c, &three), ST_OK); /* outside a transaction at once */
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 303);
}
END_TEST

#define WAL(where) "SELECT (pg_current_wal_" where "_lsn() - '0/0')::bigint"

static enum status note_the_log(struct ctx *in, void *arg)
{
    TRY(sql_try(in, "UPDATE tally SET n = n + 1 WHERE id = 2"));
    *(int64_t *)arg = sql_number(in, WAL("insert"));
    return db_last(in, &add_one, NO_PARAMS);
}

START_TEST(what_was_last_is_on_the_disk_when_it_is_told)
{
    int64_t before;

    ck_assert_int_eq(db_tx(&c, note_the_log, &before), ST_OK);
    ck_assert_int_gt(sql_number(&c, WAL("flush")), before);
    ck_assert_int_eq(
        sql_number(&c,
                   "SELECT count(*) FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'on'"),
        1);
}
END_TEST

static const struct query refuse = { .name = "test",
                                     .sql = "DO $$ BEGIN RAISE check_violation USING CONSTRAINT = "
                                            "'balances_not_negative', DETAIL = 'seven'; END $$" };

static enum status say_better(struct ctx *in, void *arg)
{
    const char *detail = db_refusal(in, "balances_not_negative");

    *(int *)arg += 1;
    ck_assert_ptr_null(db_refusal(in, "balances_lot"));
    TRY(sql_try(in, "UPDATE tally SET n = n + 1"));
    if (detail != NULL)
        ctx_note(in, ST_SHORT, "tally", detail, "is what is missing");
    return ST_OK;
}

static enum status be_refused_last(struct ctx *in, void *arg)
{
    TRY(sql_try(in, "UPDATE tally SET n = n + 100"));
    db_tx_failed(in, ST_SHORT, say_better, arg);
    return db_last(in, &refuse, NO_PARAMS);
}

START_TEST(a_refusal_at_the_commit_is_told_in_better_words_and_kept)
{
    int *called = arena_array(&c.arena, 1, sizeof *called);

    ck_assert_int_eq(db_tx(&c, be_refused_last, called), ST_SHORT);
    ck_assert_int_eq(*called, 1);
    ck_assert_uint_eq(c.fault.count, 1);
    ck_assert_str_eq(c.fault.items[0].value, "seven");
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"),
                     sql_number(&c, "SELECT count(*) FROM tally"));
}
END_TEST

static enum status leave_something_wrong(struct ctx *in, void *arg)
{
    (void)arg;
    TRY(sql_try(in, "UPDATE tally SET n = n + 1"));
    return db_later(in, &add_again, NO_PARAMS);
}

static enum status leave_and_fail(struct ctx *in, void *arg)
{
    TRY(leave_for_later(in, arg));
    return ctx_fail(in, ST_CONFLICT, "tally", NULL, "is refused on purpose");
}

START_TEST(what_is_left_for_later_and_fails_undoes_all)
{
    int one = 1;

    ck_assert_int_ne(db_tx(&c, leave_something_wrong, NULL), ST_OK);
    ctx_forgive(&c);
    ck_assert_int_eq(db_tx(&c, leave_and_fail, &one), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 0);
}
END_TEST

SUITE(db_later)
{
    return suite_of("db_later", 60, setup, begin, tally_close,
                    TESTS(what_is_left_for_later_is_committed, what_is_left_for_later_goes_before_the_next,
                          what_is_to_be_last_goes_behind_what_is_left_later,
                          what_was_last_is_on_the_disk_when_it_is_told,
                          a_refusal_at_the_commit_is_told_in_better_words_and_kept,
                          what_is_left_for_later_and_fails_undoes_all));
}
