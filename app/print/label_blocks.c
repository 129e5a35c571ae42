/* A label's parts and the content of one order → blocks for layout. Says what stands where, never how wide it came
   out. */
#include "print/label_compose.h"

#include <string.h>

#include "print/copy.h"

#define HEADING_DIRECTIONS "Directions"
#define HEADING_INGREDIENTS "Ingredients"
#define HEADING_WARNINGS "Warnings"
#define OTHER_NAMES "herb_names_english;herb_names_latin"

struct row *compose_row(struct row_list *list)
{
    struct row *row;

    list->rows = arena_grow(list->arena, list->rows, list->count, &list->capacity, sizeof *list->rows);
    row = &list->rows[list->count++];
    *row = (struct row){ .cells = arena_array(list->arena, list->across, sizeof(struct cell)) };
    return row;
}

void compose_block(struct composer *m, const struct label_part *part, const struct track *tracks,
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

const char *compose_words(struct composer *m, const char *english)
{
    return m->label->alone ? label_words_alone(m->content->language, english)
                           : label_words(m->c, m->content->language, english);
}

static const char *reason_words(struct composer *m, const char *code)
{
    if (strcmp(code, "form") == 0)
        return compose_words(m, "(F) limit of the dosage form");
    if (strcmp(code, "ingredient") == 0)
        return compose_words(m, "(I) earliest ingredient expiry");
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

static const char *copy_text(struct composer *m)
{
    if (m->content->copy_no == 0) /* a sticker alone goes with nothing to be handed over */
        return m->label->each == EACH_STICKER ? "" : compose_words(m, "DRAFT: not for hand-over");
    return copy_words(m->c, m->content->copy_no);
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
    case SHOW_GS1_DATAMATRIX:
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
        return copy_text(m);
    case SHOW_TITLE:
        return compose_words(m, m->label->heading);
    case SHOW_BLANK:
    case SHOW_PAGE:
        return "";
    }
    return "";
}

/* Without bracketed identifiers it is the shop's own code. */
static enum barcode_kind code_kind(enum label_show show, const char *text)
{
    if (show == SHOW_CODE_128)
        return CODE_128;
    return show == SHOW_GS1_DATAMATRIX && *text == '[' ? CODE_GS1_DATAMATRIX : CODE_DATAMATRIX;
}

static enum status make_field(struct composer *m, const struct label_field *field, struct cell *cell)
{
    struct barcode *code;

    *cell = (struct cell){ .field = field->name,
                           .text = field_text(m, field),
                           .caption = field->run_in ? NULL : compose_words(m, field->caption),
                           .face = field->face,
                           .caption_face = m->label->faces->caption,
                           .module = field->module,
                           .code_height = field->code_height,
                           .boxed = field->show == SHOW_BLANK,
                           .page_number = field->show == SHOW_PAGE };
    if (field->run_in && *cell->text != '\0')
        cell->text = arena_printf(&m->c->arena, "%s: %s", compose_words(m, field->caption), cell->text);
    if (field->module == 0 || *cell->text == '\0')
        return ST_OK;
    code = arena_alloc(&m->c->arena, sizeof *code);
    TRY(barcode_make(m->c, code_kind(field->show, cell->text), field->name, cell->text, code));
    cell->code = code;
    if (field->show != SHOW_CODE_128 && field->show != SHOW_DATAMATRIX)
        cell->text = NULL;
    return ST_OK;
}

static enum status add_fields(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = part->across };
    struct track *tracks = arena_array(&m->c->arena, part->across, sizeof *tracks);
    struct row *row = NULL;
    size_t at = 0;

    for (size_t i = 0; part->fields[i].name != NULL; i++) {
        struct cell cell;

        if (i < part->across)
            tracks[i] = part->fields[i].track;
        TRY(make_field(m, &part->fields[i], &cell));
        if (part->kind == PART_PACKED && *cell.text == '\0')
            continue;
        if (at % part->across == 0) {
            row = compose_row(&list);
            row->height = part->height;
            row->pad = part->pad;
        }
        row->cells[at++ % part->across] = cell;
    }
    compose_block(m, part, tracks, &list, (struct block){ .columns_max = 1 });
    return ST_OK;
}

static const char *field_of(const struct label_line *line)
{
    return line->field == NULL || *line->field == '\0' ? NULL : line->field;
}

static const char *line_text(struct composer *m, const struct label_line *line)
{
    if (line->heading == NULL || *line->heading == '\0')
        return line->text;
    return arena_printf(&m->c->arena, "%s: %s", line->heading, line->text);
}

static bool is_numbered(const struct label_line *line)
{
    return *line->text >= '0' && *line->text <= '9' && strstr(line->text, ". ") != NULL;
}

/* Sentences in the patient's language, each with its English below in small type where that is another. */
static void add_lines(struct composer *m, struct row_list *list, const struct label_line *lines, size_t count,
                      const char *bullet)
{
    const struct label_faces *faces = m->label->faces;

    for (size_t i = 0; i < count; i++) {
        struct row *row = compose_row(list);

        row->cells[0] = (struct cell){ .text = is_numbered(&lines[i]) ? "" : bullet, .face = faces->body };
        row->cells[1] = (struct cell){ .field = field_of(&lines[i]),
                                       .text = line_text(m, &lines[i]),
                                       .face = faces->body };
        if (m->label->alone || lines[i].english == NULL || *lines[i].english == '\0')
            continue;
        row = compose_row(list);
        row->glued = true;
        row->cells[1] =
            (struct cell){ .field = field_of(&lines[i]), .text = lines[i].english, .face = faces->small };
    }
}

static const struct track line_tracks[] = { { .kind = TRACK_FIT }, { .kind = TRACK_SHARE, .share = 1 } };

static void add_directions(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = 2 };

    if (m->content->direction_count == 0)
        return;
    compose_row(&list)->cells[1] =
        (struct cell){ .text = compose_words(m, HEADING_DIRECTIONS), .face = m->label->faces->heading };
    add_lines(m, &list, m->content->directions, m->content->direction_count, "");
    compose_block(m, part, line_tracks, &list, (struct block){ .columns_max = 1, .header_rows = 1 });
}

static const struct label_list *list_of(const struct label_content *content, const char *name)
{
    for (size_t i = 0; i < content->list_count; i++)
        if (strcmp(content->lists[i].name, name) == 0)
            return &content->lists[i];
    return NULL;
}

static void add_list(struct composer *m, const struct label_part *part)
{
    const struct label_list *lines = list_of(m->content, part->field);
    struct row_list list = { .arena = &m->c->arena, .across = 2 };

    if (lines == NULL || lines->count == 0)
        return;
    /* numbered lines have no bullets, and a track with nothing in it is not there */
    compose_row(&list)->cells[is_numbered(lines->lines)] =
        (struct cell){ .text = compose_words(m, part->heading),
                       .face = m->label->faces->heading,
                       .span = !is_numbered(lines->lines) };
    add_lines(m, &list, lines->lines, lines->count, "•");
    for (size_t i = 0; i < list.count; i++)
        list.rows[i].pad = list.rows[i].glued ? 0 : part->pad;
    compose_block(m, part, line_tracks, &list, (struct block){ .columns_max = 1, .header_rows = 1 });
}

/* A frame under a black bar: the one part nobody should overlook. */
static void add_warnings(struct composer *m, const struct label_part *part)
{
    struct row_list list = { .arena = &m->c->arena, .across = 2 };

    if (m->content->warning_count == 0)
        return;
    compose_row(&list)->cells[0] = (struct cell){ .text = compose_words(m, HEADING_WARNINGS),
                                                  .face = m->label->faces->heading,
                                                  .span = 1 };
    list.rows[0].shade = SHADE_BLACK;
    add_lines(m, &list, m->content->warnings, m->content->warning_count, "•");
    for (size_t i = 0; i < list.count; i++)
        list.rows[i].pad = list.rows[i].glued ? 0 : MM(0.2);
    compose_block(m, part, line_tracks, &list,
                  (struct block){ .columns_max = 1, .framed = true, .inset = MM(1.2), .header_rows = 1 });
}

const char *compose_plain_name(struct composer *m, const struct label_ingredient *herb)
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
static void add_herb_note(struct composer *m, struct row_list *list, enum extras extras, const char *field,
                          const char *first, const char *second)
{
    struct row *row;

    if (*first == '\0' && *second == '\0')
        return;
    row = compose_row(list);
    row->glued = row->ruled = true;
    row->extras = extras;
    row->cells[1] =
        (struct cell){ .field = field,
                       .text = arena_printf(&m->c->arena, "%s%s%s", first,
                                            *first == '\0' || *second == '\0' ? "" : "; ", second),
                       .face = m->label->faces->small,
                       .span = 3 };
}

static void add_sentences(struct composer *m, const struct label_part *part)
{
    static const struct track tracks[] = { { .kind = TRACK_SHARE, .share = 1, .align = ALIGN_CENTRE } };
    struct row_list list = { .arena = &m->c->arena, .across = 1 };

    for (size_t i = 0; i < m->content->warning_count; i++) {
        const struct label_line *line = &m->content->warnings[i];
        struct row *row = compose_row(&list);

        row->pad = MM(0.6);
        row->cells[0] = (struct cell){ .text = line->text, .face = m->label->faces->body };
        row = compose_row(&list);
        row->glued = true;
        row->cells[0] = (struct cell){ .text = line->english, .face = m->label->faces->small };
    }
    compose_block(m, part, tracks, &list,
                  (struct block){ .columns_max = 1, .framed = true, .inset = MM(1.5) });
}

/* English with the preparation, and Latin. */
static const char *more_names(struct composer *m, const struct label_ingredient *herb)
{
    const char *plain = compose_plain_name(m, herb);

    if (herb->latin == NULL || *herb->latin == '\0')
        return plain;
    return arena_printf(&m->c->arena, "%s%s%s", plain, *plain == '\0' ? "" : "; ", herb->latin);
}

/* A herb's line, and in a second one how it is to be handled, and what has no room beside the name. */
static void add_herb(struct composer *m, struct row_list *list, const struct label_ingredient *herb)
{
    const struct label_faces *faces = m->label->faces;
    const bool named = *herb->pinyin != '\0' || *herb->hanzi != '\0';
    const char *more = more_names(m, herb);
    const char *others = *herb->preparation == '\0' ? OTHER_NAMES : OTHER_NAMES ";herb_processing";
    const char *name = named ? more : "";
    struct row *row = compose_row(list);

    row->cells[0] = (struct cell){ .field = "herb_names_chinese", .text = herb->hanzi, .face = faces->herb };
    row->cells[1] = (struct cell){ .field = named ? "herb_names_pinyin" : others,
                                   .text = named ? herb->pinyin : more,
                                   .face = faces->herb };
    row->cells[2] = (struct cell){ .field = others, .text = name, .face = faces->small };
    row->cells[3] =
        (struct cell){ .field = "herb_quantities", .text = grams(m, herb->packet), .face = faces->herb };
    row->cells[4] =
        (struct cell){ .field = "herb_quantities", .text = grams(m, herb->total), .face = faces->herb };
    row->pad = MM(0.1);
    row->ruled = true;
    add_herb_note(m, list, EXTRAS_BESIDE, "herb_handling", "", herb->handling);
    add_herb_note(m, list, EXTRAS_BELOW, OTHER_NAMES ";herb_handling;herb_processing", name, herb->handling);
    add_herb_note(m, list, EXTRAS_LEFT_OUT, "herb_handling;herb_processing", herb->preparation,
                  herb->handling);
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
    struct cell *cells = compose_row(&list)->cells;

    cells[0] =
        (struct cell){ .text = compose_words(m, HEADING_INGREDIENTS), .face = faces->heading, .span = 2 };
    cells[3] = (struct cell){ .text = m->content->packet_total.mg > 0 ? compose_words(m, "each") : "",
                              .face = faces->caption };
    cells[4] = (struct cell){ .text = compose_words(m, "total"), .face = faces->caption };
    for (size_t i = 0; i < m->content->ingredient_count; i++)
        add_herb(m, &list, &m->content->ingredients[i]);
    compose_block(m, part, tracks, &list,
                  (struct block){ .columns_max = m->label->columns_max, .header_rows = 1 });
}

enum status label_blocks(struct ctx *c, const struct label *label, const struct label_content *content,
                         const struct block **blocks, size_t *count)
{
    struct composer m = { .c = c, .label = label, .content = content };

    for (const struct label_part *part = label->parts; part->field != NULL; part++) {
        switch (part->kind) {
        case PART_FIELDS:
        case PART_PACKED:
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
            compose_weighing(&m, part);
            break;
        case PART_COMPOSITION:
            compose_composition(&m, part);
            break;
        case PART_LIST:
            add_list(&m, part);
            break;
        case PART_SENTENCES:
            add_sentences(&m, part);
            break;
        }
    }
    compose_least_sizes(&m);
    *blocks = m.blocks;
    *count = m.count;
    return ST_OK;
}
