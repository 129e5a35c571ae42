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

const struct label_part weigh_parts[] = {
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
