/* Reasons: their sentences take what fills their places, and the page has words for every one of them, with the same places. */
#include <string.h>

#include "core/reason.h"
#include "support/page_words.h"
#include "support/runner.h"

#define PAGE_FILE "strings/why.js"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena);
}

static void teardown(void)
{
    arena_close(&arena);
}

static const struct {
    const char *word, *sentence;
} reasons[] = {
#define REASON_ROW(name, word, sentence) { word, sentence },
    REASON_LIST(REASON_ROW)
#undef REASON_ROW
};

START_TEST(a_sentence_takes_its_terms)
{
    const struct reason *begins =
        REASON_WITH(&arena, REASON_BEGINS_ON, term_day("starts", date_from(2026, 12, 1)));
    const struct reason *itself = REASON_WITH(&arena, REASON_CODE_ITSELF, term_reason("why", begins));
    const struct reason *percent =
        REASON_WITH(&arena, REASON_PERCENT_OF, term_percent("percent", 750),
                    term_money("before", (struct money){ 12345 }), term_money("off", (struct money){ 926 }));

    ck_assert_str_eq(reason_word(itself), "code_itself");
    ck_assert_str_eq(reason_text(&arena, itself), "the code begins on 2026-12-01");
    ck_assert_str_eq(reason_text(&arena, percent), "7.50 % of 123.45: 9.26 off");
    ck_assert_str_eq(reason_text(&arena, reason_of(&arena, REASON_TAKES)),
                     "{off} off"); /* nothing fills it */
    ck_assert_str_eq(reason_text(&arena, NULL), "");
    ck_assert_str_eq(reason_word(NULL), "");
}
END_TEST

START_TEST(the_page_has_words_for_every_reason)
{
    for (size_t i = 0; i < REASON_COUNT; i++) {
        const char *key = arena_printf(&arena, "why.%s", reasons[i].word), *words[PAGE_LANGUAGES];
        const char *places = page_places(&arena, reasons[i].sentence);

        ck_assert_msg(page_words(&arena, PAGE_FILE, key, words), "%s lacks a row %s", PAGE_FILE, key);
        for (int k = 0; k < PAGE_LANGUAGES; k++)
            ck_assert_msg(strcmp(page_places(&arena, words[k]), places) == 0,
                          "%s: “%s” has not the places %s", key, words[k], places);
    }
    ck_assert_uint_eq(page_rows(PAGE_FILE, "why."), REASON_COUNT);
}
END_TEST

/* What sql/ticket_parts.sql says of a herb or an item that no code may touch, and what is noted where a code's use ends. */
START_TEST(the_page_has_words_for_restrictions_and_ended_uses)
{
    static const char *const keys[] = {
        "restriction.slightly toxic",
        "restriction.toxic",
        "restriction.very toxic",
        "restriction.restricted",
        "restriction.banned",
        "restriction.restricted or on prescription only",
        "promo_end.expired",
        "promo_end.the ticket was changed",
        "promo_end.the ticket was quoted again",
        "promo_end.refund",
        "promo_end.void",
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *words[PAGE_LANGUAGES];

        ck_assert_msg(page_words(&arena, PAGE_FILE, keys[i], words), "%s lacks a row %s", PAGE_FILE, keys[i]);
    }
}
END_TEST

SUITE(reason)
{
    return suite_of("reason", 30, NULL, setup, teardown,
                    TESTS(a_sentence_takes_its_terms, the_page_has_words_for_every_reason,
                          the_page_has_words_for_restrictions_and_ended_uses));
}
