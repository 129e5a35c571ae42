/* A scale on a real pseudo-terminal and behind a real socket: asked and listened to, slow to settle, silent, hung up, babbling. */
#include <string.h>

#include "base/link.h"
#include "intake/scale_port.h"
#include "support/device.h"
#include "support/runner.h"

#define ALL "127.* /dev/pts/*"

static struct ctx c;
static struct device *device;
static const struct scale_rule rule = {
    .protocol = SCALE_MT_SICS, .unit = "g", .capacity = { 3000000 }, .resolution = { 10 }
};

static void setup(void)
{
    ctx_init(&c);
    device = NULL;
}

static void teardown(void)
{
    if (device != NULL)
        device_end(device);
    ctx_close(&c);
}

static enum status read_from(const char *address, bool asks, int wait_ms, struct scale_reading *reading)
{
    struct scale_port port = { .limits = { ALL, 500 }, .asks = asks, .wait_ms = wait_ms };

    ck_assert_int_eq(link_address_read(&c, "scale", address, LINK_SERIAL | LINK_TCP, &port.address), ST_OK);
    return scale_ask(&c, &port, &rule, reading);
}

static void expect(const char *part)
{
    ck_assert_uint_gt(c.fault.count, 0);
    ck_assert_str_eq(c.fault.items[0].field, "scale");
    ck_assert_msg(strstr(c.fault.items[0].rule, part) != NULL, "%s", c.fault.items[0].rule);
}

static const struct device_turn answers[] = { { "S\r\n", "S S     105.20 g\r\n", 0 }, { NULL, NULL, 0 } };
static const struct device_turn settles[] = {
    { "S\r\n", "S D     105.90 g\r\n", 10 },
    { "S\r\n", "S I\r\n", 10 },
    { "S\r\n", "S S     105.20 g\r\n", 10 },
    { NULL, NULL, 0 },
};

START_TEST(a_pty_and_a_socket_are_asked_for_a_stable_weight)
{
    struct scale_reading reading;

    device = _i == 0 ? device_pty(answers) : device_tcp(answers, false);
    ck_assert_msg(read_from(device_address(device), true, 2000, &reading) == ST_OK, "%s",
                  c.fault.count == 0 ? "" : c.fault.items[0].rule);
    ck_assert_int_eq(reading.weight.mg, 105200);
    ck_assert_str_eq(reading.line, "S S     105.20 g");
}
END_TEST

START_TEST(it_is_asked_again_until_it_has_settled)
{
    struct scale_reading reading;

    device = _i == 0 ? device_pty(settles) : device_tcp(settles, false);
    ck_assert_int_eq(read_from(device_address(device), true, 3000, &reading), ST_OK);
    ck_assert_int_eq(reading.weight.mg, 105200);
}
END_TEST

/* What a printing scale sent before we listened, and the rest of a line that was on its way, is not taken. */
START_TEST(a_stale_line_is_not_the_weight)
{
    static const struct device_turn turns[] = {
        { NULL, "0.00 g\r\nS S     999.00 g\r\nS S     888", 0 },
        { NULL, ".00 g\r\n", 30 },
        { NULL, "S S     105.20 g\r\n", 200 },
        { NULL, NULL, 0 },
    };
    struct scale_reading reading;

    device = device_tcp(turns, false);
    ck_assert_int_eq(read_from(device_address(device), false, 2000, &reading), ST_OK);
    ck_assert_int_eq(reading.weight.mg, 105200);
}
END_TEST

START_TEST(a_line_that_comes_in_pieces_is_one_line)
{
    static const struct device_turn turns[] = {
        { "S\r\n", "S S   ", 0 }, { NULL, "  105.2", 40 }, { NULL, "0 g\r\n", 40 }, { NULL, NULL, 0 }
    };
    struct scale_reading reading;

    device = device_pty(turns);
    ck_assert_int_eq(read_from(device_address(device), true, 2000, &reading), ST_OK);
    ck_assert_int_eq(reading.weight.mg, 105200);
}
END_TEST

static const struct {
    struct device_turn turns[3];
    bool hangs_up;
    enum status status;
    const char *because;
} bad[] = {
    { { { "S\r\n", "S D     105.20 g\r\n", 0 } }, false, ST_CONFLICT, "is not stable" },
    { { { "S\r\n", "S S    3105.20 g\r\n", 0 } }, false, ST_INVALID, "more than the scale can weigh" },
    { { { "S\r\n", "S S       3.71 oz\r\n", 0 } }, false, ST_INVALID, "stands on oz" },
    { { { "S\r\n", "S S  1#5.20 g\r\n", 0 } }, false, ST_INVALID, "is no line" },
    { { { "S\r\n", "S +\r\n", 0 } }, false, ST_INVALID, "overloaded" },
    { { { "S\r\n", "S S     105", 0 } }, false, ST_BUSY, "beginning of a line" },
    { { { "S\r\n", "S S     105", 0 } }, true, ST_BUSY, "hung up" },
    { { { "S\r\n", NULL, 0 } }, false, ST_BUSY, "says nothing" },
};

START_TEST(what_goes_wrong_on_the_line_is_told)
{
    struct scale_reading reading;

    device = device_tcp(bad[_i].turns, bad[_i].hangs_up);
    ck_assert_int_eq(read_from(device_address(device), true, 400, &reading), bad[_i].status);
    expect(bad[_i].because);
}
END_TEST

START_TEST(a_line_without_end_is_garbled)
{
    static char babble[2000];
    static const struct device_turn turns[] = { { "S\r\n", babble, 0 }, { NULL, NULL, 0 } };
    struct scale_reading reading;

    memset(babble, 'x', sizeof babble - 1);
    device = device_tcp(turns, false);
    ck_assert_int_eq(read_from(device_address(device), true, 1000, &reading), ST_INVALID);
    expect("is no line");
}
END_TEST

START_TEST(where_nobody_listens_is_told)
{
    struct scale_reading reading;
    const char *address;

    device = device_tcp(answers, true);
    address = arena_text(&c.arena, device_address(device));
    device_end(device);
    device = NULL;
    ck_assert_int_eq(read_from(address, true, 400, &reading), ST_BUSY);
    expect("does not answer: Connection refused");
    ctx_forgive(&c);
    ck_assert_int_eq(read_from("serial:///dev/pts/never", true, 400, &reading), ST_BUSY);
    expect("cannot be opened: No such file");
}
END_TEST

START_TEST(only_what_the_machine_s_owner_allows_is_opened)
{
    static const char *const forbidden[] = { "tcp://127.0.0.1:5432", "tcp://localhost:80",
                                             "serial:///dev/tty",    "tcp://169.254.169.254:80",
                                             "tcp://0.0.0.0:80",     "tcp://[::]:80" };

    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        struct link_address address;
        const struct link_limits limits = { i < 3 ? "10.* /dev/ttyUSB*" : "*", 300 };
        struct link *link;

        ck_assert_int_eq(link_address_read(&c, "scale", forbidden[i], LINK_SERIAL | LINK_TCP, &address),
                         ST_OK);
        ck_assert_msg(link_open(&c, "scale", &address, &limits, &link) == ST_DENIED, "%s", forbidden[i]);
        expect("YAOFANG_DEVICES");
        ctx_forgive(&c);
    }
}
END_TEST

START_TEST(addresses_that_are_none)
{
    static const char *const bad_addresses[] = { "",
                                                 "http://127.0.0.1:80",
                                                 "tcp://127.0.0.1",
                                                 "tcp://127.0.0.1:0",
                                                 "tcp://127.0.0.1:65536",
                                                 "tcp://user@host:1",
                                                 "tcp://:9100",
                                                 "tcp://host:91x",
                                                 "tcp://host:9100/x",
                                                 "tcp://[::1:9100",
                                                 "serial:///etc/passwd",
                                                 "serial:///dev/../etc/passwd",
                                                 "serial:///dev/ttyUSB0?baud=9601",
                                                 "serial:///dev/ttyUSB0?parity=mark",
                                                 "serial:///dev/ttyUSB0?bits=9",
                                                 "serial:///dev/ttyUSB0?speed=9600",
                                                 "ipp://host/printers/front" };
    struct link_address address;

    for (size_t i = 0; i < sizeof bad_addresses / sizeof bad_addresses[0]; i++) {
        ck_assert_msg(link_address_read(&c, "uri", bad_addresses[i], LINK_SERIAL | LINK_TCP, &address) ==
                          ST_INVALID,
                      "%s", bad_addresses[i]);
        ctx_forgive(&c);
    }
    ck_assert_int_eq(link_address_read(&c, "uri", "serial:///dev/ttyUSB0?baud=4800&parity=even&bits=7&stop=2",
                                       LINK_SERIAL, &address),
                     ST_OK);
    ck_assert_int_eq(address.baud, 4800);
    ck_assert_int_eq(address.parity, 'e');
    ck_assert_int_eq(address.data_bits + address.stop_bits, 9);
    ck_assert_int_eq(link_address_read(&c, "uri", "tcp://[::1]:9100", LINK_TCP, &address), ST_OK);
    ck_assert_str_eq(address.host, "::1");
    ck_assert_int_eq(link_address_read(&c, "uri", "ipp://print.shop/printers/front", LINK_IPP, &address),
                     ST_OK);
    ck_assert_int_eq(address.port, 631);
    ck_assert_str_eq(address.path, "/printers/front");
}
END_TEST

SUITE(scale_port)
{
    Suite *suite = suite_create("scale_port");
    TCase *tests = tcase_create("lines");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, a_pty_and_a_socket_are_asked_for_a_stable_weight, 0, 2);
    tcase_add_loop_test(tests, it_is_asked_again_until_it_has_settled, 0, 2);
    tcase_add_test(tests, a_stale_line_is_not_the_weight);
    tcase_add_test(tests, a_line_that_comes_in_pieces_is_one_line);
    tcase_add_loop_test(tests, what_goes_wrong_on_the_line_is_told, 0, (int)(sizeof bad / sizeof bad[0]));
    tcase_add_test(tests, a_line_without_end_is_garbled);
    tcase_add_test(tests, where_nobody_listens_is_told);
    tcase_add_test(tests, only_what_the_machine_s_owner_allows_is_opened);
    tcase_add_test(tests, addresses_that_are_none);
    suite_add_tcase(suite, tests);
    return suite;
}
