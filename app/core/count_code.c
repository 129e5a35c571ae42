/* What a scanner read, as a line of a count: the code on the paper sheet, or the one on the pack. */
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/scan.h"
#include "core/stock_parts.h"
#include "db/db.h"
#include "intake/gs1.h"
#include "sql.h"

enum { BARE_DIGITS_LEAST = 8, GLUED_LEAST = 16 };

struct today {
    struct date today;
};
struct match {
    int64_t at, line_no;
};

static const struct column today_columns[] = { COLUMN(struct today, today), COLUMNS_END };
static const struct column match_columns[] = { COLUMN(struct match, at), COLUMN(struct match, line_no),
                                               COLUMNS_END };

static const char *field_of(struct ctx *c, size_t i)
{
    return arena_printf(&c->arena, "entries[%zu].code", i);
}

/* Digits at *at, moved past; 0 when there are none or too many. */
static int64_t digits(const char **at)
{
    const size_t size = strspn(*at, "0123456789");
    const int64_t number = size == 0 || size > 12 ? 0 : strtoll(*at, NULL, 10);

    *at += size;
    return number;
}

/* "C12-L34". */
static bool own_code(const char *code, int64_t *count, int64_t *line)
{
    if (*code++ != 'C')
        return false;
    *count = digits(&code);
    if (*count == 0 || strncmp(code, "-L", 2) != 0)
        return false;
    code += 2;
    *line = digits(&code);
    return *line > 0 && *code == '\0';
}

/* The packs among the codes, to be looked up by lot and GTIN. */
struct packs {
    int64_t *at;
    const char **lots, **gtins;
    size_t count;
};

static enum status read_pack(struct ctx *c, const char *code, size_t i, struct date today,
                             struct packs *packs)
{
    struct gs1 reading = { .lot = code };

    if (!scan_is_own_lot(code))
        TRY(gs1_read_one(c, code, strlen(code), today, &reading));
    if (reading.lot == NULL)
        return ctx_fail(c, ST_INVALID, field_of(c, i), code,
                        "names no lot: use the code of the sheet's line");
    packs->at[packs->count] = (int64_t)i;
    packs->lots[packs->count] = reading.lot;
    packs->gtins[packs->count++] = reading.gtin;
    return ST_OK;
}

static enum status look_up(struct ctx *c, int64_t id, const struct packs *packs, const char *const *codes,
                           int64_t *lines)
{
    struct match *matches;
    size_t n, k = 0;

    TRY(db_all(c, &q_count_lines_of_lots,
               PARAMS(SHOP(c), I64(id), I64S(packs->at, packs->count), TEXTS(packs->lots, packs->count),
                      TEXTS(packs->gtins, packs->count)),
               match_columns, sizeof *matches, &matches, &n));
    for (size_t i = 0; i < packs->count; i++) {
        const size_t at = (size_t)packs->at[i];
        size_t found = 0;

        for (; k < n && matches[k].at == packs->at[i]; k++, found++)
            lines[at] = matches[k].line_no;
        if (found == 0)
            ctx_note(c, ST_NOT_FOUND, field_of(c, at), codes[at],
                     "is lot %s, which is not on the sheet of count %lld", packs->lots[i], (long long)id);
        else if (found > 1)
            ctx_note(c, ST_CONFLICT, field_of(c, at), codes[at],
                     "is lot %s, which is on the sheet %zu times: use the code of the sheet's line",
                     packs->lots[i], found);
    }
    return ctx_fault_or_ok(c);
}

enum status count_find_lines(struct ctx *c, int64_t id, const char *const *codes, size_t count,
                             int64_t *lines)
{
    struct packs packs = { .at = arena_array(&c->arena, count, sizeof *packs.at),
                           .lots = arena_array(&c->arena, count, sizeof *packs.lots),
                           .gtins = arena_array(&c->arena, count, sizeof *packs.gtins) };
    struct today now = { DATE_NONE };
    int64_t of;
    bool found;

    for (size_t i = 0; i < count; i++) {
        if (codes[i] == NULL)
            continue;
        if (own_code(codes[i], &of, &lines[i])) {
            if (of != id)
                ctx_note(c, ST_INVALID, field_of(c, i), codes[i], "is a line of count %lld, not of %lld",
                         (long long)of, (long long)id);
            continue;
        }
        if (date_is_none(now.today))
            TRY(db_row(c, &q_scan_today, PARAMS(SHOP(c)), today_columns, &now, &found));
        TRY(read_pack(c, codes[i], i, now.today, &packs));
    }
    TRY(ctx_fault_or_ok(c));
    return packs.count == 0 ? ST_OK : look_up(c, id, &packs, codes, lines);
}

/* Whether a text that is no code of the shop is a supplier's bar code rather than a word: its own fault is the one to tell. */
static bool looks_like_gs1(const char *code)
{
    const size_t digits_first = strspn(code, "0123456789");

    return *code == ']' || *code == '(' || strchr(code, 29) != NULL || strncmp(code, "<GS>", 4) == 0 ||
           (code[digits_first] == '\0' && digits_first >= BARE_DIGITS_LEAST) ||
           (strlen(code) >= GLUED_LEAST && (strncmp(code, "01", 2) == 0 || strncmp(code, "02", 2) == 0));
}

static enum status rows_of_pack(struct ctx *c, int64_t id, const char *code, const struct rows **rows)
{
    const char *lots[GS1_READINGS_MOST], *gtins[GS1_READINGS_MOST];
    struct scan scan;

    TRY(scan_read(c, code, &scan));
    for (size_t i = 0; i < scan.count; i++) {
        lots[i] = scan.readings[i].code.lot;
        gtins[i] = scan.readings[i].code.gtin;
    }
    return db_rows(
        c, &q_count_meant,
        PARAMS(SHOP(c), I64(id), NONE(), TEXTS(lots, scan.count), TEXTS(gtins, scan.count), NONE(), NONE()),
        rows);
}

enum status count_meant(struct ctx *c, int64_t id, const char *code, const char *const *things,
                        size_t thing_count, const struct rows **rows)
{
    const char *no_gtin = NULL;
    int64_t of, line;

    if (own_code(code, &of, &line)) {
        if (of != id)
            return ctx_fail(c, ST_INVALID, "code", code, "is a line of count %lld, not of %lld",
                            (long long)of, (long long)id);
        TRY(db_rows(c, &q_count_meant, PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE(), NONE(), I64(line)),
                    rows));
    } else {
        TRY(db_rows(c, &q_count_meant,
                    PARAMS(SHOP(c), I64(id), TEXT(code), TEXTS(&code, 1), TEXTS(&no_gtin, 1), NONE(), NONE()),
                    rows));
        if (rows_count(*rows) == 0 && looks_like_gs1(code))
            TRY(rows_of_pack(c, id, code, rows));
        else if (rows_count(*rows) == 0 && thing_count > 0)
            TRY(db_rows(c, &q_count_meant,
                        PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE(), TEXTS(things, thing_count), NONE()),
                        rows));
    }
    if (rows_count(*rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "code", code,
                        "is nothing on the sheet of count %lld, and no lot or place of this shop",
                        (long long)id);
    return ST_OK;
}
