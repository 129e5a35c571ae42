/* What GS1 codes say: a table of codes with their reading, and of codes that must be refused, each for its reason. Today is
   2026-11-22. */
#include <string.h>

#include "base/text.h"
#include "intake/gs1.h"
#include "support/runner.h"

#define GS "\x1d"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

/* A reading in words: what is not said is left out. */
static const char *words(const struct gs1 *r)
{
    struct text out;
    const struct {
        const char *name;
        struct date date;
    } dates[] = { { "made", r->made_on }, { "best", r->best_before }, { "exp", r->expires_on } };
    const struct {
        const char *name, *text;
    } texts[] = { { "gtin", r->gtin },
                  { "content", r->content_gtin },
                  { "lot", r->lot },
                  { "serial", r->serial },
                  { "extra", r->additional_id } };
    const struct {
        const char *name;
        int64_t number;
    } numbers[] = { { "count", r->count }, { "holds", r->content_count }, { "mg", r->net_mg } };

    text_init(&out, &c.arena);
    for (size_t i = 0; i < 5; i++)
        if (texts[i].text != NULL)
            text_addf(&out, " %s=%s", texts[i].name, texts[i].text);
    for (size_t i = 0; i < 3; i++)
        if (!date_is_none(dates[i].date))
            text_addf(&out, " %s=%s", dates[i].name, date_text(&c.arena, dates[i].date));
    if (r->expires_month)
        text_add(&out, " month");
    for (size_t i = 0; i < 3; i++)
        if (numbers[i].number >= 0)
            text_addf(&out, " %s=%lld", numbers[i].name, (long long)numbers[i].number);
    return out.size == 0 ? "" : out.data + 1;
}

static const struct {
    const char *code, *means;
    bool separators_lost;
} accepted[] = {
    { "(01)09501101530003(17)281130(10)LOT42A", "gtin=09501101530003 lot=LOT42A exp=2028-11-30", false },
    { "]d20109501101530003"
      "17281130"
      "10LOT42A",
      "gtin=09501101530003 lot=LOT42A exp=2028-11-30", false },
    { "]d2" GS "0109501101530003"
      "17281130"
      "10LOT42A" GS "21000000",
      "gtin=09501101530003 lot=LOT42A serial=000000 exp=2028-11-30", false },
    { "]C10109501101530003"
      "10LOT21A7",
      "gtin=09501101530003 lot=LOT21A7", false },
    { "]Q30109501101530003"
      "17281100",
      "gtin=09501101530003 exp=2028-11-30 month", false },
    { "0109501101530003"
      "17280200"
      "10B7",
      "gtin=09501101530003 lot=B7 exp=2028-02-29 month", false },
    { "9501101530003", "gtin=09501101530003", false },
    { "]E09501101530003", "gtin=09501101530003", false },
    { "96385074", "gtin=00000096385074", false },
    { "036000291452", "gtin=00036000291452", false },
    { "0109501101530003"
      "10LOT42A<GS>17281130",
      "gtin=09501101530003 lot=LOT42A exp=2028-11-30", false },
    { "10LOT42A\xe2\x90\x9d"
      "17281130",
      "lot=LOT42A exp=2028-11-30", false },
    { "(01)09501101530003(3103)001250", "gtin=09501101530003 mg=1250000", false },
    { "(01)09501101530003(3100)000002", "gtin=09501101530003 mg=2000000", false },
    { "(01)09501101530003(3105)000125", "gtin=09501101530003 mg=1250", false },
    { "(01)09501101530003(3200)000001", "gtin=09501101530003 mg=453592", false },
    { "(01)09501101530003(3202)000100", "gtin=09501101530003 mg=453592", false },
    { "(02)09501101530003(37)24(10)AB(C)1", "content=09501101530003 lot=AB(C)1 holds=24", false },
    { "(11)260100(17)260131(30)12", "made=2026-01-01 exp=2026-01-31 count=12", false },
    { "(15)270331(240)REF-9", "extra=REF-9 best=2027-03-31", false },
    { "3000110150", "count=110150", false },
    { "(17)760101", "exp=2076-01-01", false }, /* 50 years ahead */
    { "(17)770101", "exp=1977-01-01", false }, /* 49 back */
    /* FNC1 was lost: the lot would be too long, so it ends where the rest reads */
    { "0109501101530003"
      "10LOT42A-LONGLOTCODE99"
      "17281130",
      "gtin=09501101530003 lot=LOT42A-LONGLOTCODE99 exp=2028-11-30", true },
    { "]d20109501101530003"
      "10ABCDEFGHJKLMNOP1234"
      "17281130",
      "gtin=09501101530003 lot=ABCDEFGHJKLMNOP1234 exp=2028-11-30", true },
};

START_TEST(codes_are_read)
{
    struct gs1 reading;

    ck_assert_msg(gs1_read_one(&c, accepted[_i].code, strlen(accepted[_i].code), date_from(2026, 11, 22),
                               &reading) == ST_OK,
                  "%s: %s", accepted[_i].code, c.fault.items == NULL ? "" : c.fault.items[0].rule);
    ck_assert_str_eq(words(&reading), accepted[_i].means);
}
END_TEST

START_TEST(lost_separators_are_told_of)
{
    struct gs1_result result;

    ck_assert_int_eq(
        gs1_read(&c, accepted[_i].code, strlen(accepted[_i].code), date_from(2026, 11, 22), &result), ST_OK);
    ck_assert_int_eq(result.separators_lost, accepted[_i].separators_lost);
}
END_TEST

static const struct {
    const char *code, *field, *rule;
} refused[] = {
    { "", "code", "nothing" },
    { "]d2", "code", "nothing" },
    { "]C0ABC", "code", "none of GS1" },
    { "(01)09501101530004", "(01)", "check digit" },
    { "0109501101530004"
      "17281130",
      "(01)", "check digit" },
    { "]E09501101530004", "(01)", "check digit" },
    { "(17)281332", "(17)", "no such month" },
    { "(17)280230", "(17)", "no such day" },
    { "(17)270229", "(17)", "no such day" },
    { "(17)2802", "(17)", "6 characters" },
    { "(17)28O230", "(17)", "digits only" },
    { "(11)261101(17)261031", "(17)", "before the day of manufacture" },
    { "(17)261031(11)261101", "(17)", "before the day of manufacture" },
    { "(10)", "(10)", "1 to 20" },
    { "(10)ABCDEFGHIJKLMNOPQRSTU", "(10)", "1 to 20" },
    { "(10)LOT 7", "(10)", "character" },
    { "(10)A(10)B", "(10)", "another value" },
    { "(3103)000000", "(3103)", "more than nothing" },
    { "(3107)000001", "code", "known here" },
    { "(99)AB", "code", "known here" },
    { "]d2"
      "0109501101530003"
      "88AA",
      "code", "known here" },
    { "LOT42A", "code", "known here" },
    { "(30)0", "(30)", "more than none" },
};

START_TEST(bad_codes_are_refused_with_the_rule)
{
    struct gs1 reading;

    ck_assert_int_eq(
        gs1_read_one(&c, refused[_i].code, strlen(refused[_i].code), date_from(2026, 11, 22), &reading),
        ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, refused[_i].field);
    ck_assert_msg(strstr(c.fault.items[0].rule, refused[_i].rule) != NULL, "%s", c.fault.items[0].rule);
}
END_TEST

/* The serial number is never glued to the lot: without separators both readings are offered. */
START_TEST(several_readings_are_offered_and_none_taken)
{
    static const char code[] = "0109501101530003"
                               "10LOT42A"
                               "21000000";
    const struct date today = date_from(2026, 11, 22);
    struct gs1_result result;
    struct gs1 reading;

    ck_assert_int_eq(gs1_read(&c, code, strlen(code), today, &result), ST_OK);
    ck_assert_uint_eq(result.count, 2);
    ck_assert(result.separators_lost);
    ck_assert_str_eq(result.readings[0].lot, "LOT42A");
    ck_assert_str_eq(result.readings[0].serial, "000000");
    ck_assert_str_eq(result.readings[1].lot, "LOT42A21000000");
    ck_assert_int_eq(gs1_read_one(&c, code, strlen(code), today, &reading), ST_CONFLICT);
}
END_TEST

/* A weight or count within a lot number is none unless the goods are of variable measure. */
START_TEST(a_lot_is_not_taken_for_a_count)
{
    static const char plain[] = "0109501101530003"
                                "102301154",
                      variable[] = "0199501101530006"
                                   "102301154";
    const struct date today = date_from(2026, 11, 22);
    struct gs1_result result;

    ck_assert_int_eq(gs1_read(&c, plain, strlen(plain), today, &result), ST_OK);
    ck_assert_uint_eq(result.count, 1);
    ck_assert_str_eq(result.readings[0].lot, "2301154");
    ck_assert(!result.separators_lost);
    ck_assert_int_eq(gs1_read(&c, variable, strlen(variable), today, &result), ST_OK);
    ck_assert_uint_gt(result.count, 1);
}
END_TEST

SUITE(gs1)
{
    Suite *suite = suite_create("gs1");
    TCase *tests = tcase_create("codes");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, codes_are_read, 0, (int)(sizeof accepted / sizeof accepted[0]));
    tcase_add_loop_test(tests, lost_separators_are_told_of, 0, (int)(sizeof accepted / sizeof accepted[0]));
    tcase_add_loop_test(tests, bad_codes_are_refused_with_the_rule, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tests, several_readings_are_offered_and_none_taken);
    tcase_add_test(tests, a_lot_is_not_taken_for_a_count);
    suite_add_tcase(suite, tests);
    return suite;
}
