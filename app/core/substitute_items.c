/* What holds one short line: an item of the herb in another form or cut, of another preparation of it, or several of them side by side
   where none alone is enough. */
#include <string.h>

#include "base/text.h"
#include "core/substitute_parts.h"

__extension__ typedef __int128 wide;

/* Items for one line; more are no help but a puzzle at the bench. */
enum { MOST_ITEMS = 4 };

/* How much of a line an item takes over, in crude herb a day. */
struct holding {
    const struct stock_row *row;
    struct weight daily;
};

/* Crude herb a day that is there of a row for the whole course, what is lost on the way kept back. */
static struct weight holds(const struct finding_offers *f, const struct stock_row *row)
{
    wide crude = (wide)stock_crude(row).mg * 1000 / (1000 + f->p.overage_permille);

    return (struct weight){ (int64_t)crude / f->p.days };
}

/* Whether two herbs are preparations of one. */
static bool same_base(const struct knowledge *k, const char *a, const char *b)
{
    struct ref x = knowledge_find(k, REF_HERB, a), y = knowledge_find(k, REF_HERB, b);

    return x.kind != REF_NONE && y.kind != REF_NONE && k->herbs[x.at].base == k->herbs[y.at].base;
}

/* Whether the formula has that herb in another line already. */
static bool elsewhere(const struct finding_offers *f, size_t line, const char *herb_id)
{
    for (size_t i = 0; i < f->p.line_count; i++)
        if (i != line && strcmp(f->p.lines[i].herb_id, herb_id) == 0)
            return true;
    return false;
}

static const char *key_of(struct ctx *c, const char *kind, int64_t line_no, const struct holding *parts,
                          size_t n)
{
    struct text key;

    text_init(&key, &c->arena);
    text_addf(&key, "%s:%lld:", kind, (long long)line_no);
    for (size_t i = 0; i < n; i++)
        text_addf(&key, "%s%lld", i == 0 ? "" : "+", (long long)parts[i].row->item_id);
    return key.data;
}

static const char *summary_of(struct ctx *c, const struct prescription_line *was, const struct holding *parts,
                              size_t n)
{
    struct text text;

    text_init(&text, &c->arena);
    text_addf(&text, "%s as ", was->pinyin);
    for (size_t i = 0; i < n; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : " + ", parts[i].row->name);
        if (n > 1)
            text_addf(&text, " (%s of crude herb a day)", weight_text(&c->arena, parts[i].daily));
    }
    return text.data;
}

/* The line filled with these items, another herb's making it that herb. A second item of a herb is told apart by its code. */
static enum status offer_parts(struct finding_offers *f, size_t line, const char *kind,
                               const struct holding *parts, size_t n)
{
    const struct prescription_line *was = &f->p.lines[line];
    struct offer_line *lines = offer_lines(f, n - 1);

    memmove(&lines[line + n], &lines[line + 1], (f->p.line_count - line - 1) * sizeof *lines);
    for (size_t i = 0; i < n; i++) {
        struct offer_line *at = &lines[line + i];

        if (i > 0)
            *at = lines[line];
        at->item_id = parts[i].row->item_id;
        at->name = parts[i].row->name;
        at->daily = parts[i].daily;
        if (strcmp(parts[i].row->herb_id, was->herb_id) != 0) {
            at->herb_id = parts[i].row->herb_id;
            at->processing = "";
        }
        if (i > 0)
            at->processing = parts[i].row->sku;
    }
    return offer_add(f, (struct offer){
                            .key = key_of(f->c, kind, was->line_no, parts, n),
                            .kind = kind,
                            .line_no = was->line_no,
                            .summary = summary_of(f->c, was, parts, n),
                            .lines = lines,
                            .line_count = f->p.line_count + n - 1,
                        });
}

/* The largest holding that is not among the parts yet; NULL when none is left. */
static const struct holding *largest_left(const struct holding *all, size_t count,
                                          const struct holding *parts, size_t n)
{
    const struct holding *best = NULL;

    for (size_t i = 0; i < count; i++) {
        bool used = all[i].daily.mg <= 0;

        for (size_t j = 0; j < n; j++)
            used = used || parts[j].row == all[i].row;
        if (!used && (best == NULL || all[i].daily.mg > best->daily.mg))
            best = &all[i];
    }
    return best;
}

/* Takes `first` (NULL: none) and then the largest holdings until the line is full; 0 when as many as there may be do not fill it. */
static size_t fill_up(const struct finding_offers *f, size_t line, const struct holding *all, size_t count,
                      const struct holding *first, struct holding *parts)
{
    struct weight left = f->p.lines[line].daily;
    const struct holding *next = first;

    for (size_t n = 0; n < MOST_ITEMS; n++) {
        if (next == NULL || next->daily.mg <= 0)
            next = largest_left(all, count, parts, n);
        if (next == NULL)
            return 0;
        parts[n] = *next;
        if (parts[n].daily.mg >= left.mg) {
            parts[n].daily = left;
            return n + 1;
        }
        left = weight_minus(left, parts[n].daily);
        next = NULL;
    }
    return 0;
}

/* Several items of one herb and kind, unless one alone is enough. */
static enum status offer_group(struct finding_offers *f, size_t line, const struct holding *all, size_t count,
                               const struct holding *like, const char *kind, bool *offered)
{
    struct holding *group = arena_array(&f->c->arena, count, sizeof *group), parts[MOST_ITEMS];
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].row->herb_id, like->row->herb_id) == 0 &&
            strcmp(all[i].row->item_kind, like->row->item_kind) == 0)
            group[n++] = all[i];
    if (group[0].row != like->row) /* another of the group has been the first */
        return ST_OK;
    n = fill_up(f, line, group, n, NULL, parts);
    if (n < 2)
        return ST_OK;
    *offered = true;
    return offer_parts(f, line, kind, parts, n);
}

/* What there is of the herb, or of other preparations of it. */
static struct holding *holdings(const struct finding_offers *f, size_t line, bool same_herb, size_t *n)
{
    const char *herb = f->p.lines[line].herb_id;
    struct holding *all = arena_array(&f->c->arena, f->stock_count, sizeof *all);

    *n = 0;
    for (size_t i = 0; i < f->stock_count; i++) {
        const struct stock_row *row = &f->stock[i];

        if (*row->herb_id == '\0' || (strcmp(row->herb_id, herb) == 0) != same_herb ||
            is_barred(f, row->herb_id) ||
            (!same_herb && (!same_base(f->k, row->herb_id, herb) || elsewhere(f, line, row->herb_id))))
            continue;
        all[(*n)++] = (struct holding){ row, holds(f, row) };
    }
    return all;
}

/* What is left of the item prescribed, and the rest from whatever there is of the herb. */
static enum status offer_mixed(struct finding_offers *f, size_t line, const struct holding *all, size_t n)
{
    const struct holding *first = NULL;
    struct holding parts[MOST_ITEMS];

    for (size_t i = 0; i < n; i++)
        if (all[i].row->item_id == item_filling(f, line))
            first = &all[i];
    n = fill_up(f, line, all, n, first, parts);
    return n < 2 ? ST_OK : offer_parts(f, line, "form", parts, n);
}

static enum status offer_kind(struct finding_offers *f, size_t line, bool same_herb)
{
    const struct prescription_line *was = &f->p.lines[line];
    const char *kind = same_herb ? "form" : "preparation";
    bool offered = false;
    size_t n;
    const struct holding *all = holdings(f, line, same_herb, &n);

    for (size_t i = 0; i < n; i++) {
        const struct holding one = { all[i].row, was->daily };

        if (all[i].daily.mg < was->daily.mg || one.row->item_id == item_filling(f, line))
            continue;
        offered = true;
        TRY(offer_parts(f, line, kind, &one, 1));
    }
    for (size_t i = 0; i < n; i++)
        TRY(offer_group(f, line, all, n, &all[i], kind, &offered));
    return same_herb && !offered ? offer_mixed(f, line, all, n) : ST_OK;
}

enum status offer_items(struct finding_offers *f, size_t line)
{
    if (is_barred(f, f->p.lines[line].herb_id))
        return ST_OK;
    TRY(offer_kind(f, line, true));
    return offer_kind(f, line, false);
}
