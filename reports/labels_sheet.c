/* Sheets of paper for bench, record and patient: which field stands where. */
#include "labels.h"

/* The weigh sheet. */
static const struct face sheet_title_face = { 170, 130, true };
static const struct face sheet_strong_face = { 110, 90, true };
static const struct face sheet_heading_face = { 80, 70, true };
static const struct face sheet_body_face = { 90, 75, false };
static const struct face sheet_small_face = { 78, 68, false };
static const struct face sheet_herb_face = { 120, 95, true };
const struct label_faces sheet_faces = { &sheet_heading_face, &sheet_body_face, &sheet_small_face,
                                         &sheet_herb_face, &sheet_small_face };

static const struct label_field sheet_title_fields[] = {
    OTHER("title", TITLE, sheet_title_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, sheet_strong_face, .track = FIT_RIGHT),
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

static const struct label_field sheet_overage_fields[] = {
    SHOWN(overage, TEXT, sheet_strong_face, .caption = "Overage", .run_in = true, .track = SHARE(1)),
    FIELDS_END,
};
const struct label_part weigh_parts[] = {
    { PART_FIELDS, "order_number", ZONE_HEAD, sheet_title_fields, .across = 3, .gutter = MM(4) },
    { PART_FIELDS, "patient_name", ZONE_HEAD, sheet_order_fields, .across = 4, .pad = MM(0.5), .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_PACKED, "overage", ZONE_FLOW, sheet_overage_fields, .across = 1, .space = MM(2) },
    { PART_WEIGHING, "ingredients", ZONE_FLOW, .space = MM(4), .gutter = MM(2), .height = MM(10.5) },
    { PART_LIST, "products", ZONE_FLOW, .ruled = true, .space = MM(4), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Put in from the shelf" },
    { PART_FIELDS, "total", ZONE_FLOW, sheet_total_fields, .across = 4, .space = MM(4), .gutter = MM(4),
      .height = MM(13) },
    { PART_FIELDS, "checked_by", ZONE_FOOT, sheet_sign_fields, .across = 4, .space = MM(3), .gutter = MM(4),
      .height = MM(15) },
    PARTS_END,
};

/* The compounding record. */
static const struct label_field record_title_fields[] = {
    OTHER("title", TITLE, sheet_title_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, sheet_small_face, .track = FIT_RIGHT),
    SHOWN(order_number, CODE_128, sheet_strong_face, .track = FIT_RIGHT, .module = CODE_MODULE,
          .code_height = MM(9)),
    FIELDS_END,
};
static const struct label_field record_order_fields[] = {
    SHOWN(patient_name, TEXT, sheet_strong_face, .caption = "Patient", .track = SHARE(1)),
    SHOWN(patient_born, DATE, sheet_body_face, .caption = "Born", .track = SHARE(1)),
    SHOWN(patient_address, TEXT, sheet_body_face, .caption = "Address", .track = SHARE(1)),
    SHOWN(prescriber_name, TEXT, sheet_body_face, .caption = "Prescriber", .track = SHARE(1)),
    SHOWN(prescriber_registration, TEXT, sheet_body_face, .caption = "Registration"),
    SHOWN(prescriber_address, TEXT, sheet_body_face, .caption = "Prescriber’s address"),
    SHOWN(product_name, NAMES, sheet_strong_face, .caption = "Formula"),
    SHOWN(product_hanzi, TEXT, sheet_strong_face, .caption = "Name"),
    SHOWN(form, TEXT, sheet_body_face, .caption = "Form"),
    SHOWN(packets, TEXT, sheet_strong_face, .caption = "Supply"),
    SHOWN(strength, TEXT, sheet_body_face, .caption = "Strength"),
    SHOWN(total, WEIGHT, sheet_strong_face, .caption = "Total"),
    SHOWN(control_number, DATAMATRIX, sheet_small_face, .module = MATRIX_MODULE),
    SHOWN(prepared_on, TEXT, sheet_body_face, .caption = "Prepared"),
    SHOWN(dispensed_on, DATE, sheet_body_face, .caption = "Dispensed"),
    SHOWN(filled_by, TEXT, sheet_body_face, .caption = "Filled"),
    SHOWN(checked_by, TEXT, sheet_body_face, .caption = "Checked"),
    SHOWN(reviewer_name, TEXT, sheet_body_face, .caption = "Reviewed"),
    SHOWN(issuer_name, TEXT, sheet_body_face, .caption = "Handed over"),
    SHOWN(beyond_use, DATE, sheet_strong_face, .caption = "Use by"),
    SHOWN(storage, TEXT, sheet_body_face, .caption = "Storage"),
    SHOWN(label_profile, TEXT, sheet_body_face, .caption = "Label rules"),
    FIELDS_END,
};
static const struct label_field record_reason_fields[] = {
    SHOWN(beyond_use_because, TEXT, sheet_body_face, .caption = "Reason", .run_in = true, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field page_fields[] = {
    SHOWN(shop_name, TEXT, sheet_small_face, .track = SHARE(1)),
    SHOWN(shop_address, TEXT, sheet_small_face, .track = SHARE(2)),
    SHOWN(shop_phone, TEXT, sheet_small_face, .track = FIT_RIGHT),
    OTHER("page", PAGE, sheet_small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
const struct label_part record_parts[] = {
    { PART_FIELDS, "order_number", ZONE_HEAD, record_title_fields, .across = 3, .gutter = MM(4) },
    { PART_PACKED, "patient_name", ZONE_FLOW, record_order_fields, .across = 4, .pad = MM(0.5), .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_PACKED, "beyond_use_date", ZONE_FLOW, record_reason_fields, .across = 1, .space = MM(1) },
    { PART_COMPOSITION, "ingredients", ZONE_FLOW, .space = MM(4), .gutter = MM(2) },
    { PART_LIST, "products", ZONE_FLOW, .ruled = true, .space = MM(4), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Ready-made products that went along" },
    { PART_LIST, "findings", ZONE_FLOW, .ruled = true, .space = MM(4), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Screening: findings and answers" },
    { PART_LIST, "overrides", ZONE_FLOW, .ruled = true, .space = MM(4), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Printed in spite of the label rules" },
    { PART_LIST, "events", ZONE_FLOW, .ruled = true, .space = MM(4), .gutter = MM(1.5), .pad = MM(0.2),
      .heading = "What happened" },
    { PART_FIELDS, "shop_name", ZONE_FOOT, page_fields, .across = 4, .ruled = true, .space = MM(2),
      .gutter = MM(4) },
    PARTS_END,
};

/* Sheets for the patient: in larger type. */
static const struct face home_title_face = { 190, 140, true };
static const struct face home_strong_face = { 130, 110, true };
static const struct face home_heading_face = { 120, 100, true };
static const struct face home_body_face = { 115, 95, false };
static const struct face home_small_face = { 90, 75, false };
const struct label_faces home_faces = { &home_heading_face, &home_body_face, &home_small_face,
                                        &home_body_face, &home_small_face };

static const struct label_field home_title_fields[] = {
    OTHER("title", TITLE, home_title_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, home_small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field home_order_fields[] = {
    SHOWN(patient_name, TEXT, home_strong_face, .track = SHARE(1)),
    SHOWN(order_number, TEXT, home_small_face, .caption = "Order", .run_in = true, .track = FIT_RIGHT),
    SHOWN(product_name, NAMES, home_strong_face, .caption = ""),
    SHOWN(product_hanzi, TEXT, home_strong_face, .caption = ""),
    SHOWN(form, TEXT, home_body_face, .caption = ""),
    SHOWN(packets, TEXT, home_body_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field home_use_fields[] = {
    SHOWN(indication, TEXT, home_body_face, .caption = "For", .run_in = true, .track = SHARE(1)),
    SHOWN(prescriber_name, TEXT, home_body_face, .caption = "Prescriber", .run_in = true),
    SHOWN(maximum_dose, TEXT, home_strong_face, .caption = "No more than", .run_in = true),
    SHOWN(spoon_measure, TEXT, home_body_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field home_foot_fields[] = {
    SHOWN(shop_name, TEXT, home_small_face, .track = FIT),
    SHOWN(shop_address, TEXT, home_small_face, .track = SHARE(1)),
    SHOWN(shop_phone, TEXT, home_small_face, .track = FIT_RIGHT),
    OTHER("page", PAGE, home_small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
#define HOME_HEAD \
    { PART_FIELDS, "title", ZONE_HEAD, home_title_fields, .across = 2, .gutter = MM(4) }, \
    { \
        PART_FIELDS, "patient_name", ZONE_FLOW, home_order_fields, .across = 2, .ruled = true, \
                                                                   .space = MM(2.5), .gutter = MM(4) \
    }
#define HOME_FOOT \
    { \
        PART_FIELDS, "shop_name", ZONE_FOOT, home_foot_fields, .across = 4, .ruled = true, .space = MM(2), \
                                                               .gutter = MM(4) \
    }
#define HOME_LIST(list, words) \
    { \
        PART_LIST, list, ZONE_FLOW, .ruled = true, .space = MM(3.5), .gutter = MM(1.5), .pad = MM(0.5), \
                                    .heading = (words) \
    }
const struct label_part information_parts[] = {
    HOME_HEAD,
    HOME_LIST("about", "What it is"),
    { PART_PACKED, "indication", ZONE_FLOW, home_use_fields, .across = 1, .space = MM(1) },
    HOME_LIST("how", "How to take it"),
    HOME_LIST("mind", "What to mind"),
    HOME_LIST("keep", "How to keep it"),
    HOME_LIST("call", "When to call"),
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(3.5), .gutter = MM(2) },
    HOME_FOOT,
    PARTS_END,
};
const struct label_part cook_parts[] = {
    HOME_HEAD,
    HOME_LIST("steps", "How to cook one packet"),
    HOME_LIST("pot", "How the shop cooks it"),
    HOME_LIST("prepare", "How to take it"),
    HOME_FOOT,
    PARTS_END,
};
static const struct label_field roll_order_fields[] = {
    OTHER("title", TITLE, home_strong_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, home_small_face, .caption = ""),
    SHOWN(patient_name, TEXT, home_strong_face, .caption = ""),
    SHOWN(product_name, NAMES, home_body_face, .caption = ""),
    SHOWN(product_hanzi, TEXT, home_body_face, .caption = ""),
    FIELDS_END,
};
static const struct label_field roll_foot_fields[] = {
    SHOWN(shop_name, TEXT, home_small_face, .track = SHARE(1)),
    SHOWN(shop_phone, TEXT, home_small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
const struct label_part cook_roll_parts[] = {
    { PART_FIELDS, "patient_name", ZONE_HEAD, roll_order_fields, .across = 1 },
    HOME_LIST("steps", "How to cook one packet"),
    HOME_LIST("pot", "How the shop cooks it"),
    HOME_LIST("prepare", "How to take it"),
    { PART_FIELDS, "shop_name", ZONE_FOOT, roll_foot_fields, .across = 2, .ruled = true, .space = MM(2) },
    PARTS_END,
};
