/* Live updates: a page that listens hears what others do in its shop, and a server that stops lets it go. */
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_live"

static struct ctx c;
static const char *pharmacist;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    pharmacist = sign_in_as(&c, DATABASE, "mei.lin");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

static int listen_as(const char *cookie)
{
    const struct sockaddr_in to = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)service_port()),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    const char *head =
        arena_printf(&c.arena, "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n",
                     service_port(), cookie);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    ck_assert_int_eq(write(fd, head, strlen(head)), (ssize_t)strlen(head));
    return fd;
}

/* Reads until `word` came, the other end hung up, or five seconds passed; what was read. */
static const char *hear_until(int fd, const char *word)
{
    struct text heard;
    char piece[4096];

    text_init(&heard, &c.arena);
    while (word == NULL || strstr(heard.data, word) == NULL) {
        struct pollfd wait = { fd, POLLIN, 0 };
        ssize_t n = poll(&wait, 1, 5000) == 1 ? read(fd, piece, sizeof piece) : -1;

        if (n <= 0) {
            text_add(&heard, n == 0 ? "(closed)" : "(silence)");
            break;
        }
        text_add_n(&heard, piece, (size_t)n);
    }
    return heard.data;
}

static void expect(int fd, const char *word)
{
    const char *heard = hear_until(fd, word);

    ck_assert_msg(strstr(heard, word) != NULL, "no %s in: %s", word, heard);
}

static void hold_lot(const char *key)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/lots/1/status",
                                                  .body = "{\"status\":\"held\",\"reason\":\"test\"}",
                                                  .cookie = pharmacist,
                                                  .key = key,
                                                  .headers = { "X-Yaofang: 1" } });

    ck_assert_msg(answer.status / 100 == 2, "%s", answer.body);
}

START_TEST(everybody_hears_what_happens)
{
    int fds[3];

    for (int i = 0; i < 3; i++) {
        fds[i] = listen_as(pharmacist);
        expect(fds[i], "event: hello\n");
    }
    (void)usleep(300000); /* the shop is followed by now */
    hold_lot("live-1");
    for (int i = 0; i < 3; i++) {
        expect(fds[i], "event: lot\ndata: {\"lot_id\":1,\"status\":\"held\"}\n\n");
        close(fds[i]);
    }
}
END_TEST

START_TEST(a_delivery_is_heard_of_once)
{
    int fd = listen_as(pharmacist);
    struct answer answer;
    const char *heard;

    expect(fd, "event: hello\n");
    (void)usleep(300000);
    answer =
        ask(&c, &(struct ask){ .path = "/api/v1/receipts",
                               .body = "{\"supplier\":\"GLB\",\"invoice\":\"LIVE-1\",\"lines\":[{\"sku\":"
                                       "\"R-GUI-ZHI\",\"lot_code\":\"LIVE\",\"expires_on\":\"2030-01\","
                                       "\"quantity\":5000,\"cost_cents\":10,\"location\":\"A01\"}]}",
                               .cookie = pharmacist,
                               .key = "live-2",
                               .headers = { "X-Yaofang: 1" } });
    ck_assert_msg(answer.status == 201, "%s", answer.body);
    heard = hear_until(fd, "event: stock");
    ck_assert_msg(strstr(heard, "data: {\"items\":[") != NULL ||
                      strstr(hear_until(fd, "]}"), "items") != NULL,
                  "%s", heard);
    hold_lot("live-3");
    heard = hear_until(fd, "event: lot");
    ck_assert_msg(strstr(heard, "event: stock") == NULL, "told again: %s", heard);
    close(fd);
}
END_TEST

START_TEST(nobody_listens_unknown)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/live" });

    ck_assert_int_eq(answer.status, 401);
}
END_TEST

START_TEST(one_person_cannot_take_all_places)
{
    int fds[21];

    for (int i = 0; i < 20; i++) {
        fds[i] = listen_as(pharmacist);
        expect(fds[i], "event: hello\n");
    }
    fds[20] = listen_as(pharmacist);
    expect(fds[20], "event: hello\n");
    expect(fds[0], "0\r\n\r\n"); /* the end of the stream */
    for (int i = 0; i < 21; i++)
        close(fds[i]);
}
END_TEST

START_TEST(a_stopping_server_lets_listeners_go)
{
    int fd = listen_as(pharmacist);

    expect(fd, "event: hello\n");
    service_stop();
    expect(fd, "(closed)");
    close(fd);
    service_start(DATABASE);
}
END_TEST

SUITE(live)
{
    return suite_of("live", 60, make_database, setup, teardown,
                    TESTS(everybody_hears_what_happens, a_delivery_is_heard_of_once, nobody_listens_unknown,
                          one_person_cannot_take_all_places, a_stopping_server_lets_listeners_go));
}
