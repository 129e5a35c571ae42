/* What the files that turn a label's parts into blocks share. Private to app/print. */
#ifndef YAOFANG_PRINT_LABEL_COMPOSE_H
#define YAOFANG_PRINT_LABEL_COMPOSE_H

#include "print/label.h"

/* The smallest type the rules allow for a field, in tenths of a point. */
struct least_size {
    const char *field;
    int size;
};

struct composer {
    struct ctx *c;
    const struct label *label;
    const struct label_content *content;
    struct block *blocks;
    size_t count, capacity;
    struct least_size *least;
    size_t least_count, least_capacity;
};

/* A list of rows of a fixed number of cells, growing. */
struct row_list {
    struct arena *arena;
    struct row *rows;
    size_t count, capacity, across;
};

struct row *compose_row(struct row_list *list);
void compose_block(struct composer *m, const struct label_part *part, const struct track *tracks,
                   const struct row_list *list, struct block block);

/* Captions and headings in the patient's language, beside English: patient and bench may read different halves. */
const char *compose_words(struct composer *m, const char *english);

/* "Astragalus root, honey-fried"; the preparation only once: not "honey-fried licorice, honey-fried". */
const char *compose_plain_name(struct composer *m, const struct label_ingredient *herb);

/* label_least.c: raises the faces to what the rules ask for. */
void compose_least_sizes(struct composer *m);

/* label_tables.c: the tables of work sheets. */
void compose_weighing(struct composer *m, const struct label_part *part);
void compose_composition(struct composer *m, const struct label_part *part);

#endif
