/* Prints a screening as text: a table of what was understood, then each finding, then what is to be asked and what was not checked. */
#include "screen_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_PRESET = 100, WIDTH_LEAST = 40, WIDTH_MOST = 160, INDENT = 4, LABEL = 11 };

struct screen {
    struct arena *arena;
    const struct knowledge *k;
    size_t width;
    bool tty;
};

/* ---- columns ---- */

/* Chinese, Japanese, Korean and full-width characters take two columns; marks and controls none. */
static size_t columns_of(uint32_t code)
{
    if (code < 0x20 || (code >= 0x300 && code < 0x370) || (code >= 0x200B && code <= 0x200F) ||
        (code >= 0x202A && code <= 0x202E) || code == 0xFEFF)
        return 0;
    return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) ||
                   (code >= 0xAC00 && code < 0xD7A4) || (code >= 0xF900 && code < 0xFB00) ||
                   (code >= 0xFE30 && code < 0xFE70) || (code >= 0xFF00 && code < 0xFF61) || code >= 0x1F300
               ? 2
               : 1;
}

static size_t width_of(const char *text)
{
    size_t width = 0;

    while (*text != '\0')
        width += columns_of(utf8_next(&text));
    return width;
}

/* What a terminal would obey rather than show is shown as its code. */
static const char *harmless(struct arena *arena, const char *text)
{
    struct text out;

    text_init(&out, arena);
    text_add(&out, "");
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t code = utf8_next(&at);

        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
            (code >= 0x2066 && code <= 0x2069))
            text_addf(&out, "[U+%04X]", code);
        else
            text_add_n(&out, from, (size_t)(at - from));
    }
    return out.data;
}

/* How many bytes of the text fit into `room` columns; a line ends at a blank or beside a wide character. */
static size_t fitting(const char *text, size_t room)
{
    size_t width = 0;
    size_t last = 0;

    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        size_t wide = columns_of(utf8_next(&at));

        if (width + wide > room)
            return last > 0 ? last : from > text ? (size_t)(from - text) : (size_t)(at - text);
        width += wide;
        if (*at == ' ' || *at == '\0' || wide == 2)
            last = (size_t)(at - text);
    }
    return strlen(text);
}

static void pad(size_t count)
{
    printf("%*s", (int)count, "");
}

/* "    effect     …" wrapped under itself. */
static void print_line(const struct screen *s, const char *label, const char *text)
{
    size_t room = s->width - INDENT - LABEL;
    bool first = true;

    if (text == NULL || *text == '\0')
        return;
    for (text = harmless(s->arena, text); *text != '\0'; first = false) {
        size_t size = fitting(text, room);

        pad(INDENT);
        printf("%-*s%.*s\n", LABEL, first ? label : "", (int)size, text);
        text += size;
        text += strspn(text, " ");
    }
}

/* ---- what was understood ---- */

static const char *taken_as(const struct screen *s, const struct typed_item *item)
{
    return arena_printf(s->arena, "%s%s%s", ref_name(s->k, item->ref), item->assumed ? " (perhaps)" : "",
                        item->stopped ? " (no longer taken)" : "");
}

static void show_items(const struct screen *s, const struct typed_item *items, size_t count, size_t typed,
                       size_t taken)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = harmless(s->arena, items[i].typed);
        const char *name = taken_as(s, &items[i]);
        size_t size = fitting(text, typed);

        printf("%.*s", (int)size, text);
        pad(typed - width_of(arena_text_n(s->arena, text, size)) + 2);
        printf("%s", name);
        if (items[i].daily.mg > 0) {
            pad(taken > width_of(name) ? taken - width_of(name) + 2 : 2);
            printf("%s", weight_text(s->arena, items[i].daily));
        }
        printf("\n");
        while (text[size] != '\0') {
            text += size;
            text += strspn(text, " ");
            size = fitting(text, typed);
            printf("%.*s\n", (int)size, text);
        }
        print_line(s, "read as", items[i].remark);
    }
}

static void widest(const struct screen *s, const struct typed_item *items, size_t count, size_t *typed,
                   size_t *taken)
{
    for (size_t i = 0; i < count; i++) {
        size_t width = width_of(harmless(s->arena, items[i].typed));

        *typed = width > *typed ? width : *typed;
        width = width_of(taken_as(s, &items[i]));
        *taken = width > *taken ? width : *taken;
    }
}

static void show_understood(const struct screen *s, const struct understood *u)
{
    size_t typed = 5;
    size_t taken = 8;

    if (u->item_count + u->drug_count + u->condition_count == 0)
        return;
    widest(s, u->items, u->item_count, &typed, &taken);
    widest(s, u->drugs, u->drug_count, &typed, &taken);
    widest(s, u->conditions, u->condition_count, &typed, &taken);
    typed = typed > s->width / 2 - 4 ? s->width / 2 - 4 : typed;
    printf("TYPED");
    pad(typed - 5 + 2);
    printf("TAKEN AS");
    pad(taken - 8 + 2);
    printf("A DAY\n");
    show_items(s, u->items, u->item_count, typed, taken);
    show_items(s, u->drugs, u->drug_count, typed, taken);
    show_items(s, u->conditions, u->condition_count, typed, taken);
    printf("\n");
}

/* ---- findings ---- */

/* Red, yellow, dim: only on a terminal. */
static const char *colour(const struct screen *s, enum severity severity)
{
    if (!s->tty)
        return "";
    return severity >= SEVERITY_MAJOR ? "\033[1;31m" : severity == SEVERITY_MODERATE ? "\033[33m" : "\033[2m";
}

static void print_side(const struct screen *s, const struct finding_side *side)
{
    printf("%s", side->name);
    if (side->typed != NULL && strcmp(side->typed, side->name) != 0)
        printf(" [%s]", harmless(s->arena, side->typed));
}

static const char *joined(const struct screen *s, const char *const *words, size_t count)
{
    struct text out;

    text_init(&out, s->arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&out, "%s%s", i == 0 ? "" : " > ", words[i]);
    return out.size == 0 ? NULL : out.data;
}

static void show_finding(const struct screen *s, const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    printf("%s%s%s  ", colour(s, finding->severity), severity_word(finding->severity),
           s->tty ? "\033[0m" : "");
    print_side(s, &finding->subject);
    printf(" x ");
    print_side(s, &finding->object);
    printf("%s\n", finding->assumed ? "  (if that is what was meant)" : "");
    print_line(s, "by way of", joined(s, finding->via, finding->via_count));
    if (finding->daily.mg > 0)
        print_line(s, "a day", weight_text(s->arena, finding->daily));
    print_line(s, "here", finding_detail(s->arena, s->k, finding));
    print_line(s, "effect", rule->effect);
    print_line(s, "mechanism", rule->mechanism);
    print_line(s, "evidence", rule->evidence_level);
    print_line(s, "do", rule->action);
    print_line(s, "citation", rule->citation);
    print_line(s, "seen", rule->citation_seen);
    print_line(s, "rule",
               arena_printf(s->arena, "%s, version %d%s, confidence %s", rule->id, rule->version,
                            rule->own ? " of the shop's own" : "", rule->confidence));
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *other = &s->k->rules[finding->others[i]];

        print_line(s, "also",
                   arena_printf(s->arena, "%s on %s: %s, %s (%s)", other->id, ref_id(s->k, other->object),
                                severity_word((enum severity)finding->other_severities[i]), other->effect,
                                other->citation));
    }
}

static const char *names_of(const struct screen *s, const struct name_match *list, size_t count)
{
    struct text out;

    text_init(&out, s->arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&out, "%s%s", i == 0 ? "" : ", ", list[i].name);
    return out.size == 0 ? "" : out.data;
}

static void show_open(const struct screen *s, const struct understood *u)
{
    for (size_t i = 0; i < u->question_count; i++) {
        printf("ASK  \"%s\"\n", harmless(s->arena, u->questions[i].typed));
        print_line(s, "may mean", names_of(s, u->questions[i].candidates, u->questions[i].candidate_count));
        print_line(s, "screened", u->questions[i].taken ? "as the first" : "as each of them");
    }
    for (size_t i = 0; i < u->gap_count; i++) {
        printf("NOT CHECKED  \"%s\"\n", harmless(s->arena, u->gaps[i].typed));
        print_line(s, "why", u->gaps[i].why);
        if (u->gaps[i].nearest_count > 0)
            print_line(s, "perhaps", names_of(s, u->gaps[i].nearest, u->gaps[i].nearest_count));
    }
}

/* The terminal's width, else COLUMNS, else a preset. */
static size_t terminal_width(bool tty)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long width = columns == NULL ? WIDTH_PRESET : strtol(columns, NULL, 10);

    if (tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : (size_t)width;
}

void screen_show(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                 const struct screening *answer)
{
    struct screen s = { .arena = arena, .k = k, .tty = isatty(STDOUT_FILENO) == 1 };
    const struct understood *u = &in->understood;

    s.width = terminal_width(s.tty);
    show_understood(&s, u);
    for (size_t i = 0; i < answer->count; i++)
        show_finding(&s, &answer->findings[i]);
    show_open(&s, u);
    if (answer->count == 0)
        printf("No finding among the %zu item(s) and %zu medicine(s) that were understood%s. That is not a "
               "proof of "
               "safety.\n",
               u->item_count, u->drug_count, u->gap_count == 0 ? "" : "; see what was not checked");
}
