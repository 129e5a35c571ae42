/* What scales say: lines with the weight they mean, and lines that must be refused, each for its reason. */
#include <string.h>

#include "intake/scale.h"
#include "support/runner.h"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct scale_rule rule_of(enum scale_protocol protocol)
{
    return (struct scale_rule){
        .protocol = protocol, .unit = "any", .capacity = { 3000000 }, .minimum = { 20 }, .resolution = { 1 }
    };
}

static const struct {
    enum scale_protocol protocol;
    const char *line;
    int64_t mg;
    bool rounded;
} accepted[] = {
    { SCALE_MT_SICS, "S S     100.00 g\r\n", 100000, false },
    { SCALE_MT_SICS, "S S       0.00 g", 0, false },
    { SCALE_MT_SICS, "S S      -0.00 g", 0, false },
    { SCALE_MT_SICS, "S S    12.3455 g", 12346, true },
    { SCALE_MT_SICS, "S S    12.3454 g", 12345, true },
    { SCALE_MT_SICS, "S S      1.250 kg", 1250000, false },
    { SCALE_MT_SICS, "S S      350.5 mg", 351, true },
    { SCALE_MT_SICS, "S S          1 oz", 28350, true },
    { SCALE_MT_SICS, "S S       16.0 oz", 453592, true },
    { SCALE_MT_SICS, "S S          5 ct", 1000, false },
    { SCALE_MT_SICS, "S S     2.0000 ozt", 62207, true },
    { SCALE_AND, "ST,+00012.34  g\r\n", 12340, false },
    { SCALE_AND, "ST,+0001234.5 g", 1234500, false },
    { SCALE_AND, "ST,+00001.234kg", 1234000, false },
    { SCALE_AND, "ST,+0000.500 oz", 14175, true },
    { SCALE_OHAUS, "     12.34 g\r\n", 12340, false },
    { SCALE_OHAUS, "    192.21 g     NET", 192210, false },
    { SCALE_OHAUS, "     1.005 kg    G", 1005000, false },
};

START_TEST(a_stable_line_is_its_weight)
{
    struct scale_rule rule = rule_of(accepted[_i].protocol);
    struct scale_reading reading;

    ck_assert_msg(scale_line_read(&c, &rule, accepted[_i].line, strlen(accepted[_i].line), &reading) ==
                      SCALE_STABLE,
                  "%s: %s", accepted[_i].line, c.fault.count == 0 ? "" : c.fault.items[0].rule);
    ck_assert_int_eq(reading.weight.mg, accepted[_i].mg);
    ck_assert_int_eq(reading.rounded, accepted[_i].rounded);
}
END_TEST

static const struct {
    enum scale_protocol protocol;
    const char *line, *because;
    enum scale_verdict verdict;
} refused[] = {
    { SCALE_MT_SICS, "S D     100.00 g", "not stable", SCALE_UNSTABLE },
    { SCALE_MT_SICS, "S I", "not stable", SCALE_UNSTABLE },
    { SCALE_MT_SICS, "S +", "overloaded", SCALE_REFUSED },
    { SCALE_MT_SICS, "S -", "below its range", SCALE_REFUSED },
    { SCALE_MT_SICS, "S L", "does not carry out", SCALE_REFUSED },
    { SCALE_MT_SICS, "ES", "another protocol", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      -1.50 g", "less than nothing", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S    3000.01 g", "more than the scale can weigh: 3000 g", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S 999999999 kg", "more than the scale can weigh", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      0.010 g", "less than the scale weighs well: 0.02 g", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S         12 PCS", "\"PCS\" is no unit of weight", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      12.00 N", "no unit of weight", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      12.00 tl", "no unit of weight", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      12.00 G", "no unit of weight", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      12.00", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S  12.00 g  g", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S      12,00 g", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S     1.2.00 g", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S   Error 10b", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S 1234567890 mg", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S     100.00 g", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "100.00 g", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "", "is no line", SCALE_REFUSED },
    { SCALE_MT_SICS, "S S     10\xff.00 g", "is no line", SCALE_REFUSED },
    { SCALE_AND, "US,+00012.34  g", "not stable", SCALE_UNSTABLE },
    { SCALE_AND, "OL,+9999999E+19", "overloaded", SCALE_REFUSED },
    { SCALE_AND, "OL,-9999999E+19", "below its range", SCALE_REFUSED },
    { SCALE_AND, "QT,+00000012 PC", "counts pieces", SCALE_REFUSED },
    { SCALE_AND, "ST,+00012.34  %", "no unit of weight", SCALE_REFUSED },
    { SCALE_AND, "ST,-00000.01  g", "less than nothing", SCALE_REFUSED },
    { SCALE_AND, "ST,+00012.34", "is no line", SCALE_REFUSED },
    { SCALE_AND, "T,+00012.34  g", "is no line", SCALE_REFUSED },
    { SCALE_AND, "2.34  g", "is no line", SCALE_REFUSED },
    { SCALE_OHAUS, "     12.34 g ?", "not stable", SCALE_UNSTABLE },
    { SCALE_OHAUS, "    207.80 g   TOTAL", "a sum", SCALE_REFUSED },
    { SCALE_OHAUS, "     12.34", "is no line", SCALE_REFUSED },
    { SCALE_OHAUS, "    ------ g", "is no line", SCALE_REFUSED },
    { SCALE_OHAUS, "     12.34 g what", "is no line", SCALE_REFUSED },
};

START_TEST(what_is_no_weight_is_refused_for_its_reason)
{
    struct scale_rule rule = rule_of(refused[_i].protocol);
    struct scale_reading reading;

    ck_assert_int_eq(scale_line_read(&c, &rule, refused[_i].line, strlen(refused[_i].line), &reading),
                     refused[_i].verdict);
    ck_assert_uint_eq(c.fault.count, 1);
    ck_assert_str_eq(c.fault.items[0].field, "scale");
    ck_assert_msg(strstr(c.fault.items[0].rule, refused[_i].because) != NULL, "%s: %s", refused[_i].line,
                  c.fault.items[0].rule);
}
END_TEST

START_TEST(a_scale_stands_on_its_unit_and_its_step)
{
    struct scale_rule rule = rule_of(SCALE_MT_SICS);
    struct scale_reading reading;

    rule.unit = "g";
    rule.resolution.mg = 10;
    ck_assert_int_eq(scale_line_read(&c, &rule, "S S 12.34 g", 11, &reading), SCALE_STABLE);
    ck_assert_int_eq(scale_line_read(&c, &rule, "S S 0.50 oz", 11, &reading), SCALE_REFUSED);
    ck_assert_str_eq(c.fault.items[0].rule,
                     "the scale stands on oz, and is meant to stand on g: switch it back");
    ctx_forgive(&c);
    ck_assert_int_eq(scale_line_read(&c, &rule, "S S 12.345 g", 12, &reading), SCALE_REFUSED);
    ck_assert_msg(strstr(c.fault.items[0].rule, "0.01 g") != NULL, "%s", c.fault.items[0].rule);
    ctx_forgive(&c);
    ck_assert_int_eq(scale_line_read(&c, &rule, "S S 12.3404 g", 13, &reading), SCALE_REFUSED);
}
END_TEST

START_TEST(words_of_protocols)
{
    for (enum scale_protocol p = 0; p < SCALE_PROTOCOL_COUNT; p++)
        ck_assert_int_eq(scale_protocol_parse(scale_protocol_word(p)), p);
    ck_assert_int_eq(scale_protocol_parse("morse"), SCALE_PROTOCOL_COUNT);
    ck_assert_str_eq(scale_protocol_asks(SCALE_MT_SICS), "S\r\n");
}
END_TEST

SUITE(scale)
{
    Suite *suite = suite_create("scale");
    TCase *cases = tcase_create("lines");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_stable_line_is_its_weight, 0, (int)(sizeof accepted / sizeof accepted[0]));
    tcase_add_loop_test(cases, what_is_no_weight_is_refused_for_its_reason, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(cases, a_scale_stands_on_its_unit_and_its_step);
    tcase_add_test(cases, words_of_protocols);
    suite_add_tcase(suite, cases);
    return suite;
}
