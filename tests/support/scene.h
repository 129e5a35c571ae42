/* The scene of a suite of tests/db: the demo shop in a database of the suite's own, a person who acts there, and words for what is
   expected. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_SCENE_H
#define YAOFANG_TESTS_SCENE_H

#include "support/book.h" /* c, connected as the service, and k, where the scene has its rules */
#include "support/database.h"
#include "support/runner.h"

/* Sets the scene for a file that has named its DATABASE: `make` for the suite, `setup` and `scene_close` for each test. */
#define SCENE(username) \
    SCENE_MADE(scene_make(DATABASE)) \
    SCENE_OPENED(username)
/* The same with the rule book. */
#define SCENE_WITH_RULES(username) \
    SCENE_MADE(scene_make_with_rules(DATABASE)) \
    SCENE_OPENED(username)
/* Parts of it, for a file whose setup does more. */
#define SCENE_MADE(how) \
    static void make(void) \
    { \
        how; \
    }
#define SCENE_OPENED(username) \
    static void setup(void) \
    { \
        scene_open(DATABASE, username); \
    }

void scene_make(const char *database);
void scene_make_with_rules(const char *database);
void scene_open(const char *database, const char *username);
void scene_close(void);

#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define GRAMS(g) (INT64_C(1000) * (g))
#define MUST(call) ck_assert_msg((call) == ST_OK, "%s", fault_text(&c))

/* The call was refused with that status, and its first fault says `part` (NULL: whatever); then that is forgotten. */
void refused(enum status status, enum status expected, const char *part);

#endif
