/* Each kind of import is defined in the file of its name, and listed in import_kinds.c. */
#ifndef YAOFANG_CORE_IMPORT_KINDS_H
#define YAOFANG_CORE_IMPORT_KINDS_H

#include "core/import.h"

extern const struct import_kind import_patients, import_herbs, import_delivery, import_stocktake,
    import_prices, import_evidence_book;

#endif
