/* The kinds of import there are. To add one: core/import_<name>.c with its columns and steps, its statements in app/sql, and a
   row here. */
#include "core/import_kinds.h"

const struct import_kind *const import_kinds[] = {
    &import_patients,      &import_herbs, &import_delivery, &import_stocktake, &import_prices,
    &import_evidence_book, NULL,
};
