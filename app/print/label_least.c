/* No type smaller than the rules allow: what a label's profile asks of each field, onto the faces of its cells. */
#include "print/label_compose.h"
#include "print/label_lint.h"

/* What the rules ask of a name; the cells of a table carry the same few, so each is looked up once. */
static int least_size(struct composer *m, const char *field)
{
    for (size_t i = 0; i < m->least_count; i++)
        if (m->least[i].field == field)
            return m->least[i].size;
    m->least = arena_grow(&m->c->arena, m->least, m->least_count, &m->least_capacity, sizeof *m->least);
    m->least[m->least_count] = (struct least_size){ field, label_least_size(m->content->rules, field, NULL) };
    return m->least[m->least_count++].size;
}

/* No type smaller than the rules allow: a label that has no room for it does not fit. */
static void keep_least_size(struct composer *m, struct cell *cell)
{
    int least = cell->face == NULL || cell->field == NULL ? 0 : least_size(m, cell->field);
    struct face *face;

    if (least <= (cell->face == NULL ? 0 : cell->face->floor))
        return;
    face = arena_alloc(&m->c->arena, sizeof *face);
    *face = *cell->face;
    face->floor = least;
    face->size = face->size < least ? least : face->size;
    cell->face = face;
}

void compose_least_sizes(struct composer *m)
{
    if (m->content->rules == NULL)
        return;
    for (size_t b = 0; b < m->count; b++)
        for (size_t r = 0; r < m->blocks[b].row_count; r++)
            for (size_t k = 0; k < m->blocks[b].track_count; k++)
                keep_least_size(m, &m->blocks[b].rows[r].cells[k]);
}
