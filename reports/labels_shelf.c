/* Labels for what stands on shelf and bench: a lot, a drawer, a bag of one herb, a sticker. */
#include "labels.h"

static const struct face name_face = { 180, 90, true };
static const struct face code_face = { 300, 160, true };
static const struct face strong_face = { 110, 68, true };
static const struct face heading_face = { 100, 80, true };
static const struct face body_face = { 95, 60, false };
static const struct face small_face = { 78, 58, false };
static const struct face caption_face = { 60, 54, false };
static const struct face status_face = { 150, 90, true };
const struct label_faces shelf_faces = { &heading_face, &body_face, &small_face, &body_face, &caption_face };

static const struct label_field lot_name_fields[] = {
    SHOWN(product_hanzi, TEXT, name_face, .track = FIT),
    SHOWN(product_name, NAMES, name_face, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field lot_words_fields[] = {
    SHOWN(product_english, TEXT, small_face, .track = SHARE(1)),
    SHOWN(status, TEXT, status_face, .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field lot_fields[] = {
    SHOWN(control_number, TEXT, strong_face, .caption = "Lot", .track = SHARE(3)),
    SHOWN(beyond_use, DATE, strong_face, .caption = "Use by", .track = SHARE(2)),
    SHOWN(form, TEXT, body_face, .caption = "Form"),
    SHOWN(drawer, TEXT, strong_face, .caption = "Kept in"),
    SHOWN(supplier, TEXT, small_face, .caption = "Supplier"),
    SHOWN(handling, TEXT, small_face, .caption = "Item"),
    FIELDS_END,
};
static const struct label_field lot_code_fields[] = {
    SHOWN(scan_code, GS1_DATAMATRIX, small_face, .track = FIT, .module = LOT_MODULE),
    SHOWN(scan_code, TEXT, small_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
const struct label_part lot_parts[] = {
    { PART_FIELDS, "product_name", ZONE_HEAD, lot_name_fields, .across = 2, .gutter = MM(2.5) },
    { PART_FIELDS, "product_english", ZONE_FLOW, lot_words_fields, .across = 2, .space = MM(0.5),
      .gutter = MM(2) },
    { PART_FIELDS, "lot", ZONE_FLOW, lot_fields, .across = 2, .ruled = true, .space = MM(1.5),
      .gutter = MM(2), .pad = MM(0.3) },
    { PART_FIELDS, "scan_code", ZONE_FOOT, lot_code_fields, .across = 3, .space = MM(1), .gutter = MM(2) },
    PARTS_END,
};

static const struct label_field drawer_code_fields[] = {
    SHOWN(drawer, TEXT, code_face, .track = SHARE(1)),
    SHOWN(order_number, DATAMATRIX_ALONE, small_face, .track = FIT_RIGHT, .module = LOT_MODULE),
    FIELDS_END,
};
static const struct label_field drawer_name_fields[] = {
    SHOWN(product_hanzi, TEXT, name_face, .track = SHARE(1)),
    SHOWN(product_name, NAMES, strong_face, .caption = ""),
    SHOWN(product_english, TEXT, body_face, .caption = ""),
    SHOWN(form, TEXT, small_face, .caption = ""),
    SHOWN(handling, TEXT, small_face, .caption = ""),
    SHOWN(copy_no, COPY, small_face, .caption = ""),
    FIELDS_END,
};
const struct label_part drawer_parts[] = {
    { PART_FIELDS, "drawer", ZONE_HEAD, drawer_code_fields, .across = 2, .gutter = MM(3) },
    { PART_FIELDS, "product_name", ZONE_FLOW, drawer_name_fields, .across = 1, .ruled = true,
      .space = MM(1) },
    PARTS_END,
};

static const struct label_field herb_name_fields[] = {
    SHOWN(product_hanzi, TEXT, name_face, .track = FIT),
    SHOWN(product_name, NAMES, strong_face, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field herb_fields[] = {
    SHOWN(product_english, TEXT, small_face, .track = SHARE(1)),
    SHOWN(packet_total, WEIGHT, strong_face, .caption = "Each", .track = FIT),
    SHOWN(total, WEIGHT, strong_face, .caption = "Total", .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field herb_handling_fields[] = {
    SHOWN(handling, TEXT, heading_face, .track = SHARE(1)),
    FIELDS_END,
};
static const struct label_field herb_order_fields[] = {
    SHOWN(patient_name, TEXT, strong_face, .track = SHARE(1)),
    SHOWN(order_number, TEXT, strong_face, .caption = "Order", .run_in = true, .track = FIT_RIGHT),
    FIELDS_END,
};
static const struct label_field herb_shop_fields[] = {
    SHOWN(shop_name, TEXT, small_face, .track = SHARE(1)),
    SHOWN(copy_no, COPY, small_face, .track = FIT_RIGHT),
    FIELDS_END,
};
const struct label_part herb_parts[] = {
    { PART_FIELDS, "product_name", ZONE_FLOW, herb_name_fields, .across = 2, .gutter = MM(2) },
    { PART_FIELDS, "total", ZONE_FLOW, herb_fields, .across = 3, .gutter = MM(2) },
    { PART_FIELDS, "herb_handling", ZONE_FLOW, herb_handling_fields, .across = 1, .space = MM(0.5) },
    { PART_FIELDS, "patient_name", ZONE_FOOT, herb_order_fields, .across = 2, .ruled = true, .space = MM(1),
      .gutter = MM(2) },
    { PART_FIELDS, "shop_name", ZONE_FOOT, herb_shop_fields, .across = 2, .gutter = MM(2) },
    PARTS_END,
};

/* One sentence, as large as it fits. */
static const struct face sticker_face = { 150, 80, true };
static const struct face sticker_small_face = { 90, 65, false };
const struct label_faces sticker_faces = { &sticker_face, &sticker_face, &sticker_small_face, &sticker_face,
                                           &sticker_small_face };
static const struct label_field sticker_fields[] = {
    SHOWN(copy_no, COPY, sticker_small_face,
          .track = { .kind = TRACK_SHARE, .share = 1, .align = ALIGN_RIGHT }),
    FIELDS_END,
};
const struct label_part sticker_parts[] = {
    { PART_SENTENCES, "warnings", ZONE_FLOW, .space = 0 },
    { PART_PACKED, "copy_no", ZONE_FOOT, sticker_fields, .across = 1 },
    PARTS_END,
};
