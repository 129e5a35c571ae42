/* What the tables of labels are written with, and the parts that labels.c lists. */
#ifndef YAOFANG_REPORTS_LABELS_H
#define YAOFANG_REPORTS_LABELS_H

#include "print/label.h"

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

/* Four dots and a bit of 203 dpi, five of 300: a lot's code is read at arm's length. */
#define LOT_MODULE 510

/* labels_sheet.c: A4 and Letter, and the patient's sheets on a roll. */
extern const struct label_faces sheet_faces, home_faces;
extern const struct label_part weigh_parts[], record_parts[], information_parts[], cook_parts[],
    cook_roll_parts[];

/* labels_prescription.c: what a prescriber signs. */
extern const struct label_part prescription_parts[];

/* labels_shelf.c: what stands on shelf and bench. */
extern const struct label_faces shelf_faces, sticker_faces;
extern const struct label_part lot_parts[], drawer_parts[], herb_parts[], sticker_parts[];

#endif
