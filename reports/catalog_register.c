/* What the compounding register shows: what was made, of what, by whom, and what was found and answered before it went out. */
#include "catalog_register.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_column register_columns[] = {
    { "checked_at", "Checked\n核对时间", REPORT_TIME, false, "The final check, in the shop's time." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "The order's number." },
    { "patient_code", "Patient no.\n患者号", REPORT_TEXT, false, "The shop's own number of the patient." },
    { "patient_name", "Patient\n患者", REPORT_TEXT, false, "As recorded." },
    { "dosage_form", "Form\n剂型", REPORT_TEXT, false, "The prescription's dosage form." },
    { "packets", "Packets\n剂数", REPORT_INTEGER, false, "How many packets the order makes." },
    { "line_no", "Line\n行", REPORT_INTEGER, false, "The order's line." },
    { "pinyin", "Herb", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "hanzi", "药名", REPORT_TEXT, false, "Chinese name." },
    { "pharmaceutical_latin", "Latin\n拉丁名", REPORT_TEXT, false, "Pharmaceutical Latin." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The lot it was taken from." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered that lot." },
    { "expires_on", "Lot expires\n有效期", REPORT_DATE, false, "Last day of use of that lot." },
    { "result", "Weights\n称量", REPORT_TEXT, false,
      "Within the tolerance, or let pass by a second person." },
    { "planned_mg", "Planned g\n应重", REPORT_GRAMS, true, "What was reserved of the lot." },
    { "weighed_mg", "Weighed g\n实重", REPORT_GRAMS, true,
      "What was weighed; this is what the ledger took off." },
    { "filled_by", "Filled by\n调剂", REPORT_TEXT, false, "Who weighed." },
    { "checked_by", "Checked by\n核对", REPORT_TEXT, false, "Who did the final check." },
    { "approved_by", "Approved by\n批准", REPORT_TEXT, false,
      "Who let a weight outside the tolerance pass." },
    { "beyond_use_on", "Use by\n有效期至", REPORT_DATE, false, "Beyond-use date of what was made." },
    ROWS_DONE,
};
const struct report_rule register_rules[] = {
    { "result", "approved", TONE_WARN, "A weight outside the tolerance was let pass by a second person." },
    ROWS_DONE,
};

static const struct report_column finding_columns[] = {
    { "checked_at", "Checked\n核对时间", REPORT_TIME, false, "The final check, in the shop's time." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "The order's number." },
    { "patient_code", "Patient no.\n患者号", REPORT_TEXT, false, "The shop's own number of the patient." },
    { "severity", "Severity\n轻重", REPORT_TEXT, false, "As found." },
    { "subject", "Herb or formula\n药", REPORT_TEXT, false, "What it is about." },
    { "object", "With\n对象", REPORT_TEXT, false, "What it meets." },
    { "daily_mg", "A day g\n日用量", REPORT_GRAMS, false, "Of raw herb, all formulas together." },
    { "effect", "Effect\n影响", REPORT_TEXT, false, "What the rule says, and of this case." },
    { "action", "What to do\n处理", REPORT_TEXT, false, "What the rule says." },
    { "state", "Answer\n答复", REPORT_TEXT, false, "Critical ones need an answer before signing." },
    { "reason", "Reason\n理由", REPORT_TEXT, false, "Of the prescriber." },
    { "note", "Note\n说明", REPORT_TEXT, false, "In the prescriber's words." },
    { "answered_by", "Answered by\n答复人", REPORT_TEXT, false, "The prescriber." },
    { "answered_at", "Answered\n答复时间", REPORT_TIME, false, "In the shop's time." },
    { "acknowledged_by", "Read by\n已阅", REPORT_TEXT, false, "The pharmacist who opened the answer." },
    { "rule_id", "Rule\n规则", REPORT_TEXT, false, "Which rule raised it." },
    { "rule_version", "Version\n版本", REPORT_INTEGER, false, "Of the rule, as it was then." },
    { "citation", "Citation\n出处", REPORT_TEXT, false, "Where it is written." },
    ROWS_DONE,
};
static const struct report_rule finding_rules[] = {
    { "state", "unanswered", TONE_BAD, "A critical finding without an answer." },
    { "severity", "contraindicated", TONE_WARN, "The gravest." },
    { "severity", "major", TONE_WARN, "Critical." },
    ROWS_DONE,
};
static const struct report_column batch_columns[] = {
    { "checked_at", "Checked\n核对时间", REPORT_TIME, false, "The check of the batch, in the shop's time." },
    { "batch_no", "Batch\n批次号", REPORT_INTEGER, false, "The batch's number." },
    { "made", "Made", REPORT_TEXT, false, "The item made." },
    { "made_hanzi", "成品", REPORT_TEXT, false, "In Chinese." },
    { "made_lot", "As lot\n成品批号", REPORT_TEXT, false, "The lot code of what was made." },
    { "beyond_use_on", "Use by\n有效期至", REPORT_DATE, false, "Last day of use of what was made." },
    { "line_no", "Line\n行", REPORT_INTEGER, false, "The batch's line." },
    { "name", "Ingredient", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "原料", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The lot it was taken from." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered that lot." },
    { "expires_on", "Lot expires\n有效期", REPORT_DATE, false, "Last day of use of that lot." },
    { "quantity_mg", "Used g\n用量", REPORT_GRAMS, true, "What the ledger took off for the batch." },
    { "made_by", "Made by\n制作", REPORT_TEXT, false, "Who made it." },
    { "checked_by", "Checked by\n核对", REPORT_TEXT, false, "Who checked it." },
    { "state", "People\n人员", REPORT_TEXT, false, "Two people, or one in the recorded single-person mode." },
    { "note", "Note\n备注", REPORT_TEXT, false, "Of the check." },
    ROWS_DONE,
};
static const struct report_rule batch_rules[] = {
    { "state", "one person", TONE_NOTE, "Made and checked by one person, in the mode for that." },
    ROWS_DONE,
};
const struct report_sheet register_more[] = {
    { .name = "Findings and answers",
      .summary = "What was found for each order and what the prescriber answered, as it went out.",
      .query = &q_report_register_findings,
      .columns = finding_columns,
      .rules = finding_rules },
    { .name = "Batches made ahead",
      .summary = "House pills and prepacks: every lot that went into them.",
      .query = &q_report_register_batches,
      .columns = batch_columns,
      .rules = batch_rules },
    { .name = NULL },
};
