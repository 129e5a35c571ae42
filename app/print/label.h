/* Labels and work sheets of an order: content as frozen text and weights, its form as data (reports/labels.c), the
   result a PDF or a picture. Knows no order: whoever prints fills the content. */
#ifndef YAOFANG_PRINT_LABEL_H
#define YAOFANG_PRINT_LABEL_H

#include <stddef.h>

#include "base/column.h"
#include "base/ctx.h"
#include "base/text.h"
#include "db/query.h"
#include "print/layout.h"

/* One herb of the order; on a weigh sheet, one lot of one. Texts may be "" when there is nothing to say. */
struct label_ingredient {
    const char *hanzi;
    const char *pinyin; /* with tone marks */
    const char *english;
    const char *preparation; /* "honey-fried" */
    const char *handling;    /* "decoct first 先煎" */
    struct weight packet;    /* in one packet; 0 where there are none */
    struct weight total;     /* of all packets; on a weigh sheet what to weigh of this lot */
    const char *drawer;      /* weigh sheet: where it is */
    const char *lot;         /* weigh sheet */
    struct date expires_on;  /* weigh sheet */
    const char *latin;       /* pharmaceutical; "" where the label does not show it */
    const char *supplier;    /* compounding record */
    struct weight planned;   /* compounding record: what was to be weighed of this lot */
};

/* A sentence in the patient's language, and in English where that is another ("" otherwise). */
struct label_line {
    const char *text;
    const char *english;
    const char *field;   /* which fields of label_fields it says, separated by ';'; "": none */
    const char *heading; /* stands before it in bold; "" */
};

/* A list of sentences under a heading of its own: the steps of a cook sheet, the findings of a record. */
struct label_list {
    const char *name;
    const struct label_line *lines;
    size_t count;
};

struct label_rules;

struct label_content {
    /* the shop */
    const char *shop_name;
    const char *shop_name_hanzi;
    const char *shop_address;
    const char *shop_phone;
    /* the patient */
    const char *patient_name;
    struct date patient_born;
    const char *language; /* english, zh_hans, zh_hant, polish, spanish; NULL: the bench's */
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
    const char *form;           /* "Raw herb packets for decoction" */
    const char *packets;        /* "7 packets, 14 doses" */
    struct weight packet_total; /* of one packet; 0 where there are none */
    struct weight total;
    int tolerance_permille; /* weigh sheet: how far a weight may be off */
    int copy_no;            /* 0: a draft, and the paper says so */
    struct date dispensed_on;
    struct date beyond_use;
    const char *beyond_use_reason;  /* code: form or ingredient; printed in words */
    const char *beyond_use_because; /* the rule or the lot that decided, in words, for the record */
    const char *storage;            /* as printed */
    const struct label_ingredient *ingredients;
    size_t ingredient_count;
    const struct label_line *directions;
    size_t direction_count;
    const struct label_line *warnings;
    size_t warning_count;
    const struct label_list *lists;
    size_t list_count;
    struct instant printed_at; /* goes into the file */
    /* what some profiles ask for; "" when it is not asked for or not known */
    const char *patient_age, *patient_sex, *patient_address, *patient_record_number;
    const char *prescriber_address, *prescriber_phone, *prescriber_signature, *department, *prescribed_on;
    const char *reviewer_name, *issuer_name, *prepared_on;
    const char *manufacturer_name, *manufacturer_address;
    const char *strength, *pack_size, *indication, *diagnosis, *maximum_dose, *repeats, *prescription_expiry;
    const char *physical_description, *spoon_measure, *price, *overage;
    const char *container; /* "1 / 3": one of several containers; "" */
    /* of a label of one herb, a lot or a drawer */
    const char *drawer, *handling, *status, *supplier, *scan_code;
    /* what it was made for */
    const char *label_profile;       /* of label_profiles; "" without one */
    const char *conditions;          /* the condition codes that hold, separated by ';' */
    const struct label_rules *rules; /* the profile's, for type sizes; NULL: none */
};

/* The columns of the queries that fill them: all but the lists. */
extern const struct column label_content_columns[];
extern const struct column label_ingredient_columns[];
extern const struct column label_line_columns[];

/* What a label can be written as: PNG in grey for a screen, DOTS the printer's black and white as a PNG, ZPL and ESC/POS
   those dots for a printer. */
#define LABEL_FORMAT_LIST(X) \
    X(PDF, "pdf", "pdf", "application/pdf") \
    X(PNG, "png", "png", "image/png") \
    X(DOTS, "dots", "png", "image/png") \
    X(ZPL, "zpl", "zpl", "application/vnd.zebra-zpl") \
    X(ESCPOS, "escpos", "bin", "application/octet-stream")
#define LABEL_FORMAT_ENUM(name, word, suffix, media_type) LABEL_##name,
enum label_format { LABEL_FORMAT_LIST(LABEL_FORMAT_ENUM) LABEL_FORMAT_COUNT };
#undef LABEL_FORMAT_ENUM

struct label_format_row {
    const char *word, *suffix, *media_type;
};
extern const struct label_format_row label_formats[LABEL_FORMAT_COUNT];

/* By its word ("zpl"); ST_INVALID names `field` and what there is. */
enum status label_format_find(struct ctx *c, const char *field, const char *word,
                              enum label_format *format) MUST_CHECK;

/* What a field of the content looks like on the paper. */
enum label_show {
    SHOW_TEXT,
    SHOW_NAMES, /* of formulas and herbs, none of them broken over two lines */
    SHOW_DATE,
    SHOW_WEIGHT,
    SHOW_REASON, /* a code, in words */
    SHOW_COPY,   /* "copy 2" from the second on; "DRAFT" for 0 */
    SHOW_CODE_128,
    SHOW_DATAMATRIX,
    SHOW_DATAMATRIX_ALONE, /* without its text */
    SHOW_GS1_DATAMATRIX,   /* of element strings with bracketed identifiers */
    SHOW_BLANK,            /* a frame to write into, under its caption */
    SHOW_PAGE,             /* "1 / 2" where there are several */
    SHOW_TITLE             /* the label's own title */
};

/* A cell of a label: which field, how it looks, how wide. */
struct label_field {
    const char *name; /* as in label_fields of the reference data, where it is there */
    size_t offset;    /* in struct label_content */
    enum label_show show;
    const struct face *face;
    const char *caption; /* in small type above: the English of label_word_list, or "" */
    bool run_in;         /* the caption and a colon stand before the text instead */
    struct track track;
    micrometre module, code_height; /* of a bar code */
};

enum label_part_kind {
    PART_FIELDS,
    PART_PACKED, /* fields as above, without room for those that are empty */
    PART_DIRECTIONS,
    PART_INGREDIENTS,
    PART_WARNINGS,
    PART_WEIGHING,
    PART_COMPOSITION, /* what was weighed of which lot of which supplier */
    PART_LIST,        /* the list of lines of the part's name */
    PART_SENTENCES    /* the warnings alone, in the middle and as large as they fit */
};

/* A part of a label: for PART_FIELDS a grid of cells, `across` in a row, whose first row says how wide the columns are. */
struct label_part {
    enum label_part_kind kind;
    const char *field; /* named when the part does not fit */
    enum zone zone;
    const struct label_field *fields; /* ended by one without a name */
    size_t across;
    bool ruled;
    micrometre space, gutter;
    micrometre height, pad; /* of each row of a grid: at least so high, so much white above and below */
    const char *heading;    /* of a list */
};

/* The faces of a label's running parts. */
struct label_faces {
    const struct face *heading, *body, *small, *herb, *caption;
};

/* What a label is one of. */
enum label_each {
    EACH_ORDER,
    EACH_HERB,    /* one for every line of the order */
    EACH_STICKER, /* one for every warning */
};

/* A label: a row of reports/labels.c. */
struct label {
    const char *name;    /* "patient-100x150" */
    const char *kind;    /* "patient": the first label of a kind is its usual size */
    const char *title;   /* for people, and of the document */
    const char *heading; /* for SHOW_TITLE */
    micrometre width, height /* 0: a roll */, margin;
    int pages_max;
    int scale_max;   /* percent */
    int columns_max; /* of herbs side by side */
    const struct label_faces *faces;
    const struct label_part *parts; /* ended by one without a field */
    enum label_each each;
    bool alone; /* for the patient to take home: in her language only, not in English beside it */
};

/* Ended by a row without a name. */
extern const struct label labels[];

/* A caption or heading in the languages of the patients: a row of reports/label_words.c, ended by one without English. */
struct label_word {
    const char *english, *zh_hans, *zh_hant, *polish, *spanish;
};
extern const struct label_word label_word_list[];

/* The caption's English with the same in `language` beside it, in the arena: "Total 總量", "Total / Razem"; for "english",
   "" and NULL with Simplified Chinese. Words that are not in the list stay as they are. */
const char *label_words(struct ctx *c, const char *language, const char *english);

/* By name, or the first of a kind; ST_NOT_FOUND names what there is. */
enum status label_find(struct ctx *c, const char *name_or_kind, const struct label **label) MUST_CHECK;

/* The same in that language alone, where the words are there. */
const char *label_words_alone(const char *language, const char *english);

/* The blocks a label's parts make of the content, in the arena. */
enum status label_blocks(struct ctx *c, const struct label *label, const struct label_content *content,
                         const struct block **blocks, size_t *count) MUST_CHECK;

/* The label with everything in its place, measured with `ruler`. */
enum status label_place(struct ctx *c, const struct label *label, const struct label_content *content,
                        const struct ruler *ruler, struct sheet_of_paper *paper) MUST_CHECK;

/* Lays out and draws. `font` is the setting's family list; `dpi` counts for all but a PDF. ST_INVALID names the field that does
   not fit or the character no font has. */
enum status label_draw(struct ctx *c, const struct label *label, const struct label_content *content,
                       const char *font, enum label_format format, int dpi, struct text *out) MUST_CHECK;

/* Papers that layout placed, in a label's format, one after the other. ST_INVALID when they are more than a picture can hold. */
enum status label_paper_draw(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                             size_t count, struct instant printed_at, enum label_format format, int dpi,
                             struct text *out) MUST_CHECK;

/* The phrase with {name} replaced by its value, for label_phrases such as "Number of packets: {n}". */
const char *label_phrase(struct arena *arena, const char *phrase, const char *name, const char *value);

#endif
