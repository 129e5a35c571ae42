/* A shop's own rows laid over the reference rows, before the snapshot is built: they replace, retire or add; the reference rows
   themselves are not touched. Pure: where the rows come from and which are in force is decided elsewhere. */
#ifndef YAOFANG_CLINIC_KNOWLEDGE_OVERLAY_H
#define YAOFANG_CLINIC_KNOWLEDGE_OVERLAY_H

#include <stdbool.h>

#include "clinic/knowledge_rows.h"

/* The rule with that id as it shall be; one of kind "general" changes severity, words and citation of the general rule with
   that id. `retired`: it is out of use; only the id counts then. */
struct own_rule {
    bool retired;
    struct rule_row row;
};

/* A name of a herb, formula, drug, drug_class, condition or product; `retired`: not any more. */
struct own_synonym {
    bool retired;
    const char *thing_kind, *thing_id, *synonym;
};

/* A herb's granule ratio; `retired`: none is known. */
struct own_ratio {
    bool retired;
    struct granule_ratio_row row;
};

/* What a shop has of its own; of each key at most one. */
struct overlay {
    const struct own_rule *rules;
    size_t rule_count;
    const struct own_synonym *synonyms;
    size_t synonym_count;
    const struct own_ratio *ratios;
    size_t ratio_count;
};

bool overlay_is_empty(const struct overlay *overlay);

/* Writes to `out` what results; both inputs must live as long as `out`. A row that speaks of something the reference no longer
   has is left out, so that it cannot keep the rest from being used: `left_out` gets how many. */
void overlay_apply(struct arena *arena, const struct knowledge_rows *reference, const struct overlay *overlay,
                   struct knowledge_rows *out, size_t *left_out);

/* Whether the reference rows have a thing of that kind ("herb", "drug_class", …) and id. */
bool rows_have(const struct knowledge_rows *rows, const char *kind, const char *id);

#endif
