/* A ledger of 100,000 rows and 12 columns as a workbook: ours, beside libxlsxwriter alone writing the same cells in constant-memory
   mode, in turn, each in a process of its own so that its memory and its processor time are its own; and as CSV. Prints the best
   of three. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "print/renderer.h"

enum { ROWS = 100000, COLUMNS = 12, ROUNDS = 3, CELL = 48 };

static const struct report_column columns[] = {
    { "moved_at", "When", REPORT_TIME, false, "" },
    { "move_no", "Move", REPORT_INTEGER, false, "" },
    { "name", "Item", REPORT_TEXT, false, "" },
    { "name_hanzi", "品名", REPORT_TEXT, false, "" },
    { "sku", "SKU", REPORT_TEXT, false, "" },
    { "lot_code", "Lot", REPORT_TEXT, false, "" },
    { "from_place", "From", REPORT_TEXT, false, "" },
    { "to_place", "To", REPORT_TEXT, false, "" },
    { "reason", "Reason", REPORT_TEXT, false, "" },
    { "quantity_mg", "g", REPORT_GRAMS, true, "" },
    { "value_cents", "Value", REPORT_MONEY, true, "" },
    { "person", "Person", REPORT_TEXT, false, "" },
    { .key = NULL },
};
static const struct report_rule rules[] = { { "reason", "lost", TONE_BAD, "" }, { .key = NULL } };
static const struct report_sheet sheet = {
    .name = "Ledger", .summary = "", .columns = columns, .rules = rules
};
static const struct report report = {
    .name = "ledger", .title = "Ledger", .title_hanzi = "流水", .summary = "", .columns = columns
};

/* The cells of a row, as the database would send them. */
static void make_row(long row, char cells[COLUMNS][CELL])
{
    (void)snprintf(cells[0], CELL, "2026-%02ld-%02ld %02ld:%02ld:%02ld", row % 12 + 1, row % 28 + 1, row % 24,
                   row % 60, row % 59);
    (void)snprintf(cells[1], CELL, "%ld", row);
    (void)snprintf(cells[2], CELL, "Huáng Qí, sliced %ld", row % 400);
    (void)snprintf(cells[3], CELL, "黄芪%ld", row % 400);
    (void)snprintf(cells[4], CELL, "R-HUANG-QI-%ld", row % 400);
    (void)snprintf(cells[5], CELL, "GLB-%ld", row % 2000);
    (void)snprintf(cells[6], CELL, "A%02ld", row % 60);
    (void)snprintf(cells[7], CELL, "B%02ld", row % 60);
    (void)snprintf(cells[8], CELL, "%s", row % 50 == 0 ? "lost" : "dispensed");
    (void)snprintf(cells[9], CELL, "%ld", row * 37 % 900000);
    (void)snprintf(cells[10], CELL, "%ld", row * 13 % 90000);
    (void)snprintf(cells[11], CELL, "Lin Mei %ld", row % 9);
}

static void write_ours(const struct renderer *renderer, const char *path)
{
    struct report_job job = { .report = &report,
                              .shop_name = "Shop",
                              .person = "Lin Mei",
                              .currency = "USD",
                              .made_text = "now",
                              .path = path };
    char cells[COLUMNS][CELL];
    const char *pointers[COLUMNS];
    struct ctx c;
    void *state;

    ctx_init(&c);
    for (int i = 0; i < COLUMNS; i++)
        pointers[i] = cells[i];
    if (renderer->open(&c, &job, path, &state) != ST_OK || renderer->begin(&c, state, &sheet) != ST_OK)
        exit(1);
    for (long row = 0; row < ROWS; row++) {
        make_row(row, cells);
        if (renderer->add(&c, state, pointers) != ST_OK)
            exit(1);
    }
    if (renderer->end(&c, state) != ST_OK || renderer->close(&c, state) != ST_OK)
        exit(1);
    ctx_close(&c);
}

static void ours(const char *path)
{
    write_ours(&renderer_xlsx, path);
}

static void csv(const char *path)
{
    write_ours(&renderer_csv, path);
}

/* The same cells with the same types and a format each, and nothing else. */
static void alone(const char *path)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *rows = workbook_add_worksheet(book, NULL);
    lxw_format *time_format = workbook_add_format(book), *number = workbook_add_format(book),
               *text = workbook_add_format(book);
    char cells[COLUMNS][CELL];

    format_set_num_format(time_format, "yyyy-mm-dd hh:mm");
    format_set_num_format(number, "#,##0.000");
    format_set_num_format(text, "@");
    for (long row = 0; row < ROWS; row++) {
        make_row(row, cells);
        for (int i = 0; i < COLUMNS; i++) {
            const lxw_row_t at = (lxw_row_t)row;

            if (i == 0) {
                const long n = row;
                lxw_datetime time = { 2026,          (int)(n % 12) + 1, (int)(n % 28) + 1,
                                      (int)(n % 24), (int)(n % 60),     (double)(n % 59) };

                worksheet_write_datetime(rows, at, 0, &time, time_format);
            } else if (i == 1 || i == 9 || i == 10) {
                worksheet_write_number(rows, at, (lxw_col_t)i, (double)atol(cells[i]) / 1000, number);
            } else {
                worksheet_write_string(rows, at, (lxw_col_t)i, cells[i], text);
            }
        }
    }
    if (workbook_close(book) != LXW_NO_ERROR)
        exit(1);
}

struct figure {
    double milliseconds;
    long kib;
};

static double milliseconds(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000;
}

static void measure(void (*write)(const char *), const char *path, struct figure *best)
{
    struct rusage usage;
    pid_t child = fork();
    int status;

    if (child == 0) {
        write(path);
        _exit(0);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        exit(1);
    if (best->milliseconds <= 0 || milliseconds(&usage) < best->milliseconds)
        *best = (struct figure){ milliseconds(&usage), usage.ru_maxrss };
}

int main(void)
{
    char path[] = "/tmp/yaofang-bench-sheet-XXXXXX";
    struct figure mine = { 0 }, theirs = { 0 }, text = { 0 };
    int file = mkstemp(path);

    if (file < 0)
        return 1;
    close(file);
    for (int round = 0; round < ROUNDS; round++) {
        measure(alone, path, &theirs);
        measure(ours, path, &mine);
        measure(csv, path, &text);
    }
    (void)unlink(path);
    printf("xlsx_ratio %.2f\nxlsx_ms %.0f\nalone_ms %.0f\nxlsx_mib %ld\ncsv_ms %.0f\n",
           mine.milliseconds / theirs.milliseconds, mine.milliseconds, theirs.milliseconds, mine.kib / 1024,
           text.milliseconds);
    return 0;
}
