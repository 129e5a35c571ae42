/* The sample order of the paper tests, and running the tools that read paper back. */
#include "support/paper.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Font configuration keeps its caches until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

#define HERB(han, latin, plain, prepared, handled, each, all, place, code) \
    { \
        .hanzi = (han), .pinyin = (latin), .english = (plain), .preparation = (prepared), \
        .handling = (handled), .packet = { each }, .total = { all }, .drawer = (place), .lot = (code), \
        .expires_on = { \
            20604 \
        } \
    }
#define LINE(own, plain) \
    { \
        .text = (own), .english = (plain) \
    }

static const struct label_ingredient sample[] = {
    HERB("黄芪", "Huáng Qí", "Astragalus root", "", "", 15000, 105000, "A-01", "AH-0117"),
    HERB("人参", "Rén Shēn", "Ginseng root", "", "decoct separately 另煎", 6000, 42000, "C-04", "AH-0098"),
    HERB("白术", "Bái Zhú", "White atractylodes rhizome", "", "", 9000, 63000, "A-07", "AH-0120"),
    HERB("炙甘草", "Zhì Gān Cǎo", "Honey-fried licorice root", "", "", 6000, 42000, "B-02", "AH-0077"),
    HERB("当归", "Dāng Guī", "Chinese angelica root", "wine-fried", "", 6000, 42000, "A-11", "AH-0131"),
    HERB("陈皮", "Chén Pí", "Aged tangerine peel", "", "", 4500, 31500, "B-09", "AH-0102"),
    HERB("升麻", "Shēng Má", "Black cohosh rhizome", "", "", 3350, 23450, "B-10", "AH-0064"),
    HERB("柴胡", "Chái Hú", "Bupleurum root", "", "", 3000, 21000, "A-15", "AH-0111"),
    HERB("丹参", "Dān Shēn", "Red sage root", "", "", 9000, 63000, "A-03", "AH-0126"),
    HERB("川芎", "Chuān Xiōng", "Szechuan lovage rhizome", "", "add near the end 后下", 6000, 42000, "A-04",
         "AH-0127"),
};

static const struct label_line directions[] = {
    LINE("Take one packet a day.", ""),
    LINE("Soak the herbs in cold water for 30 minutes before boiling.", ""),
    LINE("Bring to the boil, then simmer for 30 minutes.", ""),
    LINE("Strain and divide into two doses.", ""),
};
static const struct label_line directions_zh[] = {
    LINE("每日服一剂。", "Take one packet a day."),
    LINE("煎煮前先用冷水浸泡30分钟。", "Soak the herbs in cold water for 30 minutes before boiling."),
    LINE("煮沸后改小火煎30分钟。", "Bring to the boil, then simmer for 30 minutes."),
    LINE("滤出药液，分两次服。", "Strain and divide into two doses."),
};
static const struct label_line warnings[] = {
    LINE("Have your INR checked within 3 to 7 days.", ""),
    LINE("Tell your doctor at once if you bruise easily or bleed.", ""),
    LINE("Do not stop or change your prescribed medicines on your own.", ""),
    LINE("Keep out of reach of children.", ""),
};
static const struct label_line warnings_zh[] = {
    LINE("请在3至7天内复查INR（凝血指标）。", "Have your INR checked within 3 to 7 days."),
    LINE("如容易瘀青或出血，请立即告诉医生。", "Tell your doctor at once if you bruise easily or bleed."),
    LINE("不要自行停用或更改处方药。", "Do not stop or change your prescribed medicines on your own."),
    LINE("请放在儿童接触不到的地方。", "Keep out of reach of children."),
};

struct label_content paper_order(struct ctx *c, size_t herbs, bool chinese)
{
    struct label_ingredient *ingredients = arena_array(&c->arena, herbs, sizeof *ingredients);
    struct label_content content = {
        .shop_name = "Arcana Herbs Shop",
        .shop_name_hanzi = "奥秘草药店",
        .shop_address = "2130 S Wentworth Ave, Chicago, IL 60616",
        .shop_phone = "+1 312 555 0142",
        .patient_name = chinese ? "Chen Meihua 陈美华" : "Margaret O’Sullivan",
        .patient_born = date_from(1958, 4, 2),
        .language = chinese ? "zh_hans" : "english",
        .prescriber_name = "Lin Xiaoyu, L.Ac. 林晓雨",
        .prescriber_registration = "IL-198.001234",
        .filled_by = "Wei Zhang",
        .checked_by = "Ana Kowalska",
        .order_number = "000123",
        .control_number = "20261121-000123",
        .product_name = "Bǔ Zhōng Yì Qì Tāng + Dān Shēn, Chuān Xiōng",
        .product_hanzi = "补中益气汤加味",
        .product_english = "Tonify the Middle and Augment the Qi Decoction, modified",
        .form = "Raw herb packet for decoction 汤剂饮片",
        .packets = "7 packets",
        .tolerance_permille = 50,
        .copy_no = 1,
        .dispensed_on = date_from(2026, 11, 21),
        .beyond_use = date_from(2027, 2, 19),
        .beyond_use_reason = "form",
        .storage = "Cool and dry, closed, away from light and insects",
        .ingredients = ingredients,
        .ingredient_count = herbs,
        .directions = chinese ? directions_zh : directions,
        .direction_count = 4,
        .warnings = chinese ? warnings_zh : warnings,
        .warning_count = 4,
        .printed_at = { INT64_C(1795302000000000) },
    };

    for (size_t i = 0; i < herbs; i++) {
        ingredients[i] = sample[i % (sizeof sample / sizeof *sample)];
        content.packet_total = weight_plus(content.packet_total, ingredients[i].packet);
        content.total = weight_plus(content.total, ingredients[i].total);
    }
    return content;
}

const char *paper_run(struct ctx *c, const char *command)
{
    FILE *pipe = popen(command, "r");
    struct text out;
    char chunk[4096];
    size_t n;

    ck_assert(pipe != NULL);
    text_init(&out, &c->arena);
    while ((n = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        text_add_n(&out, chunk, n);
    ck_assert_msg(pclose(pipe) == 0, "%s", command);
    return out.size > 0 ? out.data : "";
}

static void remove_file(void *path)
{
    unlink(path);
}

const char *paper_file(struct ctx *c, const char *suffix, const struct text *bytes)
{
    char *path = arena_printf(&c->arena, "%s/yaofang-test-XXXXXX%s", P_tmpdir, suffix);
    int fd = mkstemps(path, (int)strlen(suffix));

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq((int)write(fd, bytes->data, bytes->size), (int)bytes->size);
    close(fd);
    arena_defer(&c->arena, remove_file, path);
    return path;
}

const char *paper_squeezed(struct ctx *c, const char *text)
{
    struct text out;

    text_init(&out, &c->arena);
    for (const char *at = text; *at != '\0'; at++)
        if (!isspace((unsigned char)*at))
            text_add_char(&out, *at);
    return out.size > 0 ? out.data : "";
}

/* The line in which two texts begin to differ. A whole paper is more than Check can say. */
static int line_that_differs(struct ctx *c, const char *got, const char *wanted, const char **line)
{
    size_t same = 0, start = 0;
    int number = 1;

    for (; got[same] != '\0' && got[same] == wanted[same]; same++)
        if (got[same] == '\n') {
            start = same + 1;
            number++;
        }
    *line = arena_printf(&c->arena, "%.*s", (int)strcspn(got + start, "\n"), got + start);
    return number;
}

void paper_golden(struct ctx *c, const char *name, const char *got)
{
    const char *path = arena_printf(&c->arena, "tests/golden/%s.txt", name), *wanted, *line;
    int number;

    if (getenv("WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "w");

        ck_assert(file != NULL && fputs(got, file) >= 0 && fclose(file) == 0);
    }
    wanted = paper_run(c, arena_printf(&c->arena, "cat %s", path));
    number = line_that_differs(c, got, wanted, &line);
    ck_assert_msg(strcmp(got, wanted) == 0, "%s:%d differs; got: %.400s", path, number, line);
}
