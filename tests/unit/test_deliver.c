/* A printer on a raw TCP port that takes everything, hangs up half-way, stops reading, or is not there. */
#include <string.h>

#include "print/deliver.h"
#include "support/device.h"
#include "support/runner.h"

enum { SIZE = 30000, PATIENCE_MS = 700 };

static struct ctx c;
static struct device *device;
static char paper[SIZE];

static void setup(void)
{
    ctx_init(&c);
    device = NULL;
    for (size_t i = 0; i < SIZE; i++)
        paper[i] = (char)(i * 7);
}

static void teardown(void)
{
    if (device != NULL)
        device_end(device);
    ctx_close(&c);
}

static enum status send_to(const char *uri, size_t size, size_t *taken)
{
    const struct link_limits limits = { "127.*", PATIENCE_MS };
    const struct delivery delivery = {
        .printer = "FRONT", .uri = uri, .format = "zpl", .title = "test", .data = paper, .size = size
    };
    const char *note;

    return deliver(&c, &limits, &delivery, taken, &note);
}

static void expect(const char *part)
{
    ck_assert_uint_gt(c.fault.count, 0);
    ck_assert_str_eq(c.fault.items[0].field, "printer");
    ck_assert_str_eq(c.fault.items[0].value, "FRONT");
    ck_assert_msg(strstr(c.fault.items[0].rule, part) != NULL, "%s", c.fault.items[0].rule);
}

START_TEST(a_printer_gets_every_byte)
{
    const char *took;
    size_t taken, size;

    device = device_sink(0, false);
    ck_assert_msg(send_to(device_address(device), SIZE, &taken) == ST_OK, "%s",
                  c.fault.count == 0 ? "" : c.fault.items[0].rule);
    ck_assert_uint_eq(taken, SIZE);
    took = device_took(device, &size);
    ck_assert_uint_eq(size, SIZE);
    ck_assert_mem_eq(took, paper, SIZE);
}
END_TEST

START_TEST(a_printer_that_hangs_up_is_told_of)
{
    size_t taken;

    device = device_sink(4096, false);
    ck_assert_int_eq(send_to(device_address(device), SIZE, &taken), ST_BUSY);
    expect("hung up");
    expect("30,000 bytes");
    ck_assert_uint_le(taken, SIZE);
}
END_TEST

/* All of it lay in the network's buffers already, and the printer threw it away. */
START_TEST(a_printer_that_hangs_up_at_the_end_is_told_of)
{
    size_t taken;

    device = device_sink(100, false);
    ck_assert_int_eq(send_to(device_address(device), 1000, &taken), ST_BUSY);
    expect("hung up");
}
END_TEST

START_TEST(a_printer_without_paper_stops_reading)
{
    size_t taken;

    device = device_sink(4096, true);
    ck_assert_int_eq(send_to(device_address(device), SIZE, &taken), ST_BUSY);
    expect("stopped taking data after");
    ck_assert_uint_lt(taken, SIZE);
    ck_assert_uint_ge(taken, 4096);
}
END_TEST

START_TEST(a_printer_that_is_not_there)
{
    const char *address;
    size_t taken;

    device = device_sink(0, false);
    address = arena_text(&c.arena, device_address(device));
    device_end(device);
    device = NULL;
    ck_assert_int_eq(send_to(address, SIZE, &taken), ST_BUSY);
    expect("does not answer: Connection refused");
    ctx_forgive(&c);
    ck_assert_int_eq(send_to(arena_printf(&c.arena, "ipp%s/printers/front", address + 3), SIZE, &taken),
                     ST_BUSY);
    expect("does not answer");
    ctx_forgive(&c);
    ck_assert_int_eq(send_to("ipp://169.254.169.254/latest/meta-data", SIZE, &taken), ST_DENIED);
    expect("YAOFANG_DEVICES");
    ck_assert_uint_eq(taken, 0);
}
END_TEST

SUITE(deliver)
{
    return suite_of("deliver", 20, NULL, setup, teardown,
                    TESTS(a_printer_gets_every_byte, a_printer_that_hangs_up_is_told_of,
                          a_printer_that_hangs_up_at_the_end_is_told_of,
                          a_printer_without_paper_stops_reading, a_printer_that_is_not_there));
}
