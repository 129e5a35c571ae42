/* Tables that come in and change what the shop keeps: patients, items, prices, deliveries, counts, rules. A kind of import is a
   row of import_kinds (core/import_kinds.c): its columns as data, what only the database can check, and how it is applied and
   undone. The way is always the same:

   1. import_stage reads the file to its end (in transactions of their own, so that others see how far it is) and names
      everything that is wrong, cell by cell; nothing of the shop changes. The import is then `ready` or `refused`.
   2. import_apply does all of it or nothing, in one transaction, set-based: 50,000 rows are a few statements.
   3. import_undo takes all of it back, or says why that is no longer possible.

   The same file is not applied twice (unless it was undone): ST_CONFLICT says when it was. */
#ifndef YAOFANG_CORE_IMPORT_H
#define YAOFANG_CORE_IMPORT_H

#include <stdio.h>

#include "clinic/knowledge.h"
#include "db/db.h"
#include "intake/table.h"

enum { IMPORT_FAULTS_MOST = 1000 /* are kept; more are only counted */ };

struct import {
    int64_t id;
    const char *kind, *file_name;
    const char *state;    /* checking, refused, ready, applied, undone, expired (its rows were let go) */
    const char *settings; /* JSON, what was said beside the file */
    int64_t rows_total, rows_done, faults;
    const char *made_by, *applied_by, *undone_by;  /* names of people; "" */
    struct instant made_at, applied_at, undone_at; /* us 0: not */
};

/* Said beside the file, for example the supplier of a delivery. A table of them ends with a row without a name. */
struct import_parameter {
    const char *name;
    bool must;
    const char *meaning;
};

/* One table of the file: a sheet of the workbook. A CSV file is the first part alone, so the others must be optional for a
   kind that takes CSV. A table of parts ends with a row without a name. */
struct import_part {
    const char *name;  /* import_rows.part: "lines" */
    const char *sheet; /* the sheet's name; NULL: the first one */
    bool optional;     /* the workbook may lack the sheet */
    const struct table_column
        *columns; /* intake/table.h; cells reach SQL as normalised there (mg, cents, ISO dates) */
    const char *const *derived; /* further cells that `row` fills in, ended by NULL; may be NULL */
};

/* A row on its way into import_rows.cells: one member per column and derived name. */
struct import_row {
    const struct import_part *part;
    const struct table_row *read;
    const char *
        *cells; /* by column, read->cells[i].text; NULL: empty. `row` may put another text in its place */
    const char **derived; /* by derived name; NULL at first */
};

struct import_run;

/* Looks at a row while it is read: resolves names against the rule book, or notes faults. Not called in a transaction; must
   not write. */
typedef enum status import_row_hook(struct ctx *c, struct import_run *run, struct import_row *row);

/* Called in the transaction that applies or undoes. Statements find the rows in import_rows (shop, import->id): what was made
   goes to import_rows.made_id, what was replaced to import_rows.before. A failure undoes everything. */
typedef enum status import_step(struct ctx *c, const struct import *import);

struct import_kind {
    const char *name; /* "delivery": routes and commands */
    const char *title, *title_hanzi;
    const char *summary;  /* half a sentence for --list */
    unsigned roles;       /* who may stage, apply and undo it */
    const char *workbook; /* the report that is a workbook of this kind, to fill in */
    bool formulas;        /* takes the stored results of formulas */
    const struct import_part *parts;
    const struct import_parameter *parameters; /* NULL: none */
    import_row_hook *row;                      /* NULL: none */
    /* A statement ($1 shop, $2 import) that adds to import_faults (shop_id, import_id, line, column_name, value, rule) what
       only the database can tell; NULL: nothing. Cells that could not be read are null there. */
    const struct query *check;
    import_step *apply, *undo;
};

/* Ended by NULL. */
extern const struct import_kind *const import_kinds[];

/* ST_NOT_FOUND names the kinds there are. */
enum status import_kind_find(struct ctx *c, const char *name, const struct import_kind **kind) MUST_CHECK;

struct import_setting {
    const char *name, *value;
};

struct import_request {
    const struct import_kind *kind;
    FILE *file;            /* readable from any place; stays open, and the caller's */
    const char *file_name; /* as people call it */
    const char *key;       /* the same key gives the same import */
    const struct import_setting *settings;
    size_t setting_count;
    const struct knowledge *knowledge; /* for kinds that resolve names; may be NULL for the others */
    void (*progress)(void *arg, int64_t rows_done); /* may be NULL */
    void *progress_arg;
};

/* Reads and checks. ST_OK: `out` is ready. ST_INVALID (or ST_TOO_LARGE): everything that is wrong is in the context, the first
   IMPORT_FAULTS_MOST of it; `out` has state "refused" and its id, for the marked copy, or id 0 when nothing was stored. */
enum status import_stage(struct ctx *c, const struct import_request *request, struct import *out) MUST_CHECK;

enum status import_apply(struct ctx *c, int64_t id, struct import *out) MUST_CHECK;
enum status import_undo(struct ctx *c, int64_t id, struct import *out) MUST_CHECK;

/* ST_NOT_FOUND when the shop has no such import; ST_DENIED for who may not see its kind. */
enum status import_get(struct ctx *c, int64_t id, struct import *out) MUST_CHECK;

/* The newest first. */
enum status import_list(struct ctx *c, struct import **list, size_t *count) MUST_CHECK;

/* For a row hook: what is wrong with a cell of the row, a sentence without a full stop. */
void import_fault(struct import_run *run, const struct import_row *row, const char *column, const char *rule,
                  ...) PRINTF_LIKE(4, 5);
const struct knowledge *import_knowledge(const struct import_run *run);

/* The value of a setting, or NULL. */
const char *import_setting(const struct import_run *run, const char *name);

/* For `apply` and `undo`: runs a statement with $1 shop, $2 import. */
enum status import_do(struct ctx *c, const struct import *import, const struct query *query) MUST_CHECK;

/* The first row of ($1 shop, $2 import): columns line, column_name, value, rule; fails with it (ST_CONFLICT). For an undo that
   is no longer possible. */
enum status import_refuse_any(struct ctx *c, const struct import *import,
                              const struct query *query) MUST_CHECK;

#endif
