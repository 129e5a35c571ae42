/* A name in the ways people write it: upper case, without blanks, with tone numbers, in the other form of its characters. */
#ifndef YAOFANG_TESTS_SPELL_H
#define YAOFANG_TESTS_SPELL_H

#include "base/arena.h"

/* The name written otherwise; NULL when this way changes nothing of it. */
typedef const char *spelling(struct arena *arena, const char *name);

/* All of them, ended by NULL. */
extern spelling *const spellings[];

#endif
