/* One cell read by its column's kind: what it becomes, or what is wrong with it. */
#ifndef YAOFANG_INTAKE_TABLE_CELL_H
#define YAOFANG_INTAKE_TABLE_CELL_H

#include "intake/reader.h"
#include "intake/table.h"

/* Fills text, raw and rule of `cell`, in the arena. `raw` NULL: the file has no such cell. */
void table_cell_read(struct arena *arena, const struct table_column *column, const struct raw_cell *raw,
                     bool formulas, struct table_cell *cell);

/* Text without white space at its ends, that of Chinese and of web pages included. */
const char *table_trim(struct arena *arena, const char *text);

/* Whether a caption as it stands in a file means this column; `by_line`: also one of its lines. */
bool table_caption_means(struct arena *arena, const char *caption, const struct table_column *column,
                         bool by_line);

#endif
