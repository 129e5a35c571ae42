/* The evidence book as a workbook that goes out and comes back (core/import_evidence.c), and the alert budget. Rows of the shop's own
   are to be edited; of the reference's only what says to retire or to grade it otherwise. */
#include "catalog_evidence.h"

#include "sql.h"

#define ROWS_DONE \
    { \
        .key = NULL \
    }

#define SEVERITIES "contraindicated|major|moderate|minor"
#define DECIDING \
    { "effective_from", NULL, 0, 0, "First day in the shop's time; empty: today" }, \
        { "effective_to", NULL, 0, 0, "Last day; empty: for good" }, \
        { "change", "set|retire|revert", 0, 0, "Empty: as the row says" }, \
    { \
        "reason", NULL, 0, 1000, "Needed for every change" \
    }

const struct report_column evidence_rule_columns[] = {
    { "id", "Id\n编号", REPORT_TEXT, false,
      "The rule. Leave it empty in a new row; a row of the reference that is changed becomes one of the "
      "shop's own." },
    { "state", "State\n状态", REPORT_TEXT, false,
      "own: the shop's; retired: the shop put it out of use; reference." },
    { "kind", "Kind\n类别", REPORT_TEXT, false, "What meets what." },
    { "subject_kind", "Subject kind", REPORT_TEXT, false, "herb, formula or procedure." },
    { "subject_id", "Subject id\n主体", REPORT_TEXT, false, "Any name of it will do in a new row." },
    { "object_kind", "Object kind", REPORT_TEXT, false, "drug, drug_class, condition or herb." },
    { "object_id", "Object id\n对象", REPORT_TEXT, false, "Any name of it will do in a new row." },
    { "severity", "Severity\n轻重", REPORT_TEXT, false, "The graver the earlier it interrupts." },
    { "effect", "Effect\n影响", REPORT_TEXT, false, "What happens." },
    { "mechanism", "Mechanism\n机理", REPORT_TEXT, false, "How." },
    { "evidence_level", "Evidence level\n证据", REPORT_TEXT, false, "How sure it is, in words." },
    { "evidence_class", "Evidence class", REPORT_TEXT, false, "What kind of evidence it is." },
    { "evidence_direction", "Evidence direction", REPORT_TEXT, false,
      "negative: a trial that found no effect." },
    { "action", "Action\n处理", REPORT_TEXT, false, "What to do." },
    { "citation", "Citation\n出处", REPORT_TEXT, false, "Where it is written; needed for every change." },
    { "threshold_g", "Threshold g", REPORT_TEXT, false, "Grams of raw herb a day from which it holds." },
    { "below_severity", "Below severity", REPORT_TEXT, false, "How grave it is below the threshold." },
    { "lasting_days", "Lasting days", REPORT_INTEGER, false,
      "How long the effect lasts after the last dose." },
    { "stop_days_before", "Stop days before", REPORT_INTEGER, false,
      "How many days before an operation to stop." },
    { "lowers_to", "Lowers to", REPORT_TEXT, false,
      "What a theoretical rule about the same two is lowered to." },
    { "note", "Note\n备注", REPORT_TEXT, false, "Anything else." },
    { "confidence", "Confidence", REPORT_TEXT, false, "high, medium or low." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "Of the row as it stands here." },
    { "effective_from", "Effective from\n起", REPORT_DATE, false,
      "First day in the shop's time; empty: from the day it comes in." },
    { "effective_to", "Effective to\n止", REPORT_DATE, false, "Last day; empty: for good." },
    { "change", "Change\n变更", REPORT_TEXT, false,
      "Empty or set: as the row says. retire: out of use. revert: the reference speaks again." },
    { "reason", "Reason\n理由", REPORT_TEXT, false, "Why; needed for every change." },
    ROWS_DONE,
};
const struct report_entry evidence_rule_entries[] = {
    { "id", NULL, 0, 60, NULL },
    { "kind", "herb_drug|formula_drug|herb_herb|herb_condition|procedure|general", 0, 0, NULL },
    { "subject_kind", "herb|formula|procedure", 0, 0, NULL },
    { "subject_id", NULL, 0, 120, NULL },
    { "object_kind", "drug|drug_class|condition|herb", 0, 0, NULL },
    { "object_id", NULL, 0, 120, NULL },
    { "severity", SEVERITIES, 0, 0, NULL },
    { "effect", NULL, 0, 1000, NULL },
    { "mechanism", NULL, 0, 1000, NULL },
    { "evidence_level", NULL, 0, 1000, NULL },
    { "evidence_class",
      "regulator_or_label|human_trial|observational|case_report|extrapolated|animal|in_vitro|theoretical|"
      "traditional_rule",
      0, 0, NULL },
    { "evidence_direction", "supports|conflicting|negative|beneficial", 0, 0, NULL },
    { "action", NULL, 0, 1000, NULL },
    { "citation", NULL, 0, 1000, NULL },
    { "threshold_g", NULL, 0, 20, NULL },
    { "below_severity", SEVERITIES, 0, 0, NULL },
    { "lasting_days", NULL, 0, 400, NULL },
    { "stop_days_before", NULL, 0, 60, NULL },
    { "lowers_to", SEVERITIES, 0, 0, NULL },
    { "note", NULL, 0, 1000, NULL },
    { "confidence", "high|medium|low", 0, 0, NULL },
    DECIDING,
    ROWS_DONE,
};
static const struct report_entry reference_rule_entries[] = {
    { "severity", SEVERITIES, 0, 0, NULL },
    { "citation", NULL, 0, 1000, NULL },
    DECIDING,
    ROWS_DONE,
};
static const struct report_column name_columns[] = {
    { "thing_kind", "Thing kind\n类别", REPORT_TEXT, false, "What the name is one of." },
    { "thing_id", "Thing id\n名下", REPORT_TEXT, false, "Any name of it will do in a new row." },
    { "synonym", "Synonym\n名称", REPORT_TEXT, false, "The name." },
    { "state", "State\n状态", REPORT_TEXT, false, "own, retired or reference." },
    { "citation", "Citation\n出处", REPORT_TEXT, false, "Where it is written; needed for every change." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "Of the row as it stands here." },
    { "effective_from", "Effective from\n起", REPORT_DATE, false,
      "First day in the shop's time; empty: from the day it comes in." },
    { "effective_to", "Effective to\n止", REPORT_DATE, false, "Last day; empty: for good." },
    { "change", "Change\n变更", REPORT_TEXT, false,
      "Empty or set: as the row says. retire: out of use. revert: the reference speaks again." },
    { "reason", "Reason\n理由", REPORT_TEXT, false, "Why; needed for every change." },
    ROWS_DONE,
};
static const struct report_entry name_entries[] = {
    { "thing_kind", "herb|formula|drug|drug_class|condition|product", 0, 0, NULL },
    { "thing_id", NULL, 0, 120, NULL },
    { "synonym", NULL, 0, 120, NULL },
    { "citation", NULL, 0, 1000, NULL },
    DECIDING,
    ROWS_DONE,
};
static const struct report_entry reference_name_entries[] = {
    { "citation", NULL, 0, 1000, NULL },
    DECIDING,
    ROWS_DONE,
};
static const struct report_column ratio_columns[] = {
    { "herb_id", "Herb id\n药材", REPORT_TEXT, false, "Any name of the herb will do in a new row." },
    { "pinyin", "Pinyin", REPORT_TEXT, false, "The herb's name." },
    { "hanzi", "药名", REPORT_TEXT, false, "The herb's Chinese name." },
    { "state", "State\n状态", REPORT_TEXT, false, "own, retired or reference." },
    { "crude_g_per_g", "Crude g per g\n比例", REPORT_TEXT, false,
      "Grams of raw herb in a gram of granules." },
    { "low", "Low", REPORT_TEXT, false, "The lowest a supplier gives." },
    { "high", "High", REPORT_TEXT, false, "The highest a supplier gives." },
    { "note", "Note\n备注", REPORT_TEXT, false, "Anything else." },
    { "citation", "Citation\n出处", REPORT_TEXT, false, "Where it is written; needed for every change." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "Of the row as it stands here." },
    { "effective_from", "Effective from\n起", REPORT_DATE, false,
      "First day in the shop's time; empty: from the day it comes in." },
    { "effective_to", "Effective to\n止", REPORT_DATE, false, "Last day; empty: for good." },
    { "change", "Change\n变更", REPORT_TEXT, false,
      "Empty or set: as the row says. retire: out of use. revert: the reference speaks again." },
    { "reason", "Reason\n理由", REPORT_TEXT, false, "Why; needed for every change." },
    ROWS_DONE,
};
static const struct report_entry ratio_entries[] = {
    { "herb_id", NULL, 0, 120, NULL },
    { "crude_g_per_g", NULL, 0, 20, NULL },
    { "low", NULL, 0, 20, NULL },
    { "high", NULL, 0, 20, NULL },
    { "note", NULL, 0, 1000, NULL },
    { "citation", NULL, 0, 1000, NULL },
    DECIDING,
    ROWS_DONE,
};
static const struct report_entry reference_ratio_entries[] = {
    { "crude_g_per_g", NULL, 0, 20, NULL },
    { "low", NULL, 0, 20, NULL },
    { "high", NULL, 0, 20, NULL },
    { "citation", NULL, 0, 1000, NULL },
    DECIDING,
    ROWS_DONE,
};
const struct report_rule evidence_states[] = {
    { "change", "retire", TONE_BAD, "Is to be put out of use." },
    { "change", "revert", TONE_NOTE, "The reference is to speak again." },
    { "state", "retired", TONE_QUIET, "Out of use in this shop." },
    ROWS_DONE,
};
const struct report_sheet evidence_more[] = {
    { .name = "Reference rules",
      .summary = "The reference's rules; to change one proposes a row of the shop's own in its place.",
      .query = &q_report_evidence_reference_rules,
      .columns = evidence_rule_columns,
      .rules = evidence_states,
      .entries = reference_rule_entries },
    { .name = "Names",
      .summary = "Names the shop has of its own.",
      .query = &q_report_evidence_names,
      .columns = name_columns,
      .rules = evidence_states,
      .entries = name_entries,
      .blank_rows = 40 },
    { .name = "Reference names",
      .summary = "The reference's names that stand in rows of their own; any can be retired.",
      .query = &q_report_evidence_reference_names,
      .columns = name_columns,
      .rules = evidence_states,
      .entries = reference_name_entries },
    { .name = "Ratios",
      .summary = "Granule ratios the shop has of its own.",
      .query = &q_report_evidence_ratios,
      .columns = ratio_columns,
      .rules = evidence_states,
      .entries = ratio_entries,
      .blank_rows = 40 },
    { .name = "Reference ratios",
      .summary = "The reference's granule ratios.",
      .query = &q_report_evidence_reference_ratios,
      .columns = ratio_columns,
      .rules = evidence_states,
      .entries = reference_ratio_entries },
    { .name = NULL },
};

const struct report_parameter alert_budget_parameters[] = {
    { "from", PARAMETER_DATE, "First day, in the shop's time; without it from the beginning" },
    { "to", PARAMETER_DATE, "Last day, in the shop's time; without it until now" },
    { "role", PARAMETER_TEXT, "Only this role: practitioner, pharmacist, staff" },
    { .name = NULL },
};
const struct report_parameter alert_log_parameters[] = {
    { "from", PARAMETER_DATE, "First day, in the shop's time; without it from the beginning" },
    { "to", PARAMETER_DATE, "Last day, in the shop's time; without it until now" },
    { "rule", PARAMETER_TEXT, "Only this rule" },
    { .name = NULL },
};
#define ALERT_COUNTS \
    { "shown", "Shown\n提示", REPORT_INTEGER, true, \
      "Once for each role, moment and occasion, however often it was looked at." }, \
        { "heeded", "Heeded\n采纳", REPORT_INTEGER, true, \
          "The herb was dropped or changed, so that the finding was gone." }, \
        { "overridden", "Overridden\n否决", REPORT_INTEGER, true, \
          "Answered with a reason, or passed with one at release and hand-over." }, \
    { \
        "override_percent", "Override %\n否决率", REPORT_INTEGER, false, \
            "Overridden of shown, rounded down." \
    }
const struct report_column alert_budget_columns[] = {
    { "rule_id", "Rule\n规则", REPORT_TEXT, false, "Of the reference, a general rule, or of the shop." },
    { "origin", "Origin\n来源", REPORT_TEXT, false, "reference or shop." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "The newest version that was shown." },
    { "severity", "Severity\n轻重", REPORT_TEXT, false, "As last shown." },
    { "effect", "Effect\n影响", REPORT_TEXT, false, "What the rule says." },
    { "role", "Role\n角色", REPORT_TEXT, false, "Of the person it was shown to." },
    ALERT_COUNTS,
    { "reasons", "Reasons\n理由", REPORT_TEXT, false, "Why it was overridden, the most frequent first." },
    ROWS_DONE,
};
static const struct report_column role_columns[] = {
    { "role", "Role\n角色", REPORT_TEXT, false, "Of the person it was shown to." },
    ALERT_COUNTS,
    ROWS_DONE,
};
const struct report_chart alert_budget_charts[] = {
    { CHART_BARS, "What became of each rule's findings", "rule_id", "shown|heeded|overridden" },
    { .title = NULL },
};
static const struct report_column budget_rule_columns[] = {
    { "rule_id", "Rule\n规则", REPORT_TEXT, false, "Of the reference, a general rule, or of the shop." },
    { "origin", "Origin\n来源", REPORT_TEXT, false, "reference or shop." },
    { "severity", "Severity\n轻重", REPORT_TEXT, false, "As last shown." },
    ALERT_COUNTS,
    ROWS_DONE,
};
static const struct report_chart budget_rule_charts[] = {
    { CHART_BARS, "Override rate of each rule, %", "rule_id", "override_percent" },
    { .title = NULL },
};
static const struct report_chart role_charts[] = {
    { CHART_COLUMNS, "What became of the findings, by role", "role", "shown|heeded|overridden" },
    { .title = NULL },
};
const struct report_sheet alert_budget_more[] = {
    { .name = "By rule",
      .summary = "How often each rule's findings were overridden, all roles together.",
      .query = &q_report_alert_by_rule,
      .columns = budget_rule_columns,
      .charts = budget_rule_charts },
    { .name = "By role",
      .summary = "What became of all findings, for each role.",
      .query = &q_report_alert_by_role,
      .columns = role_columns,
      .charts = role_charts },
    { .name = NULL },
};

const struct report_column alert_log_columns[] = {
    { "happened_at", "When\n时间", REPORT_TIME, false, "In the shop's time." },
    { "rule_id", "Rule\n规则", REPORT_TEXT, false, "Of the reference, a general rule, or of the shop." },
    { "origin", "Origin\n来源", REPORT_TEXT, false, "reference or shop." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "Of the rule." },
    { "severity", "Severity\n轻重", REPORT_TEXT, false, "As shown." },
    { "kind", "Kind\n类别", REPORT_TEXT, false, "Of the finding." },
    { "about", "About\n双方", REPORT_TEXT, false, "The two sides." },
    { "what", "What\n结果", REPORT_TEXT, false, "shown, heeded or overridden." },
    { "reason", "Reason\n理由", REPORT_TEXT, false, "Code of an override." },
    { "note", "Note\n说明", REPORT_TEXT, false, "In the person's words." },
    { "role", "Role\n角色", REPORT_TEXT, false, "In which the person acted." },
    { "person", "Person\n人员", REPORT_TEXT, false, "Empty: another system, or the service." },
    { "moment", "Moment\n时机", REPORT_TEXT, false, "add, sign, release, handover, refill or lookup." },
    { "source", "Source\n途径", REPORT_TEXT, false, "page, api, cds, command or service." },
    { "prescription_no", "Prescription\n处方", REPORT_INTEGER, false, "Where there is one." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "Where there is one." },
    ROWS_DONE,
};
const struct report_rule alert_log_rules[] = {
    { "what", "overridden", TONE_WARN, "Gone past, with a reason." },
    { "what", "heeded", TONE_NOTE, "The finding was gone afterwards." },
    ROWS_DONE,
};
