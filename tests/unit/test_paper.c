/* Labels as PDF and PNG, read back by the tools a shop's computer has: every character is there and can be selected, the
   bar codes decode, equal input gives an equal file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "print/label.h"
#include "support/paper.h"
#include "support/runner.h"

#define FONT "DejaVu Sans, Droid Sans Fallback"

static struct text drawn(struct ctx *c, const char *kind, const struct label_content *content,
                         enum label_format format, int dpi)
{
    const struct label *label;
    struct text out;

    text_init(&out, &c->arena);
    ck_assert_int_eq(label_find(c, kind, &label), ST_OK);
    ck_assert_msg(label_draw(c, label, content, FONT, format, dpi, &out) == ST_OK, "%s: %s",
                  c->fault.items != NULL ? c->fault.items[0].field : "",
                  c->fault.items != NULL ? c->fault.items[0].rule : "");
    return out;
}

static const char *read_pdf(struct ctx *c, const char *flags, const struct text *pdf)
{
    return paper_run(c, arena_printf(&c->arena, "pdftotext %s %s -", flags, paper_file(c, ".pdf", pdf)));
}

static void check_golden(const char *kind, bool chinese, const char *name)
{
    struct ctx c;
    struct label_content content;
    struct text pdf;

    ctx_init(&c);
    content = paper_order(&c, 10, chinese);
    pdf = drawn(&c, kind, &content, LABEL_PDF, 0);
    paper_golden(&c, name, read_pdf(&c, "-layout", &pdf));
    ctx_close(&c);
}

START_TEST(labels_say_what_the_golden_texts_say)
{
    check_golden("patient-100x150", false, "label_patient");
    check_golden("patient-62", true, "label_patient_chinese");
    check_golden("patient-100x62", true, "label_patient_low");
    check_golden("weigh-sheet-a4", false, "weigh_sheet");
}
END_TEST

START_TEST(every_character_can_be_selected)
{
    struct ctx c;
    struct label_content content;
    struct text pdf;
    const char *text;

    ctx_init(&c);
    content = paper_order(&c, 10, true);
    content.product_name = "Lǜ Lǘ ǖǘǚǜ Ān Ě — Żółć, Ñandú";
    content.product_hanzi = "茯苓芍蘗蘖薏苡仁䗪虻";
    pdf = drawn(&c, "patient", &content, LABEL_PDF, 0);
    text = paper_squeezed(&c, read_pdf(&c, "-raw", &pdf));
    ck_assert(strstr(text, paper_squeezed(&c, content.product_name)) != NULL);
    ck_assert(strstr(text, content.product_hanzi) != NULL);
    for (size_t i = 0; i < content.warning_count; i++)
        ck_assert_msg(strstr(text, content.warnings[i].text) != NULL, "%s", content.warnings[i].text);
    ctx_close(&c);
}
END_TEST

START_TEST(a_character_no_font_has_is_refused_by_name)
{
    const struct label *label;
    struct label_content content;
    struct text out;
    struct ctx c;

    ctx_init(&c);
    content = paper_order(&c, 3, false);
    content.patient_name = "\xF3\xB0\x80\x80"; /* U+F0000: private use */
    text_init(&out, &c.arena);
    ck_assert_int_eq(label_find(&c, "patient", &label), ST_OK);
    ck_assert_int_eq(label_draw(&c, label, &content, FONT, LABEL_PDF, 0, &out), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "patient_name");
    ck_assert_str_eq(c.fault.items[0].value, "\xF3\xB0\x80\x80");
    ctx_close(&c);
}
END_TEST

START_TEST(a_label_is_a_small_file)
{
    struct ctx c;
    struct label_content content;

    ctx_init(&c);
    content = paper_order(&c, 14, true);
    ck_assert_int_lt((int)drawn(&c, "patient", &content, LABEL_PDF, 0).size, 60000);
    ctx_close(&c);
}
END_TEST

START_TEST(equal_input_gives_an_equal_file)
{
    struct ctx c;
    struct label_content content;
    struct text first, second;

    ctx_init(&c);
    content = paper_order(&c, 12, true);
    first = drawn(&c, "patient", &content, LABEL_PDF, 0);
    second = drawn(&c, "patient", &content, LABEL_PDF, 0);
    ck_assert_int_eq((int)first.size, (int)second.size);
    ck_assert(memcmp(first.data, second.data, first.size) == 0);
    ctx_close(&c);
}
END_TEST

START_TEST(what_labels_do_not_carry_is_refused_by_its_code)
{
    static const char *const names[][2] = { { "Robert \U0001F600", "U+1F600" },
                                            { "Robert \u202Eelah", "U+202E" },
                                            { "Robert\u200F Hale", "U+200F" } };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct label *label;
        struct label_content content;
        struct text out;
        struct ctx c;

        ctx_init(&c);
        text_init(&out, &c.arena);
        content = paper_order(&c, 4, false);
        content.patient_name = names[i][0];
        ck_assert_int_eq(label_find(&c, "patient", &label), ST_OK);
        ck_assert_int_eq(label_draw(&c, label, &content, FONT, LABEL_PDF, 0, &out), ST_INVALID);
        ck_assert_str_eq(c.fault.items[0].field, "patient_name");
        ck_assert_str_eq(c.fault.items[0].value, names[i][1]);
        ctx_close(&c);
    }
}
END_TEST

static const char *read_dots(struct ctx *c, const char *command, const struct text *png)
{
    return paper_run(
        c, arena_printf(&c->arena, "%s %s 2>/dev/null || true", command, paper_file(c, ".png", png)));
}

/* By readers that are not ours; on paper (a PDF as a printer's driver draws it) as in dots. */
START_TEST(bar_codes_decode_at_printer_resolutions)
{
    static const int dpis[] = { 203, 300 };

    for (const struct label *label = labels; label->name != NULL; label++) {
        for (size_t i = 0; i < sizeof dpis / sizeof *dpis; i++) {
            struct ctx c;
            struct label_content content;
            struct text png;

            ctx_init(&c);
            content = paper_order(&c, 6, false);
            content.warning_count = label->each == EACH_STICKER ? 1 : content.warning_count;
            content.scan_code = "[01]09501101530003[17]281130[3103]000500[10]LOT42A";
            png = drawn(&c, label->name, &content, LABEL_PNG, dpis[i]);
            if (strstr("patient weigh-sheet record prescription", label->kind) != NULL)
                ck_assert_msg(strstr(read_dots(&c, "zbarimg -q", &png), "CODE-128:000123\n") != NULL,
                              "%s at %d dpi", label->name, dpis[i]);
            if (strcmp(label->kind, "patient") == 0 || strcmp(label->kind, "record") == 0)
                ck_assert_str_eq(read_dots(&c, "dmtxread -N1 -m5000", &png), content.control_number);
            if (strcmp(label->kind, "drawer") == 0)
                ck_assert_str_eq(read_dots(&c, "dmtxread -N1 -m5000", &png), content.order_number);
            if (strcmp(label->kind, "lot") == 0)
                ck_assert_str_eq(read_dots(&c, "dmtxread -N1 -m5000 -G 29", &png),
                                 "\x1d"
                                 "010950110153000317281130310300050010LOT42A");
            ctx_close(&c);
        }
    }
}
END_TEST

START_TEST(bar_codes_of_a_pdf_decode)
{
    struct ctx c;
    struct label_content content;
    struct text pdf;
    const char *path;

    ctx_init(&c);
    content = paper_order(&c, 12, true);
    pdf = drawn(&c, "patient", &content, LABEL_PDF, 0);
    path = paper_file(&c, ".pdf", &pdf);
    paper_run(&c, arena_printf(&c.arena, "pdftoppm -r 300 -png -singlefile %s %s", path, path));
    ck_assert(strstr(paper_run(&c, arena_printf(&c.arena, "zbarimg -q %s.png 2>/dev/null", path)),
                     "CODE-128:000123\n") != NULL);
    ck_assert_str_eq(paper_run(&c, arena_printf(&c.arena, "dmtxread -N1 -m5000 %s.png", path)),
                     content.control_number);
    paper_run(&c, arena_printf(&c.arena, "rm %s.png", path));
    ctx_close(&c);
}
END_TEST

START_TEST(a_phrase_takes_its_value)
{
    struct ctx c;

    ctx_init(&c);
    ck_assert_str_eq(label_phrase(&c.arena, "Number of packets: {n}", "n", "7"), "Number of packets: 7");
    ck_assert_str_eq(label_phrase(&c.arena, "批号：{lot}。", "lot", "A1"), "批号：A1。");
    ck_assert_str_eq(label_phrase(&c.arena, "Drink warm.", "n", "7"), "Drink warm.");
    ctx_close(&c);
}
END_TEST

/* The words of label, weigh sheet and command line are data; the page holds a copy. */
START_TEST(the_page_says_how_herbs_are_handled_as_the_label_does)
{
    const char *page = asset_find(assets_web, "strings.js")->data;
    const char *row = asset_find(assets_seed, "reference/label_phrases.csv")->data;
    int rows = 0;

    while ((row = strstr(row, "\nhandling_")) != NULL) {
        char code[40], english[80], hans[40], hant[40], line[256];

        row++;
        ck_assert_int_eq(sscanf(row, "handling_%39[^,],%79[^,],%39[^,],%39[^,],", code, english, hans, hant),
                         4);
        snprintf(line, sizeof line, "'handling.%s': ['%s', '%s', '%s'],", code, english, hans, hant);
        ck_assert_msg(strstr(page, line) != NULL, "the page lacks %s", line);
        rows++;
    }
    ck_assert_int_eq(rows, 9);
}
END_TEST

SUITE(paper)
{
    return suite_of("paper", 120, NULL, NULL, NULL,
                    TESTS(labels_say_what_the_golden_texts_say, every_character_can_be_selected,
                          a_character_no_font_has_is_refused_by_name, a_label_is_a_small_file,
                          equal_input_gives_an_equal_file, bar_codes_decode_at_printer_resolutions,
                          bar_codes_of_a_pdf_decode, what_labels_do_not_carry_is_refused_by_its_code,
                          a_phrase_takes_its_value, the_page_says_how_herbs_are_handled_as_the_label_does));
}
