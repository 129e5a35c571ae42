/* Reports: a row of reports/catalog.c and a statement; rendered as a workbook, CSV or JSON, row by row as the database
   sends them, from one moment's snapshot. */
#ifndef YAOFANG_PRINT_REPORT_H
#define YAOFANG_PRINT_REPORT_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"
#include "db/query.h"

/* How a column is read from the statement's cell and shown. */
enum report_kind {
    REPORT_TEXT,
    REPORT_INTEGER,
    REPORT_GRAMS, /* integer milligrams, key ends in _mg: shown in g with three decimals */
    REPORT_MONEY, /* integer cents, key ends in _cents: shown with two decimals */
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

enum report_parameter_kind { PARAMETER_DATE, PARAMETER_INTEGER, PARAMETER_TEXT };

/* Given by the caller by name; $2, $3 … of the statement in this order ($1 is the shop). NULL when not given. */
struct report_parameter {
    const char *name;
    enum report_parameter_kind kind;
    const char *meaning;
};

struct report {
    const char *name; /* "stock-on-hand" */
    const char *title, *title_hanzi;
    const char *summary;
    const struct query *query;
    const struct report_parameter *parameters; /* ended by a row without a name; NULL: none */
    const struct report_column *columns;       /* ended by a row without a key */
    const struct report_rule *rules;           /* ended by a row without a key; NULL: none */
    unsigned roles;                            /* who may see it; 0: everybody who is signed in */
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
    const char *shop_name; /* as printed; report_run fills both */
    const char *person;
    struct instant made; /* as printed, and in the file's properties: equal input gives an equal file */
    const char *path;    /* where to write; an existing file is replaced, only when all went well */
};

/* ST_NOT_FOUND names the reports there are. */
enum status report_find(struct ctx *c, const char *name, const struct report **report) MUST_CHECK;

/* "xlsx", "csv", "json"; ST_INVALID names them. */
enum status report_renderer(struct ctx *c, const char *format, const struct renderer **renderer) MUST_CHECK;

/* The media type of what a renderer writes. */
const char *report_media_type(const struct renderer *renderer);

/* ST_DENIED for a person without one of the report's roles. Runs the statement as the context's shop and writes job->path. ST_INVALID names a bad or unknown argument. */
enum status report_run(struct ctx *c, struct report_job *job) MUST_CHECK;

#endif
