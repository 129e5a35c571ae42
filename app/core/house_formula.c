/* Keeping and reading a shop's own formulas. */
#include "core/house_formula.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { NAME_LONGEST = 120 };

struct number_row {
    int64_t number;
};

static const struct column number_columns[] = { COLUMN(struct number_row, number), COLUMNS_END };
static const struct column line_columns[] = {
    COLUMN(struct house_line, house_formula_id),
    COLUMN(struct house_line, name),
    COLUMN(struct house_line, herb_id),
    COLUMN(struct house_line, processing),
    COLUMN_NAMED(struct house_line, daily, "daily_mg"),
    COLUMNS_END,
};

struct keeping {
    const struct knowledge *k;
    const char *name;
    const struct prescription_draft *draft; /* NULL: it is retired */
    int64_t id;
};

static enum status check_name(struct ctx *c, const char *name)
{
    if (!utf8_valid(name, strlen(name)))
        return ctx_fail(c, ST_INVALID, "name", NULL, "is not valid UTF-8");
    if (*text_trim(&c->arena, name) == '\0' || utf8_length(name) > NAME_LONGEST)
        return ctx_fail(c, ST_INVALID, "name", name, "is 1 to %d characters", NAME_LONGEST);
    return ST_OK;
}

static enum status keep(struct ctx *c, void *arg)
{
    struct keeping *want = arg;
    struct prescription p = { 0 };
    struct number_row made;
    bool found;

    if (want->draft != NULL)
        TRY(prescription_build(c, want->k, want->draft, &p));
    const char **herbs = arena_array(&c->arena, p.line_count, sizeof *herbs);
    const char **processing = arena_array(&c->arena, p.line_count, sizeof *processing);
    int64_t *daily = arena_array(&c->arena, p.line_count, sizeof *daily);

    for (size_t i = 0; i < p.line_count; i++) {
        herbs[i] = p.lines[i].herb_id;
        processing[i] = p.lines[i].processing;
        daily[i] = p.lines[i].daily.mg;
    }
    TRY(db_row(c, &q_house_formula_add,
               PARAMS(SHOP(c), TEXT(want->name), TEXT(p.indication == NULL ? "" : p.indication), USER(c),
                      TEXTS(herbs, p.line_count), TEXTS(processing, p.line_count), I64S(daily, p.line_count)),
               number_columns, &made, &found));
    if (!found)
        return ctx_fail(c, ST_BUSY, "name", want->name, "is being kept by somebody else; try again");
    want->id = made.number;
    return audit_note(c, want->draft == NULL ? "house_formula_retired" : "house_formula_kept",
                      arena_printf(&c->arena, "house formula %lld", (long long)want->id), want->name);
}

enum status house_formula_keep(struct ctx *c, const struct knowledge *knowledge, const char *name,
                               const struct prescription_draft *draft, int64_t *id)
{
    struct keeping want = { .k = knowledge, .name = name, .draft = draft };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "keep a house formula"));
    TRY(check_name(c, name));
    TRY(db_tx(c, keep, &want));
    *id = want.id;
    return ST_OK;
}

enum status house_formula_retire(struct ctx *c, const char *name)
{
    struct keeping want = { .name = name };
    struct house_line *lines;
    size_t n;

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "retire a house formula"));
    TRY(house_formula_lines(c, name, &lines, &n));
    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "name", name, "is no house formula in use");
    return db_tx(c, keep, &want);
}

enum status house_formula_lines(struct ctx *c, const char *name, struct house_line **lines, size_t *count)
{
    return db_all(c, &q_house_formula_lines, PARAMS(SHOP(c), TEXT(name)), line_columns, sizeof **lines, lines,
                  count);
}
