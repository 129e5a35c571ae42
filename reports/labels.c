/* The labels and work sheets there are: size in millimetres, faces with their smallest readable sizes, and which field
   stands where. Adding a label is adding a row to `labels`; no code knows a size. */
#include "labels.h"
#include "print/label_job.h"
#include "sql.h"

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

/* What only some profiles ask for, and what stands there only when it is known. */
static const struct label_field use_fields[] = {
    SHOWN(container, TEXT, strong_face, .caption = "Container", .run_in = true, .track = SHARE(1)),
    SHOWN(strength, TEXT, body_face, .caption = "Strength", .run_in = true),
    SHOWN(indication, TEXT, body_face, .caption = "For", .run_in = true),
    SHOWN(maximum_dose, TEXT, strong_face, .caption = "No more than", .run_in = true),
    SHOWN(spoon_measure, TEXT, body_face, .caption = ""),
    SHOWN(physical_description, TEXT, small_face, .caption = "Looks like", .run_in = true),
    FIELDS_END,
};
static const struct label_field about_fields[] = {
    SHOWN(patient_age, TEXT, small_face, .caption = "Age", .run_in = true, .track = SHARE(1)),
    SHOWN(patient_sex, TEXT, small_face, .caption = "Sex", .run_in = true, .track = SHARE(1)),
    SHOWN(patient_record_number, TEXT, small_face, .caption = "Record", .run_in = true),
    SHOWN(patient_address, TEXT, small_face, .caption = "Address", .run_in = true),
    SHOWN(diagnosis, TEXT, small_face, .caption = "Diagnosis", .run_in = true),
    SHOWN(department, TEXT, small_face, .caption = "Department", .run_in = true),
    SHOWN(prescriber_address, TEXT, small_face, .caption = "Prescriber’s address", .run_in = true),
    SHOWN(prescriber_phone, TEXT, small_face, .caption = "Prescriber’s telephone", .run_in = true),
    SHOWN(prescribed_on, TEXT, small_face, .caption = "Prescribed", .run_in = true),
    SHOWN(prescriber_signature, TEXT, small_face, .caption = "Signed", .run_in = true),
    SHOWN(repeats, TEXT, small_face, .caption = "Repeats", .run_in = true),
    SHOWN(prescription_expiry, TEXT, small_face, .caption = "Repeats until", .run_in = true),
    SHOWN(reviewer_name, TEXT, small_face, .caption = "Reviewed", .run_in = true),
    SHOWN(issuer_name, TEXT, small_face, .caption = "Handed over", .run_in = true),
    SHOWN(prepared_on, TEXT, small_face, .caption = "Prepared", .run_in = true),
    SHOWN(pack_size, TEXT, small_face, .caption = "Pack", .run_in = true),
    SHOWN(manufacturer_name, TEXT, small_face, .caption = "Made by", .run_in = true),
    SHOWN(manufacturer_address, TEXT, small_face, .caption = "Maker’s address", .run_in = true),
    FIELDS_END,
};

static const struct label_part patient_parts[] = {
    { PART_FIELDS, "shop_name", ZONE_HEAD, shop_fields, .across = 2, .gutter = MM(2) },
    { PART_FIELDS, "patient_name", ZONE_HEAD, patient_fields, .across = 2, .ruled = true, .space = MM(1.6),
      .gutter = MM(3) },
    { PART_FIELDS, "product_name", ZONE_FLOW, product_fields, .across = 2, .space = MM(0.8),
      .gutter = MM(3) },
    { PART_FIELDS, "packets", ZONE_FLOW, amount_fields, .across = 4, .space = MM(0.8), .gutter = MM(3) },
    { PART_PACKED, "indication", ZONE_FLOW, use_fields, .across = 1, .space = MM(0.8) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.6) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(2), .gutter = MM(1.2) },
    { PART_PACKED, "patient_address", ZONE_FLOW, about_fields, .across = 2, .space = MM(1), .gutter = MM(3) },
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
    { PART_PACKED, "indication", ZONE_FLOW, use_fields, .across = 1, .space = MM(0.8) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(1.6), .gutter = MM(1.2) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(1.6), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .space = MM(1.6), .gutter = MM(1.6) },
    { PART_FIELDS, "storage", ZONE_FLOW, storage_fields, .across = 1, .space = MM(0.8) },
    { PART_FIELDS, "prescriber_name", ZONE_FLOW, people_fields, .across = 4, .space = MM(1),
      .gutter = MM(2) },
    { PART_PACKED, "patient_address", ZONE_FLOW, about_fields, .across = 2, .space = MM(1), .gutter = MM(3) },
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
    { PART_PACKED, "indication", ZONE_FLOW, use_fields, .across = 1, .space = MM(0.8) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.2) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(2), .gutter = MM(1.6) },
    { PART_WARNINGS, "warnings", ZONE_FLOW, .space = MM(2), .gutter = MM(1.2) },
    { PART_PACKED, "patient_address", ZONE_FLOW, about_fields, .across = 1, .space = MM(1), .gutter = MM(3) },
    { PART_FIELDS, "beyond_use_date", ZONE_FOOT, narrow_date_fields, .across = 2, .pad = MM(0.3),
      .ruled = true, .space = MM(2), .gutter = MM(2) },
    { PART_FIELDS, "storage", ZONE_FOOT, storage_fields, .across = 1, .space = MM(0.8) },
    { PART_FIELDS, "order_number", ZONE_FOOT, narrow_code_fields, .across = 2, .space = MM(1.5),
      .gutter = MM(2) },
    PARTS_END,
};

const struct label labels[] = {
    { "patient-100x150", "patient", "Patient label 100 × 150 mm", "", MM(100), MM(150), MM(3.5), 3, 100, 2,
      &label_faces, .parts = patient_parts },
    { "patient-100x62", "patient", "Patient label 100 × 62 mm", "", MM(100), MM(62), MM(3), 9, 100, 2,
      &label_faces, .parts = low_parts },
    { "patient-62", "patient", "Patient label on a 62 mm roll", "", MM(62), 0, MM(2.5), 1, 100, 1,
      &label_faces, .parts = narrow_parts },
    { "weigh-sheet-a4", "weigh-sheet", "Weigh sheet, A4", "Weigh sheet", MM(210), MM(297), MM(12), 9, 100, 1,
      &sheet_faces, .parts = weigh_parts },
    { "weigh-sheet-letter", "weigh-sheet", "Weigh sheet, Letter", "Weigh sheet", MM(215.9), MM(279.4), MM(14),
      9, 100, 1, &sheet_faces, .parts = weigh_parts },
    { "patient-80", "patient", "Patient label on an 80 mm roll", "", MM(72), 0, MM(2), 1, 100, 1,
      &label_faces, .parts = narrow_parts },
    { "herb-62x40", "herb", "Bag label of one herb 62 × 40 mm", "", MM(62), MM(40), MM(2.5), 1, 100, 1,
      &shelf_faces, .parts = herb_parts, .each = EACH_HERB },
    { "herb-62", "herb", "Bag label of one herb on a 62 mm roll", "", MM(62), 0, MM(2.5), 1, 100, 1,
      &shelf_faces, .parts = herb_parts, .each = EACH_HERB },
    { "sticker-50x25", "sticker", "Auxiliary sticker 50 × 25 mm", "", MM(50), MM(25), MM(2), 1, 100, 1,
      &sticker_faces, .parts = sticker_parts, .each = EACH_STICKER },
    { "sticker-62", "sticker", "Auxiliary sticker on a 62 mm roll", "", MM(62), 0, MM(2), 1, 100, 1,
      &sticker_faces, .parts = sticker_parts, .each = EACH_STICKER },
    { "cook-sheet-a5", "cook-sheet", "Cook sheet, A5", "Cook sheet", MM(148), MM(210), MM(10), 4, 100, 1,
      &home_faces, .parts = cook_parts },
    { "cook-sheet-80", "cook-sheet", "Cook sheet on an 80 mm roll", "Cook sheet", MM(72), 0, MM(2), 1, 80, 1,
      &home_faces, .parts = cook_roll_parts },
    { "information-a4", "information", "Patient information, A4", "Patient information", MM(210), MM(297),
      MM(16), 4, 100, 1, &home_faces, .parts = information_parts, .alone = true },
    { "information-letter", "information", "Patient information, Letter", "Patient information", MM(215.9),
      MM(279.4), MM(16), 4, 100, 1, &home_faces, .parts = information_parts, .alone = true },
    { "record-a4", "record", "Compounding record, A4", "Compounding record", MM(210), MM(297), MM(12), 9, 100,
      1, &sheet_faces, .parts = record_parts },
    { "record-letter", "record", "Compounding record, Letter", "Compounding record", MM(215.9), MM(279.4),
      MM(14), 9, 100, 1, &sheet_faces, .parts = record_parts },
    { "prescription-a4", "prescription", "Prescription, A4", "Prescription", MM(210), MM(297), MM(14), 9, 100,
      1, &sheet_faces, .parts = prescription_parts },
    { "prescription-letter", "prescription", "Prescription, Letter", "Prescription", MM(215.9), MM(279.4),
      MM(14), 9, 100, 1, &sheet_faces, .parts = prescription_parts },
    { "prescription-a5", "prescription", "Prescription, A5", "Prescription", MM(148), MM(210), MM(10), 9, 90,
      1, &sheet_faces, .parts = prescription_parts },
    { "lot-70x50", "lot", "Lot label 70 × 50 mm", "", MM(70), MM(50), MM(2.5), 1, 100, 1, &shelf_faces,
      .parts = lot_parts },
    { "lot-62", "lot", "Lot label on a 62 mm roll", "", MM(62), 0, MM(2.5), 1, 100, 1, &shelf_faces,
      .parts = lot_parts },
    { "drawer-100x50", "drawer", "Drawer label 100 × 50 mm", "", MM(100), MM(50), MM(3), 1, 100, 1,
      &shelf_faces, .parts = drawer_parts },
    { "drawer-62", "drawer", "Drawer label on a 62 mm roll", "", MM(62), 0, MM(2.5), 1, 100, 1, &shelf_faces,
      .parts = drawer_parts },
    { .name = NULL },
};

static const char *const from_weighed[] = { "weighed", "checked", "handed_over", NULL };
static const char *const signed_only[] = { "signed", NULL };
static const char *const from_allocated[] = { "allocated", "released",    "weighed",
                                              "checked",   "handed_over", NULL };

const struct label_source label_sources[] = {
    { "patient", &q_label_patient, "order", .profiled = true, .frozen = true, .states = from_weighed },
    { "weigh-sheet", &q_label_weigh_sheet, "order", .states = from_allocated },
    { "herb", &q_label_patient, "order", .profiled = true, .states = from_allocated },
    { "sticker", &q_label_patient, "order", .profiled = true, .more = &q_label_sticker,
      .states = from_allocated },
    { "cook-sheet", &q_label_patient, "order", .profiled = true, .more = &q_label_cook, .language = "own",
      .states = from_allocated },
    { "information", &q_label_patient, "order", .profiled = true, .more = &q_label_information,
      .language = "own", .states = from_allocated },
    { "record", &q_label_patient, "order", .profiled = true, .more = &q_label_record, .language = "english",
      .states = from_weighed },
    { "prescription", &q_label_prescription, "prescription", .profiled = true, .states = signed_only },
    { "lot", &q_label_lot, .what = "lot", .fresh = true },
    { "drawer", &q_label_drawer, .what = "drawer", .fresh = true },
    { .kind = NULL },
};
