/* Reading a profile's rules. */
#include "db/db.h"
#include "print/label_lint.h"
#include "sql.h"

static const struct column rule_columns[] = {
    COLUMN(struct label_rule, field),
    COLUMN(struct label_rule, english),
    COLUMN(struct label_rule, requirement),
    COLUMN(struct label_rule, condition),
    COLUMN(struct label_rule, condition_code),
    COLUMN(struct label_rule, clause),
    COLUMN(struct label_rule, language_rule),
    COLUMN(struct label_rule, language_code),
    COLUMN(struct label_rule, verified),
    COLUMN(struct label_rule, in_force_basis),
    COLUMN(struct label_rule, min_type_size_pt),
    COLUMN(struct label_rule, in_force_from),
    COLUMNS_END,
};

struct head {
    const char *profile_id, *jurisdiction;
    struct date in_force_from;
};

static const struct column head_columns[] = {
    COLUMN(struct head, profile_id),
    COLUMN(struct head, jurisdiction),
    COLUMN(struct head, in_force_from),
    COLUMNS_END,
};

static enum status no_such_profile(struct ctx *c, const char *profile)
{
    struct head *heads;
    struct text names;
    size_t n;

    TRY(db_all(c, &q_label_profile_head, PARAMS(NONE()), head_columns, sizeof *heads, &heads, &n));
    text_init(&names, &c->arena);
    for (size_t i = 0; i < n; i++)
        text_addf(&names, "%s%s", i > 0 ? ", " : "", heads[i].profile_id);
    return ctx_fail(c, ST_NOT_FOUND, "profile", profile, "there are these profiles: %s", names.data);
}

enum status label_rules_read(struct ctx *c, const char *profile, const char *document, struct date on,
                             const struct label_rules **out)
{
    struct label_rules *rules = arena_alloc(&c->arena, sizeof *rules);
    struct label_rule *list;
    struct head head;
    bool found;

    *out = NULL;
    if (profile == NULL || *profile == '\0' || document == NULL)
        return ST_OK;
    TRY(db_row(c, &q_label_profile_head, PARAMS(TEXT(profile)), head_columns, &head, &found));
    if (!found)
        return no_such_profile(c, profile);
    *rules =
        (struct label_rules){ .profile = profile, .jurisdiction = head.jurisdiction, .document = document };
    TRY(db_all(c, &q_label_rules, PARAMS(SHOP(c), TEXT(profile), TEXT(document), DATE(on)), rule_columns,
               sizeof *list, &list, &rules->count));
    if (rules->count == 0 && !date_is_none(head.in_force_from) && !date_is_none(on) &&
        on.days < head.in_force_from.days)
        return ctx_fail(c, ST_CONFLICT, "profile", profile, "is not in force before %s",
                        date_text(&c->arena, head.in_force_from));
    rules->rules = list;
    *out = rules;
    return ST_OK;
}
