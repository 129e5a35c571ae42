/* Reading what the packets of an order are divided from. */
#include "core/order_packets.h"

#include "db/db.h"
#include "sql.h"

struct line {
    int64_t line_no, packets;
    struct weight quantity;
    const char *herb, *handling;
};

struct words_row {
    const char *words;
};

static const struct column line_columns[] = {
    COLUMN(struct line, line_no), COLUMN(struct line, packets),  COLUMN(struct line, quantity),
    COLUMN(struct line, herb),    COLUMN(struct line, handling), COLUMNS_END,
};
static const struct column words_columns[] = { COLUMN(struct words_row, words), COLUMNS_END };

static enum status put_words(struct ctx *c, struct order_packets *groups, size_t n)
{
    const char **codes = arena_array(&c->arena, n, sizeof *codes);
    struct words_row *words;
    size_t rows;

    for (size_t i = 0; i < n; i++)
        codes[i] = groups[i].group.handling;
    TRY(db_all(c, &q_handling_words, PARAMS(TEXTS(codes, n)), words_columns, sizeof *words, &words, &rows));
    for (size_t i = 0; i < rows && i < n; i++)
        groups[i].words = words[i].words;
    return ST_OK;
}

enum status order_packets(struct ctx *c, int64_t id, struct order_packets **out, size_t *count)
{
    struct packet_group *groups;
    struct packet_line *wanted;
    struct line *lines;
    size_t n;

    *count = 0;
    TRY(db_all(c, &q_order_packet_lines, PARAMS(SHOP(c), I64(id)), line_columns, sizeof *lines, &lines, &n));
    if (n == 0)
        return ST_OK;
    wanted = arena_array(&c->arena, n, sizeof *wanted);
    for (size_t i = 0; i < n; i++)
        wanted[i] = (struct packet_line){ lines[i].handling, lines[i].quantity };
    TRY(packet_groups(c, wanted, n, (int)lines[0].packets, &groups, count));
    *out = arena_array(&c->arena, *count, sizeof **out);
    for (size_t g = 0; g < *count; g++) {
        struct order_packets *one = &(*out)[g];

        *one = (struct order_packets){ .group = groups[g], .words = "" };
        one->herbs = arena_array(&c->arena, groups[g].count, sizeof *one->herbs);
        one->line_nos = arena_array(&c->arena, groups[g].count, sizeof *one->line_nos);
        for (size_t i = 0; i < groups[g].count; i++) {
            one->herbs[i] = lines[groups[g].lines[i]].herb;
            one->line_nos[i] = lines[groups[g].lines[i]].line_no;
        }
    }
    return *count > 1 || *groups[0].handling != '\0' ? put_words(c, *out, *count) : ST_OK;
}
