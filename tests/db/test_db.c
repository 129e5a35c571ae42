/* The database layer: transactions that join, roll back and try again; connections that come back; batches in which one
   reader's mistake is nobody else's. */
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

#include "db/internal.h"
#include "db/migrate.h"
#include "sql.h"
#include "support/tally.h"

#define BASE "test_db_layer"

TALLY

static enum status add_and_fail(struct ctx *in, void *arg)
{
    (void)arg;
    TRY(sql_try(in, "UPDATE tally SET n = n + 1"));
    return ctx_fail(in, ST_CONFLICT, "tally", NULL, "is refused on purpose");
}

START_TEST(a_failed_transaction_leaves_nothing)
{
    ck_assert_int_eq(db_tx(&c, add_and_fail, NULL), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 0);
}
END_TEST

static enum status join_and_fail(struct ctx *in, void *arg)
{
    TRY(sql_try(in, "UPDATE tally SET n = n + 10"));
    return db_tx(in, add_and_fail, arg);
}

START_TEST(an_inner_transaction_falls_with_the_outer)
{
    ck_assert_int_eq(db_tx(&c, join_and_fail, NULL), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 0);
}
END_TEST

static enum status add_and_look(struct ctx *in, void *seen)
{
    TRY(sql_try(in, "UPDATE tally SET n = n + 1 WHERE id = 1"));
    *(int64_t *)seen = sql_number(in, "SELECT n FROM tally WHERE id = 1");
    return ST_OK;
}

static enum status try_within(struct ctx *in, void *seen)
{
    return db_tx_try(in, add_and_look, seen);
}

START_TEST(what_is_only_tried_is_seen_and_leaves_nothing)
{
    int64_t seen = 0;

    ck_assert_int_eq(db_tx_try(&c, add_and_look, &seen), ST_OK);
    ck_assert_int_eq(seen, 1);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 0);
    ck_assert_int_eq(db_tx_try(&c, add_and_fail, NULL), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(db_tx(&c, try_within, &seen), ST_BROKEN);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 0);
}
END_TEST

/* Ends the connection of `victim` from another one. */
static void cut(struct ctx *victim)
{
    struct ctx killer;
    int64_t pid = sql_number(victim, "SELECT pg_backend_pid()");

    database_open_test(&killer, BASE, TEST_SUPER);
    sql_must(&killer, arena_printf(&killer.arena, "SELECT pg_terminate_backend(%d, 5000)", (int)pid));
    ctx_close(&killer);
}

START_TEST(a_lost_connection_comes_back)
{
    cut(&c);
    ck_assert_int_eq(sql_try(&c, "SELECT 1"), ST_OK);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM shops"), 1);
}
END_TEST

static enum status add_and_be_cut_once(struct ctx *in, void *arg)
{
    int *rounds = arg;

    TRY(sql_try(in, "UPDATE tally SET n = n + 1 WHERE id = 1"));
    if (++*rounds == 1)
        cut(in);
    return sql_try(in, "UPDATE tally SET n = n + 1 WHERE id = 2");
}

START_TEST(a_transaction_cut_off_before_commit_is_done_once)
{
    int rounds = 0;

    ck_assert_msg(db_tx(&c, add_and_be_cut_once, &rounds) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(rounds, 2);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 1);
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 2"), 1);
}
END_TEST

/* The other end is going, and the last it said lies in the socket: the next write may fail where the next read does not. */
static void cut_with_a_word_left(struct ctx *victim)
{
    struct pollfd socket = { .fd = PQsocket(victim->db->connection), .events = POLLIN };
    struct ctx other;

    database_open_test(&other, BASE, TEST_APP);
    sql_must(&other, "NOTIFY last_words");
    ck_assert_int_eq(poll(&socket, 1, 10000), 1);
    ctx_close(&other);
    ck_assert_int_eq(shutdown(socket.fd, SHUT_WR), 0);
}

static enum status add_one(struct ctx *in, void *arg)
{
    (void)arg;
    return sql_try(in, "UPDATE tally SET n = n + 1 WHERE id = 1");
}

START_TEST(a_connection_whose_last_words_are_unread_comes_back)
{
    ck_assert_int_eq(db_listen(&c, "last_words"), ST_OK);
    cut_with_a_word_left(&c);
    ck_assert_msg(db_tx(&c, add_one, NULL) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, "SELECT n FROM tally WHERE id = 1"), 1);
}
END_TEST

struct crossing {
    const char *first, *second;
    pthread_barrier_t *met;
    int rounds;
    enum status status;
};

static enum status cross(struct ctx *in, void *arg)
{
    struct crossing *crossing = arg;

    TRY(sql_try(in, crossing->first));
    if (crossing->rounds++ == 0)
        (void)pthread_barrier_wait(crossing->met);
    return sql_try(in, crossing->second);
}

static void *cross_thread(void *arg)
{
    struct crossing *crossing = arg;
    struct ctx mine;

    database_open_test(&mine, BASE, TEST_APP);
    crossing->status = db_tx(&mine, cross, crossing);
    ctx_close(&mine);
    return NULL;
}

START_TEST(two_in_a_deadlock_both_get_there)
{
    static const char one[] = "UPDATE tally SET n = n + 1 WHERE id = 1";
    static const char two[] = "UPDATE tally SET n = n + 1 WHERE id = 2";
    pthread_barrier_t met;
    struct crossing crossings[2] = { { one, two, &met, 0, ST_OK }, { two, one, &met, 0, ST_OK } };
    pthread_t threads[2];

    (void)pthread_barrier_init(&met, NULL, 2);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, cross_thread, &crossings[i]), 0);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_int_eq(crossings[0].status, ST_OK);
    ck_assert_int_eq(crossings[1].status, ST_OK);
    ck_assert_int_ge(crossings[0].rounds + crossings[1].rounds,
                     3); /* the loser begins anew, and may lose again */
    ck_assert_int_eq(sql_number(&c, "SELECT sum(n) FROM tally"), 4);
}
END_TEST

START_TEST(one_bad_read_in_a_batch_is_nobody_elses)
{
    static const struct query good = { "test_good", "SELECT $1::text AS said, count(*) AS shops FROM shops",
                                       0 };
    static const struct query bad = { "test_bad", "SELECT 1 / ($1::int - 7) AS said", 1 };
    struct ctx people[3];
    struct db_job jobs[3];
    const struct param params[3] = { TEXT("first"), I64(7), TEXT("third") };

    for (int i = 0; i < 3; i++) {
        ctx_init(&people[i]);
        people[i].who.shop_id = i == 2 ? c.who.shop_id + 1 : c.who.shop_id;
        jobs[i] = (struct db_job){
            .c = &people[i], .query = i == 1 ? &bad : &good, .params = &params[i], .count = 1
        };
    }
    db_read_batch(c.db, jobs, 3);
    ck_assert_int_eq(jobs[0].status, ST_OK);
    ck_assert_int_eq(jobs[1].status, ST_BROKEN);
    ck_assert_int_eq(jobs[2].status, ST_OK);
    ck_assert_str_eq(rows_cell(jobs[2].rows, 0, 0), "third");
    ck_assert_str_eq(rows_cell(jobs[0].rows, 0, 1), "1");
    ck_assert_str_eq(rows_cell(jobs[2].rows, 0, 1), "0");
    for (int i = 0; i < 3; i++)
        ctx_close(&people[i]);
}
END_TEST

static enum status count_row(struct ctx *in, const struct rows *one, void *arg)
{
    int *seen = arg;

    ck_assert_uint_eq(rows_count(one), 1);
    if (++*seen == 1500)
        return ctx_fail(in, ST_CONFLICT, NULL, NULL, "enough");
    return ST_OK;
}

START_TEST(a_long_result_streams_and_may_be_left_early)
{
    static const struct query many = { "test_many", "SELECT generate_series(1, $1::int) AS n", 2 };
    int seen = 0;

    ck_assert_int_eq(db_each(&c, &many, PARAMS(I64(1000)), count_row, &seen), ST_OK);
    ck_assert_int_eq(seen, 1000);
    ck_assert_int_eq(db_each(&c, &many, PARAMS(I64(1000000)), count_row, &seen), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT 7"), 7);
}
END_TEST

START_TEST(lists_and_odd_texts_arrive_as_sent)
{
    static const struct query echo = {
        "test_echo",
        "SELECT ($1::text[])[1] || ($1::text[])[2] AS a, ($1::text[])[3] IS NULL AS b, "
        "($2::bigint[])[2] AS c, $3::date AS d, $4::timestamptz AS e",
        3
    };
    static const char *const texts[] = { "a\"b\\,{}", "当归 NULL", NULL };
    static const int64_t numbers[] = { 1, INT64_MIN };
    const struct rows *rows;
    struct instant when = { INT64_C(1795000000123456) };

    ck_assert_int_eq(
        db_rows(&c, &echo,
                PARAMS(TEXTS(texts, 3), I64S(numbers, 2), DATE(date_from(2028, 2, 29)), INSTANT(when)),
                &rows),
        ST_OK);
    ck_assert_str_eq(rows_cell(rows, 0, 0), "a\"b\\,{}当归 NULL");
    ck_assert_str_eq(rows_cell(rows, 0, 1), "t");
    ck_assert_str_eq(rows_cell(rows, 0, 2), "-9223372036854775808");
    ck_assert_str_eq(rows_cell(rows, 0, 3), "2028-02-29");
    ck_assert(strstr(rows_cell(rows, 0, 4), ".123456+00"));
}
END_TEST

static const struct asset small_schema[] = {
    { "0001_one.sql", "CREATE TABLE one (a int); CREATE TABLE two (a int);", 0, "" },
    { "0002_two.sql", "INSERT INTO one VALUES (1);", 0, "" },
    { 0 },
};

static enum status migrated(const char *base, const struct asset *migrations, size_t *applied)
{
    const struct db_options options = { .url = database_url(base, TEST_OWNER) };
    struct ctx mine;
    enum status status;

    ctx_init(&mine);
    ck_assert_int_eq(db_open_owned(&mine, &options), ST_OK);
    status = migrate(&mine, migrations, applied);
    ctx_close(&mine);
    return status;
}

static void *migrate_thread(void *arg)
{
    ck_assert_int_eq(migrated("test_db_migrate", small_schema, arg), ST_OK);
    return NULL;
}

START_TEST(two_migrators_at_once_apply_each_file_once)
{
    size_t applied[2];
    pthread_t threads[2];

    database_empty("test_db_migrate");
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, migrate_thread, &applied[i]), 0);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_uint_eq(applied[0] + applied[1], 2);
}
END_TEST

START_TEST(a_changed_an_unknown_and_a_broken_migration_are_refused)
{
    static const struct asset changed[] = { { "0001_one.sql", "CREATE TABLE one (b int);", 0, "" }, { 0 } };
    static const struct asset broken[] = {
        { "0001_one.sql", "CREATE TABLE kept (a int);", 0, "" },
        { "0002_bad.sql", "CREATE TABLE lost (a int); SELECT 1/0;", 0, "" },
        { 0 },
    };
    size_t applied;
    struct ctx mine;

    database_empty("test_db_migrate");
    ck_assert_int_eq(migrated("test_db_migrate", small_schema, &applied), ST_OK);
    ck_assert_int_eq(migrated("test_db_migrate", changed, &applied), ST_CONFLICT);
    ck_assert_int_eq(migrated("test_db_migrate", small_schema + 2, &applied), ST_CONFLICT);
    database_empty("test_db_migrate");
    ck_assert_int_eq(migrated("test_db_migrate", broken, &applied), ST_BROKEN);
    database_open_test(&mine, "test_db_migrate", TEST_OWNER);
    ck_assert_int_eq(sql_number(&mine, "SELECT count(*) FROM pg_class WHERE relname IN ('kept', 'lost')"), 1);
    ctx_close(&mine);
}
END_TEST

START_TEST(without_prepared_statements_all_is_the_same)
{
    const struct db_options options = { .url = database_url(BASE, TEST_APP), .prepared = false };
    int64_t shop = c.who.shop_id;
    struct ctx mine;

    ctx_init(&mine);
    ck_assert_int_eq(db_open_owned(&mine, &options), ST_OK);
    mine.who.shop_id = shop;
    ck_assert_int_eq(sql_number(&mine, "SELECT count(*) FROM shops"), 1);
    ck_assert_int_eq(sql_number(&mine, "SELECT count(*) FROM pg_prepared_statements"), 0);
    ck_assert_int_eq(db_tx(&mine, add_and_fail, NULL), ST_CONFLICT);
    ctx_close(&mine);
}
END_TEST

SUITE(db)
{
    return suite_of("db", 120, setup, begin, tally_close,
                    TESTS(a_failed_transaction_leaves_nothing, an_inner_transaction_falls_with_the_outer,
                          what_is_only_tried_is_seen_and_leaves_nothing, a_lost_connection_comes_back,
                          a_connection_whose_last_words_are_unread_comes_back,
                          a_transaction_cut_off_before_commit_is_done_once, two_in_a_deadlock_both_get_there,
                          one_bad_read_in_a_batch_is_nobody_elses,
                          a_long_result_streams_and_may_be_left_early, lists_and_odd_texts_arrive_as_sent,
                          two_migrators_at_once_apply_each_file_once,
                          a_changed_an_unknown_and_a_broken_migration_are_refused,
                          without_prepared_statements_all_is_the_same));
}
