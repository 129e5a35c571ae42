/* The label linter: what a label really places, against the dated rules of a jurisdiction's profile (table label_profiles). PURE
   but for reading the rules. A rule says which field of label_fields a document must show, when, in which language and in how
   large type, by which clause, and whether the clause was seen or is a draft to be confirmed. */
#ifndef YAOFANG_PRINT_LABEL_LINT_H
#define YAOFANG_PRINT_LABEL_LINT_H

#include "print/label.h"

struct label_rule {
    const char *field, *english; /* of label_fields: "dispensed_on", "Date dispensed" */
    const char *requirement;     /* required, conditional, recommended */
    const char *condition;       /* in words */
    const char *condition_code;  /* "": only a person can decide */
    const char *clause;          /* of the law */
    const char *language_rule;   /* in words */
    const char *language_code;   /* "": nothing that can be checked */
    const char *verified;        /* seen or draft */
    const char *in_force_basis;  /* where the date is from: seen, memory, unknown */
    int min_type_size_pt;        /* 0: none */
    struct date in_force_from;   /* DATE_NONE: not known */
};

struct label_rules {
    const char *profile, *jurisdiction, *document;
    const struct label_rule *rules;
    size_t count;
};

enum lint_outcome {
    LINT_PRESENT,
    LINT_MISSING,
    LINT_TOO_SMALL,
    LINT_WRONG_LANGUAGE,
    LINT_NOT_DUE,
    LINT_DECIDE
};

struct lint_finding {
    const struct label_rule *rule;
    enum lint_outcome outcome;
    bool due;               /* required, or conditional with its condition met */
    int size;               /* LINT_TOO_SMALL: tenths of a point of the smallest type it stands in */
    const char *overridden; /* the reason and note this fault was let through with; "" when it was not */
};

struct label_lint {
    const struct label_rules *rules;
    struct lint_finding *findings; /* one per rule, those due and faulty first */
    size_t count;
    size_t blocking; /* due, faulty and not overridden */
    struct date
        beyond_use; /* of what was made, with what decided it, in words; DATE_NONE where there is none */
    const char *beyond_use_because; /* "" */
};

/* "present", "missing", "too small", "wrong language", "not due here", "decide yourself". */
const char *lint_outcome_words(enum lint_outcome outcome);

/* Due and faulty: printing needs an override. */
bool lint_faulty(const struct lint_finding *finding);

/* The rules of a profile for a document that are in force on `on` (DATE_NONE: today in the shop). ST_NOT_FOUND names the profiles
   there are; ST_CONFLICT one that is not in force yet. A profile of "" or NULL has none. */
enum status label_rules_read(struct ctx *c, const char *profile, const char *document, struct date on,
                             const struct label_rules **rules) MUST_CHECK;

/* Which document of the rules a kind of label is; NULL: none has rules. */
const char *label_document(const char *kind);

/* Checks what stands on the papers. */
void label_lint_check(struct ctx *c, const struct label_rules *rules, const struct label_content *content,
                      const struct sheet_of_paper *papers, size_t count, struct label_lint *lint);

/* The smallest type the rules allow for a field (or several, separated by ';'), in tenths of a point; 0: any. `which`, unless NULL,
   gets the rule. */
int label_least_size(const struct label_rules *rules, const char *fields, const struct label_rule **which);

#endif
