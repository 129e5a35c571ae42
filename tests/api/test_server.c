/* The server under way: keep-alive, lanes, overload, clients that go away, and stopping while requests are being worked on. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/bare.h"
#include "support/runner.h"

START_TEST(a_connection_serves_many_requests)
{
    static const char pair[] = "GET /fast HTTP/1.1\r\n" HOST "\r\nGET /word HTTP/1.1\r\n" HOST "\r\n";
    int fd = dial();
    const char *heard;

    for (int i = 0; i < 50; i++)
        say(fd, pair, sizeof pair - 1);
    say(fd, SMUGGLED, sizeof SMUGGLED - 1);
    heard = hear(fd);
    ck_assert_int_eq(count_of(heard, "HTTP/1.1 200"), 101);
    ck_assert_int_eq(count_of(heard, "\"/fast\""), 50);
}
END_TEST

START_TEST(half_a_request_is_dropped_in_time)
{
    int fd = dial();
    time_t began = time(NULL);

    say(fd, "GET /word HTTP/1.1\r\nHos", 23);
    (void)hear(fd);
    ck_assert_int_le(time(NULL) - began, 8);
}
END_TEST

static void wait_until_slow_runs(void)
{
    for (int i = 0; i < 5000 && atomic_load(&bare_slow) == 0; i++)
        (void)usleep(1000);
    ck_assert_int_gt(atomic_load(&bare_slow), 0);
}

START_TEST(a_full_lane_answers_503_at_once)
{
    int waiting[3];
    const char *heard;

    atomic_store(&bare_hold, true);
    waiting[0] = dial();
    say(waiting[0], SLOW, sizeof SLOW - 1);
    wait_until_slow_runs(); /* the one slow worker is busy */
    for (int i = 1; i < 3; i++) {
        waiting[i] = dial();
        say(waiting[i], SLOW, sizeof SLOW - 1);
    }
    for (int i = 0; i < 5000 && server_waiting(bare_server, LANE_SLOW) < 2; i++)
        (void)usleep(1000);
    heard = say_and_hear(SLOW, sizeof SLOW - 1);
    ck_assert_int_eq(status_of(heard), 503);
    ck_assert_ptr_nonnull(strstr(heard, "Retry-After: 1\r\n"));
    ck_assert_int_eq(status_of(say_and_hear(SMUGGLED, sizeof SMUGGLED - 1)), 200); /* the other lanes go on */
    ck_assert_int_eq(
        status_of(say_and_hear("GET /fast HTTP/1.1\r\n" HOST END, strlen("GET /fast HTTP/1.1\r\n" HOST END))),
        200);
    atomic_store(&bare_hold, false);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_of(hear(waiting[i])), 200);
}
END_TEST

static void *release_later(void *arg)
{
    (void)arg;
    (void)usleep(100000);
    atomic_store(&bare_hold, false);
    return NULL;
}

START_TEST(stopping_answers_what_was_taken)
{
    pthread_t thread;
    int waiting[3];

    atomic_store(&bare_hold, true);
    for (int i = 0; i < 3; i++) {
        waiting[i] = dial();
        say(waiting[i], SLOW, sizeof SLOW - 1);
        wait_until_slow_runs(); /* the first one is in hand, the others wait */
    }
    for (int i = 0; i < 5000 && server_waiting(bare_server, LANE_SLOW) < 2; i++)
        (void)usleep(1000);
    ck_assert_int_eq(pthread_create(&thread, NULL, release_later, NULL), 0);
    server_stop(bare_server); /* with one request being worked on and two suspended */
    bare_server = NULL;
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_of(hear(waiting[i])), 200);
    ck_assert_int_eq(atomic_load(&bare_workers), 0);
}
END_TEST

START_TEST(clients_that_go_away_do_no_harm)
{
    atomic_store(&bare_hold, true);
    for (int i = 0; i < 30; i++) {
        const struct linger at_once = { 1, 0 };
        int fd = dial();

        say(fd, i % 2 == 0 ? SLOW : SMUGGLED,
            (i % 2 == 0 ? sizeof SLOW : sizeof SMUGGLED) - 1 - (size_t)(i % 3));
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        (void)close(fd);
    }
    atomic_store(&bare_hold, false);
    ck_assert_int_eq(status_of(say_and_hear(SMUGGLED, sizeof SMUGGLED - 1)), 200);
}
END_TEST

static atomic_bool away;

/* Comes to the port and goes, as fast as it can, until told to stay away. */
static void *come_and_go(void *arg)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)(intptr_t)arg),
        .sin_addr = { htonl(INADDR_LOOPBACK) },
    };
    const struct linger at_once = { 1, 0 };

    while (!atomic_load(&away)) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        (void)connect(fd, (const struct sockaddr *)&address, sizeof address);
        (void)send(fd, SMUGGLED, sizeof SMUGGLED - 1, MSG_NOSIGNAL);
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        (void)close(fd);
    }
    return NULL;
}

START_TEST(stopping_while_people_come_does_no_harm)
{
    for (int i = 0; i < 100; i++) {
        pthread_t people[2];

        atomic_store(&away, false);
        for (size_t k = 0; k < 2; k++)
            ck_assert_int_eq(
                pthread_create(&people[k], NULL, come_and_go, (void *)(intptr_t)server_port(bare_server)), 0);
        (void)usleep(5000);
        bare_stop();
        atomic_store(&away, true);
        for (size_t k = 0; k < 2; k++)
            ck_assert_int_eq(pthread_join(people[k], NULL), 0);
        bare_start();
    }
}
END_TEST

START_TEST(a_taken_port_is_said_so)
{
    struct server *second;

    ck_assert_int_eq(bare_start_again(&bare, &second), ST_CONFLICT);
    ck_assert_str_eq(bare.fault.items[0].field, "YAOFANG_PORT");
}
END_TEST

SUITE(server)
{
    return suite_of("server", 60, NULL, bare_start, bare_stop,
                    TESTS(a_connection_serves_many_requests, half_a_request_is_dropped_in_time,
                          a_full_lane_answers_503_at_once, stopping_answers_what_was_taken,
                          clients_that_go_away_do_no_harm, stopping_while_people_come_does_no_harm,
                          a_taken_port_is_said_so));
}
