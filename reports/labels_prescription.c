/* The paper of a prescription: what its prescriber signs, with the reasons for what screening found, and what the dispensary adds. */
#include "labels.h"

static const struct face title_face = { 170, 120, true };
static const struct face strong_face = { 110, 90, true };
static const struct face body_face = { 90, 75, false };
static const struct face small_face = { 78, 68, false };

static const struct label_field title_fields[] = {
    OTHER("title", TITLE, title_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, small_face, .track = FIT_RIGHT),
    SHOWN(order_number, CODE_128, strong_face, .track = FIT_RIGHT, .module = CODE_MODULE,
          .code_height = MM(9)),
    FIELDS_END,
};
static const struct label_field patient_fields[] = {
    SHOWN(patient_name, TEXT, strong_face, .caption = "Patient", .track = SHARE(3)),
    SHOWN(patient_born, DATE, body_face, .caption = "Born", .track = SHARE(2)),
    SHOWN(patient_age, TEXT, body_face, .caption = "Age", .track = SHARE(1)),
    SHOWN(patient_sex, TEXT, body_face, .caption = "Sex", .track = SHARE(1)),
    SHOWN(patient_record_number, TEXT, body_face, .caption = "Record", .track = SHARE(2)),
    FIELDS_END,
};
static const struct label_field about_fields[] = {
    SHOWN(patient_address, TEXT, body_face, .caption = "Address", .track = SHARE(1)),
    SHOWN(department, TEXT, body_face, .caption = "Department", .track = SHARE(1)),
    SHOWN(diagnosis, TEXT, strong_face, .caption = "Diagnosis"),
    SHOWN(indication, TEXT, body_face, .caption = "Purpose"),
    FIELDS_END,
};
static const struct label_field product_fields[] = {
    SHOWN(product_name, NAMES, strong_face, .caption = "Formula", .track = SHARE(3)),
    SHOWN(form, TEXT, body_face, .caption = "Form", .track = SHARE(3)),
    SHOWN(packets, TEXT, strong_face, .caption = "Supply", .track = SHARE(2)),
    SHOWN(total, WEIGHT, strong_face, .caption = "Total", .track = SHARE(1)),
    SHOWN(product_hanzi, TEXT, strong_face, .caption = ""),
    SHOWN(strength, TEXT, body_face, .caption = "Strength"),
    SHOWN(maximum_dose, TEXT, body_face, .caption = "No more than"),
    FIELDS_END,
};
static const struct label_field limit_fields[] = {
    SHOWN(repeats, TEXT, body_face, .caption = "Repeats", .run_in = true, .track = SHARE(1)),
    SHOWN(prescription_expiry, TEXT, body_face, .caption = "Valid until", .run_in = true, .track = SHARE(1)),
    SHOWN(price, TEXT, body_face, .caption = "Price", .run_in = true, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field filled_fields[] = {
    SHOWN(reviewer_name, TEXT, body_face, .caption = "Reviewed", .track = SHARE(1)),
    SHOWN(filled_by, TEXT, body_face, .caption = "Filled", .track = SHARE(1)),
    SHOWN(checked_by, TEXT, body_face, .caption = "Checked", .track = SHARE(1)),
    SHOWN(issuer_name, TEXT, body_face, .caption = "Handed over", .track = SHARE(1)),
    SHOWN(dispensed_on, DATE, body_face, .caption = "Dispensed", .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field prescriber_fields[] = {
    SHOWN(prescriber_name, TEXT, strong_face, .caption = "Prescriber", .track = SHARE(3)),
    SHOWN(prescriber_registration, TEXT, body_face, .caption = "Registration", .track = SHARE(2)),
    SHOWN(prescribed_on, TEXT, body_face, .caption = "Prescribed", .track = SHARE(2)),
    SHOWN(prescriber_phone, TEXT, body_face, .caption = "Telephone", .track = SHARE(2)),
    FIELDS_END,
};
static const struct label_field signature_fields[] = {
    SHOWN(prescriber_signature, TEXT, body_face, .caption = "Signed", .track = SHARE(1)),
    SHOWN(prescriber_address, TEXT, body_face, .caption = "Prescriber’s address", .track = SHARE(1)),
    OTHER("signature", BLANK, body_face, .caption = "Signature", .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field shop_fields[] = {
    SHOWN(shop_name, TEXT, small_face, .track = FIT),
    SHOWN(shop_name_hanzi, TEXT, small_face, .track = FIT),
    SHOWN(shop_address, TEXT, small_face, .track = SHARE(1)),
    SHOWN(shop_phone, TEXT, small_face, .track = FIT_RIGHT),
    OTHER("page", PAGE, small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
const struct label_part prescription_parts[] = {
    { PART_FIELDS, "order_number", ZONE_HEAD, title_fields, .across = 3, .gutter = MM(4) },
    { PART_FIELDS, "patient_name", ZONE_HEAD, patient_fields, .across = 5, .pad = MM(0.5), .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_PACKED, "patient_address", ZONE_FLOW, about_fields, .across = 2, .space = MM(1), .pad = MM(0.5),
      .gutter = MM(4) },
    { PART_FIELDS, "product_name", ZONE_FLOW, product_fields, .across = 4, .pad = MM(0.5), .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_INGREDIENTS, "ingredients", ZONE_FLOW, .ruled = true, .space = MM(3), .gutter = MM(2) },
    { PART_DIRECTIONS, "directions", ZONE_FLOW, .ruled = true, .space = MM(3), .gutter = MM(1.2) },
    { PART_PACKED, "repeats", ZONE_FLOW, limit_fields, .across = 3, .space = MM(2), .gutter = MM(4) },
    { PART_LIST, "findings", ZONE_FLOW, .ruled = true, .space = MM(3), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Screening: findings and answers" },
    { PART_LIST, "queries", ZONE_FLOW, .ruled = true, .space = MM(3), .gutter = MM(1.5), .pad = MM(0.4),
      .heading = "Questions and answers" },
    { PART_PACKED, "dispensed_on", ZONE_FLOW, filled_fields, .across = 5, .ruled = true, .space = MM(3),
      .gutter = MM(4) },
    { PART_FIELDS, "prescriber_name", ZONE_FOOT, prescriber_fields, .across = 4, .ruled = true,
      .space = MM(3), .gutter = MM(4) },
    { PART_FIELDS, "prescriber_signature", ZONE_FOOT, signature_fields, .across = 3, .space = MM(1),
      .gutter = MM(4), .height = MM(13) },
    { PART_FIELDS, "shop_name", ZONE_FOOT, shop_fields, .across = 5, .ruled = true, .space = MM(2),
      .gutter = MM(3) },
    PARTS_END,
};
