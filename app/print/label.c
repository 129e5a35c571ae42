/* Content and a label's table of parts → blocks → layout → drawing. */
#include "print/label.h"

#include <string.h>

#include "print/draw.h"
#include "print/label_lint.h"

const struct column label_content_columns[] = {
    COLUMN(struct label_content, shop_name),
    COLUMN(struct label_content, shop_name_hanzi),
    COLUMN(struct label_content, shop_address),
    COLUMN(struct label_content, shop_phone),
    COLUMN(struct label_content, patient_name),
    COLUMN(struct label_content, patient_born),
    COLUMN(struct label_content, language),
    COLUMN(struct label_content, prescriber_name),
    COLUMN(struct label_content, prescriber_registration),
    COLUMN(struct label_content, filled_by),
    COLUMN(struct label_content, checked_by),
    COLUMN(struct label_content, order_number),
    COLUMN(struct label_content, control_number),
    COLUMN(struct label_content, product_name),
    COLUMN(struct label_content, product_hanzi),
    COLUMN(struct label_content, product_english),
    COLUMN(struct label_content, form),
    COLUMN(struct label_content, packets),
    COLUMN(struct label_content, packet_total),
    COLUMN(struct label_content, total),
    COLUMN(struct label_content, tolerance_permille),
    COLUMN(struct label_content, copy_no),
    COLUMN(struct label_content, dispensed_on),
    COLUMN(struct label_content, beyond_use),
    COLUMN(struct label_content, beyond_use_reason),
    COLUMN(struct label_content, beyond_use_because),
    COLUMN(struct label_content, storage),
    COLUMN(struct label_content, printed_at),
    COLUMN(struct label_content, patient_age),
    COLUMN(struct label_content, patient_sex),
    COLUMN(struct label_content, patient_address),
    COLUMN(struct label_content, patient_record_number),
    COLUMN(struct label_content, prescriber_address),
    COLUMN(struct label_content, prescriber_phone),
    COLUMN(struct label_content, prescriber_signature),
    COLUMN(struct label_content, department),
    COLUMN(struct label_content, prescribed_on),
    COLUMN(struct label_content, reviewer_name),
    COLUMN(struct label_content, issuer_name),
    COLUMN(struct label_content, prepared_on),
    COLUMN(struct label_content, manufacturer_name),
    COLUMN(struct label_content, manufacturer_address),
    COLUMN(struct label_content, strength),
    COLUMN(struct label_content, pack_size),
    COLUMN(struct label_content, indication),
    COLUMN(struct label_content, diagnosis),
    COLUMN(struct label_content, maximum_dose),
    COLUMN(struct label_content, repeats),
    COLUMN(struct label_content, prescription_expiry),
    COLUMN(struct label_content, physical_description),
    COLUMN(struct label_content, spoon_measure),
    COLUMN(struct label_content, price),
    COLUMN(struct label_content, overage),
    COLUMN(struct label_content, container),
    COLUMN(struct label_content, drawer),
    COLUMN(struct label_content, handling),
    COLUMN(struct label_content, status),
    COLUMN(struct label_content, supplier),
    COLUMN(struct label_content, scan_code),
    COLUMN(struct label_content, label_profile),
    COLUMN(struct label_content, conditions),
    COLUMNS_END,
};

const struct column label_ingredient_columns[] = {
    COLUMN(struct label_ingredient, hanzi),       COLUMN(struct label_ingredient, pinyin),
    COLUMN(struct label_ingredient, english),     COLUMN(struct label_ingredient, latin),
    COLUMN(struct label_ingredient, preparation), COLUMN(struct label_ingredient, handling),
    COLUMN(struct label_ingredient, packet),      COLUMN(struct label_ingredient, total),
    COLUMN(struct label_ingredient, drawer),      COLUMN(struct label_ingredient, lot),
    COLUMN(struct label_ingredient, expires_on),  COLUMN(struct label_ingredient, supplier),
    COLUMN(struct label_ingredient, planned),     COLUMNS_END,
};

const struct column label_line_columns[] = {
    COLUMN(struct label_line, text),
    COLUMN(struct label_line, english),
    COLUMN(struct label_line, field),
    COLUMN(struct label_line, heading),
    COLUMNS_END,
};

#define LABEL_FORMAT_ROW(name, word, suffix, media_type) { word, suffix, media_type },
const struct label_format_row label_formats[LABEL_FORMAT_COUNT] = { LABEL_FORMAT_LIST(LABEL_FORMAT_ROW) };

enum status label_format_find(struct ctx *c, const char *field, const char *word, enum label_format *format)
{
    struct text words;

    text_init(&words, &c->arena);
    for (int i = 0; i < LABEL_FORMAT_COUNT; i++) {
        if (strcmp(label_formats[i].word, word) == 0) {
            *format = (enum label_format)i;
            return ST_OK;
        }
        text_addf(&words, "%s%s", i > 0 ? ", " : "", label_formats[i].word);
    }
    return ctx_fail(c, ST_INVALID, field, word, "must be one of %s", words.data);
}

enum status label_find(struct ctx *c, const char *name_or_kind, const struct label **label)
{
    struct text names;

    text_init(&names, &c->arena);
    for (const struct label *row = labels; row->name != NULL; row++) {
        if (strcmp(row->name, name_or_kind) == 0 || strcmp(row->kind, name_or_kind) == 0) {
            *label = row;
            return ST_OK;
        }
        text_addf(&names, "%s%s", names.size > 0 ? ", " : "", row->name);
    }
    return ctx_fail(c, ST_NOT_FOUND, "kind", name_or_kind, "there are these labels: %s", names.data);
}

/* A label that was too small because the law wants larger type says so. */
static void note_least_size(struct ctx *c, const struct label *label, const struct label_content *content)
{
    const struct label_rule *rule = NULL;

    for (size_t i = 0; content->rules != NULL && i < content->rules->count; i++)
        if (rule == NULL || content->rules->rules[i].min_type_size_pt > rule->min_type_size_pt)
            rule = &content->rules->rules[i];
    if (rule != NULL && rule->min_type_size_pt > 0)
        ctx_note(c, ST_INVALID, rule->field, label->name,
                 "is too small a label for type of %d points, which %s (%s) asks for", rule->min_type_size_pt,
                 content->rules->profile, rule->clause);
}

enum status label_place(struct ctx *c, const struct label *label, const struct label_content *content,
                        const struct ruler *ruler, struct sheet_of_paper *paper)
{
    struct layout layout = { .name = label->title,
                             .title = arena_printf(&c->arena, "%s %s", label->title, content->order_number),
                             .width = label->width,
                             .height = label->height,
                             .margin = label->margin,
                             .pages_max = label->pages_max,
                             .scale_max = label->scale_max };
    enum status placed;

    TRY(label_blocks(c, label, content, &layout.blocks, &layout.count));
    placed = layout_place(c, &layout, ruler, paper);
    if (placed == ST_INVALID)
        note_least_size(c, label, content);
    return placed;
}

enum status label_paper_draw(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                             size_t count, struct instant printed_at, enum label_format format, int dpi,
                             struct text *out)
{
    struct raster raster;

    switch (format) {
    case LABEL_PDF:
        return draw_pdf(c, ruler, papers, count, printed_at, out);
    case LABEL_PNG:
    case LABEL_DOTS:
        return draw_png(c, ruler, papers, count, dpi, format == LABEL_DOTS, out);
    case LABEL_ZPL:
    case LABEL_ESCPOS:
        for (size_t i = 0; i < count; i++) {
            TRY(draw_raster(c, ruler, &papers[i], dpi, &raster));
            (format == LABEL_ZPL ? raster_zpl : raster_escpos)(&raster, out);
        }
        return ST_OK;
    case LABEL_FORMAT_COUNT:
        break;
    }
    return ST_OK;
}

enum status label_draw(struct ctx *c, const struct label *label, const struct label_content *content,
                       const char *font, enum label_format format, int dpi, struct text *out)
{
    struct sheet_of_paper paper;
    struct ruler ruler;

    TRY(draw_ruler(c, font, &ruler));
    TRY(label_place(c, label, content, &ruler, &paper));
    return label_paper_draw(c, &ruler, &paper, 1, content->printed_at, format, dpi, out);
}

const char *label_phrase(struct arena *arena, const char *phrase, const char *name, const char *value)
{
    const char *hole = arena_printf(arena, "{%s}", name);
    const char *at = strstr(phrase, hole);

    if (at == NULL)
        return phrase;
    return arena_printf(arena, "%.*s%s%s", (int)(at - phrase), phrase, value, at + strlen(hole));
}
