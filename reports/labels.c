/* The labels and work sheets there are: size in millimetres, faces with their smallest readable sizes, and which field
   stands where. Adding a label is adding a row to `labels`; no code knows a size. */
#include "print/label.h"
#include "sql.h"

/* A field of the content with what follows as designated initialisers. */
#define SHOWN(field, how, which_face, ...) \
    { \
        .name = #field, .offset = offsetof(struct label_content, field), .show = SHOW_##how, \
        .face = &(which_face), __VA_ARGS__ \
    }
/* A cell that shows no field of the content. */
#define OTHER(label, how, which_face, ...) \
    { \
        .name = label, .show = SHOW_##how, .face = &(which_face), __VA_ARGS__ \
    }
#define FIT \
    { \
        .kind = TRACK_FIT \
    }
#define FIT_RIGHT \
    { \
        .kind = TRACK_FIT, .align = ALIGN_RIGHT \
    }
#define SHARE(n) \
    { \
        .kind = TRACK_SHARE, .share = (n) \
    }
#define CENTRE \
    { \
        .kind = TRACK_SHARE, .share = 1, .align = ALIGN_CENTRE \
    }
#define FIELDS_END \
    { \
        .name = NULL \
    }
#define PARTS_END \
    { \
        .field = NULL \
    }

/* Three and four dots of a label printer of 203 dpi, a hair more so that rounding down keeps them. */
#define CODE_MODULE 377
#define MATRIX_MODULE 502

/* Sizes in tenths of a point: nominal, smallest. */
static const struct face shop_face = { 120, 90, true };
static const struct face patient_face = { 140, 105, true };
static const struct face product_face = { 105, 80, true };
static const struct face strong_face = { 95, 66, true };
static const struct face heading_face = { 85, 66, true };
static const struct face body_face = { 85, 65, false };
static const struct face small_face = { 70, 60, false };
static const struct face caption_face = { 58, 52, false };
static const struct face herb_face = { 88, 62, false };
static const struct face code_face = { 75, 65, false };
static const struct label_faces label_faces = { &heading_face, &body_face, &small_face, &herb_face,
                                                &caption_face };

static const struct label_field shop_fields[] = {
    SHOWN(shop_name, TEXT, shop_face, .track = SHARE(1)),
    SHOWN(shop_name_hanzi, TEXT, shop_face, .track = FIT_RIGHT),
    SHOWN(shop_address, TEXT, small_face, .caption = ""),
    SHOWN(shop_phone, TEXT, small_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field patient_fields[] = {
    SHOWN(patient_name, TEXT, patient_face, .track = SHARE(1)),
    SHOWN(patient_born, DATE, strong_face, .caption = "Born", .run_in = true, .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field product_fields[] = {
    SHOWN(product_name, NAMES, product_face, .track = SHARE(1)),
    SHOWN(product_hanzi, TEXT, product_face, .track = FIT_RIGHT),
    SHOWN(product_english, TEXT, small_face, .caption = ""),
    SHOWN(copy_no, COPY, small_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field amount_fields[] = {
    SHOWN(form, TEXT, body_face, .caption = "Form", .track = SHARE(1)),
    SHOWN(packets, TEXT, strong_face, .caption = "Supply", .track = FIT),
    SHOWN(packet_total, WEIGHT, strong_face, .caption = "Each", .track = FIT),
    SHOWN(total, WEIGHT, strong_face, .caption = "Total", .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field date_fields[] = {
    SHOWN(dispensed_on, DATE, strong_face, .caption = "Dispensed", .track = FIT),
    SHOWN(beyond_use, DATE, strong_face, .caption = "Use by", .track = FIT),
    SHOWN(beyond_use_reason, REASON, small_face, .caption = "Reason", .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field storage_fields[] = {
    SHOWN(storage, TEXT, small_face, .caption = "Storage", .run_in = true, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field people_fields[] = {
    SHOWN(prescriber_name, TEXT, small_face, .caption = "Prescriber", .track = SHARE(3)),
    SHOWN(prescriber_registration, TEXT, small_face, .caption = "Registration", .track = SHARE(2)),
    SHOWN(filled_by, TEXT, small_face, .caption = "Filled", .track = SHARE(2)),
    SHOWN(checked_by, TEXT, small_face, .caption = "Checked", .track = SHARE(2)),
    FIELDS_END,
};
static const struct label_field code_fields[] = {
    SHOWN(order_number, CODE_128, code_face, .track = FIT, .module = CODE_MODULE, .code_height = MM(9)),
    OTHER("page", PAGE, strong_face, .track = CENTRE),
    SHOWN(control_number, DATAMATRIX, code_face, .track = FIT_RIGHT, .module = MATRIX_MODULE),
    FIELDS_END,
};

static const struct label_part patient_parts[] = {
    { PART_FIELDS, "shop_name", ZONE_HEAD, shop_fields, .across = 2, .gutter = MM(2) },
    { PART_FIELDS, "patient_name", ZONE_HEAD, patient_fields, .across = 2, .ruled = true, .space = MM(1.6),
      .gutter = MM(3) },
    { PART_FIELDS, "product_name", ZONE_FLOW, product_fields, .across = 2, .space = MM(0.8),
      .gutter = MM(3) },
    { PART_FIELDS, "packets", ZONE_FLOW, amount_fields, .across = 4, .space = MM(0.8), .gutter = MM(3) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.6) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(2), .gutter = MM(1.2) },
    { PART_FIELDS, "beyond_use_date", ZONE_FOOT, date_fields, .across = 3, .ruled = true, .space = MM(2),
      .gutter = MM(3) },
    { PART_FIELDS, "storage", ZONE_FOOT, storage_fields, .across = 1, .space = MM(0.8) },
    { PART_FIELDS, "prescriber_name", ZONE_FOOT, people_fields, .across = 4, .space = MM(1),
      .gutter = MM(2) },
    { PART_FIELDS, "order_number", ZONE_FOOT, code_fields, .across = 3, .space = MM(1.5), .gutter = MM(3) },
    PARTS_END,
};

/* The same on a label of little height: only the name and the codes on every page. */
static const struct label_field small_code_fields[] = {
    SHOWN(order_number, CODE_128, code_face, .track = FIT, .module = CODE_MODULE, .code_height = MM(5)),
    OTHER("page", PAGE, strong_face, .track = CENTRE),
    SHOWN(control_number, TEXT, code_face, .caption = "Control", .track = FIT_RIGHT),
    SHOWN(control_number, DATAMATRIX_ALONE, code_face, .track = FIT_RIGHT, .module = MATRIX_MODULE),
    FIELDS_END,
};
static const struct label_part low_parts[] = {
    { PART_FIELDS, "patient_name", ZONE_HEAD, patient_fields, .across = 2, .gutter = MM(3) },
    { PART_FIELDS, "shop_name", ZONE_FLOW, shop_fields, .across = 2, .ruled = true, .space = MM(1.2),
      .gutter = MM(2) },
    { PART_FIELDS, "product_name", ZONE_FLOW, product_fields, .across = 2, .space = MM(0.8),
      .gutter = MM(3) },
    { PART_FIELDS, "packets", ZONE_FLOW, amount_fields, .across = 4, .space = MM(0.8), .gutter = MM(3) },
    { PART_FIELDS, "beyond_use_date", ZONE_FLOW, date_fields, .across = 3, .space = MM(0.8),
      .gutter = MM(3) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(1.6), .gutter = MM(1.2) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(1.6), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .space = MM(1.6), .gutter = MM(1.6) },
    { PART_FIELDS, "storage", ZONE_FLOW, storage_fields, .across = 1, .space = MM(0.8) },
    { PART_FIELDS, "prescriber_name", ZONE_FLOW, people_fields, .across = 4, .space = MM(1),
      .gutter = MM(2) },
    { PART_FIELDS, "order_number", ZONE_FOOT, small_code_fields, .across = 4, .ruled = true, .space = MM(1.6),
      .gutter = MM(2) },
    PARTS_END,
};

/* The same on a narrow roll: one thing below the other. */
static const struct label_field narrow_shop_fields[] = {
    SHOWN(shop_name, TEXT, shop_face, .track = SHARE(1)),
    SHOWN(shop_name_hanzi, TEXT, shop_face, .caption = ""),
    SHOWN(shop_address, TEXT, small_face, .caption = ""),
    SHOWN(shop_phone, TEXT, small_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field narrow_patient_fields[] = {
    SHOWN(patient_name, TEXT, patient_face, .track = SHARE(1)),
    SHOWN(patient_born, DATE, strong_face, .caption = "Born", .run_in = true),
    FIELDS_END,
};
static const struct label_field narrow_product_fields[] = {
    SHOWN(copy_no, COPY, small_face, .track = SHARE(1)),
    SHOWN(product_name, NAMES, product_face, .caption = ""),
    SHOWN(product_hanzi, TEXT, product_face, .caption = ""),
    SHOWN(product_english, TEXT, small_face, .caption = ""),
    SHOWN(form, TEXT, body_face, .caption = "Form"),
    FIELDS_END,
};
static const struct label_field narrow_amount_fields[] = {
    SHOWN(packets, TEXT, strong_face, .caption = "Supply", .track = SHARE(1)),
    SHOWN(packet_total, WEIGHT, strong_face, .caption = "Each", .track = FIT),
    SHOWN(total, WEIGHT, strong_face, .caption = "Total", .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field narrow_date_fields[] = {
    SHOWN(dispensed_on, DATE, strong_face, .caption = "Dispensed", .track = SHARE(1)),
    SHOWN(beyond_use, DATE, strong_face, .caption = "Use by", .track = SHARE(1)),
    SHOWN(prescriber_name, TEXT, small_face, .caption = "Prescriber"),
    SHOWN(beyond_use_reason, REASON, small_face, .caption = "Reason"),
    SHOWN(prescriber_registration, TEXT, small_face, .caption = "Registration"),
    SHOWN(filled_by, TEXT, small_face, .caption = "Filled"),
    SHOWN(control_number, TEXT, small_face, .caption = "Control number"),
    SHOWN(checked_by, TEXT, small_face, .caption = "Checked"),
    FIELDS_END,
};
static const struct label_field narrow_code_fields[] = {
    SHOWN(order_number, CODE_128, code_face, .track = SHARE(1), .module = CODE_MODULE, .code_height = MM(8)),
    SHOWN(control_number, DATAMATRIX_ALONE, code_face, .track = FIT_RIGHT, .module = MATRIX_MODULE),
    FIELDS_END,
};
static const struct label_part narrow_parts[] = {
    { PART_FIELDS, "shop_name", ZONE_HEAD, narrow_shop_fields, .across = 1 },
    { PART_FIELDS, "patient_name", ZONE_HEAD, narrow_patient_fields, .across = 1, .ruled = true,
      .space = MM(2) },
    { PART_FIELDS, "product_name", ZONE_FLOW, narrow_product_fields, .across = 1, .space = MM(1) },
    { PART_FIELDS, "packets", ZONE_FLOW, narrow_amount_fields, .across = 3, .space = MM(0.8),
      .gutter = MM(3) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.6) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(2), .gutter = MM(1.2) },
    { PART_FIELDS, "beyond_use_date", ZONE_FOOT, narrow_date_fields, .across = 2, .pad = MM(0.3),
      .ruled = true, .space = MM(2), .gutter = MM(2) },
    { PART_FIELDS, "storage", ZONE_FOOT, storage_fields, .across = 1, .space = MM(0.8) },
    { PART_FIELDS, "order_number", ZONE_FOOT, narrow_code_fields, .across = 2, .space = MM(1.5),
      .gutter = MM(2) },
    PARTS_END,
};

/* The weigh sheet. */
static const struct face sheet_title_face = { 170, 130, true };
static const struct face sheet_strong_face = { 110, 90, true };
static const struct face sheet_heading_face = { 80, 70, true };
static const struct face sheet_body_face = { 90, 75, false };
static const struct face sheet_small_face = { 78, 68, false };
static const struct face sheet_herb_face = { 120, 95, true };
static const struct label_faces sheet_faces = { &sheet_heading_face, &sheet_body_face, &sheet_small_face,
                                                &sheet_herb_face, &sheet_small_face };

static const struct label_field sheet_title_fields[] = {
    OTHER("title", TITLE, sheet_title_face, .track = SHARE(1)),
    SHOWN(order_number, CODE_128, sheet_strong_face, .track = FIT_RIGHT, .module = CODE_MODULE,
          .code_height = MM(10)),
    FIELDS_END,
};
static const struct label_field sheet_order_fields[] = {
    SHOWN(patient_name, TEXT, sheet_strong_face, .caption = "Patient", .track = SHARE(3)),
    SHOWN(patient_born, DATE, sheet_strong_face, .caption = "Born", .track = SHARE(2)),
    SHOWN(prescriber_name, TEXT, sheet_body_face, .caption = "Prescriber", .track = SHARE(3)),
    SHOWN(shop_name, TEXT, sheet_body_face, .caption = "Shop", .track = SHARE(3)),
    SHOWN(product_name, NAMES, sheet_strong_face, .caption = "Formula"),
    SHOWN(packets, TEXT, sheet_strong_face, .caption = "Supply"),
    SHOWN(form, TEXT, sheet_body_face, .caption = "Form"),
    OTHER("page", PAGE, sheet_body_face, .caption = "Page"),
    FIELDS_END,
};
static const struct label_field sheet_total_fields[] = {
    SHOWN(total, WEIGHT, sheet_title_face, .caption = "Total to weigh", .track = SHARE(1)),
    SHOWN(packet_total, WEIGHT, sheet_strong_face, .caption = "Each packet", .track = SHARE(1)),
    OTHER("total_weighed", BLANK, sheet_body_face, .caption = "Total weighed g", .track = SHARE(1)),
    OTHER("packet_weighed", BLANK, sheet_body_face, .caption = "Spot check of one packet g",
          .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field sheet_sign_fields[] = {
    OTHER("filled_by", BLANK, sheet_body_face, .caption = "Weighed by", .track = SHARE(1)),
    OTHER("filled_at", BLANK, sheet_body_face, .caption = "Date and time", .track = SHARE(1)),
    OTHER("checked_by", BLANK, sheet_body_face, .caption = "Checked by another", .track = SHARE(1)),
    OTHER("checked_at", BLANK, sheet_body_face, .caption = "Date and time", .track = SHARE(1)),
    FIELDS_END,
};

static const struct label_part weigh_parts[] = {
    { PART_FIELDS, "order_number", ZONE_HEAD, sheet_title_fields, .across = 2, .gutter = MM(4) },
    { PART_FIELDS, "patient_name", ZONE_HEAD, sheet_order_fields, .across = 4, .pad = MM(0.5), .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_WEIGHING, "ingredients", ZONE_FLOW, .space = MM(4), .gutter = MM(2), .height = MM(10.5) },
    { PART_FIELDS, "total", ZONE_FLOW, sheet_total_fields, .across = 4, .space = MM(4), .gutter = MM(4),
      .height = MM(13) },
    { PART_FIELDS, "checked_by", ZONE_FOOT, sheet_sign_fields, .across = 4, .space = MM(3), .gutter = MM(4),
      .height = MM(15) },
    PARTS_END,
};

const struct label labels[] = {
    { "patient-100x150", "patient", "Patient label 100 × 150 mm", "", MM(100), MM(150), MM(3.5), 3, 100, 2,
      &label_faces, patient_parts },
    { "patient-100x62", "patient", "Patient label 100 × 62 mm", "", MM(100), MM(62), MM(3), 9, 100, 2,
      &label_faces, low_parts },
    { "patient-62", "patient", "Patient label on a 62 mm roll", "", MM(62), 0, MM(2.5), 1, 100, 1,
      &label_faces, narrow_parts },
    { "weigh-sheet-a4", "weigh-sheet", "Weigh sheet, A4", "Weigh sheet", MM(210), MM(297), MM(12), 9, 100, 1,
      &sheet_faces, weigh_parts },
    { "weigh-sheet-letter", "weigh-sheet", "Weigh sheet, Letter", "Weigh sheet", MM(215.9), MM(279.4), MM(14),
      9, 100, 1, &sheet_faces, weigh_parts },
    { .name = NULL },
};

static const char *const from_weighed[] = { "weighed", "checked", "handed_over", NULL };
static const char *const from_allocated[] = { "allocated", "released",    "weighed",
                                              "checked",   "handed_over", NULL };

const struct label_source label_sources[] = {
    { "patient", &q_label_patient, true, from_weighed },
    { "weigh-sheet", &q_label_weigh_sheet, false, from_allocated },
    { .kind = NULL },
};
