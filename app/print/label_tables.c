/* The tables of work sheets: what to weigh, and what was weighed. */
#include "print/label_compose.h"

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
    struct row *row = compose_row(list);
    struct cell *cells = row->cells;

    row->height = height;
    row->pad = MM(0.8);
    row->ruled = true;
    row->shade = number % 2 == 1 ? SHADE_LIGHT : SHADE_NONE;
    cells[0] = (struct cell){ .text = arena_printf(arena, "%zu", number + 1), .face = faces->small };
    cells[1] = (struct cell){ .text = lot->drawer, .face = faces->body };
    cells[2] = (struct cell){ .text = lot->hanzi, .face = faces->herb };
    cells[3] = (struct cell){ .text = arena_printf(arena, "%s\n%s\n%s", lot->pinyin,
                                                   compose_plain_name(m, lot), lot->handling),
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

void compose_weighing(struct composer *m, const struct label_part *part)
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
    struct row *head = compose_row(&list);

    head->shade = SHADE_BLACK;
    head->pad = MM(0.8);
    for (size_t k = 0; k < list.across; k++)
        head->cells[k] =
            (struct cell){ .text = compose_words(m, headings[k]), .face = m->label->faces->heading };
    for (size_t i = 0; i < m->content->ingredient_count; i++)
        add_weighing_row(m, &list, i, part->height);
    compose_block(m, part, tracks, &list,
                  (struct block){ .columns_max = 1, .header_rows = 1, .framed = true, .inset = MM(1.5) });
}

/* A lot that went in: what of it, whence, how much was planned and how much it was. */
static void add_composition_row(struct composer *m, struct row_list *list, size_t number)
{
    const struct label_ingredient *lot = &m->content->ingredients[number];
    const struct label_faces *faces = m->label->faces;
    struct arena *arena = &m->c->arena;
    struct row *row = compose_row(list);
    struct cell *cells = row->cells;
    const char *plain = compose_plain_name(m, lot);
    const char *latin = lot->latin == NULL ? "" : lot->latin;

    row->pad = MM(0.5);
    row->ruled = true;
    cells[0] = (struct cell){ .text = arena_printf(arena, "%zu", number + 1), .face = faces->small };
    cells[1] = (struct cell){ .field = "herb_names_chinese", .text = lot->hanzi, .face = faces->body };
    cells[2] =
        (struct cell){ .field = "herb_names_pinyin;herb_names_english;herb_names_latin",
                       .text = arena_printf(arena, "%s%s%s", lot->pinyin, *latin == '\0' ? "" : "; ", latin),
                       .face = faces->body };
    cells[3] =
        (struct cell){ .field = "herb_names_english;herb_processing", .text = plain, .face = faces->small };
    cells[4] = (struct cell){ .field = "ingredient_lots", .text = lot->lot, .face = faces->small };
    cells[5] = (struct cell){ .field = "ingredient_expiry",
                              .text = date_is_none(lot->expires_on) ? "" : date_text(arena, lot->expires_on),
                              .face = faces->small };
    cells[6] = (struct cell){ .field = "ingredient_suppliers", .text = lot->supplier, .face = faces->small };
    cells[7] = (struct cell){ .text = weight_text(arena, lot->planned), .face = faces->small };
    cells[8] = (struct cell){ .field = "herb_quantities",
                              .text = lot->total.mg == 0 ? "—" : weight_text(arena, lot->total),
                              .face = faces->body };
}

void compose_composition(struct composer *m, const struct label_part *part)
{
    static const struct track tracks[] = {
        { .kind = TRACK_FIT, .align = ALIGN_RIGHT }, { .kind = TRACK_FIT },
        { .kind = TRACK_SHARE, .share = 4 },         { .kind = TRACK_SHARE, .share = 3 },
        { .kind = TRACK_SHARE, .share = 2 },         { .kind = TRACK_FIT },
        { .kind = TRACK_SHARE, .share = 3 },         { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
        { .kind = TRACK_FIT, .align = ALIGN_RIGHT }
    };
    static const char *const headings[] = { "",       "",         "Herb",    "English", "Lot",
                                            "Use by", "Supplier", "Planned", "Weighed" };
    struct row_list list = { .arena = &m->c->arena, .across = sizeof tracks / sizeof *tracks };
    struct row *head = compose_row(&list);

    head->shade = SHADE_BLACK;
    head->pad = MM(0.6);
    for (size_t k = 0; k < list.across; k++)
        head->cells[k] =
            (struct cell){ .text = compose_words(m, headings[k]), .face = m->label->faces->heading };
    for (size_t i = 0; i < m->content->ingredient_count; i++)
        add_composition_row(m, &list, i);
    compose_block(m, part, tracks, &list,
                  (struct block){ .columns_max = 1, .header_rows = 1, .framed = true, .inset = MM(1) });
}
