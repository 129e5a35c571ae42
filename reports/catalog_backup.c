/* The complete backup of a shop: which tables there are is read from the database's catalog (schema/0046), so none can be forgotten. */
#include "catalog_backup.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_column backup_columns[] = {
    { "table_name", "Table\n表", REPORT_TEXT, false,
      "Also the name of its sheet; a long table goes on on NAME (2)." },
    { "state", "State\n状态", REPORT_TEXT, false, "Whole, without some columns, or left out." },
    { "rows", "Rows\n行数", REPORT_INTEGER, true,
      "The shop's rows at the moment of the backup: all sheets show the same moment." },
    { "columns", "Columns\n列数", REPORT_INTEGER, false, "As shown on its sheet." },
    { "checksum", "Checksum\n校验和", REPORT_TEXT, false,
      "SHA-256 over the SHA-256 of each row in the sheet's order; a row is its cells as text, joined by "
      "tabs, an empty one being "
      "nothing; numbers and days as they are (2027-03-31). Whoever changes a cell changes it." },
    { "reason", "Left out because\n未含原因", REPORT_TEXT, false,
      "Why a table or column is not in the backup." },
    ROWS_DONE,
};
const struct report_rule backup_rules[] = {
    { "state", "left out", TONE_QUIET, "Not in the backup, for the reason beside it." },
    ROWS_DONE,
};

static const struct report_column long_columns[] = {
    { "table_name", "Table\n表", REPORT_TEXT, false, "Where the text belongs." },
    { "row_no", "Row\n行", REPORT_INTEGER, false, "The first row below the header is 1." },
    { "column_name", "Column\n列", REPORT_TEXT, false, "Where in the row." },
    { "piece", "Piece\n段", REPORT_INTEGER, false, "To be put together in this order." },
    { "words", "Text\n文字", REPORT_TEXT, false, "At most 32,000 characters a piece." },
    ROWS_DONE,
};
const struct report_sheet backup_more[] = {
    { .name = "Long texts",
      .summary = "Texts longer than the cell of a spreadsheet, in pieces.",
      .query = &q_report_backup_long,
      .columns = long_columns },
    { .name = NULL },
};

const struct report_each backup_tables = { .list = &q_report_backup_sheets,
                                           .columns = &q_report_backup_columns,
                                           .rows = &q_report_backup_rows };
