/* What the files of the imports share. */
#ifndef YAOFANG_CORE_IMPORT_PARTS_H
#define YAOFANG_CORE_IMPORT_PARTS_H

#include "core/import.h"

struct import_place {
    int64_t id;
    const char *state;
    bool same, idle;
};

/* Notes the import's faults in the context, the first IMPORT_FAULTS_MOST of them, and returns ST_INVALID. */
enum status import_note_faults(struct ctx *c, int64_t id) MUST_CHECK;

/* import_read.c: reads and stores the rows of a claimed import, with what is wrong; `unkept` is how many faults were only
   counted. A failure is of the machine, not of the file. */
enum status import_read(struct ctx *c, const struct import_request *request, int64_t id, int64_t *rows,
                        int64_t *unkept) MUST_CHECK;

#endif
