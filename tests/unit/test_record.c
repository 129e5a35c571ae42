/* A screening on paper: one page where it can be read on one, more where not, and nothing of it is lost either way. */
#include <stdio.h>
#include <string.h>

#include "api/screen_paper.h"
#include "support/book.h"
#include "support/paper.h"
#include "support/runner.h"

#define FONT "DejaVu Sans, Droid Sans Fallback"

/* The record of a case as text, and how many pages it took. */
static const char *printed(const char *items, const char *drugs, int *pages)
{
    struct screen_case in = { .medicines_asked = true };
    struct screen_paper paper = {
        .paper = "letter", .about = "P-0001 陈大文", .shop = "Arcana", .who = "dr.wu"
    };
    struct screening answer;
    struct record record;
    struct text bytes;

    typed_item_add(&c.arena, k, items, REF_ITEMS, &in.understood);
    if (*drugs != '\0')
        typed_drug_add(&c.arena, k, drugs, NULL, &in.understood);
    screen_case_run(&c.arena, k, &in, &answer);
    screen_record(&c.arena, k, &in, &answer, &paper, &record);
    text_init(&bytes, &c.arena);
    ck_assert_msg(record_pdf(&c, &record, FONT, &bytes, pages) == ST_OK, "%s: %s",
                  c.fault.count == 0 ? "" : c.fault.items[0].field,
                  c.fault.count == 0 ? "" : c.fault.items[0].rule);
    return paper_squeezed(
        &c, paper_run(&c, arena_printf(&c.arena, "pdftotext -layout %s -", paper_file(&c, ".pdf", &bytes))));
}

static void must_say(const char *text, const char *what)
{
    ck_assert_msg(strstr(text, paper_squeezed(&c, what)) != NULL, "the paper does not say '%s'", what);
}

START_TEST(a_case_is_a_page)
{
    int pages;
    const char *text = printed("当归10克、川芎三钱, zzyzx 3 g, da ji", "Coumadin", &pages);

    ck_assert_int_eq(pages, 1);
    must_say(text, "P-0001 陈大文");
    must_say(text, "dr.wu");
    must_say(text, "Dāng Guī 当归 [当归10克] × warfarin [Coumadin]");
    must_say(text, "Page RL, Lawrence JD");
    must_say(text, "Rule hdi0002 version");
    must_say(text, "钱 taken as 3 g");
    must_say(text, "zzyzx 3 g");
    must_say(text, "not on file");
    must_say(text, "screened as each of them");
    ck_assert(strstr(text, "major") < strstr(text, "moderate"));
}
END_TEST

START_TEST(nothing_found_is_no_proof)
{
    int pages;
    const char *text = printed("桂枝 9克", "", &pages);

    ck_assert_int_eq(pages, 1);
    must_say(text, "0 findings");
    must_say(text, "no proof of safety");
}
END_TEST

START_TEST(what_fonts_cannot_show_is_shown_as_its_code)
{
    int pages;

    must_say(printed("\xF0\x9F\x92\x8A\xE2\x80\xAE\x01 zzyzx", "", &pages),
             "[U+1F48A][U+202E][U+0001] zzyzx");
}
END_TEST

/* Far more than a page holds: it goes on, and the last name is as much there as the first. */
START_TEST(a_long_case_flows_on)
{
    struct text line;
    int pages;
    const char *text;

    text_init(&line, &c.arena);
    for (int i = 0; i < 200; i++)
        text_addf(&line, "%szzyzx%dy, %s 3 g", i == 0 ? "" : ", ", i, k->herbs[i].id);
    text = printed(line.data, "warfarin, aspirin, digoxin", &pages);
    ck_assert_int_gt(pages, 1);
    for (int i = 0; i < 200; i++)
        must_say(text, arena_printf(&c.arena, "zzyzx%dy", i));
}
END_TEST

SUITE(record)
{
    return suite_of("record", 120, NULL, book_setup, book_teardown,
                    TESTS(a_case_is_a_page, nothing_found_is_no_proof,
                          what_fonts_cannot_show_is_shown_as_its_code, a_long_case_flows_on));
}
