/* What the reports on the reference data show: the herbs and the classic formulas, as a table, and each as a page to print. */
#include "catalog_reference.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_parameter monograph_parameters[] = {
    { "herb", PARAMETER_TEXT,
      "Only these herbs, by any of their names, separated by commas, each with a page of its own; all: every "
      "herb" },
    { .name = NULL },
};
const struct report_column monograph_columns[] = {
    { "pinyin", "Pinyin\n拼音", REPORT_TEXT, false, "With tone marks." },
    { "hanzi", "简体", REPORT_TEXT, false, "Simplified characters." },
    { "hanzi_traditional", "繁體", REPORT_TEXT, false, "Traditional characters." },
    { "pharmaceutical_latin", "Latin\n拉丁名", REPORT_TEXT, false, "Pharmaceutical Latin." },
    { "english", "English\n英文名", REPORT_TEXT, false, "English name." },
    { "category", "Category\n类别", REPORT_TEXT, false, "Materia medica category." },
    { "nature", "Nature\n药性", REPORT_TEXT, false, "Thermal nature." },
    { "tastes", "Tastes\n药味", REPORT_TEXT, false, "Tastes." },
    { "channels", "Channels\n归经", REPORT_TEXT, false, "Channels entered." },
    { "dose_min_mg", "Least g a day\n最小", REPORT_GRAMS, false,
      "Raw herb, adult, by the pharmacopoeia; empty: no safe oral dose is given." },
    { "dose_max_mg", "Most g a day\n最大", REPORT_GRAMS, false, "The same." },
    { "toxicity", "Toxicity\n毒性", REPORT_TEXT, false, "As the pharmacopoeia classes it." },
    { "pregnancy", "Pregnancy\n妊娠", REPORT_TEXT, false,
      "`ok` only means that the pharmacopoeia is silent." },
    { "status", "Status\n管制", REPORT_TEXT, false, "Restricted, external only or banned by default." },
    { "actions", "Actions\n功效", REPORT_TEXT, false, "Actions." },
    { "indications", "Indications\n主治", REPORT_TEXT, false, "Indications." },
    { "cautions", "Cautions\n注意", REPORT_TEXT, false, "Cautions." },
    { "source", "Source\n来源", REPORT_TEXT, false, "Where the facts come from." },
    { "confidence", "Confidence\n可信度", REPORT_TEXT, false, "How sure the source makes us." },
    ROWS_DONE,
};
const struct report_rule monograph_rules[] = {
    { "status", "banned", TONE_BAD, "Banned by default." },
    { "status", "external_only", TONE_WARN, "External use only." },
    { "status", "restricted", TONE_WARN, "Restricted by default." },
    { "pregnancy", "contraindicated", TONE_NOTE, "Contraindicated in pregnancy." },
    ROWS_DONE,
};

const struct report_each monograph_pages = { .list = &q_report_monographs_pages,
                                             .rows = &q_report_monographs_page };

const struct report_parameter formulary_parameters[] = {
    { "formula", PARAMETER_TEXT,
      "Only these formulas, by any of their names, separated by commas, each with a page of its own; all: "
      "every one" },
    { .name = NULL },
};
const struct report_column formulary_columns[] = {
    { "formula", "Formula", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "formula_hanzi", "方名", REPORT_TEXT, false, "Chinese name." },
    { "english", "English\n英文名", REPORT_TEXT, false, "English name." },
    { "source_text", "Classic\n出处", REPORT_TEXT, false, "The book it comes from." },
    { "category", "Category\n类别", REPORT_TEXT, false, "Category of formulas." },
    { "pattern_treated", "Pattern\n主证", REPORT_TEXT, false, "The pattern it treats." },
    { "herb", "Herb", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "herb_hanzi", "药名", REPORT_TEXT, false, "Chinese name." },
    { "role", "Role\n君臣佐使", REPORT_TEXT, false, "Chief, deputy, assistant or envoy." },
    { "dose_mg", "Dose g\n用量", REPORT_GRAMS, false,
      "As the source gives it, by the basis of the last column." },
    { "processing", "Processing\n炮制", REPORT_TEXT, false, "How the herb is prepared." },
    { "dose_basis", "Basis\n剂量依据", REPORT_TEXT, false, "A batch's grams are never a daily dose." },
    ROWS_DONE,
};
const struct report_each formulary_pages = { .list = &q_report_formulary_pages,
                                             .rows = &q_report_formulary_page };
