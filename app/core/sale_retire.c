/* Taking groups of customers and tax categories out of use, and back into it; and refusing what is new and names one that is. */
#include "core/audit.h"
#include "core/furnish_parts.h"
#include "core/person.h"
#include "core/sale_setup.h"
#include "db/db.h"
#include "sql.h"

struct held {
    const char *code;
};

struct used {
    int64_t items, fees, price_rules;
};

static const struct column held_columns[] = { COLUMN(struct held, code), COLUMNS_END };
static const struct column used_columns[] = {
    COLUMN(struct used, items),
    COLUMN(struct used, fees),
    COLUMN(struct used, price_rules),
    COLUMNS_END,
};

static const struct kind {
    const struct query *hold, *used, *retire;
    const char *field, *noun;
} a_group = { &q_customer_group_hold, &q_customer_group_used, &q_customer_group_retire, "customer_group",
              "group of customers" },
  a_tax = { &q_tax_category_hold, &q_tax_category_used, &q_tax_category_retire, "tax_category",
            "tax category" };

enum status customer_group_usable(struct ctx *c, const char *group)
{
    return furnish_usable(c, a_group.field, group, &q_customer_group_known,
                          PARAMS(SHOP(c), TEXT_OR_NULL(group)));
}

enum status tax_category_usable(struct ctx *c, const char *category, int64_t item_id)
{
    return furnish_usable(c, a_tax.field, category, &q_tax_category_known,
                          PARAMS(SHOP(c), TEXT_OR_NULL(category), I64_OR_NULL(item_id)));
}

struct want {
    const struct kind *kind;
    const char *code;
    bool retired;
};

static const char *whole(struct ctx *c, int64_t count)
{
    return arena_printf(&c->arena, "%lld", (long long)count);
}

/* Whoever pays another price or tax for it shall have decided that first. */
static enum status require_unused(struct ctx *c, const struct want *want)
{
    struct used used;
    bool found;

    TRY(db_row(c, want->kind->used, PARAMS(SHOP(c), TEXT(want->code)), used_columns, &used, &found));
    if (used.items > 0)
        return ctx_fail(c, ST_CONFLICT, "items", whole(c, used.items),
                        "are taxed by it: give them another tax category first");
    if (used.fees > 0)
        return ctx_fail(c, ST_CONFLICT, "fees", whole(c, used.fees), "are taxed by it: end them first");
    if (used.price_rules > 0)
        return ctx_fail(c, ST_CONFLICT, "price_rules", whole(c, used.price_rules),
                        "hold for it: end them first");
    return ST_OK;
}

static enum status retire(struct ctx *c, void *arg)
{
    const struct want *want = arg;
    const struct kind *kind = want->kind;
    struct held held;
    bool found;

    TRY(db_row(c, kind->hold, PARAMS(SHOP(c), TEXT(want->code)), held_columns, &held, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, kind->field, want->code, "is no %s of this shop", kind->noun);
    if (want->retired)
        TRY(require_unused(c, want));
    TRY(db_run(c, kind->retire, PARAMS(SHOP(c), TEXT(want->code), BOOL(want->retired))));
    return audit_note(c, want->retired ? "out_of_use" : "back_in_use",
                      arena_printf(&c->arena, "%s %s", kind->noun, want->code), NULL);
}

enum status customer_group_retire(struct ctx *c, const char *group, bool retired)
{
    struct want want = { &a_group, group, retired };

    TRY(person_require(c, ROLE_ADMIN | ROLE_STAFF, "change prices"));
    return db_tx(c, retire, &want);
}

enum status tax_category_retire(struct ctx *c, const char *category, bool retired)
{
    struct want want = { &a_tax, category, retired };

    TRY(person_require(c, ROLE_ADMIN, "change taxes"));
    return db_tx(c, retire, &want);
}
