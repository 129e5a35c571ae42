/* Layout by itself, with a ruler whose letters are half as wide as high: nothing overlaps, nothing is lost, nothing leaves
   the paper, and what cannot fit is named. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "print/label.h"
#include "support/paper.h"
#include "support/runner.h"

static micrometre simple_width(void *arg, const char *text, size_t size, bool bold)
{
    const char *at = text;
    micrometre width = 0;

    (void)arg;
    while (at < text + size)
        width += utf8_next(&at) >= 0x2E80 ? 35278 : bold ? 21000 : 19000;
    return width;
}

static const struct ruler simple = { simple_width, NULL };

static bool overlap(const struct mark *a, const struct mark *b)
{
    return a->page == b->page && a->x < b->x + b->width && b->x < a->x + a->width &&
           a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool is_ink(const struct mark *mark)
{
    return mark->kind == MARK_TEXT || mark->kind == MARK_CODE;
}

static void assert_sound(const char *what, const struct sheet_of_paper *paper)
{
    for (size_t i = 0; i < paper->count; i++) {
        const struct mark *a = &paper->marks[i];

        ck_hold(a->x >= 0 && a->y >= 0 && a->x + a->width <= paper->width &&
                    a->y + a->height <= paper->height && a->page < paper->pages,
                "%s: %s leaves the paper", what, a->text != NULL ? a->text : "a mark");
        for (size_t k = 0; k < i; k++)
            ck_hold(!is_ink(a) || !is_ink(&paper->marks[k]) || !overlap(a, &paper->marks[k]),
                    "%s: '%s' over '%s'", what, a->text, paper->marks[k].text);
    }
}

/* Everything the sheet says, without white space, in the order it was placed. */
static const char *said(struct ctx *c, const struct sheet_of_paper *paper)
{
    struct text all;

    text_init(&all, &c->arena);
    for (size_t i = 0; i < paper->count; i++)
        if (paper->marks[i].kind == MARK_TEXT)
            text_add(&all, paper->marks[i].text);
    return paper_squeezed(c, all.data);
}

static void assert_says(struct ctx *c, const char *what, const char *said_text, const char *wanted)
{
    ck_hold(strstr(said_text, paper_squeezed(c, wanted)) != NULL, "%s lacks '%s'", what, wanted);
}

/* A label of the whole order, with its herbs. */
static bool is_whole(const struct label *label)
{
    return strstr("patient weigh-sheet information record", label->kind) != NULL;
}

static void assert_complete(struct ctx *c, const struct label *label, const struct label_content *content,
                            const struct sheet_of_paper *paper)
{
    const char *text = said(c, paper);

    assert_says(c, label->name, text, content->patient_name);
    assert_says(c, label->name, text, content->order_number);
    for (size_t i = 0; i < content->ingredient_count; i++) {
        assert_says(c, label->name, text, content->ingredients[i].hanzi);
        assert_says(c, label->name, text, content->ingredients[i].pinyin);
        assert_says(c, label->name, text, content->ingredients[i].english);
        assert_says(c, label->name, text, weight_text(&c->arena, content->ingredients[i].total));
    }
    if (strcmp(label->kind, "patient") != 0)
        return;
    for (size_t i = 0; i < content->direction_count; i++)
        assert_says(c, label->name, text, content->directions[i].text);
    for (size_t i = 0; i < content->warning_count; i++)
        assert_says(c, label->name, text, content->warnings[i].text);
}

START_TEST(every_label_holds_short_and_long_formulas)
{
    static const size_t sizes[] = { 1, 4, 10, 14, 24, 40 };
    struct ctx c;

    for (const struct label *label = labels; label->name != NULL; label++) {
        for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
            struct label_content content;
            struct sheet_of_paper paper;

            ctx_init(&c);
            content = paper_order(&c, label->each == EACH_HERB ? 1 : sizes[i / 2], i % 2 == 1);
            content.warning_count = label->each == EACH_STICKER ? 1 : content.warning_count;
            ck_assert_msg(label_place(&c, label, &content, &simple, &paper) == ST_OK,
                          "%s, %zu herbs: %s does not fit", label->name, sizes[i / 2],
                          c.fault.items != NULL ? c.fault.items[0].field : "");
            assert_sound(label->name, &paper);
            if (is_whole(label))
                assert_complete(&c, label, &content, &paper);
            ctx_close(&c);
        }
    }
}
END_TEST

START_TEST(a_long_formula_takes_two_columns_then_more_pages)
{
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient", &label), ST_OK);
    content = paper_order(&c, 5, false);
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    ck_assert_int_eq(paper.pages, 1);
    ck_assert(strstr(said(&c, &paper), "1/1") == NULL);
    content = paper_order(&c, 60, false);
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    ck_assert_int_gt(paper.pages, 1);
    assert_says(&c, "the first page", said(&c, &paper), arena_printf(&c.arena, "1/%d", paper.pages));
    ctx_close(&c);
}
END_TEST

static const struct mark *find(const struct sheet_of_paper *paper, const char *text)
{
    for (size_t i = 0; i < paper->count; i++)
        if (paper->marks[i].text != NULL && strcmp(paper->marks[i].text, text) == 0)
            return &paper->marks[i];
    ck_abort_msg("no '%s' in one piece", text);
}

static bool stands_on(const struct sheet_of_paper *paper, const char *text, micrometre baseline)
{
    for (size_t i = 0; i < paper->count; i++)
        if (paper->marks[i].text != NULL && strcmp(paper->marks[i].text, text) == 0 &&
            paper->marks[i].baseline == baseline)
            return true;
    return false;
}

START_TEST(ten_herbs_stand_one_a_line_in_chinese_pinyin_and_english)
{
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient", &label), ST_OK);
    content = paper_order(&c, 10, false);
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    ck_assert_int_eq(paper.pages, 1);
    for (size_t i = 0; i < content.ingredient_count; i++) {
        const struct label_ingredient *herb = &content.ingredients[i];
        const char *english = *herb->preparation == '\0'
                                  ? herb->english
                                  : arena_printf(&c.arena, "%s, %s", herb->english, herb->preparation);
        micrometre line = find(&paper, herb->hanzi)->baseline;

        ck_assert_msg(stands_on(&paper, herb->pinyin, line), "%s", herb->pinyin);
        ck_assert_msg(stands_on(&paper, english, line), "%s", english);
    }
    ctx_close(&c);
}
END_TEST

START_TEST(a_name_is_not_broken_over_lines)
{
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient-62", &label), ST_OK);
    content = paper_order(&c, 4, false);
    content.product_name = "Tāng Dà Xiǎo + Dān Shēn, Chuān Xiōng, Bái Zhú, Chén Pí";
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    for (size_t i = 0; i < paper.count; i++) {
        const char *field = paper.marks[i].field;
        const char *text = paper.marks[i].text;

        if (text == NULL || field == NULL || strcmp(field, "product_name") != 0)
            continue;
        ck_assert_msg(strchr("+,", text[strlen(text) - 1]) != NULL || strstr(text, "Chén Pí") != NULL, "%s",
                      text);
    }
    assert_says(&c, "names", said(&c, &paper), content.product_name);
    ctx_close(&c);
}
END_TEST

START_TEST(a_code_has_its_number_in_the_middle_below)
{
    for (const struct label *label = labels; label->name != NULL; label++) {
        struct label_content content;
        struct sheet_of_paper paper;
        const struct mark *code = NULL;
        const struct mark *number;
        struct ctx c;

        if (strstr("patient weigh-sheet record", label->kind) == NULL)
            continue;
        ctx_init(&c);
        content = paper_order(&c, 4, false);
        ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
        number = find(&paper, content.order_number);
        for (size_t i = 0; i < paper.count && code == NULL; i++)
            if (paper.marks[i].kind == MARK_CODE && strcmp(paper.marks[i].field, "order_number") == 0)
                code = &paper.marks[i];
        ck_assert(code != NULL && code->y + code->height <= number->y);
        ck_assert_int_le(abs(2 * code->x + code->width - 2 * number->x - number->width), 2);
        ck_assert_int_ge(code->x, code->code->quiet * code->module);
        ctx_close(&c);
    }
}
END_TEST

START_TEST(captions_come_in_the_patients_language)
{
    struct ctx c;

    ctx_init(&c);
    ck_assert_str_eq(label_words(&c, "english", "Use by"), "Use by 有效期至");
    ck_assert_str_eq(label_words(&c, NULL, "Form"), "Form 剂型");
    ck_assert_str_eq(label_words(&c, "zh_hant", "Form"), "Form 劑型");
    ck_assert_str_eq(label_words(&c, "polish", "Use by"), "Use by / Zużyć do");
    ck_assert_str_eq(label_words(&c, "spanish", "Total"), "Total");
    ck_assert_str_eq(label_words(&c, "polish", "Tare g"), "Tare g");
    ctx_close(&c);
}
END_TEST

START_TEST(what_does_not_fit_is_named_and_nothing_is_cut)
{
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient-100x62", &label), ST_OK);
    content = paper_order(&c, 400, false);
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "ingredients");
    ck_assert(strstr(c.fault.items[0].rule, "does not fit") != NULL);
    ctx_close(&c);
}
END_TEST

START_TEST(an_endless_word_is_broken_rather_than_lost)
{
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient", &label), ST_OK);
    content = paper_order(&c, 4, false);
    content.patient_name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    assert_sound("long name", &paper);
    assert_says(&c, "long name", said(&c, &paper), content.patient_name);
    ctx_close(&c);
}
END_TEST

START_TEST(a_line_never_opens_with_closing_punctuation)
{
    struct label_line long_line = {
        .text = "煎煮前先用冷水浸泡，三十分钟。水高出药面，二至五厘米；煮沸后改小火，再煎"
                "三十分钟，滤出药液。分两次，饭后温服！"
                "（服药期间），忌食生冷、油腻、辛辣、烟酒。",
        .english = ""
    };
    const struct label *label;
    struct label_content content;
    struct sheet_of_paper paper;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(label_find(&c, "patient-62", &label), ST_OK);
    content = paper_order(&c, 4, true);
    content.directions = &long_line;
    content.direction_count = 1;
    ck_assert_int_eq(label_place(&c, label, &content, &simple, &paper), ST_OK);
    for (size_t i = 0; i < paper.count; i++) {
        const char *text = paper.marks[i].text;

        ck_assert_msg(text == NULL || (strncmp(text, "，", 3) != 0 && strncmp(text, "。", 3) != 0 &&
                                       strncmp(text, "、", 3) != 0 && strncmp(text, "）", 3) != 0),
                      "%s", text);
    }
    assert_says(&c, "directions", said(&c, &paper), long_line.text);
    ctx_close(&c);
}
END_TEST

SUITE(layout)
{
    return suite_of(
        "layout", 60, NULL, NULL, NULL,
        TESTS(every_label_holds_short_and_long_formulas, a_long_formula_takes_two_columns_then_more_pages,
              ten_herbs_stand_one_a_line_in_chinese_pinyin_and_english, a_name_is_not_broken_over_lines,
              a_code_has_its_number_in_the_middle_below, captions_come_in_the_patients_language,
              what_does_not_fit_is_named_and_nothing_is_cut, an_endless_word_is_broken_rather_than_lost,
              a_line_never_opens_with_closing_punctuation));
}
