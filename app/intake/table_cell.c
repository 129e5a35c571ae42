/* Captions and cells: what people write, held against what a column takes. Nothing is guessed: a number of sixteen digits, a
   lot code that a spreadsheet made a date of, or a date written as people please is refused with the way to put it right. */
#include "intake/table_cell.h"

#include <ctype.h>
#include <string.h>

#include "base/date.h"
#include "base/quantity.h"
#include "base/text.h"

enum { WHOLE_DIGITS_MOST = 15 };

/* Whether a code point is white space or nothing at all: no-break and ideographic spaces, the byte-order mark, zero width. */
static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x3000 ||
           code == 0xFEFF || code == 0x200B;
}

const char *table_trim(struct arena *arena, const char *text)
{
    const char *begin = NULL, *end = text, *next = text;

    for (uint32_t code = utf8_next(&next); code != 0; code = utf8_next(&next)) {
        if (is_blank(code)) {
            if (begin == NULL)
                end = next;
            continue;
        }
        if (begin == NULL)
            begin = end;
        end = next;
    }
    return begin == NULL ? "" : arena_text_n(arena, begin, (size_t)(end - begin));
}

/* Lower case, without white space, '_', '-' and '.': how captions are compared. */
static const char *fold(struct arena *arena, const char *text, size_t size)
{
    char *folded = arena_text_n(arena, text, size), *to = folded;

    for (const char *from = folded; *from != '\0'; from++)
        if (!isspace((unsigned char)*from) && strchr("_-.", *from) == NULL)
            *to++ = (char)tolower((unsigned char)*from);
    *to = '\0';
    return folded;
}

static bool is_one_of(struct arena *arena, const char *folded, const struct table_column *column)
{
    const char *at = column->captions;

    if (*folded == '\0')
        return false;
    if (strcmp(folded, fold(arena, column->name, strlen(column->name))) == 0)
        return true;
    while (at != NULL && *at != '\0') {
        size_t size = strcspn(at, "|");

        if (strcmp(folded, fold(arena, at, size)) == 0)
            return true;
        at += size + (at[size] == '|' ? 1 : 0);
    }
    return false;
}

bool table_caption_means(struct arena *arena, const char *caption, const struct table_column *column,
                         bool by_line)
{
    if (is_one_of(arena, fold(arena, caption, strlen(caption)), column))
        return true;
    while (by_line && *caption != '\0') {
        size_t size = strcspn(caption, "\n");

        if (is_one_of(arena, fold(arena, caption, size), column))
            return true;
        caption += size + (caption[size] == '\n' ? 1 : 0);
    }
    return false;
}

static const char *read_text(const struct raw_cell *raw, struct table_cell *cell)
{
    switch (raw->kind) {
    case RAW_TEXT:
        break;
    case RAW_NUMBER:
        if (strcspn(cell->raw, ".") > WHOLE_DIGITS_MOST)
            return "has more than 15 digits, of which a spreadsheet keeps only 15: format the cell as text "
                   "and enter it again";
        break;
    case RAW_DATE:
    case RAW_TIME:
        return "became a date in the spreadsheet: format the cell as text and enter it again";
    case RAW_BOOL:
        return "is a truth value where text belongs";
    case RAW_ERROR:
        return "is an error of the spreadsheet";
    }
    cell->text = cell->raw;
    return NULL;
}

/* "raw=原药|granule=颗粒": the word whose name or one of whose other names is `typed`; NULL when there is none. */
static const char *find_word(struct arena *arena, const char *words, const char *typed)
{
    const char *wanted = fold(arena, typed, strlen(typed));

    while (*words != '\0') {
        const char *word = words;
        size_t name = strcspn(words, "|=");

        for (;;) {
            size_t size = strcspn(words, "|=");

            if (strcmp(fold(arena, words, size), wanted) == 0)
                return arena_text_n(arena, word, name);
            words += size;
            if (*words != '=')
                break;
            words++;
        }
        words += *words == '|' ? 1 : 0;
    }
    return NULL;
}

static const char *list_of_words(struct arena *arena, const char *words)
{
    struct text list;

    text_init(&list, arena);
    while (*words != '\0') {
        if (list.size > 0)
            text_add(&list, ", ");
        text_add_n(&list, words, strcspn(words, "|="));
        words += strcspn(words, "|");
        words += *words == '|' ? 1 : 0;
    }
    return list.data;
}

static const char *read_word(struct arena *arena, const char *words, struct table_cell *cell)
{
    cell->text = find_word(arena, words, cell->raw);
    return cell->text != NULL ? NULL : arena_printf(arena, "must be one of %s", list_of_words(arena, words));
}

static const char *read_yes_no(struct arena *arena, struct table_cell *cell)
{
    cell->text = find_word(arena, "true=yes=y=t=1=是|false=no=n=f=0=否", cell->raw);
    return cell->text != NULL ? NULL : "must be yes or no";
}

static const char *read_integer(struct arena *arena, struct table_cell *cell)
{
    size_t size = strspn(cell->raw, "0123456789");
    const char *digits = cell->raw + strspn(cell->raw, "0");

    if (size == 0 || cell->raw[size] != '\0')
        return "must be a whole number, not negative";
    if (size - (size_t)(digits - cell->raw) > WHOLE_DIGITS_MOST)
        return "has more than 15 digits";
    cell->text = *digits == '\0' ? "0" : arena_text(arena, digits);
    return NULL;
}

static const char *read_decimal(struct table_cell *cell)
{
    const char *at = cell->raw + (*cell->raw == '-' ? 1 : 0);
    size_t whole = strspn(at, "0123456789"), rest = 0;

    if (at[whole] == '.')
        rest = strspn(at + whole + 1, "0123456789");
    if (whole + rest == 0 || whole > WHOLE_DIGITS_MOST ||
        at[whole + (at[whole] == '.' ? 1 + rest : 0)] != '\0')
        return "must be a decimal number, with a point";
    cell->text = cell->raw;
    return NULL;
}

static const char *read_grams(struct arena *arena, struct table_cell *cell)
{
    struct weight weight;
    enum quantity_error error = weight_parse(cell->raw, &weight);

    if (error != QUANTITY_OK)
        return quantity_error_rule(error);
    cell->text = arena_printf(arena, "%lld", (long long)weight.mg);
    return NULL;
}

static const char *read_money(struct arena *arena, struct table_cell *cell)
{
    struct money money;
    enum quantity_error error = money_parse(cell->raw, &money);

    if (error != QUANTITY_OK)
        return quantity_error_rule(error);
    cell->text = arena_printf(arena, "%lld", (long long)money.cents);
    return NULL;
}

static const char *read_date(struct arena *arena, const struct raw_cell *raw, struct table_cell *cell)
{
    struct date date;

    switch (raw->kind) {
    case RAW_TEXT:
    case RAW_DATE:
        break;
    case RAW_NUMBER:
        return "is a number where a date belongs: format the cell as a date";
    case RAW_TIME:
        return "must be a day without a time";
    case RAW_BOOL:
    case RAW_ERROR:
        return "is no date";
    }
    if (!date_parse(cell->raw, &date))
        return raw->kind == RAW_DATE
                   ? "must be a day between 1800 and 2199"
                   : "must be a real date, or written 2027-03-31: in other orders it means different days";
    cell->text = date_text(arena, date);
    return NULL;
}

/* A truth value or an error is no number, and neither is a date; a text may be one, with a unit. */
static const char *not_a_number(const struct raw_cell *raw)
{
    switch (raw->kind) {
    case RAW_TEXT:
    case RAW_NUMBER:
        return NULL;
    case RAW_DATE:
    case RAW_TIME:
        return "is a date where a number belongs: format the cell as a number and enter it again";
    case RAW_BOOL:
        return "is a truth value where a number belongs";
    case RAW_ERROR:
        return "is an error of the spreadsheet";
    }
    return NULL;
}

static const char *read_by_kind(struct arena *arena, const struct table_column *column,
                                const struct raw_cell *raw, struct table_cell *cell)
{
    const char *rule = not_a_number(raw);

    switch (column->kind) {
    case TABLE_TEXT:
        return read_text(raw, cell);
    case TABLE_WORD:
        return raw->kind == RAW_ERROR ? rule : read_word(arena, column->words, cell);
    case TABLE_YES_NO:
        return raw->kind == RAW_ERROR ? rule : read_yes_no(arena, cell);
    case TABLE_DATE:
        return read_date(arena, raw, cell);
    case TABLE_INTEGER:
        return rule != NULL ? rule : read_integer(arena, cell);
    case TABLE_DECIMAL:
        return rule != NULL ? rule : read_decimal(cell);
    case TABLE_GRAMS:
        return rule != NULL ? rule : read_grams(arena, cell);
    case TABLE_MONEY:
        return rule != NULL ? rule : read_money(arena, cell);
    case TABLE_IGNORED:
        return NULL;
    }
    return NULL;
}

void table_cell_read(struct arena *arena, const struct table_column *column, const struct raw_cell *raw,
                     bool formulas, struct table_cell *cell)
{
    const char *trimmed = raw == NULL ? "" : table_trim(arena, raw->text);

    cell->text = cell->rule = NULL;
    cell->raw = *trimmed == '\0' ? NULL : trimmed;
    if (column->kind == TABLE_IGNORED)
        return;
    if (raw != NULL && raw->formula && !formulas)
        cell->rule = "is a formula: paste its value instead";
    else if (raw != NULL && raw->formula && cell->raw == NULL)
        cell->rule =
            "is a formula whose result is not stored: open the file in a spreadsheet, save it and try again";
    else if (cell->raw == NULL)
        cell->rule = column->need == TABLE_FILLED ? "must be given" : NULL;
    else
        cell->rule = read_by_kind(arena, column, raw, cell);
    if (cell->rule != NULL)
        cell->text = NULL;
}
