/* Copies of papers: numbered one after the other for each thing and kind, and never changed once counted. */
#include "print/copy.h"

#include "db/db.h"
#include "sql.h"

static const struct column copy_columns[] = {
    COLUMN(struct copy, id),
    COLUMN(struct copy, copy_no),
    COLUMN(struct copy, newest),
    COLUMN(struct copy, content),
    COLUMNS_END,
};

enum status copy_lock(struct ctx *c, const char *about, const int64_t *ids, size_t count, const char *kind)
{
    return db_run(c, &q_label_lock,
                  PARAMS(SHOP(c), I64S(ids, count), TEXT(arena_printf(&c->arena, "%s %s", about, kind))));
}

enum status copies_read(struct ctx *c, const char *about, const int64_t *ids, size_t count, const char *kind,
                        int copy_no, struct copy **copies, size_t *found)
{
    return db_all(
        c, &q_label_printed,
        PARAMS(SHOP(c), I64S(ids, count), TEXT(about), TEXT(kind), copy_no == 0 ? NONE() : I64(copy_no)),
        copy_columns, sizeof **copies, copies, found);
}

enum status copy_newest(struct ctx *c, const char *about, int64_t id, const char *kind, struct copy *copy)
{
    struct copy *copies;
    size_t n;

    TRY(copies_read(c, about, &id, 1, kind, 0, &copies, &n));
    *copy = (struct copy){ .id = id };
    if (n > 0)
        *copy = *copies;
    return ST_OK;
}

enum status copies_count(struct ctx *c, const char *about, const int64_t *ids, size_t count, const char *kind,
                         const char *const *contents, bool frozen)
{
    return db_run(c, &q_label_print,
                  PARAMS(SHOP(c), I64S(ids, count), TEXT(about), TEXT(kind), TEXTS(contents, count),
                         BOOL(frozen), USER(c)));
}

const char *copy_words(struct ctx *c, int copy_no)
{
    return copy_no < 2 ? "" : arena_printf(&c->arena, "copy %d", copy_no);
}
