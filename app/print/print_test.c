/* The test page of a printer: a label of its own, as wide as what lies in the printer. */
#include "print/print_test.h"

#define TEST_MODULE 377 /* three dots of 203 dpi */

static const struct face title_face = { 120, 80, true };
static const struct face body_face = { 85, 60, false };
static const struct label_faces test_faces = { &title_face, &body_face, &body_face, &body_face, &body_face };

#define FIELD(member, how, which, ...) \
    { \
        .name = #member, .offset = offsetof(struct label_content, member), .show = how, .face = &which, \
        .track = { .kind = TRACK_SHARE, .share = 1, .align = ALIGN_CENTRE }, __VA_ARGS__ \
    }

static const struct label_field test_fields[] = {
    FIELD(product_name, SHOW_TEXT, title_face, .caption = ""),
    FIELD(product_hanzi, SHOW_TEXT, title_face, .caption = ""),
    FIELD(shop_name, SHOW_TEXT, body_face, .caption = ""),
    FIELD(order_number, SHOW_CODE_128, body_face, .module = TEST_MODULE, .code_height = MM(8)),
    { .name = NULL },
};
static const struct label_part test_parts[] = {
    { PART_FIELDS, "product_name", ZONE_FLOW, test_fields, .across = 1, .ruled = true, .space = MM(1) },
    { .field = NULL },
};

enum status print_test_place(struct ctx *c, const char *printer, const char *where, micrometre width,
                             micrometre height, bool pages, const struct ruler *ruler,
                             struct sheet_of_paper *paper)
{
    const bool any = width == 0, sheet = any && pages;
    const struct label label = {
        .name = "test",
        .kind = "test",
        .title = "Printer test",
        .heading = "",
        .width = sheet ? MM(210)
                 : any ? MM(62)
                       : width,
        .height = sheet ? MM(297)
                  : any ? 0
                        : height,
        .margin = MM(2),
        .pages_max = 1,
        .scale_max = 100,
        .columns_max = 1,
        .faces = &test_faces,
        .parts = test_parts,
    };
    const struct label_content content = {
        .language = "english",
        .product_name = arena_printf(&c->arena, "Printer %s", printer),
        .product_hanzi = "打印机测试 印表機測試",
        .shop_name = where,
        .order_number = printer,
        .copy_no = 1,
        .printed_at = instant_now(),
    };

    return label_place(c, &label, &content, ruler, paper);
}
