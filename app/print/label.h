/* Labels and work sheets of an order: content as frozen text and weights, its form as data (reports/labels.c), the
   result a PDF or a picture. Knows no order: whoever prints fills the content. */
#ifndef YAOFANG_PRINT_LABEL_H
#define YAOFANG_PRINT_LABEL_H

#include <stddef.h>

#include "base/column.h"
#include "base/ctx.h"
#include "base/text.h"
#include "print/layout.h"

/* One herb of the order. Texts may be "" when there is nothing to say. */
struct label_ingredient {
    const char *hanzi;
    const char *pinyin; /* with tone marks */
    const char *english;
    const char *preparation; /* "honey-fried 蜜炙" */
    const char *handling;    /* "decoct first 先煎" */
    struct weight packet;    /* in one packet (or one day, or 0 where there are none) */
    struct weight total;
    const char *drawer; /* weigh sheet: where it is */
    const char *lots;   /* weigh sheet: "A1203 (105 g)\nA1188 (21 g)" in the order they are to be used up */
};

/* A sentence in the patient's language, and in English where that is another ("" otherwise). */
struct label_line {
    const char *text;
    const char *english;
};

struct label_content {
    /* the shop */
    const char *shop_name;
    const char *shop_name_hanzi;
    const char *shop_address;
    const char *shop_phone;
    /* the patient */
    const char *patient_name;
    struct date patient_born;
    const char *language; /* en, zh_hans, zh_hant, pl, es */
    /* who prescribed, who made */
    const char *prescriber_name;
    const char *prescriber_registration;
    const char *filled_by;
    const char *checked_by;
    /* what it is */
    const char *order_number;   /* Code 128 */
    const char *control_number; /* lot or control number: DataMatrix */
    const char *product_name;   /* "Bǔ Zhōng Yì Qì Tāng, modified" */
    const char *product_hanzi;
    const char *product_english;
    const char *form;    /* "Raw herb packets for decoction" */
    const char *packets; /* "7 packets, 14 doses" */
    struct weight total;
    struct date dispensed_on;
    struct date beyond_use;
    const char *beyond_use_reason; /* code: form or ingredient; printed in words */
    const char *storage;           /* as printed */
    const struct label_ingredient *ingredients;
    size_t ingredient_count;
    const struct label_line *directions;
    size_t direction_count;
    const struct label_line *warnings;
    size_t warning_count;
    struct instant printed_at; /* goes into the file */
};

/* The columns of the queries that fill them: all but the lists. */
extern const struct column label_content_columns[];
extern const struct column label_ingredient_columns[];
extern const struct column label_line_columns[];

enum label_format { LABEL_PDF, LABEL_PNG };

/* A label: a row of reports/labels.c. */
struct label {
    const char *name;  /* "patient-100x150" */
    const char *kind;  /* "patient": the first label of a kind is its usual size */
    const char *title; /* for people */
    int width_mm, height_mm /* 0: a roll */, margin_tenths_mm;
    int pages_max;
    int scale_max;
    /* Content → blocks, in the arena. */
    enum status (*blocks)(struct ctx *c, const struct label *label, const struct label_content *content,
                          const struct block **blocks, size_t *count);
};

/* Ended by a row without a name. */
extern const struct label labels[];

/* By name, or the first of a kind; ST_NOT_FOUND names what there is. */
enum status label_find(struct ctx *c, const char *name_or_kind, const struct label **label) MUST_CHECK;

/* Lays out and draws. `font` is the setting's family list; `dpi` counts for a PNG. ST_INVALID names the field that does
   not fit or the character no font has. */
enum status label_draw(struct ctx *c, const struct label *label, const struct label_content *content,
                       const char *font, enum label_format format, int dpi, struct text *out) MUST_CHECK;

/* The phrase with {name} replaced by its value, for label_phrases such as "Number of packets: {n}". */
const char *label_phrase(struct arena *arena, const char *phrase, const char *name, const char *value);

#endif
