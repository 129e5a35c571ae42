/* Writing how a shop sells. What a rule may say is the database's to refuse, by name (db/constraint_sale.c). */
#include "core/sale_setup.h"

#include <string.h>

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_ADMIN | ROLE_STAFF, "change prices");
}

static const char *subject(struct ctx *c, const char *kind, int64_t id)
{
    return arena_printf(&c->arena, "%s %lld", kind, (long long)id);
}

/* One statement and its entry in the audit, in one transaction. */
struct setting {
    const struct query *query;
    const struct param *params;
    size_t count;
    const char *action, *subject, *details;
    const char *field, *value, *missing; /* what to say when no row was touched; field NULL: nothing */
    bool made;                           /* the statement gives the id of what it made */
    const char *made_kind;
    int64_t id;
};

static enum status set(struct ctx *c, void *arg)
{
    struct setting *want = arg;
    struct id_row made = { 0 };
    size_t changed = 1;
    bool found = true;

    if (want->made)
        TRY(db_row(c, want->query, want->params, want->count, id_columns, &made, &found));
    else
        TRY(db_change(c, want->query, want->params, want->count, &changed));
    if (!found || changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, want->field, want->value, "%s", want->missing);
    want->id = made.id;
    return audit_note(c, want->action, want->made ? subject(c, want->made_kind, made.id) : want->subject,
                      want->details);
}

#define SETTING(statement, ...) .query = &(statement), PARAMS_OF(__VA_ARGS__)
#define PARAMS_OF(...) \
    .params = (struct param[]){ __VA_ARGS__ }, \
    .count = sizeof((struct param[]){ __VA_ARGS__ }) / sizeof(struct param)

/* What ends and is followed by others: a price rule, a fee. */
struct kind {
    const struct query *end;
    const char *name, *ended, *missing;
};

static const struct kind a_rule = { &q_price_rule_end, "price rule", "price_rule_ended",
                                    "is no price rule in force" };
static const struct kind a_fee = { &q_fee_end, "fee", "fee_ended", "is no fee that is charged" };

static enum status end(struct ctx *c, const struct kind *kind, const char *field, int64_t id)
{
    struct setting want = {
        SETTING(*kind->end, SHOP(c), I64(id), USER(c)),
        .action = kind->ended,
        .subject = subject(c, kind->name, id),
        .field = field,
        .value = arena_printf(&c->arena, "%lld", (long long)id),
        .missing = kind->missing,
    };

    return db_tx(c, set, &want);
}

/* Something new, in the place of what ends with it. */
struct succession {
    struct setting *made;
    const struct kind *kind;
    int64_t replaces;             /* 0: nothing */
    const char *group, *category; /* it names; NULL: none */
};

static enum status succeed(struct ctx *c, void *arg)
{
    const struct succession *next = arg;

    TRY(customer_group_usable(c, next->group));
    TRY(tax_category_usable(c, next->category, 0));
    if (next->replaces != 0)
        TRY(end(c, next->kind, "replaces", next->replaces));
    return set(c, next->made);
}

enum status price_rule_add(struct ctx *c, const struct price_rule_new *rule, int64_t *id)
{
    struct setting want = {
        SETTING(q_price_rule_add, SHOP(c), TEXT(rule->name), TEXT(rule->kind), TEXT_OR_NULL(rule->sku),
                TEXT_OR_NULL(rule->item_kind), TEXT_OR_NULL(rule->tax_category),
                TEXT_OR_NULL(rule->dosage_form), TEXT_OR_NULL(rule->customer_group),
                rule->price.cents < 0 ? NONE() : MONEY(rule->price), I64_OR_NULL(rule->per_quantity),
                rule->markup_basis_points < 0 ? NONE() : I64(rule->markup_basis_points), I64(rule->priority),
                DATE(rule->valid_from), DATE(rule->valid_until), USER(c),
                I64_OR_NULL(rule->off_basis_points)),
        .action = "price_rule_added",
        .details = rule->name,
        .field = "sku",
        .value = rule->sku,
        .missing = "is no item of this shop",
        .made = true,
        .made_kind = a_rule.name,
    };
    struct succession next = { &want, &a_rule, rule->replaces, rule->customer_group, rule->tax_category };

    TRY(require(c));
    TRY(db_tx(c, succeed, &next));
    *id = want.id;
    return ST_OK;
}

enum status price_rule_end(struct ctx *c, int64_t id)
{
    TRY(require(c));
    return end(c, &a_rule, "id", id);
}

enum status fee_add(struct ctx *c, const struct fee_new *fee, int64_t *id)
{
    struct setting want = {
        SETTING(q_fee_add, SHOP(c), TEXT(fee->name), TEXT_OR_NULL(fee->name_hanzi),
                TEXT_OR_NULL(fee->dosage_form), TEXT(fee->per), I64_OR_NULL(fee->unit_mg), MONEY(fee->amount),
                TEXT_OR_NULL(fee->tax_category), DATE(fee->valid_from), DATE(fee->valid_until), USER(c)),
        .action = "fee_added",
        .details = fee->name,
        .made = true,
        .made_kind = a_fee.name,
    };
    struct succession next = { &want, &a_fee, fee->replaces, NULL, fee->tax_category };

    TRY(require(c));
    TRY(db_tx(c, succeed, &next));
    *id = want.id;
    return ST_OK;
}

enum status fee_end(struct ctx *c, int64_t id)
{
    TRY(require(c));
    return end(c, &a_fee, "id", id);
}

enum status customer_group_set(struct ctx *c, const char *group, const char *name)
{
    struct setting want = {
        SETTING(q_customer_group_set, SHOP(c), TEXT(group), TEXT(name)),
        .action = "customer_group_set",
        .subject = arena_printf(&c->arena, "customer group %s", group),
        .details = name,
    };

    TRY(require(c));
    return db_tx(c, set, &want);
}

enum status tax_category_set(struct ctx *c, const char *category, const char *name, int64_t basis_points,
                             const char *note)
{
    struct setting want = {
        SETTING(q_tax_category_set, SHOP(c), TEXT(category), TEXT(name), I64(basis_points),
                TEXT_OR_NULL(note)),
        .action = "tax_category_set",
        .subject = arena_printf(&c->arena, "tax category %s", category),
        .details = arena_printf(&c->arena, "%lld basis points", (long long)basis_points),
    };

    TRY(person_require(c, ROLE_ADMIN, "change taxes"));
    return db_tx(c, set, &want);
}

enum status sale_settings_set(struct ctx *c, const struct sale_settings *settings)
{
    struct setting want = {
        SETTING(q_sale_settings_set, SHOP(c), BOOL(settings->tax_included),
                BOOL(settings->handover_needs_payment), I64(settings->quote_minutes),
                MONEY(settings->drawer_limit), TEXT_OR_NULL(settings->receipt_note)),
        .action = "sale_settings_set",
        .subject = "sale settings",
    };

    TRY(person_require(c, ROLE_ADMIN, "change how the shop sells"));
    return db_tx(c, set, &want);
}
