/* A number seen above the settled place is remembered, so that it is told once; the settled place moves on when every
   transaction that had begun by a former reading is over, for then nothing can appear below what that reading saw. A number
   is given a moment before its transaction counts as begun, so a reading must be a second old to be trusted with that. */
#include "core/follow.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "sql.h"

enum { MOST = 4096 /* of a source in one reading, and so remembered */, MARKS = 16 };
enum { MARK_US = 250000, TRUST_US = 1000000 };

/* What a reading saw. */
struct mark {
    int64_t at_us;
    int64_t begun; /* transactions below it had begun */
    int64_t seen[FOLLOW_SOURCES];
};

struct place {
    int64_t settled; /* up to here nothing will appear any more */
    int64_t largest; /* seen */
    int64_t told[MOST];
    size_t told_count;
};

struct follower {
    struct place places[FOLLOW_SOURCES];
    struct mark marks[MARKS];
    size_t mark_count;
    bool fresh; /* what the first reading finds is old */
};

struct start_row {
    int64_t moves, orders, lots, changes;
};
struct change_row {
    const char *source, *word;
    int64_t id, subject;
};

static const struct column start_columns[] = {
    COLUMN(struct start_row, moves),
    COLUMN(struct start_row, orders),
    COLUMN(struct start_row, lots),
    COLUMN(struct start_row, changes),
    COLUMNS_END,
};
static const struct column change_columns[] = {
    COLUMN(struct change_row, source),
    COLUMN(struct change_row, id),
    COLUMN(struct change_row, subject),
    COLUMN(struct change_row, word),
    COLUMNS_END,
};
static const char *const source_words[FOLLOW_SOURCES] = { "stock", "order", "lot", "change" };

static enum status begin(struct ctx *c, struct follower *follower)
{
    struct start_row row = { 0 };
    bool found;

    TRY(db_row(c, &q_live_start, PARAMS(SHOP(c)), start_columns, &row, &found));
    memset(follower, 0, sizeof *follower);
    follower->places[FOLLOW_STOCK].settled = row.moves;
    follower->places[FOLLOW_ORDER].settled = row.orders;
    follower->places[FOLLOW_LOT].settled = row.lots;
    follower->places[FOLLOW_CHANGE].settled = row.changes;
    follower->fresh = true;
    return ST_OK;
}

enum status follower_start(struct ctx *c, struct follower **follower)
{
    struct follower *made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        arena_out_of_memory();
    status = begin(c, made);
    if (status == ST_OK)
        *follower = made;
    else
        free(made);
    return status;
}

void follower_free(struct follower *follower)
{
    free(follower);
}

/* Remembers a number; false when it was told before. */
static bool is_new(struct place *place, int64_t id)
{
    for (size_t i = 0; i < place->told_count; i++)
        if (place->told[i] == id)
            return false;
    place->told[place->told_count++] = id;
    if (id > place->largest)
        place->largest = id;
    return true;
}

static void settle(struct place *place, int64_t id)
{
    size_t kept = 0;

    if (id <= place->settled)
        return;
    place->settled = id;
    for (size_t i = 0; i < place->told_count; i++)
        if (place->told[i] > id)
            place->told[kept++] = place->told[i];
    place->told_count = kept;
}

/* Moves the settled places on by the newest mark whose transactions are all over. */
static void settle_marks(struct follower *follower, int64_t over, int64_t now_us)
{
    const struct mark *marks = follower->marks;
    size_t done = 0;

    while (done < follower->mark_count && marks[done].begun <= over && now_us - marks[done].at_us >= TRUST_US)
        done++;
    if (done == 0)
        return;
    for (int source = 0; source < FOLLOW_SOURCES; source++)
        settle(&follower->places[source], marks[done - 1].seen[source]);
    follower->mark_count -= done;
    memmove(follower->marks, follower->marks + done, follower->mark_count * sizeof *marks);
}

static void set_mark(struct follower *follower, int64_t begun, int64_t now_us)
{
    struct mark *mark = &follower->marks[follower->mark_count];

    if (follower->mark_count == MARKS || (follower->mark_count > 0 && now_us - mark[-1].at_us < MARK_US))
        return;
    mark->at_us = now_us;
    mark->begun = begun;
    for (int source = 0; source < FOLLOW_SOURCES; source++)
        mark->seen[source] = follower->places[source].largest;
    follower->mark_count++;
}

static enum follow_source source_of(const char *word)
{
    int source = 0;

    while (source < FOLLOW_SOURCES - 1 && strcmp(source_words[source], word) != 0)
        source++;
    return (enum follow_source)source;
}

/* Whether a reading came to its limit: too much at once to be told one by one. */
static bool too_much(const struct change_row *rows, size_t n)
{
    size_t counts[FOLLOW_SOURCES] = { 0 };

    for (size_t i = 1; i < n; i++)
        counts[source_of(rows[i].source)]++;
    for (int source = 0; source < FOLLOW_SOURCES; source++)
        if (counts[source] >= MOST)
            return true;
    return false;
}

enum status follower_next(struct ctx *c, struct follower *follower, struct happened **list, size_t *count,
                          bool *overrun)
{
    const struct place *places = follower->places;
    struct change_row *rows;
    int64_t now_us;
    size_t n;

    *count = 0;
    *overrun = false;
    TRY(db_all(c, &q_live_changes,
               PARAMS(SHOP(c), I64(places[FOLLOW_STOCK].settled), I64(places[FOLLOW_ORDER].settled),
                      I64(places[FOLLOW_LOT].settled), I64(places[FOLLOW_CHANGE].settled), I64(MOST)),
               change_columns, sizeof *rows, &rows, &n));
    if (too_much(rows, n)) {
        *overrun = true;
        return begin(c, follower);
    }
    *list = arena_array(&c->arena, n, sizeof **list);
    for (size_t i = 1; i < n; i++) {
        enum follow_source source = source_of(rows[i].source);

        if (is_new(&follower->places[source], rows[i].id) && !follower->fresh)
            (*list)[(*count)++] = (struct happened){ source, rows[i].subject, rows[i].word };
    }
    follower->fresh = false;
    now_us = instant_now().us;
    settle_marks(follower, rows[0].id, now_us);
    set_mark(follower, rows[0].subject, now_us);
    return ST_OK;
}
