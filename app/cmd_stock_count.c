/* `yaofang stock …`: counts, recalls, traces and batches. */
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "core/batch.h"
#include "core/count.h"
#include "core/recall.h"
#include "sql.h"
#include "stock.h"

enum status stock_show_row(struct ctx *c, const struct called *in, const struct query *query,
                           const struct param *params, size_t count)
{
    const struct rows *rows;
    struct json_writer w;

    TRY(db_rows(c, query, params, count, &rows));
    if (rows_count(rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, NULL, NULL, "there is no such thing in this shop");
    json_init(&w, in->out);
    json_put_row(&w, NULL, rows, 0);
    text_add(in->out, "\n");
    return ST_OK;
}

static enum status run_counts(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },      { "State", "state", 10, LIST_TEXT },
        { "Lines", "lines", 7, LIST_TEXT }, { "Counted", "counted", 9, LIST_TEXT },
        { "Title", "title", 0, LIST_TEXT }, { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_count_list, PARAMS(SHOP(c), NONE()), shown);
}

static enum status run_count_open(struct ctx *c, const struct called *in)
{
    struct count_plan plan = { .blind = !argument_given(in->in, "--seen"),
                               .limit_permille = -1,
                               .limit_cents = -1 };
    int64_t id;

    TRY(stock_operand(c, in, 0, "TITLE", &plan.title));
    plan.places = argument_list(c, in->in, "--place", &plan.place_count);
    plan.skus = argument_list(c, in->in, "--item", &plan.sku_count);
    TRY(count_add(c, &plan, &id));
    text_addf(in->out, "Count %lld is open.\n", (long long)id);
    return ST_OK;
}

static enum status run_count_sheet(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Line", "line_no", 6, LIST_TEXT },
        { "Place", "location", 9, LIST_TEXT },
        { "SKU", "sku", 22, LIST_TEXT },
        { "Lot", "lot_code", 18, LIST_TEXT },
        { "Should be", "expected", 12, LIST_AMOUNT },
        { "Counted", "counted", 12, LIST_AMOUNT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    if (argument_given(in->in, "--format") || stock_output(in) != NULL)
        return stock_sheet_file(c, in, id);
    return list_show(c, in, &q_count_lines, PARAMS(SHOP(c), I64(id), NONE(), NONE()), shown);
}

static enum status run_count_enter(struct ctx *c, const struct called *in)
{
    const char *const *typed;
    const char *words[2], *unit;
    struct count_entry *entries;
    int64_t id;
    size_t n;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    typed = argument_list(c, in->in, "--line", &n);
    entries = arena_array(&c->arena, n + 1, sizeof *entries);
    for (size_t i = 0; i < n; i++) {
        if (stock_words(c, typed[i], 2, words) != 2)
            return ctx_fail(c, ST_INVALID, "--line", typed[i], "is \"LINE QUANTITY\"");
        if (strspn(words[0], "0123456789") == strlen(words[0]) && strlen(words[0]) < 8)
            entries[i].line_no = strtoll(words[0], NULL, 10);
        else
            entries[i].code = words[0];
        TRY(stock_quantity(c, "--line", words[1], &entries[i].counted, &unit));
    }
    TRY(count_enter(c, id, entries, n, NULL, (struct instant){ 0 }));
    text_addf(in->out, "%zu line%s of count %lld entered.\n", n, n == 1 ? "" : "s", (long long)id);
    return ST_OK;
}

static enum status run_count_differences(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Line", "line_no", 6, LIST_TEXT },
        { "Lot", "lot_code", 18, LIST_TEXT },
        { "Should be", "expected", 12, LIST_AMOUNT },
        { "Counted", "counted", 12, LIST_AMOUNT },
        { "Changes", "difference", 12, LIST_AMOUNT },
        { "Beyond", "beyond", 8, LIST_TEXT },
        { "Approved by", "approved_by_name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    return list_show(c, in, &q_count_differences, PARAMS(SHOP(c), I64(id)), shown);
}

static enum status run_count_approve(struct ctx *c, const struct called *in)
{
    const char *const *typed;
    int64_t id, *lines;
    size_t n;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    typed = argument_list(c, in->in, "--line", &n);
    lines = arena_array(&c->arena, n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = strtoll(typed[i], NULL, 10);
    TRY(count_approve(c, id, lines, n));
    text_addf(in->out, "%zu line%s of count %lld approved.\n", n, n == 1 ? "" : "s", (long long)id);
    return ST_OK;
}

static enum status run_count_book(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(count_book(c, id));
    text_addf(in->out, "Count %lld is booked.\n", (long long)id);
    return ST_OK;
}

static enum status run_count_cancel(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(count_cancel(c, id));
    text_addf(in->out, "Count %lld is cancelled.\n", (long long)id);
    return ST_OK;
}

static enum status run_recalls(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },          { "Mock", "mock", 6, LIST_TEXT },
        { "Seconds", "seconds", 9, LIST_TEXT }, { "Accounted ‰", "accounted_permille", 13, LIST_TEXT },
        { "Why", "reason", 0, LIST_TEXT },      { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_recall_list, PARAMS(SHOP(c), NONE()), shown);
}

static enum status run_recall(struct ctx *c, const struct called *in)
{
    const char *code, *sku, *reason = argument_text(in->in, "--reason", NULL);
    const bool mock = argument_given(in->in, "--mock");
    int64_t lot, id;

    TRY(stock_operand(c, in, 0, "LOT", &code));
    if (reason == NULL)
        return ctx_fail(c, ST_INVALID, "--reason", NULL, "is needed: why the lot is recalled");
    TRY(stock_lot(c, in, code, &lot, &sku));
    TRY(recall_start(c, &lot, 1, reason, mock, &id));
    text_addf(in->out, "%s %lld of lot %s of %s%s\n", mock ? "Mock recall" : "Recall", (long long)id, code,
              sku, mock ? ": nothing is barred." : ": it is barred, with everything made of it.");
    return ST_OK;
}

static enum status run_recall_list(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Patient", "patient_id", 9, LIST_TEXT }, { "Status", "status", 11, LIST_TEXT },
        { "Phone", "phone", 16, LIST_TEXT },       { "Name", "patient_name", 26, LIST_TEXT },
        { "What", "documents", 0, LIST_TEXT },     { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    return list_show(c, in, &q_recall_patients, PARAMS(SHOP(c), I64(id)), shown);
}

static enum status run_recall_call(struct ctx *c, const struct called *in)
{
    const char *status;
    int64_t id, patient;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(stock_number_operand(c, in, 1, "PATIENT", &patient));
    TRY(stock_operand(c, in, 2, "STATUS", &status));
    TRY(recall_call(c, id, patient, status, argument_text(in->in, "--note", NULL)));
    text_addf(in->out, "Patient %lld: %s.\n", (long long)patient, status);
    return ST_OK;
}

static enum status run_recall_end(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(recall_end(c, id, argument_text(in->in, "--note", NULL)));
    text_addf(in->out, "Recall %lld is ended; its lots stay barred.\n", (long long)id);
    return ST_OK;
}

static enum status run_trace_lot(struct ctx *c, const struct called *in)
{
    const char *code, *sku;
    int64_t lot;

    TRY(stock_operand(c, in, 0, "LOT", &code));
    TRY(stock_lot(c, in, code, &lot, &sku));
    return stock_show_row(c, in, &q_lot_trace, PARAMS(SHOP(c), I64(lot)));
}

static enum status run_trace_order(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "ORDER", &id));
    return stock_show_row(c, in, &q_order_trace, PARAMS(SHOP(c), I64(id)));
}

static enum status run_batches(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },
        { "State", "state", 11, LIST_TEXT },
        { "Lot", "lot_code", 18, LIST_TEXT },
        { "SKU", "sku", 22, LIST_TEXT },
        { "Expires", "expires_on", 12, LIST_TEXT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_batch_list, PARAMS(SHOP(c), NONE(), NONE(), NONE()), shown);
}

static enum status run_batch_plan(struct ctx *c, const struct called *in)
{
    struct batch_plan plan = { .formula = argument_text(in->in, "--formula", NULL),
                               .form = argument_text(in->in, "--form", NULL),
                               .lot_code = argument_text(in->in, "--lot", NULL),
                               .note = argument_text(in->in, "--note", NULL) };
    const char *const *typed = argument_list(c, in->in, "--line", &plan.count);
    const char *quantity, *unit, *piece = argument_text(in->in, "--piece", NULL), *words[2];
    struct batch_line *lines = arena_array(&c->arena, plan.count + 1, sizeof *lines);
    int64_t id;

    TRY(stock_operand(c, in, 0, "SKU", &plan.sku));
    TRY(stock_operand(c, in, 1, "QUANTITY", &quantity));
    TRY(stock_operand(c, in, 2, "PLACE", &plan.location));
    TRY(stock_quantity(c, "QUANTITY", quantity, &plan.quantity, &unit));
    if (piece != NULL)
        TRY(stock_quantity(c, "--piece", piece, &plan.piece_mg, &unit));
    TRY(argument_number(c, in->in, "--keeps", 1, 3660, &plan.keeps_days));
    for (size_t i = 0; i < plan.count; i++) {
        if (stock_words(c, typed[i], 2, words) != 2)
            return ctx_fail(c, ST_INVALID, "--line", typed[i], "is \"SKU QUANTITY\"");
        lines[i].sku = words[0];
        TRY(stock_quantity(c, "--line", words[1], &lines[i].quantity_mg, &unit));
    }
    plan.lines = lines;
    TRY(batch_plan(c, in->knowledge, &plan, &id));
    text_addf(in->out, "Batch %lld is planned.\n", (long long)id);
    return ST_OK;
}

static enum status run_batch_pick(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(batch_pick(c, id));
    return stock_show_row(c, in, &q_batch_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

static enum status run_batch_make(struct ctx *c, const struct called *in)
{
    const char *quantity, *unit;
    int64_t id, yield;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(stock_operand(c, in, 1, "QUANTITY", &quantity));
    TRY(stock_quantity(c, "QUANTITY", quantity, &yield, &unit));
    TRY(batch_make(c, id, yield, argument_text(in->in, "--note", NULL)));
    text_addf(in->out, "Batch %lld is made; another person checks it.\n", (long long)id);
    return ST_OK;
}

static enum status run_batch_check(struct ctx *c, const struct called *in)
{
    int64_t id, lot;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(batch_check(c, id, argument_text(in->in, "--note", NULL), &lot));
    text_addf(in->out, "Batch %lld is lot number %lld.\n", (long long)id, (long long)lot);
    return ST_OK;
}

static enum status run_batch_cancel(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(batch_cancel(c, id));
    text_addf(in->out, "Batch %lld is cancelled; what was picked is back.\n", (long long)id);
    return ST_OK;
}

const struct subcommand subcommand_counts = { "counts", "", "counts", false, run_counts };
const struct subcommand subcommand_count_open = { "count open", "TITLE", "a count", true, run_count_open };
const struct subcommand subcommand_count_sheet = { "count sheet", "N", "its lines", false, run_count_sheet };
const struct subcommand subcommand_count_enter = { "count enter", "N", "what was counted", true,
                                                   run_count_enter };
const struct subcommand subcommand_count_differences = { "count differences", "N", "what would change", false,
                                                         run_count_differences };
const struct subcommand subcommand_count_approve = { "count approve", "N", "what somebody counted", true,
                                                     run_count_approve };
const struct subcommand subcommand_count_book = { "count book", "N", "the differences", true,
                                                  run_count_book };
const struct subcommand subcommand_count_cancel = { "count cancel", "N", "a count", true, run_count_cancel };
const struct subcommand subcommand_recalls = { "recalls", "", "recalls", false, run_recalls };
const struct subcommand subcommand_recall = { "recall", "LOT", "a lot", true, run_recall };
const struct subcommand subcommand_recall_list = { "recall list", "N", "whom to call", false,
                                                   run_recall_list };
const struct subcommand subcommand_recall_call = { "recall call", "N PATIENT STATUS", "a call", true,
                                                   run_recall_call };
const struct subcommand subcommand_recall_end = { "recall end", "N", "a recall", true, run_recall_end };
const struct subcommand subcommand_trace_lot = { "trace lot", "LOT", "forward and back", false,
                                                 run_trace_lot };
const struct subcommand subcommand_trace_order = { "trace order", "ORDER", "to its lots", false,
                                                   run_trace_order };
const struct subcommand subcommand_batches = { "batches", "", "batches made ahead", false, run_batches };
const struct subcommand subcommand_batch_plan = { "batch plan", "SKU QUANTITY PLACE", "a batch", true,
                                                  run_batch_plan };
const struct subcommand subcommand_batch_pick = { "batch pick", "N", "its lots", true, run_batch_pick };
const struct subcommand subcommand_batch_make = { "batch make", "N QUANTITY", "what came of it", true,
                                                  run_batch_make };
const struct subcommand subcommand_batch_check = { "batch check", "N", "by another person", true,
                                                   run_batch_check };
const struct subcommand subcommand_batch_cancel = { "batch cancel", "N", "a batch", true, run_batch_cancel };
