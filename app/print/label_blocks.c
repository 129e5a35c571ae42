/* A label's parts and the content of one order → blocks for layout. Says what stands where, never how wide it came
   out. */
#include "print/label.h"

#include <string.h>

#define HEADING_DIRECTIONS "Directions"
#define HEADING_INGREDIENTS "Ingredients"
#define HEADING_WARNINGS "Warnings"

struct composer {
    struct ctx *c;
    const struct label *label;
    const struct label_content *content;
    struct block *blocks;
    size_t count, capacity;
};

/* A list of rows of a fixed number of cells, growing. */
struct row_list {
    struct arena *arena;
    struct row *rows;
    size_t count, capacity, across;
};

static struct row *add_row(struct row_list *list)
{
    struct row *row;

    list->rows = arena_grow(list->arena, list->rows, list->count, &list->capacity, sizeof *list->rows);
    row = &list->rows[list->count++];
    *row = (struct row){ .cells = arena_array(list->arena, list->across, sizeof(struct cell)) };
    return row;
}

static void add_block(struct composer *m, const struct label_part *part, const struct track *tracks,
                      const struct row_list *list, struct block block)
{
    block.field = part->field;
    block.zone = part->zone;
    block.tracks = tracks;
    block.track_count = list->across;
    block.rows = list->rows;
    block.row_count = list->count;
    block.ruled = part->ruled;
    block.space = part->space;
    block.gutter = part->gutter;
    m->blocks = arena_grow(&m->c->arena, m->blocks, m->count, &m->capacity, sizeof *m->blocks);
    m->blocks[m->count++] = block;
}

/* Captions and headings in the patient's language, beside English: patient and bench may read different halves. */
static const char *words(struct composer *m, const char *english)
{
    return label_words(m->c, m->content->language, english);
}

static const char *reason_words(struct composer *m, const char *code)
{
    if (strcmp(code, "form") == 0)
        return words(m, "(F) limit of the dosage form");
    if (strcmp(code, "ingredient") == 0)
        return words(m, "(I) earliest ingredient expiry");
    return code;
}

/* A line may end between the names of formulas and herbs, not within one: "… Dān Shēn, | Chuān Xiōng". */
static const char *names_whole(struct composer *m, const char *names)
{
    struct text text;

    text_init(&text, &m->c->arena);
    for (const char *at = names; *at != '\0'; at++) {
        bool latin =
            at > names && strchr(",+;", at[-1]) == NULL && at[1] != '+' && (unsigned char)at[1] < 0xE3;

        if (*at == ' ' && latin)
            text_add(&text, NO_BREAK_SPACE);
        else
            text_add_char(&text, *at);
    }
    return text.size == 0 ? "" : text.data;
}

static const char *copy_words(struct composer *m)
{
    if (m->content->copy_no == 0)
        return words(m, "DRAFT: not for hand-over");
    return m->content->copy_no == 1 ? "" : arena_printf(&m->c->arena, "copy %d", m->content->copy_no);
}

static const char *field_text(struct composer *m, const struct label_field *field)
{
    const char *at = (const char *)m->content + field->offset;
    struct date date;
    struct weight weight;
    const char *text;

    switch (field->show) {
    case SHOW_TEXT:
    case SHOW_NAMES:
    case SHOW_REASON:
    case SHOW_CODE_128:
    case SHOW_DATAMATRIX:
    case SHOW_DATAMATRIX_ALONE:
        memcpy(&text, at, sizeof text);
        text = text == NULL ? "" : text;
        if (field->show == SHOW_NAMES)
            return names_whole(m, text);
        return field->show == SHOW_REASON ? reason_words(m, text) : text;
    case SHOW_DATE:
        memcpy(&date, at, sizeof date);
        return date_is_none(date) ? "" : date_text(&m->c->arena, date);
    case SHOW_WEIGHT:
        memcpy(&weight, at, sizeof weight);
        return weight.mg == 0 ? "" : weight_text(&m->c->arena, weight);
    case SHOW_COPY:
        return copy_words(m);
    case SHOW_TITLE:
        return words(m, m->label->heading);
    case SHOW_BLANK:
    case SHOW_PAGE:
        return "";
    }
    return "";
}

static enum status make_field(struct composer *m, const struct label_field *field, struct cell *cell)
{
    struct barcode *code;

    *cell = (struct cell){ .field = field->name,
                           .text = field_text(m, field),
                           .caption = field->run_in ? NULL : words(m, field->caption),
                           .face = field->face,
                           .caption_face = m->label->faces->caption,
                           .module = field->module,
                           .code_height = field->code_height,
                           .boxed = field->show == SHOW_BLANK,
                           .page_number = field->show == SHOW_PAGE };
    if (field->run_in && *cell->text != '\0')
        cell->text = arena_printf(&m->c->arena, "%s: %s", words(m, field->caption), cell->text);
    if (field->module == 0 || *cell->text == '\0')
        return ST_OK;
    code = arena_alloc(&m->c->arena, sizeof *code);
    TRY(barcode_make(m->c, field->show == SHOW_CODE_128 ? CODE_128 : CODE_DATAMATRIX, field->name, cell->text,
                     code));
    cell->code = code;
    if (field->show == SHOW_DATAMATRIX_ALONE)
        cell->text = NULL;
    return ST_OK;
}

static enum status add_fields(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = part->across };
    struct track *tracks = arena_array(&m->c->arena, part->across, sizeof *tracks);
    struct row *row = NULL;

    for (size_t i = 0; part->fields[i].name != NULL; i++) {
        if (i < part->across)
            tracks[i] = part->fields[i].track;
        if (i % part->across == 0) {
            row = add_row(&list);
            row->height = part->height;
            row->pad = part->pad;
        }
        TRY(make_field(m, &part->fields[i], &row->cells[i % part->across]));
    }
    add_block(m, part, tracks, &list, (struct block){ .columns_max = 1 });
    return ST_OK;
}

/* Sentences in the patient's language, each with its English below in small type where that is another. */
static void add_lines(struct composer *m, struct row_list *list, const struct label_line *lines, size_t count,
                      const char *bullet)
{
    const struct label_faces *faces = m->label->faces;

    for (size_t i = 0; i < count; i++) {
        struct row *row = add_row(list);

        row->cells[0] = (struct cell){ .text = bullet, .face = faces->body };
        row->cells[1] = (struct cell){ .text = lines[i].text, .face = faces->body };
        if (lines[i].english == NULL || *lines[i].english == '\0')
            continue;
        row = add_row(list);
        row->glued = true;
        row->cells[1] = (struct cell){ .text = lines[i].english, .face = faces->small };
    }
}

static const struct track line_tracks[] = { { .kind = TRACK_FIT }, { .kind = TRACK_SHARE, .share = 1 } };

static void add_directions(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = 2 };

    if (m->content->direction_count == 0)
        return;
    add_row(&list)->cells[1] =
        (struct cell){ .text = words(m, HEADING_DIRECTIONS), .face = m->label->faces->heading };
    add_lines(m, &list, m->content->directions, m->content->direction_count, "");
    add_block(m, part, line_tracks, &list, (struct block){ .columns_max = 1, .header_rows = 1 });
}

/* A frame under a black bar: the one part nobody should overlook. */
static void add_warnings(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = 2 };

    if (m->content->warning_count == 0)
        return;
    add_row(&list)->cells[0] =
        (struct cell){ .text = words(m, HEADING_WARNINGS), .face = m->label->faces->heading, .span = 1 };
    list.rows[0].shade = SHADE_BLACK;
    add_lines(m, &list, m->content->warnings, m->content->warning_count, "•");
    for (size_t i = 0; i < list.count; i++)
        list.rows[i].pad = list.rows[i].glued ? 0 : MM(0.2);
    add_block(m, part, line_tracks, &list,
              (struct block){ .columns_max = 1, .framed = true, .inset = MM(1.2), .header_rows = 1 });
}

/* "Astragalus root, honey-fried"; the preparation only once: not "honey-fried licorice, honey-fried". */
static const char *plain_name(struct composer *m, const struct label_ingredient *herb)
{
    if (*herb->preparation == '\0' || strcasestr(herb->english, herb->preparation) != NULL)
        return herb->english;
    return arena_printf(&m->c->arena, "%s%s%s", herb->english, *herb->english == '\0' ? "" : ", ",
                        herb->preparation);
}

static const char *grams(struct composer *m, struct weight weight)
{
    return weight.mg == 0 ? "" : weight_text(&m->c->arena, weight);
}

/* A second line of a herb where the extras are as said, as wide as the table. */
static void add_herb_note(struct composer *m, struct row_list *list, enum extras extras, const char *first,
                          const char *second)
{
    struct row *row;

    if (*first == '\0' && *second == '\0')
        return;
    row = add_row(list);
    row->glued = row->ruled = true;
    row->extras = extras;
    row->cells[1] =
        (struct cell){ .field = "herb_handling",
                       .text = arena_printf(&m->c->arena, "%s%s%s", first,
                                            *first == '\0' || *second == '\0' ? "" : "; ", second),
                       .face = m->label->faces->small,
                       .span = 3 };
}

/* A herb's line, and in a second one how it is to be handled, and what has no room beside the name. */
static void add_herb(struct composer *m, struct row_list *list, const struct label_ingredient *herb)
{
    const struct label_faces *faces = m->label->faces;
    const char *name = plain_name(m, herb);
    struct row *row = add_row(list);

    row->cells[0] = (struct cell){ .text = herb->hanzi, .face = faces->herb };
    row->cells[1] = (struct cell){ .text = herb->pinyin, .face = faces->herb };
    row->cells[2] = (struct cell){ .text = name, .face = faces->small };
    row->cells[3] = (struct cell){ .text = grams(m, herb->packet), .face = faces->herb };
    row->cells[4] = (struct cell){ .text = grams(m, herb->total), .face = faces->herb };
    for (size_t k = 0; k < list->across; k++)
        row->cells[k].field = "ingredients";
    row->pad = MM(0.1);
    row->ruled = true;
    add_herb_note(m, list, EXTRAS_BESIDE, "", herb->handling);
    add_herb_note(m, list, EXTRAS_BELOW, name, herb->handling);
    add_herb_note(m, list, EXTRAS_LEFT_OUT, herb->preparation, herb->handling);
}

static void add_ingredients(struct composer *m, const struct label_part *part)
{
    static const struct track tracks[] = { { .kind = TRACK_FIT },
                                           { .kind = TRACK_SHARE, .share = 1, .whole = true },
                                           { .kind = TRACK_SPARE, .whole = true },
                                           { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
                                           { .kind = TRACK_FIT, .align = ALIGN_RIGHT } };
    const struct label_faces *faces = m->label->faces;
    struct row_list list = { .arena = &m->c->arena, .across = 5 };
    struct cell *cells = add_row(&list)->cells;

    cells[0] = (struct cell){ .text = words(m, HEADING_INGREDIENTS), .face = faces->heading, .span = 2 };
    cells[3] = (struct cell){ .text = m->content->packet_total.mg > 0 ? words(m, "each") : "",
                              .face = faces->caption };
    cells[4] = (struct cell){ .text = words(m, "total"), .face = faces->caption };
    for (size_t i = 0; i < m->content->ingredient_count; i++)
        add_herb(m, &list, &m->content->ingredients[i]);
    add_block(m, part, tracks, &list,
              (struct block){ .columns_max = m->label->columns_max, .header_rows = 1 });
}

/* "99.75 g to 110.25 g", in two lines: what the shop's tolerance lets through without a second person. */
static const char *tolerance_range(struct composer *m, struct weight target)
{
    struct arena *arena = &m->c->arena;
    int64_t off = target.mg * m->content->tolerance_permille / 1000;

    return arena_printf(arena, "%s to\n%s", weight_text(arena, (struct weight){ target.mg - off }),
                        weight_text(arena, (struct weight){ target.mg + off }));
}

static void add_weighing_row(struct composer *m, struct row_list *list, size_t number, micrometre height)
{
    const struct label_ingredient *lot = &m->content->ingredients[number];
    const struct label_faces *faces = m->label->faces;
    struct arena *arena = &m->c->arena;
    struct row *row = add_row(list);
    struct cell *cells = row->cells;

    row->height = height;
    row->pad = MM(0.8);
    row->ruled = true;
    row->shade = number % 2 == 1 ? SHADE_LIGHT : SHADE_NONE;
    cells[0] = (struct cell){ .text = arena_printf(arena, "%zu", number + 1), .face = faces->small };
    cells[1] = (struct cell){ .text = lot->drawer, .face = faces->body };
    cells[2] = (struct cell){ .text = lot->hanzi, .face = faces->herb };
    cells[3] = (struct cell){ .text = arena_printf(arena, "%s\n%s\n%s", lot->pinyin, plain_name(m, lot),
                                                   lot->handling),
                              .face = faces->body };
    cells[4] = (struct cell){ .text = date_is_none(lot->expires_on)
                                          ? lot->lot
                                          : arena_printf(arena, "%s\nuse by %s", lot->lot,
                                                         date_text(arena, lot->expires_on)),
                              .face = faces->small };
    cells[5] = (struct cell){ .text = weight_text(arena, lot->total), .face = faces->herb };
    cells[6] = (struct cell){ .text = tolerance_range(m, lot->total), .face = faces->small };
    for (size_t k = 7; k < list->across; k++)
        cells[k] = (struct cell){ .boxed = true };
}

static void add_weighing(struct composer *m, const struct label_part *part)
{
    static const struct track tracks[] = { { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
                                           { .kind = TRACK_FIT },
                                           { .kind = TRACK_FIT },
                                           { .kind = TRACK_SHARE, .share = 1 },
                                           { .kind = TRACK_FIT },
                                           { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
                                           { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
                                           { .kind = TRACK_FIXED, .width = MM(19) },
                                           { .kind = TRACK_FIXED, .width = MM(14) },
                                           { .kind = TRACK_FIXED, .width = MM(12.5) } };
    static const char *const headings[] = { "",       "Drawer",  "",          "Herb",   "Lot",
                                            "Target", "Allowed", "Weighed g", "Tare g", "Initials" };
    struct row_list list = { .arena = &m->c->arena, .across = sizeof tracks / sizeof *tracks };
    struct row *head = add_row(&list);

    head->shade = SHADE_BLACK;
    head->pad = MM(0.8);
    for (size_t k = 0; k < list.across; k++)
        head->cells[k] = (struct cell){ .text = words(m, headings[k]), .face = m->label->faces->heading };
    for (size_t i = 0; i < m->content->ingredient_count; i++)
        add_weighing_row(m, &list, i, part->height);
    add_block(m, part, tracks, &list,
              (struct block){ .columns_max = 1, .header_rows = 1, .framed = true, .inset = MM(1.5) });
}

enum status label_blocks(struct ctx *c, const struct label *label, const struct label_content *content,
                         const struct block **blocks, size_t *count)
{
    struct composer m = { .c = c, .label = label, .content = content };

    for (const struct label_part *part = label->parts; part->field != NULL; part++) {
        switch (part->kind) {
        case PART_FIELDS:
            TRY(add_fields(&m, part));
            break;
        case PART_DIRECTIONS:
            add_directions(&m, part);
            break;
        case PART_INGREDIENTS:
            add_ingredients(&m, part);
            break;
        case PART_WARNINGS:
            add_warnings(&m, part);
            break;
        case PART_WEIGHING:
            add_weighing(&m, part);
            break;
        }
    }
    *blocks = m.blocks;
    *count = m.count;
    return ST_OK;
}
