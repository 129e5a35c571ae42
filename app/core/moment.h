/* When findings are shown: the words are those of the database and the API. */
#ifndef YAOFANG_CORE_MOMENT_H
#define YAOFANG_CORE_MOMENT_H

/* add: a herb is put into a draft; sign: a version is stored and signed; lookup: nothing is decided on it. */
#define MOMENT_LIST(X) \
    X(ADD, "add") \
    X(SIGN, "sign") \
    X(RELEASE, "release") \
    X(HANDOVER, "handover") \
    X(REFILL, "refill") \
    X(LOOKUP, "lookup")
#define MOMENT_ENUM(name, word) MOMENT_##name,
enum moment { MOMENT_LIST(MOMENT_ENUM) MOMENT_COUNT };
#undef MOMENT_ENUM

const char *moment_word(enum moment moment);

/* The moment of that word; MOMENT_COUNT for an unknown one. */
enum moment moment_parse(const char *word);

#endif
