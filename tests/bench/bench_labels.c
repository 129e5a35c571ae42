/* How fast labels are drawn: 1,000 patient labels of 12 herbs in one PDF, with Chinese and pinyin, a DataMatrix and a Code 128 each;
   one alone; and one for a Zebra printer. Prints "name figure" lines. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "print/draw.h"
#include "print/label.h"

enum { LABELS = 1000, HERBS = 12, ROUNDS = 20 };

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const char *const herbs[HERBS][3] = {
    { "黄芪", "Huáng Qí", "Astragalus root" },
    { "人参", "Rén Shēn", "Ginseng root" },
    { "白术", "Bái Zhú", "White atractylodes" },
    { "炙甘草", "Zhì Gān Cǎo", "Honey-fried licorice" },
    { "当归", "Dāng Guī", "Chinese angelica" },
    { "陈皮", "Chén Pí", "Aged tangerine peel" },
    { "升麻", "Shēng Má", "Black cohosh rhizome" },
    { "柴胡", "Chái Hú", "Bupleurum root" },
    { "丹参", "Dān Shēn", "Red sage root" },
    { "川芎", "Chuān Xiōng", "Szechuan lovage" },
    { "茯苓", "Fú Líng", "Poria" },
    { "生姜", "Shēng Jiāng", "Fresh ginger" },
};

static const struct label_line directions[] = {
    { .text = "每日服一剂。", .english = "Take one packet a day." },
    { .text = "煎煮前先用冷水浸泡30分钟。", .english = "Soak the herbs in cold water for 30 minutes." },
    { .text = "滤出药液，分两次服。", .english = "Strain and divide into two doses." },
};
static const struct label_line warnings[] = {
    { .text = "请放在儿童接触不到的地方。", .english = "Keep out of reach of children." },
    { .text = "请在3至7天内复查INR（凝血指标）。", .english = "Have your INR checked within 3 to 7 days." },
};

/* The number makes every label another one, its bar codes too. */
static struct label_content content_of(struct ctx *c, int number)
{
    struct label_ingredient *list = arena_array(&c->arena, HERBS, sizeof *list);
    struct label_content content = {
        .shop_name = "Arcana Herbs Shop",
        .shop_name_hanzi = "奥秘草药店",
        .shop_address = "2130 S Wentworth Ave, Chicago, IL 60616",
        .shop_phone = "+1 312 555 0142",
        .patient_name = arena_printf(&c->arena, "Chen Meihua %d 陈美华", number),
        .patient_born = date_from(1958, 4, 2),
        .language = "zh_hans",
        .prescriber_name = "Lin Xiaoyu, L.Ac. 林晓雨",
        .prescriber_registration = "IL-198.001234",
        .filled_by = "Wei Zhang",
        .checked_by = "Ana Kowalska",
        .order_number = arena_printf(&c->arena, "%06d", number),
        .control_number = arena_printf(&c->arena, "20261121-%06d", number),
        .product_name = "Bǔ Zhōng Yì Qì Tāng + Dān Shēn, Chuān Xiōng",
        .product_hanzi = "补中益气汤加味",
        .product_english = "Tonify the Middle and Augment the Qi Decoction, modified",
        .form = "Raw herb packet for decoction 汤剂饮片",
        .packets = "7 packets 7剂",
        .copy_no = 1,
        .dispensed_on = date_from(2026, 11, 21),
        .beyond_use = date_from(2027, 2, 19),
        .beyond_use_reason = "form",
        .storage = "Cool and dry, closed, away from light and insects",
        .ingredients = list,
        .ingredient_count = HERBS,
        .directions = directions,
        .direction_count = sizeof directions / sizeof *directions,
        .warnings = warnings,
        .warning_count = sizeof warnings / sizeof *warnings,
        .printed_at = { INT64_C(1795302000000000) },
    };

    for (int i = 0; i < HERBS; i++) {
        list[i] = (struct label_ingredient){ .hanzi = herbs[i][0],
                                             .pinyin = herbs[i][1],
                                             .english = herbs[i][2],
                                             .preparation = "",
                                             .handling = i == 1 ? "decoct separately 另煎" : "",
                                             .packet = { 3000 + 500 * i + number % 7 * 100 },
                                             .total = { 7 * (3000 + 500 * i + number % 7 * 100) } };
        content.packet_total.mg += list[i].packet.mg;
        content.total.mg += list[i].total.mg;
    }
    return content;
}

static void must(enum status status)
{
    if (status != ST_OK)
        exit(1);
}

/* One label, drawn from nothing: the best of some. */
static void one(enum label_format format, int dpi, const char *name)
{
    const struct label *label;
    double best = 1e9;

    for (int i = 0; i < ROUNDS; i++) {
        struct ctx c;
        struct text out;
        struct label_content content;
        double began;

        ctx_init(&c);
        text_init(&out, &c.arena);
        must(label_find(&c, "patient", &label));
        content = content_of(&c, i);
        began = now_ms();
        must(label_draw(&c, label, &content, "DejaVu Sans, Droid Sans Fallback", format, dpi, &out));
        best = now_ms() - began < best ? now_ms() - began : best;
        ctx_close(&c);
    }
    printf("%s %.2f\n", name, best);
}

static void thousand(void)
{
    struct sheet_of_paper *papers;
    const struct label *label;
    struct ruler ruler;
    struct text out;
    double began;
    struct ctx c;

    ctx_init(&c);
    text_init(&out, &c.arena);
    must(label_find(&c, "patient", &label));
    papers = arena_array(&c.arena, LABELS, sizeof *papers);
    began = now_ms();
    must(draw_ruler(&c, "DejaVu Sans, Droid Sans Fallback", &ruler));
    for (int i = 0; i < LABELS; i++) {
        const struct label_content content = content_of(&c, i);

        must(label_place(&c, label, &content, &ruler, &papers[i]));
    }
    printf("labels_placed_ms %.0f\n", now_ms() - began);
    must(label_paper_draw(&c, &ruler, papers, LABELS, (struct instant){ 0 }, LABEL_PDF, 0, &out));
    printf("labels_pdf_seconds %.2f\nlabels_pdf_mb %.2f\n", (now_ms() - began) / 1e3, (double)out.size / 1e6);
    ctx_close(&c);
}

int main(void)
{
    one(LABEL_PDF, 0, "label_pdf_ms");
    one(LABEL_ZPL, 203, "label_zpl_ms");
    thousand();
    return 0;
}
