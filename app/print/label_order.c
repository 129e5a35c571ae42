/* An order's label: made anew, or as it was printed. Printing counts, and freezes what the label says. */
#include <string.h>

#include "db/db.h"
#include "print/label.h"
#include "sql.h"

/* What a statement of label_sources gives, and what is kept of a print. */
struct stored {
    const char *state;
    const char *content; /* JSON */
    int copy_no;
};

static const struct column draft_columns[] = {
    COLUMN(struct stored, state),
    COLUMN(struct stored, content),
    COLUMNS_END,
};
static const struct column copy_columns[] = {
    COLUMN(struct stored, content),
    COLUMN(struct stored, copy_no),
    COLUMNS_END,
};

struct printing {
    const struct label *label;
    const struct label_source *source;
    int64_t order_id;
    bool print;
    struct label_content *content;
};

static bool holds(const char *const *words, const char *word)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

static enum status print_copy(struct ctx *c, const struct printing *p, struct stored *stored)
{
    const char *kind = p->source->kind;
    bool found;

    if (!holds(p->source->states, stored->state))
        return ctx_fail(c, ST_CONFLICT, "state", stored->state, "is too early or too late to print the %s",
                        p->label->title);
    TRY(db_run(c, &q_label_lock, PARAMS(SHOP(c), I64(p->order_id), TEXT(kind))));
    return db_row(c, &q_label_print,
                  PARAMS(SHOP(c), I64(p->order_id), TEXT(kind), TEXT(stored->content),
                         BOOL(p->source->frozen), USER(c)),
                  copy_columns, stored, &found);
}

static enum status read_content(struct ctx *c, const struct stored *stored, struct label_content *content)
{
    struct label_ingredient *ingredients;
    struct label_line *directions, *warnings;
    bool found;

    TRY(db_row(c, &q_label_content, PARAMS(TEXT(stored->content), I64(stored->copy_no)),
               label_content_columns, content, &found));
    TRY(db_all(c, &q_label_ingredients, PARAMS(TEXT(stored->content)), label_ingredient_columns,
               sizeof *ingredients, &ingredients, &content->ingredient_count));
    TRY(db_all(c, &q_label_lines, PARAMS(TEXT(stored->content), TEXT("directions")), label_line_columns,
               sizeof *directions, &directions, &content->direction_count));
    TRY(db_all(c, &q_label_lines, PARAMS(TEXT(stored->content), TEXT("warnings")), label_line_columns,
               sizeof *warnings, &warnings, &content->warning_count));
    content->ingredients = ingredients;
    content->directions = directions;
    content->warnings = warnings;
    return ST_OK;
}

static enum status fill(struct ctx *c, void *arg)
{
    struct printing *p = arg;
    struct stored stored = { 0 };
    struct stored printed = { 0 };
    bool found;

    TRY(db_row(c, p->source->query, PARAMS(SHOP(c), I64(p->order_id)), draft_columns, &stored, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", arena_printf(&c->arena, "%lld", (long long)p->order_id),
                        "is not the number of an order");
    if (p->print) {
        TRY(print_copy(c, p, &stored));
    } else {
        TRY(db_row(c, &q_label_printed, PARAMS(SHOP(c), I64(p->order_id), TEXT(p->source->kind)),
                   copy_columns, &printed, &found));
        stored = found ? printed : stored;
    }
    return read_content(c, &stored, p->content);
}

enum status label_of_order(struct ctx *c, const struct label *label, int64_t order_id, bool print,
                           struct label_content *content)
{
    struct printing p = { label, label_sources, order_id, print, content };

    while (strcmp(p.source->kind, label->kind) != 0)
        p.source++;
    *content = (struct label_content){ 0 };
    return db_tx(c, fill, &p);
}
