/* Draws placed marks with cairo and pango, the same way for a PDF page and for a picture. Text is shaped at 100 points
   and scaled, without hinting or kerning, so what the ruler measured is what is drawn at every size. */
#include "print/draw.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include <cairo-pdf.h>

#include "print/characters.h"

#define POINTS_PER_MICROMETRE (72.0 / 25400.0)
#define MEASURED_POINTS 100
#define FRAME_POINTS 0.6
#define PICTURE_MOST 32000 /* rows of dots; cairo's limit is 32767 */

/* How many shaped texts a pen keeps: more than a batch of labels has in common, and a few megabytes. */
#define SHAPED_MOST 6000

/* Pango's side of a ruler: what a layout begins as for each weight, and the texts that were shaped, for most of a label's words
   come again on the next one. Keys are the texts behind a letter for the weight. */
struct pen {
    PangoContext *context;
    PangoLayout *regular, *bold;
    GHashTable *shaped;
};

/* A page being drawn on: dots are what a bar code's module must be a whole number of (0 on paper, which has none). */
struct canvas {
    cairo_t *cairo;
    const struct pen *pen;
    double dots_per_point;
};

static void close_pen(void *resource)
{
    struct pen *pen = resource;

    g_hash_table_destroy(pen->shaped);
    g_object_unref(pen->regular);
    g_object_unref(pen->bold);
    g_object_unref(pen->context);
}

static PangoLayout *make_layout(PangoContext *context, const char *font, PangoWeight weight)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *description = pango_font_description_from_string(font);
    PangoAttrList *attributes = pango_attr_list_new();

    pango_font_description_set_weight(description, weight);
    pango_font_description_set_absolute_size(description, MEASURED_POINTS * PANGO_SCALE);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    pango_attr_list_insert(attributes, pango_attr_font_features_new("kern=0, liga=0, clig=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    return layout;
}

/* The text, shaped: from the store, or new and put there. */
static PangoLayout *shape(const struct pen *pen, const char *text, size_t size, bool bold)
{
    char *key = g_malloc(size + 2);
    PangoLayout *layout;

    key[0] = bold ? 'b' : 'r';
    memcpy(key + 1, text, size);
    key[size + 1] = '\0';
    layout = g_hash_table_lookup(pen->shaped, key);
    if (layout != NULL) {
        g_free(key);
        return layout;
    }
    if (g_hash_table_size(pen->shaped) >= SHAPED_MOST)
        g_hash_table_remove_all(pen->shaped);
    layout = pango_layout_copy(bold ? pen->bold : pen->regular);
    pango_layout_set_text(layout, text, (int)size);
    g_hash_table_insert(pen->shaped, key, layout);
    return layout;
}

static micrometre measure(void *arg, const char *text, size_t size, bool bold)
{
    int width;

    pango_layout_get_size(shape(arg, text, size, bold), &width, NULL);
    return (micrometre)ceil(width / (double)PANGO_SCALE / POINTS_PER_MICROMETRE);
}

enum status draw_ruler(struct ctx *c, const char *font, struct ruler *ruler)
{
    struct pen *pen = arena_alloc(&c->arena, sizeof *pen);
    cairo_font_options_t *options = cairo_font_options_create();

    pen->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pen->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(pen->context, 72);
    pango_context_set_round_glyph_positions(pen->context, FALSE);
    pango_context_set_language(pen->context, pango_language_from_string("zh-hans"));
    pen->regular = make_layout(pen->context, font, PANGO_WEIGHT_NORMAL);
    pen->bold = make_layout(pen->context, font, PANGO_WEIGHT_BOLD);
    pen->shaped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
    arena_defer(&c->arena, close_pen, pen);
    *ruler = (struct ruler){ measure, pen };
    return ST_OK;
}

/* The first character of the layout's text that no font has: a glyph marked as unknown. */
static const char *missing_character(struct ctx *c, PangoLayout *layout)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    const char *text = pango_layout_get_text(layout);
    const char *found = text;

    do {
        PangoLayoutRun *run = pango_layout_iter_get_run_readonly(iter);

        for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++)
            if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
                found = text + run->item->offset + run->glyphs->log_clusters[i];
    } while (pango_layout_iter_next_run(iter));
    pango_layout_iter_free(iter);
    return arena_text_n(&c->arena, found, (size_t)(g_utf8_next_char(found) - found));
}

static enum status check_text(struct ctx *c, const struct mark *mark, PangoLayout *layout)
{
    TRY(characters_check(c, mark->field, mark->text));
    if (pango_layout_get_unknown_glyphs_count(layout) == 0)
        return ST_OK;
    return ctx_fail(c, ST_INVALID, mark->field, missing_character(c, layout),
                    "is a character that no installed font has; see the setting YAOFANG_FONT");
}

static enum status draw_text(struct ctx *c, const struct canvas *canvas, const struct mark *mark)
{
    PangoLayout *layout = shape(canvas->pen, mark->text, strlen(mark->text), mark->bold);
    double scale = mark->size / 10.0 / MEASURED_POINTS;
    double ink = mark->white ? 1 : 0;

    TRY(check_text(c, mark, layout));
    cairo_save(canvas->cairo);
    cairo_set_source_rgb(canvas->cairo, ink, ink, ink);
    cairo_translate(canvas->cairo, mark->x * POINTS_PER_MICROMETRE, mark->baseline * POINTS_PER_MICROMETRE);
    cairo_scale(canvas->cairo, scale, scale);
    cairo_move_to(canvas->cairo, 0, 0);
    pango_cairo_show_layout_line(canvas->cairo, pango_layout_get_line_readonly(layout, 0));
    cairo_restore(canvas->cairo);
    return ST_OK;
}

enum status draw_check(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *paper)
{
    for (const struct mark *mark = paper->marks; mark < paper->marks + paper->count; mark++)
        if (mark->kind == MARK_TEXT)
            TRY(check_text(c, mark, shape(ruler->arg, mark->text, strlen(mark->text), mark->bold)));
    return ST_OK;
}

static const double shade_inks[] = {
    [SHADE_NONE] = 1, [SHADE_LIGHT] = 0.92, [SHADE_RULE] = 0.45, [SHADE_BLACK] = 0
};

static void rectangle(const struct canvas *canvas, const struct mark *mark)
{
    cairo_rectangle(canvas->cairo, mark->x * POINTS_PER_MICROMETRE, mark->y * POINTS_PER_MICROMETRE,
                    mark->width * POINTS_PER_MICROMETRE, mark->height * POINTS_PER_MICROMETRE);
}

/* Where there are dots, a hairline is one row of them: spread over two, it would be grey, and white on a printer. */
static void draw_fill(const struct canvas *canvas, const struct mark *mark)
{
    double ink = shade_inks[mark->shade];
    double dots = mark->height * POINTS_PER_MICROMETRE * canvas->dots_per_point;
    struct mark line = *mark;

    if (canvas->dots_per_point > 0 && dots < 2) {
        double dot = 1 / (POINTS_PER_MICROMETRE * canvas->dots_per_point);

        line.y = (micrometre)lround(floor(mark->y / dot) * dot);
        line.height = (micrometre)lround(dot * fmax(1, floor(dots)));
    }
    cairo_set_source_rgb(canvas->cairo, ink, ink, ink);
    rectangle(canvas, &line);
    cairo_fill(canvas->cairo);
}

static void draw_frame(const struct canvas *canvas, const struct mark *mark)
{
    cairo_set_source_rgb(canvas->cairo, 0, 0, 0);
    cairo_set_line_width(canvas->cairo, FRAME_POINTS);
    rectangle(canvas, mark);
    cairo_stroke(canvas->cairo);
}

/* A matrix on paper is a picture of one dot a module: a tenth of the file, and of the work, of so many little squares. */
static void draw_matrix(const struct canvas *canvas, const struct barcode *code, double x, double y,
                        double module)
{
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_A1, code->width, code->height);
    cairo_t *dots = cairo_create(picture);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(picture);

    cairo_set_antialias(dots, CAIRO_ANTIALIAS_NONE);
    for (size_t i = 0; i < code->count; i++)
        cairo_rectangle(dots, code->bars[i].x, code->bars[i].y, code->bars[i].width, code->bars[i].height);
    cairo_fill(dots);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x, y);
    cairo_scale(canvas->cairo, module, module);
    cairo_set_source_rgb(canvas->cairo, 0, 0, 0);
    cairo_mask(canvas->cairo, pattern);
    cairo_restore(canvas->cairo);
    cairo_pattern_destroy(pattern);
    cairo_destroy(dots);
    cairo_surface_destroy(picture);
}

/* One filled path. Where there are dots, a module is a whole number of them and starts on one: a scanner forgives a
   code that is a little narrow, not bars of uneven width. */
static void draw_code(const struct canvas *canvas, const struct mark *mark)
{
    double module = mark->module * POINTS_PER_MICROMETRE;
    double x = mark->x * POINTS_PER_MICROMETRE;
    double y = mark->y * POINTS_PER_MICROMETRE;
    double high;

    if (canvas->dots_per_point > 0) {
        const double dots = canvas->dots_per_point, wide = module * mark->code->width;

        module = fmax(1, floor(module * dots)) / dots;
        x = round((x + (wide - module * mark->code->width) / 2) * dots) / dots;
        y = round(y * dots) / dots;
    }
    if (canvas->dots_per_point == 0 && mark->code->height > 1) {
        draw_matrix(canvas, mark->code, x, y, module);
        return;
    }
    high = mark->code->height > 1 ? module : mark->height * POINTS_PER_MICROMETRE;
    cairo_set_source_rgb(canvas->cairo, 0, 0, 0);
    cairo_set_antialias(canvas->cairo, CAIRO_ANTIALIAS_NONE);
    for (size_t i = 0; i < mark->code->count; i++) {
        const struct bar *bar = &mark->code->bars[i];

        cairo_rectangle(canvas->cairo, x + bar->x * module, y + bar->y * high, bar->width * module,
                        bar->height * high);
    }
    cairo_fill(canvas->cairo);
    cairo_set_antialias(canvas->cairo, CAIRO_ANTIALIAS_DEFAULT);
}

static enum status draw_page(struct ctx *c, const struct canvas *canvas, const struct sheet_of_paper *paper,
                             int page)
{
    for (size_t i = 0; i < paper->count; i++) {
        const struct mark *mark = &paper->marks[i];

        if (mark->page != page)
            continue;
        switch (mark->kind) {
        case MARK_TEXT:
            TRY(draw_text(c, canvas, mark));
            break;
        case MARK_FILL:
            draw_fill(canvas, mark);
            break;
        case MARK_FRAME:
            draw_frame(canvas, mark);
            break;
        case MARK_CODE:
            draw_code(canvas, mark);
            break;
        }
    }
    return ST_OK;
}

static cairo_status_t write_text(void *arg, const unsigned char *data, unsigned int size)
{
    text_add_n(arg, (const char *)data, size);
    return CAIRO_STATUS_SUCCESS;
}

static void destroy_surface(void *surface)
{
    cairo_surface_destroy(surface);
}

static void destroy_cairo(void *cairo)
{
    cairo_destroy(cairo);
}

/* A canvas on `surface`, both closed with the arena. */
static struct canvas open_canvas(struct ctx *c, const struct ruler *ruler, cairo_surface_t *surface,
                                 double dots_per_point)
{
    struct canvas canvas = { cairo_create(surface), ruler->arg, dots_per_point };

    arena_defer(&c->arena, destroy_surface, surface);
    arena_defer(&c->arena, destroy_cairo, canvas.cairo);
    return canvas;
}

static enum status check(struct ctx *c, cairo_status_t status)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return ST_OK;
    c->cause = cairo_status_to_string(status);
    return ctx_fail(c, ST_BROKEN, "paper", NULL, "could not be drawn");
}

static enum status draw_pages(struct ctx *c, const struct canvas *canvas, cairo_surface_t *surface,
                              const struct sheet_of_paper *paper)
{
    cairo_pdf_surface_set_size(surface, paper->width * POINTS_PER_MICROMETRE,
                               paper->height * POINTS_PER_MICROMETRE);
    for (int page = 0; page < paper->pages; page++) {
        TRY(draw_page(c, canvas, paper, page));
        cairo_show_page(canvas->cairo);
    }
    return ST_OK;
}

enum status draw_pdf(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                     size_t count, struct instant made, struct text *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_text, out, 72, 72);
    struct canvas canvas = open_canvas(c, ruler, surface, 0);
    enum status drawn = ST_OK;

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, count > 0 ? papers[0].title : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Yaofang");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, instant_text(&c->arena, made));
    for (size_t i = 0; i < count && drawn == ST_OK; i++)
        drawn = draw_pages(c, &canvas, surface, &papers[i]);
    cairo_surface_finish(
        surface); /* also after a failure: it must not write to `out` later, when the arena ends */
    TRY(drawn);
    return check(c, cairo_surface_status(surface));
}

static int dots_of(micrometre length, double dots)
{
    return (int)lround(length * POINTS_PER_MICROMETRE * dots);
}

/* A picture of all pages of all papers, one below the other. */
static enum status draw_image(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                              size_t count, int dpi, cairo_surface_t **image)
{
    double dots = dpi / 72.0;
    int width = 1, height = 0, top = 0;
    struct canvas canvas;

    for (size_t i = 0; i < count && height <= PICTURE_MOST; i++) {
        width = dots_of(papers[i].width, dots) > width ? dots_of(papers[i].width, dots) : width;
        height += dots_of(papers[i].height, dots) * papers[i].pages;
    }
    if (height > PICTURE_MOST)
        return ctx_fail(c, ST_INVALID, "format", "png", "holds %d rows of dots, and this is more: take pdf",
                        PICTURE_MOST);
    *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height < 1 ? 1 : height);
    canvas = open_canvas(c, ruler, *image, dots);
    cairo_set_source_rgb(canvas.cairo, 1, 1, 1);
    cairo_paint(canvas.cairo);
    for (size_t i = 0; i < count; i++)
        for (int page = 0; page < papers[i].pages; page++) {
            cairo_save(canvas.cairo);
            cairo_translate(canvas.cairo, 0, top);
            cairo_scale(canvas.cairo, dots, dots);
            TRY(draw_page(c, &canvas, &papers[i], page));
            cairo_restore(canvas.cairo);
            top += dots_of(papers[i].height, dots);
        }
    TRY(check(c, cairo_status(canvas.cairo)));
    cairo_surface_flush(*image);
    return ST_OK;
}

/* Everything drawn is grey, so one channel says it; darker than the middle is a dot. */
static bool is_dot(uint32_t pixel)
{
    return (pixel & 0xff) < 0x80;
}

static const uint32_t *pixels_of(cairo_surface_t *image, int row)
{
    return (const uint32_t *)(const void *)(cairo_image_surface_get_data(image) +
                                            (size_t)row * (size_t)cairo_image_surface_get_stride(image));
}

static void make_dots(cairo_surface_t *image)
{
    for (int row = 0; row < cairo_image_surface_get_height(image); row++) {
        uint32_t *pixels = (uint32_t *)(uintptr_t)pixels_of(image, row);

        for (int x = 0; x < cairo_image_surface_get_width(image); x++)
            pixels[x] = is_dot(pixels[x]) ? 0 : 0xffffff;
    }
    cairo_surface_mark_dirty(image);
}

enum status draw_png(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                     size_t count, int dpi, bool dots, struct text *out)
{
    cairo_surface_t *image;

    TRY(draw_image(c, ruler, papers, count, dpi, &image));
    if (dots)
        make_dots(image);
    return check(c, cairo_surface_write_to_png_stream(image, write_text, out));
}

enum status draw_raster(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *paper, int dpi,
                        struct raster *raster)
{
    cairo_surface_t *image;
    unsigned char *bits;
    size_t rows;

    TRY(draw_image(c, ruler, paper, 1, dpi, &image));
    rows = (size_t)cairo_image_surface_get_height(image);
    raster->width = cairo_image_surface_get_width(image);
    raster->pages = paper->pages;
    raster->height = (int)rows / paper->pages;
    raster->stride = ((size_t)raster->width + 7) / 8;
    bits = arena_alloc(&c->arena, rows * raster->stride);
    memset(bits, 0, rows * raster->stride);
    for (size_t row = 0; row < rows; row++) {
        const uint32_t *pixels = pixels_of(image, (int)row);

        for (int x = 0; x < raster->width; x++)
            if (is_dot(pixels[x]))
                bits[row * raster->stride + (size_t)x / 8] |= (unsigned char)(0x80 >> x % 8);
    }
    raster->bits = bits;
    return ST_OK;
}
