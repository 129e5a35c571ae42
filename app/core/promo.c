/* Writing the terms of promo codes. A version never changes: what a ticket was given is what its version said. */
#include "core/promo.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { CODE_LONGEST = 40 };

struct head {
    const char *code;
    int64_t version;
    bool ended;
};
struct word_row {
    const char *word;
};

static const struct column head_columns[] = {
    COLUMN(struct head, code),
    COLUMN(struct head, version),
    COLUMN(struct head, ended),
    COLUMNS_END,
};
static const struct column code_columns[] = { COLUMN(struct head, code), COLUMNS_END };
static const struct column word_columns[] = { COLUMN(struct word_row, word), COLUMNS_END };

const char *promo_code_text(struct ctx *c, const char *typed)
{
    char *upper = text_trim(&c->arena, typed);

    for (char *at = upper; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return upper;
}

static enum status refuse_words(struct ctx *c, const char *field, const char *list)
{
    struct word_row *unknown;
    size_t n, count;
    char **words = text_split(&c->arena, list == NULL ? "" : list, ';', &count);

    if (count == 0)
        return ST_OK;
    TRY(db_all(c, &q_promo_words, PARAMS(SHOP(c), TEXTS((const char *const *)words, count)), word_columns,
               sizeof *unknown, &unknown, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_INVALID, field, unknown[i].word,
                 "is no SKU, product, herb, kind of item (raw, granule, powder, product, goods), tax "
                 "category or dosage form of this shop, nor order or fee");
    return ST_OK;
}

static enum status refuse_terms(struct ctx *c, const struct promo_terms *terms)
{
    if ((terms->percent_basis_points != 0) == (terms->amount.cents != 0))
        ctx_note(c, ST_INVALID, "percent_basis_points", NULL, "or amount_cents must be given, not both");
    TRY(refuse_words(c, "include", terms->include));
    TRY(refuse_words(c, "exclude", terms->exclude));
    return ctx_fault_or_ok(c);
}

struct writing {
    const char *code;
    int64_t seen_version;
    const struct promo_terms *terms;
};

static enum status write_terms(struct ctx *c, const struct writing *want, int64_t version)
{
    const struct promo_terms *t = want->terms;
    const bool percent = t->percent_basis_points != 0;

    return db_run(c, &q_promo_terms_add,
                  PARAMS(SHOP(c), TEXT(want->code), I64(version), TEXT_OR_NULL(t->description),
                         TEXT(percent ? "percent" : "amount"), I64_OR_NULL(t->percent_basis_points),
                         I64_OR_NULL(t->amount.cents), DATE(t->valid_from), DATE(t->valid_until),
                         MONEY(t->minimum), TEXT_OR_NULL(t->include), TEXT_OR_NULL(t->exclude),
                         I64_OR_NULL(t->max_uses), I64_OR_NULL(t->max_uses_per_customer), BOOL(t->stackable),
                         BOOL(t->allow_below_cost), BOOL(t->allow_restricted), BOOL(t->return_on_refund),
                         TEXT_OR_NULL(t->change_note), USER(c)));
}

static enum status add(struct ctx *c, void *arg)
{
    const struct writing *want = arg;
    struct head made;
    bool found;

    TRY(refuse_terms(c, want->terms));
    TRY(db_row(c, &q_promo_add, PARAMS(SHOP(c), TEXT(want->code)), code_columns, &made, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "code", want->code, "exists in this shop");
    TRY(write_terms(c, want, 1));
    return audit_note(c, "promo_added", arena_printf(&c->arena, "promo %s", want->code), NULL);
}

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_ADMIN | ROLE_STAFF, "change promo codes");
}

enum status promo_add(struct ctx *c, const char *code, const struct promo_terms *terms)
{
    struct writing want = { .code = promo_code_text(c, code), .terms = terms };

    TRY(require(c));
    if (*want.code == '\0' || strlen(want.code) > CODE_LONGEST || strpbrk(want.code, " \t\n;/?#%") != NULL)
        return ctx_fail(c, ST_INVALID, "code", code, "is 1 to %d letters, digits and signs, without spaces",
                        CODE_LONGEST);
    return db_tx(c, add, &want);
}

static enum status read_head(struct ctx *c, const char *code, struct head *head)
{
    bool found;

    TRY(db_row(c, &q_promo_head, PARAMS(SHOP(c), TEXT(code)), head_columns, head, &found));
    return found ? ST_OK : ctx_fail(c, ST_NOT_FOUND, "code", code, "is no promo code of this shop");
}

static enum status change(struct ctx *c, void *arg)
{
    const struct writing *want = arg;
    struct head head;
    size_t changed;

    TRY(read_head(c, want->code, &head));
    if (head.version != want->seen_version)
        return ctx_fail(c, ST_STALE, "version",
                        arena_printf(&c->arena, "%lld", (long long)want->seen_version),
                        "is not the newest: %lld is", (long long)head.version);
    TRY(refuse_terms(c, want->terms));
    TRY(write_terms(c, want, head.version + 1));
    TRY(db_change(c, &q_promo_set_version, PARAMS(SHOP(c), TEXT(want->code), I64(head.version + 1)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "code", want->code, "was ended");
    return audit_note(c, "promo_changed", arena_printf(&c->arena, "promo %s", want->code),
                      want->terms->change_note);
}

enum status promo_change(struct ctx *c, const char *code, int64_t seen_version,
                         const struct promo_terms *terms)
{
    struct writing want = { promo_code_text(c, code), seen_version, terms };

    TRY(require(c));
    return db_tx(c, change, &want);
}

static enum status end(struct ctx *c, void *arg)
{
    const char *code = arg;
    struct head head;
    size_t changed;

    TRY(read_head(c, code, &head));
    TRY(db_change(c, &q_promo_end, PARAMS(SHOP(c), TEXT(code), USER(c)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_CONFLICT, "code", code, "was ended already");
    return audit_note(c, "promo_ended", arena_printf(&c->arena, "promo %s", code), NULL);
}

enum status promo_end(struct ctx *c, const char *code)
{
    TRY(require(c));
    return db_tx(c, end, (void *)(uintptr_t)promo_code_text(c, code));
}
