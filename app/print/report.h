/* Reports: a row of reports/catalog.c and a statement; rendered as a workbook, CSV or JSON, row by row as the database
   sends them, from one moment's snapshot. */
#ifndef YAOFANG_PRINT_REPORT_H
#define YAOFANG_PRINT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/ctx.h"
#include "base/date.h"
#include "db/query.h"

/* How a column is read from the statement's cell and shown. */
enum report_kind {
    REPORT_TEXT,
    REPORT_INTEGER,
    REPORT_GRAMS, /* integer milligrams, key ends in _mg: shown in g with three decimals */
    REPORT_MONEY, /* integer cents, key ends in _cents: shown with two decimals and the shop's currency */
    REPORT_DATE,
    REPORT_TIME /* the shop's civil time, "2026-11-21 17:05:00" */
};

struct report_column {
    const char
        *key; /* the statement's column alias; in JSON the member, in CSV the heading (…_mg becomes …_g) */
    const char *heading; /* on the sheet; English, then Chinese on the next line */
    enum report_kind kind;
    bool total;          /* a live sum below the column */
    const char *meaning; /* how the figure is made, for the Notes sheet */
};

enum report_tone { TONE_BAD, TONE_WARN, TONE_NOTE, TONE_QUIET };

/* Colours every row whose column `key` holds the text `value`. */
struct report_rule {
    const char *key, *value;
    enum report_tone tone;
    const char *meaning; /* for the Notes sheet */
};

/* A column whose cells people fill in: everything else on its sheet is protected. */
struct report_entry {
    const char *key;
    const char *words; /* "raw|granule": one of a list; NULL: by the column's kind */
    int64_t least,
        most; /* of a number, in its smallest unit, of a day's year, or of a text's length; both 0: as good as anything */
    const char *hint; /* shown when the cell is chosen; NULL: none */
};

/* A column that the sheet computes from the same row: "=IF({counted_mg}=\"\",\"\",{counted_mg}-{on_hand_mg})". The statement's
   cell is the stored value (NULL: empty). On the sheet grams are g, and money whole units. */
struct report_formula {
    const char *key, *formula;
};

enum report_chart_kind { CHART_COLUMNS, CHART_BARS, CHART_LINE, CHART_PIE };

/* A picture of a sheet's own rows, beside them. A list of charts ends with a row without a title. */
struct report_chart {
    enum report_chart_kind kind;
    const char *title;
    const char *category; /* key of the column along the axis */
    const char *values;   /* keys of the columns shown, separated by '|' */
};

/* One sheet of rows. Every list ends with a row without its first member, and NULL is a list without rows. */
struct report_sheet {
    const char *name;          /* on its tab: at most 31 characters */
    const char *summary;       /* what it shows, for the Notes sheet */
    const struct query *query; /* takes the report's parameters, all of them */
    const struct report_column *columns;
    const struct report_rule *rules;
    const struct report_chart *charts;
    const struct report_entry *entries;
    const struct report_formula *formulas;
    int blank_rows; /* empty rows to fill in, below the others */
    bool by_place;  /* the statement's columns stand in the order of these, whatever their names */
    bool page;      /* lines to be read from top to bottom instead of rows: see struct report_each */
    bool unnoted;   /* says itself what it shows: nothing of it stands on the Notes sheet */
};

/* Sheets that only the data knows, behind the others: one for each row of `list` (key, name, summary). `rows` takes the report's
   parameters and, after them, the key. With `columns`, a statement like `rows` that gives heading, kind (text, integer, date) and
   meaning of each, its cells are shown in that order. Without it they are a page to read and print, line by line, in the columns
   what, tone, a, b, c, d: a `title` (a), a `subtitle` (a), a `section` (a), a `fact` (a is its name, b its text), the `head` and a
   `row` of a table (a to d); tone is bad, warn, note, quiet or NULL. */
struct report_each {
    const struct query *list, *columns, *rows;
};

enum report_parameter_kind { PARAMETER_DATE, PARAMETER_INTEGER, PARAMETER_TEXT };

/* Given by the caller by name; $2, $3 … of the statement in this order ($1 is the shop). NULL when not given. */
struct report_parameter {
    const char *name;
    enum report_parameter_kind kind;
    const char *meaning;
};

/* Written with the members' names, { .name = …, .title = … }: most reports need few of them. */
struct report {
    const char *name; /* "stock-on-hand" */
    const char *title, *title_hanzi;
    const char *summary;
    const struct query *query;
    const struct report_parameter *parameters; /* ended by a row without a name; NULL: none */
    const struct report_column *columns;       /* ended by a row without a key */
    const struct report_rule *rules;           /* ended by a row without a key; NULL: none */
    unsigned roles;                            /* who may see it; 0: everybody who is signed in */
    /* as in report_sheet, for its own rows */
    const struct report_chart *charts;
    const struct report_entry *entries;
    const struct report_formula *formulas;
    int blank_rows;
    const struct report_sheet *more; /* further sheets of the workbook (by category, by month); NULL: none */
    const struct report_each *each;  /* and those that only the data knows; NULL: none */
    /* Takes the report's parameters and gives what is wrong with them (field, value, rule): then there is no report. NULL: none. */
    const struct query *check;
};

/* Ended by a row without a name. */
extern const struct report reports[];

/* A parameter as typed: `value` is read by the parameter's kind. */
struct report_argument {
    const char *name, *value;
};

struct renderer;

struct report_job {
    const struct report *report;
    const struct renderer *renderer;
    const struct report_argument *arguments;
    size_t argument_count;
    const char *sheet;     /* csv and json: this sheet of `more`; NULL: the report's own rows */
    const char *shop_name; /* as printed; report_run fills these four */
    const char *person;
    const char *currency;  /* ISO 4217: "USD" */
    const char *made_text; /* `made` in the shop's time, with its zone */
    void (*progress)(void *arg, const char *sheet, int64_t rows); /* now and then; NULL: nobody looks */
    void *progress_arg;
    struct instant made; /* as printed, and in the file's properties: equal input gives an equal file */
    const char *path;    /* where to write; an existing file is replaced, only when all went well */
    FILE *(*stream)(
        void *
            arg); /* csv and json: a stream to write to instead, asked for anew when the report begins anew; NULL: path */
    void *stream_arg;
    int64_t rows_most; /* on one sheet: what is more goes on on another; 0: as many as a sheet can hold */
};

/* ST_NOT_FOUND names the reports there are. */
enum status report_find(struct ctx *c, const char *name, const struct report **report) MUST_CHECK;

/* "xlsx", "csv", "json"; ST_INVALID names them. */
enum status report_renderer(struct ctx *c, const char *format, const struct renderer **renderer) MUST_CHECK;

/* The media type of what a renderer writes. */
const char *report_media_type(const struct renderer *renderer);

/* What report_run would refuse before its first row: ST_DENIED, ST_INVALID, ST_NOT_FOUND for a sheet. */
enum status report_check(struct ctx *c, const struct report_job *job) MUST_CHECK;

/* Whether a renderer can write to job->stream. */
bool report_streams(const struct renderer *renderer);

/* ST_DENIED for a person without one of the report's roles. Runs the statement as the context's shop and writes job->path, or
   job->stream. ST_INVALID names a bad or unknown argument. */
enum status report_run(struct ctx *c, struct report_job *job) MUST_CHECK;

#endif
