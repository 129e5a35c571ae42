/* Text → lines: where a line may break, in Latin and in Chinese. PURE; private to app/print. */
#ifndef YAOFANG_PRINT_WRAP_H
#define YAOFANG_PRINT_WRAP_H

#include "print/layout.h"

/* The smallest piece a line is made of: a word, or one Chinese character with the punctuation that clings to it. */
struct chunk {
    const char *text;
    size_t size;
    micrometre width; /* at 100 points */
    micrometre gap;   /* of the white space before it, at 100 points */
    bool paragraph;   /* starts a new line whatever room there is */
    bool joined;      /* stands on the line of the chunk before it where one line holds them all */
};

struct chunks {
    const struct chunk *list;
    size_t count;
};

struct line {
    const char *text;
    size_t size;
    micrometre width;
};

/* Cuts `text` into chunks and measures each once, so that every size can be tried by arithmetic. */
struct chunks wrap_measure(struct ctx *c, const struct ruler *ruler, const char *text, bool bold);

/* A width measured at 100 points, at `size` tenths of a point. */
micrometre wrap_scaled(micrometre width, int size);

/* The width of the widest line when nothing but '\n' ends one. */
micrometre wrap_natural(const struct chunks *chunks, int size);

/* Breaks into lines no wider than `room`. Returns their number and the lines in `arena`; 0 when a chunk is wider by
   itself, unless `break_words` lets it be broken between any characters. */
size_t wrap_lines(struct arena *arena, const struct ruler *ruler, const struct chunks *chunks, bool bold,
                  int size, micrometre room, bool break_words, const struct line **lines);

#endif
