/* Tools for taking a typed line apart: separators, notes in parentheses, weights, words. Only typed*.c include this. */
#ifndef YAOFANG_CLINIC_TYPED_TEXT_H
#define YAOFANG_CLINIC_TYPED_TEXT_H

#include "clinic/typed.h"

/* A weight found in a text. */
struct typed_dose {
    const char *before;  /* the text before it, trimmed */
    const char *after;   /* the text after it, without what says how often; trimmed */
    const char *written; /* "6 g" */
    struct weight daily; /* already times how often a day */
    const char *remark;  /* how it was read, where that is not plain: a range, a liang, a multiple; NULL */
    bool small_unit;     /* written in mg or finer, as extracts are */
    const char *wrong;   /* the rule it breaks; NULL when it is good */
};

/* The beginning of a text that is too long for a name, to say which was meant; whole characters only. */
const char *typed_beginning(struct arena *arena, const char *text);

/* The text with full-width letters, digits and signs as ASCII, white space as single blanks, trimmed. */
const char *typed_plain(struct arena *arena, const char *text);

/* The parts between separators that stand outside parentheses: , ; line ends, 、，；, and a + or & between blanks. */
char **typed_parts(struct arena *arena, const char *text, size_t *count);

/* The same parts, and each that is no name of these kinds taken apart again at "and": "warfarin and aspirin", "and metoprolol". */
char **typed_joined(struct arena *arena, const struct knowledge *k, char **parts, unsigned kinds,
                    size_t *count);

/* typed_dose.c: finds the first weight ("10 g", "3-6g twice daily", "10克", "二钱", "1 1/2 oz", "2 x 300 mg"), exactly, in
   fractions until the one rounding to the milligram. Of a range the upper end, the one that matters for safety, and the
   remark says so. False when there is none. */
bool typed_find_dose(struct arena *arena, const char *text, enum liang liang, struct typed_dose *out);

/* A number as typed: num / den. */
struct typed_number {
    int64_t num, den;
    const char *wrong; /* the rule it breaks; NULL when it is good */
};

/* typed_number.c: the number at `at` and where it ends; NULL when none begins there. "9", "1.5", "1,5", "1/2", "1 1/2" (at a digit
   only: typed_western_number), "三", "十二", "一百二十", "半". */
const char *typed_number(const char *at, struct typed_number *out);
const char *typed_western_number(const char *at, struct typed_number *out);

/* What follows a range sign ("3-6", "3~6", "3 – 6", "三至五"); NULL when there is none. */
const char *typed_range_end(const char *at);

/* Where a number or range without a unit stands at the end of `text` ("9", "3-6"); NULL when nowhere. */
const char *typed_bare_number(const char *text);

/* Takes "(…)" out: the text without it and what was inside. False when there is none. */
bool typed_take_note(struct arena *arena, const char *text, const char **without, const char **inside);

/* The text without `word` at its end (or start) as a whole word, in any case; NULL when it is not there. A word that starts with a
   byte above ASCII needs no blank before it. */
const char *typed_without_end(struct arena *arena, const char *text, const char *word);
const char *typed_without_start(struct arena *arena, const char *text, const char *word);

/* Whether `text` starts with these words, in any case, as whole words. */
bool typed_start_is(const char *text, const char *words);

/* Where " word " stands in the text, without regard to case; NULL when nowhere. */
const char *typed_find_word(const char *text, const char *word);

void typed_gap(struct arena *arena, const struct knowledge *k, const char *typed, const char *name,
               unsigned kinds, const char *why, struct understood *out);
void typed_question(struct arena *arena, const char *typed, const struct name_meaning *meaning,
                    struct understood *out);

/* Adds an item per meaning: one thing (its other ids beside it), or each candidate, marked, when it must be asked. Returns how many were put at the end of out->items. */
size_t typed_take(struct arena *arena, const char *typed, const struct name_meaning *meaning,
                  struct understood *out);

/* A medicine typed among the herbs. False when no medicine has that name. */
bool typed_take_drug(struct arena *arena, const struct knowledge *k, const char *typed, const char *name,
                     const char *country, struct understood *out);

/* The longest run of words in `text` that is a name on file; NULL when there is none. */
const char *typed_longest_known(struct arena *arena, const struct knowledge *k, const char *text,
                                unsigned kinds);

/* typed_list.c: "当归、黄芪各10克": the weight is that of every name before it that has none of its own. */
void typed_share_each(struct arena *arena, char **parts, size_t count);

/* "X (stopped 5 days ago)", "X, stopped 2 weeks ago" of one X: what stands before, and how many days. False when it says no such
   thing. */
bool typed_take_stopped(struct arena *arena, const char *text, const char **without, int *days);
void typed_mark_stopped(struct typed_item *items, size_t from, size_t count, int days);

/* "none", "nil", "not taking any": asked, and there is nothing. */
bool typed_says_none(const char *text);

struct typed_line {
    struct arena *arena;
    const struct knowledge *k;
    unsigned kinds;
    const char *typed; /* the piece as typed */
    struct understood *out;
};

/* What a name turned out to be. */
struct typed_name {
    struct name_meaning meaning;
    enum dose_form form; /* DOSE_RAW unless the name said otherwise */
    const char *preparation;
};

/* The name as it stands among the line's kinds. False when it means nothing. */
bool typed_look_up(const struct typed_line *line, const char *name, struct typed_name *out);

/* The whole name; then without its form words; then without its preparation; then as a formula under another ending. */
bool typed_resolve(const struct typed_line *line, const char *name, struct typed_name *out);

#endif
