/* The evidence book coming back as a workbook (or its rules as CSV): every row that differs from what is in force becomes a
   proposal, like any other; rows that were not touched are passed over. A reference row that was changed proposes a row of the
   shop's own in its place. Applying stores the proposals; somebody else still has to approve each. */
#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "core/evidence_import.h"
#include "core/evidence_rows.h"
#include "core/import_kinds.h"
#include "db/db.h"
#include "sql.h"

#define CHANGES "set|retire|revert"
#define SEVERITIES "contraindicated=禁忌|major=严重|moderate=中等|minor=轻微"
#define COMMON \
    { "change", "变更", TABLE_WORD, TABLE_OPTIONAL, CHANGES }, \
        { "effective_from", "起", TABLE_DATE, TABLE_OPTIONAL, NULL }, \
        { "effective_to", "止", TABLE_DATE, TABLE_OPTIONAL, NULL }, \
        { "citation", "出处", TABLE_TEXT, TABLE_OPTIONAL, NULL }, \
        { "reason", "理由", TABLE_TEXT, TABLE_OPTIONAL, NULL }, \
        { "origin", "来源", TABLE_IGNORED, TABLE_OPTIONAL, NULL }, \
        { "version", "版本", TABLE_IGNORED, TABLE_OPTIONAL, NULL }, \
    { \
        "state", "状态", TABLE_IGNORED, TABLE_OPTIONAL, NULL \
    }

static const struct table_column rule_columns[] = {
    { "id", "编号", TABLE_TEXT, TABLE_COLUMN, NULL },
    { "kind", "类别", TABLE_WORD, TABLE_OPTIONAL,
      "herb_drug|formula_drug|herb_herb|herb_condition|procedure|general" },
    { "subject_kind", NULL, TABLE_WORD, TABLE_OPTIONAL, "herb|formula|procedure" },
    { "subject_id", "主体", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "object_kind", NULL, TABLE_WORD, TABLE_OPTIONAL, "drug|drug_class|condition|herb" },
    { "object_id", "对象", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "severity", "轻重", TABLE_WORD, TABLE_COLUMN, SEVERITIES },
    { "effect", "影响", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "mechanism", "机理", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "evidence_level", "证据", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "evidence_class", NULL, TABLE_WORD, TABLE_OPTIONAL,
      "regulator_or_label|human_trial|observational|case_report|extrapolated|animal|in_vitro|theoretical|"
      "traditional_rule" },
    { "evidence_direction", NULL, TABLE_WORD, TABLE_OPTIONAL, "supports|conflicting|negative|beneficial" },
    { "action", "处理", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "threshold_g", NULL, TABLE_DECIMAL, TABLE_OPTIONAL, NULL },
    { "below_severity", NULL, TABLE_WORD, TABLE_OPTIONAL, SEVERITIES },
    { "lasting_days", NULL, TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "stop_days_before", NULL, TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "lowers_to", NULL, TABLE_WORD, TABLE_OPTIONAL, SEVERITIES },
    { "note", "备注", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "confidence", NULL, TABLE_WORD, TABLE_OPTIONAL, "high|medium|low" },
    COMMON,
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};
static const struct table_column name_columns[] = {
    { "thing_kind", "类别", TABLE_WORD, TABLE_FILLED, "herb|formula|drug|drug_class|condition|product" },
    { "thing_id", "名下", TABLE_TEXT, TABLE_FILLED, NULL },
    { "synonym", "Name|名称", TABLE_TEXT, TABLE_FILLED, NULL },
    COMMON,
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};
static const struct table_column ratio_columns[] = {
    { "herb_id", "药材", TABLE_TEXT, TABLE_FILLED, NULL },
    { "crude_g_per_g", "比例", TABLE_DECIMAL, TABLE_COLUMN, NULL },
    { "low", NULL, TABLE_DECIMAL, TABLE_OPTIONAL, NULL },
    { "high", NULL, TABLE_DECIMAL, TABLE_OPTIONAL, NULL },
    { "note", "备注", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "pinyin", NULL, TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "hanzi", "药名", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    COMMON,
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

/* "same", or the change that is proposed. */
static const char *const derived[] = { "does", NULL };

static const struct import_part parts[] = {
    { "rules", "Evidence book", true, rule_columns, derived },
    { "reference_rules", "Reference rules", true, rule_columns, derived },
    { "names", "Names", true, name_columns, derived },
    { "reference_names", "Reference names", true, name_columns, derived },
    { "ratios", "Ratios", true, ratio_columns, derived },
    { "reference_ratios", "Reference ratios", true, ratio_columns, derived },
    { .name = NULL },
};

/* Where a column stands in the part; the part's width when it has none of that name. */
static size_t column_at(const struct import_row *row, const char *name)
{
    size_t at = 0;

    while (row->part->columns[at].name != NULL && strcmp(row->part->columns[at].name, name) != 0)
        at++;
    return at;
}

/* A cell as said: NULL when the file has no such column, "" when it is empty. */
static const char *said(const struct import_row *row, const char *name)
{
    const size_t at = column_at(row, name);

    if (row->part->columns[at].name == NULL || row->part->columns[at].kind == TABLE_IGNORED ||
        *row->read->cells[at].letter == '\0')
        return NULL;
    return row->cells[at] == NULL ? "" : row->cells[at];
}

static struct date date_said(const struct import_row *row, const char *name)
{
    const char *text = said(row, name);
    struct date date = DATE_NONE;

    if (text != NULL && *text != '\0' && !date_parse(text, &date))
        return DATE_NONE;
    return date;
}

static bool is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

static void take_common(const struct import_row *row, struct evidence_proposal *p)
{
    const char *change = said(row, "change");

    p->change = EVIDENCE_SET;
    for (int i = 0; !is_empty(change) && evidence_changes[i] != NULL; i++)
        if (strcmp(evidence_changes[i], change) == 0)
            p->change = (enum evidence_change)i;
    p->reason = said(row, "reason");
    p->citation = said(row, "citation");
    p->from = date_said(row, "effective_from");
    p->to = date_said(row, "effective_to");
}

static void take_rule(const struct import_row *row, struct rule_row *rule)
{
#define TAKE(field) rule->field = said(row, #field);
    RULE_FIELDS(TAKE)
#undef TAKE
    if (is_empty(rule->id))
        rule->id = NULL;
}

/* Whether the row says what is in force already. */
static enum status rule_is_same(struct ctx *c, const struct evidence_proposal *p, bool *same)
{
    struct own_rule now;
    bool found;

    *same = false;
    if (p->rule.id == NULL)
        return ST_OK;
    TRY(db_row(c, &q_evidence_rule_now, PARAMS(SHOP(c), TEXT(p->rule.id)), own_rule_columns, &now, &found));
    *same = found;
#define COMPARE(field) \
    if (found && p->rule.field != NULL && strcmp(p->rule.field, now.row.field) != 0) \
        *same = false;
    RULE_FIELDS(COMPARE)
#undef COMPARE
    return ST_OK;
}

static enum ref_kind kind_of(const char *word)
{
    for (int i = REF_HERB; i < REF_KIND_COUNT; i++)
        if (strcmp(word, ref_kind_word((enum ref_kind)i)) == 0)
            return (enum ref_kind)i;
    return REF_NONE;
}

struct flag {
    bool same;
};
static const struct column flag_columns[] = { COLUMN(struct flag, same), COLUMNS_END };
static const struct column known_columns[] = { COLUMN_NAMED(struct flag, same, "known"), COLUMNS_END };

/* A name that leads to the thing; in a row of the reference also one that the look-up does not give alone (a homonym's). */
static enum status name_is_same(struct ctx *c, const struct knowledge *k, const struct own_synonym *s,
                                bool reference, bool *same)
{
    struct flag known = { .same = false };
    struct name_meaning found;
    bool row;

    names_look_up(k, s->synonym, REF_BIT(kind_of(s->thing_kind)), &found);
    for (size_t i = 0; i < found.count; i++)
        known.same = known.same || strcmp(ref_id(k, found.match[i].ref), s->thing_id) == 0;
    if (!known.same && reference)
        TRY(db_row(c, &q_evidence_name_known,
                   PARAMS(SHOP(c), TEXT(s->thing_kind), TEXT(s->thing_id), TEXT(s->synonym)), known_columns,
                   &known, &row));
    *same = known.same;
    return ST_OK;
}

static bool ratio_equals(const char *text, struct ratio is, struct ratio otherwise)
{
    struct ratio read = otherwise;

    if (!is_empty(text) && !ratio_parse(text, &read))
        return false;
    return read.num * is.den == is.num * read.den;
}

static bool ratio_is_same(const struct knowledge *k, const struct granule_ratio_row *row)
{
    const struct ref ref = knowledge_find(k, REF_HERB, row->herb_id);
    const struct herb *herb = ref.kind == REF_NONE ? NULL : &k->herbs[ref.at];

    return herb != NULL && herb->granule.num > 0 &&
           ratio_equals(row->crude_g_per_g, herb->granule, herb->granule) &&
           ratio_equals(row->low, herb->granule_low, herb->granule) &&
           ratio_equals(row->high, herb->granule_high, herb->granule);
}

static const char *key_of(struct ctx *c, const struct evidence_proposal *p)
{
    if (p->kind == EVIDENCE_RULE)
        return p->rule.id == NULL ? "" : p->rule.id;
    if (p->kind == EVIDENCE_RATIO)
        return p->ratio.herb_id;
    return arena_printf(&c->arena, "%s:%s:%s", p->synonym.thing_kind, p->synonym.thing_id,
                        p->synonym.synonym);
}

/* Not touched: it says what is in force, on the days that stand there. */
static enum status is_same(struct ctx *c, const struct knowledge *k, const struct evidence_proposal *p,
                           bool reference, bool *same)
{
    struct flag dates = { .same = true };
    bool found;

    *same = false;
    if (p->change != EVIDENCE_SET)
        return ST_OK;
    if (p->kind == EVIDENCE_RULE)
        TRY(rule_is_same(c, p, same));
    else if (p->kind == EVIDENCE_SYNONYM)
        TRY(name_is_same(c, k, &p->synonym, reference, same));
    else
        *same = ratio_is_same(k, &p->ratio);
    if (!*same || (date_is_none(p->from) && date_is_none(p->to)))
        return ST_OK;
    TRY(db_row(c, &q_evidence_dates,
               PARAMS(SHOP(c), TEXT(evidence_kinds[p->kind]), TEXT(key_of(c, p)), DATE(p->from), DATE(p->to)),
               flag_columns, &dates, &found));
    *same = dates.same;
    return ST_OK;
}

static void fault(struct import_run *run, const struct import_row *row, const struct fault_item *item)
{
    const size_t at = item->field == NULL ? 0 : column_at(row, item->field);
    const char *name = row->part->columns[at].name;

    if (name == NULL)
        import_fault(run, row, row->part->columns[0].name, "%s %s", item->field, item->rule);
    else
        import_fault(run, row, name, "%s", item->rule);
}

/* What evidence_check completed goes back into the row, so that applying reads whole rows. */
static void put(struct ctx *c, struct import_row *row, const char *name, const char *text)
{
    const size_t at = column_at(row, name);

    if (row->part->columns[at].name != NULL)
        row->cells[at] = is_empty(text) ? NULL : arena_text(&c->arena, text);
}

static void put_back(struct ctx *c, struct import_row *row, const struct evidence_proposal *p)
{
#define PUT(field) put(c, row, #field, p->rule.field);
    if (p->kind == EVIDENCE_RULE && p->change == EVIDENCE_SET) {
        RULE_FIELDS(PUT)
    }
#undef PUT
    if (p->kind == EVIDENCE_SYNONYM)
        put(c, row, "thing_id", p->synonym.thing_id);
    if (p->kind == EVIDENCE_RATIO)
        put(c, row, "herb_id", p->ratio.herb_id);
    put(c, row, "citation", p->citation);
    put(c, row, "reason", p->reason);
}

static enum status check(struct ctx *c, struct import_run *run, struct import_row *row,
                         struct evidence_proposal *p)
{
    struct ctx one; /* a row's faults are its own */
    enum status status;

    ctx_init(&one);
    one.db = c->db;
    one.who = c->who;
    status = evidence_check(&one, import_knowledge(run), p);
    for (size_t i = 0; i < one.fault.count; i++)
        fault(run, row, &one.fault.items[i]);
    if (status == ST_OK)
        put_back(c, row, p);
    else if (status != ST_INVALID)
        c->cause = one.cause == NULL ? NULL : arena_text(&c->arena, one.cause);
    ctx_close(&one);
    if (status != ST_OK && status != ST_INVALID)
        return ctx_fail(c, status, "database", NULL, "could not be asked");
    return ST_OK;
}

static enum status take(struct ctx *c, struct import_run *run, struct import_row *row)
{
    const char *part = row->part->name;
    struct evidence_proposal p = { .kind = EVIDENCE_RULE };
    bool same;

    row->derived[0] = "same";
    if (row->read->wrong > 0)
        return ST_OK;
    if (strstr(part, "names") != NULL)
        p.kind = EVIDENCE_SYNONYM;
    else if (strstr(part, "ratios") != NULL)
        p.kind = EVIDENCE_RATIO;
    take_common(row, &p);
    if (p.kind == EVIDENCE_RULE)
        take_rule(row, &p.rule);
    p.synonym = (struct own_synonym){ .thing_kind = said(row, "thing_kind"),
                                      .thing_id = said(row, "thing_id"),
                                      .synonym = said(row, "synonym") };
    p.ratio = (struct granule_ratio_row){ .herb_id = said(row, "herb_id"),
                                          .crude_g_per_g = said(row, "crude_g_per_g"),
                                          .low = said(row, "low"),
                                          .high = said(row, "high") };
    p.ratio.low = is_empty(p.ratio.low) ? NULL : p.ratio.low;
    p.ratio.high = is_empty(p.ratio.high) ? NULL : p.ratio.high;
    p.ratio_note = p.kind == EVIDENCE_RATIO ? said(row, "note") : NULL;
    TRY(is_same(c, import_knowledge(run), &p, strncmp(part, "reference", 9) == 0, &same));
    if (same)
        return ST_OK;
    row->derived[0] = evidence_changes[p.change];
    return check(c, run, row, &p);
}

static enum status apply(struct ctx *c, const struct import *import)
{
    struct evidence_proposal *list;
    int64_t *lines, id;
    size_t n;

    TRY(evidence_import_read(c, import->id, &list, &lines, &n));
    for (size_t i = 0; i < n; i++) {
        list[i].import_id = import->id;
        TRY(evidence_store(c, &list[i], &id));
        TRY(db_run(c, &q_evidence_import_made, PARAMS(SHOP(c), I64(import->id), I64(lines[i]), I64(id))));
    }
    return ST_OK;
}

static enum status undo(struct ctx *c, const struct import *import)
{
    TRY(import_refuse_any(c, import, &q_evidence_import_decided));
    return db_run(c, &q_evidence_import_withdraw, PARAMS(SHOP(c), I64(import->id), USER(c)));
}

const struct import_kind import_evidence_book = {
    .name = "evidence_book",
    .title = "evidence book",
    .title_hanzi = "证据手册",
    .summary = "rules, names and granule ratios: rows that differ become proposals",
    .roles = ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER,
    .workbook = "evidence-book",
    .parts = parts,
    .row = take,
    .check = &q_evidence_import_check,
    .apply = apply,
    .undo = undo,
};
