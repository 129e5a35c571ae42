/* Printing labels of what the shop has: content read and frozen, placed on paper, held against the rules, counted. */
#ifndef YAOFANG_PRINT_LABEL_JOB_H
#define YAOFANG_PRINT_LABEL_JOB_H

#include "print/label_lint.h"
#include "json/json_write.h"

/* Where the content of a kind of label comes from: a statement of (shop, list of ids) → id, state, content. */
struct label_source {
    const char *kind;
    const struct query *query;
    const char *what; /* the number is of: "order", "lot" */
    bool profiled;    /* the statement takes profile and language too */
    const struct query
        *more; /* (shop, id, content) → content: what this kind says beyond it; NULL: nothing */
    const char
        *language; /* what it is in unless another is asked for: "own" is the patient's; NULL: the label's */
    bool frozen;   /* every later copy says what the first one said */
    bool fresh;    /* says what is so now, also when it is looked at: a lot that was barred */
    const char *const *states; /* of the order in which it may be printed, NULL-ended; NULL: in any */
};

/* Ended by a row without a kind. */
extern const struct label_source label_sources[];

struct label_job {
    const struct label *label;
    int64_t id; /* of the order, lot or drawer */
    const char *
        about; /* what `id` is a number of: "order", "lot", "drawer"; a kind of label of something else is refused */
    bool print;           /* count a copy and keep what it says; else only look */
    int again;            /* with print: this copy, which no printer took, once more; 0: a further one */
    const char *profile;  /* whose rules; NULL: the shop's */
    const char *language; /* english, zh_hans, zh_hant, polish or spanish; NULL: as the kind has it */
    struct date on;       /* the rules in force on this day; DATE_NONE: today */
    const char *
        reason; /* a code of label_override_reasons, with a note: print in spite of what is missing; NULL: do not */
    const char *note;
    int containers;       /* so many labels of one order, "1 / 3" and so on; 0 and 1: one without a number */
    const int64_t *lines; /* EACH_HERB: of these lines only */
    size_t line_count;    /* 0: of all */
    const struct ruler *ruler;
    /* what label_make fills in */
    const struct label_source *source;
    struct label_content content;
    const struct sheet_of_paper *papers;
    size_t paper_count;
    struct label_lint lint;
};

/* Reads what the label says (of an order: the newest copy as it was printed, else a draft with copy_no 0), places it and holds it
   against the rules. With `print`: ST_CONFLICT names an order that is too early or too late for it, ST_UNSAFE every field the rules
   ask for that is missing, too small or in the wrong language and was not overridden; else the copy is counted and what it says
   is frozen, with the overrides on record. ST_NOT_FOUND: no such order, lot or drawer. ST_INVALID: it does not fit. */
enum status label_make(struct ctx *c, struct label_job *job) MUST_CHECK;

/* What a label says, from the JSON it is stored as, in the arena. ST_MALFORMED and ST_INVALID: it is none. */
enum status label_content_read(struct ctx *c, const char *json, int copy_no,
                               struct label_content *content) MUST_CHECK;

/* What was let through before, into the findings; and what this print lets through, or the refusal. Within label_make. */
enum status label_overrides_read(struct ctx *c, struct label_job *job) MUST_CHECK;
enum status label_overrides_settle(struct ctx *c, const struct label_job *job) MUST_CHECK;

/* Many orders' labels as one job: all of them or, when one cannot be made, none. `jobs` are alike but for their ids. */
enum { LABELS_MOST = 2000 };
enum status label_make_all(struct ctx *c, struct label_job *jobs, size_t count) MUST_CHECK;
enum status label_write_all(struct ctx *c, const struct label_job *jobs, size_t count,
                            enum label_format format, int dpi, struct text *out) MUST_CHECK;

/* Jobs like `job`, one for each id. */
struct label_job *label_jobs(struct ctx *c, const struct label_job *job, const int64_t *ids, size_t count);

/* Numbers as typed, "7" or "1-1000,1005", each once added to the list; *count 0 at first. ST_INVALID when they are none or more than `most`. */
enum status label_numbers(struct ctx *c, const char *field, const char *typed, size_t most, int64_t **numbers,
                          size_t *count) MUST_CHECK;

/* What the linter found, for a terminal (what is in order only with `all`) and as a member of an object. */
void label_lint_text(struct ctx *c, const struct label_lint *lint, bool all, struct text *out);
void label_lint_json(struct json_writer *w, const char *key, const struct label_lint *lint);

/* Notes a fact labels print: `about` is order, prescription, patient or person, `id` its number; an empty text takes it back.
   ST_INVALID names a field that is not stored this way. */
enum status label_fact_note(struct ctx *c, const char *about, int64_t id, const char *field,
                            const char *text) MUST_CHECK;

/* The shop's profile ("none": none) and which names of herbs it shows ("pinyin,hanzi"; "none": no herbs); NULL leaves one as it is.
   ST_NOT_FOUND names a profile that there is not. */
enum status label_settings_change(struct ctx *c, const char *profile, const char *names) MUST_CHECK;

#endif
