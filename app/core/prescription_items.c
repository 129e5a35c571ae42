/* The items a draft says: chosen by hand, or kept from the version it starts from where they still fit. Everything else is the shop's
   usual choice. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_build.h"
#include "db/db.h"
#include "sql.h"

struct item_row {
    int64_t item_id;
    const char *sku, *name, *herb_id, *preparation, *item_kind, *kinds;
    bool usable;
};

static const struct column item_columns[] = {
    COLUMN(struct item_row, item_id),
    COLUMN(struct item_row, sku),
    COLUMN(struct item_row, name),
    COLUMN(struct item_row, herb_id),
    COLUMN(struct item_row, preparation),
    COLUMN(struct item_row, item_kind),
    COLUMN(struct item_row, kinds),
    COLUMN(struct item_row, usable),
    COLUMNS_END,
};

/* What somebody asked the herb to be prepared like; NULL: nobody did. */
static const char *processing_asked(const struct build *b, int64_t herb)
{
    const struct named *hand = find_named(b->hand, b->draft->herb_count, herb);

    return hand == NULL ? NULL : b->draft->herbs[hand - b->hand].processing;
}

static void pick(struct build *b, size_t i, const struct item_row *row)
{
    const int64_t herb = b->picks[i].ref.at;
    const char *field = item_field(b->c, "items", i, ".item"), *typed = b->draft->items[i].item;
    const char *asked = processing_asked(b, herb);
    const struct ref is = knowledge_find(b->k, REF_HERB, row->herb_id);

    if (row->item_id == 0)
        ctx_note(b->c, ST_INVALID, field, typed, "is no item of this shop");
    else if (is.kind == REF_NONE || is.at != herb)
        ctx_note(b->c, ST_INVALID, field, typed, "is %s, not %s", row->name, b->k->herbs[herb].name);
    else if (!row->usable)
        ctx_note(b->c, ST_INVALID, field, typed, "is %s; %s is made of %s", row->item_kind, b->form.english,
                 row->kinds);
    else if (asked != NULL && *asked != '\0' && *row->preparation != '\0' &&
             !text_same(asked, row->preparation))
        ctx_note(b->c, ST_INVALID, field, typed, "is prepared \"%s\", not \"%s\"", row->preparation, asked);
    else
        b->chosen[herb] = (struct chosen_item){ row->item_id, row->name };
}

static void notice(struct build *b, int64_t herb, const char *what, const char *why)
{
    b->notices[b->notice_count++] =
        arena_printf(&b->c->arena, "%s was filled with %s, which %s: the shop's usual item is taken",
                     b->k->herbs[herb].name, what, why);
}

/* A line's own item stays where the form is made of such, or is the form it was consented to for. */
static void keep(struct build *b, int64_t herb, struct prescription_line *line, const struct item_row *row)
{
    const bool same_form = strcmp(b->base.dosage_form, b->form.id) == 0;

    if (b->chosen[herb].id != 0 || find_named(b->drops, b->draft->drop_count, herb) != NULL)
        return;
    if (line->filled_item_id == BASE_ITEMS_DIFFER)
        notice(b, herb, "several items", "cannot be told apart in one line");
    else if (row->item_id == 0 || strcmp(row->herb_id, b->k->herbs[herb].id) != 0)
        notice(b, herb, line->filled_name,
               strcmp(row->item_kind, "product") == 0 ? "is a ready-made product"
                                                      : "is not that herb any more");
    else if (!row->usable && !same_form)
        notice(b, herb, line->filled_name,
               arena_printf(&b->c->arena, "is %s, not %s", row->item_kind, row->kinds));
    else {
        b->chosen[herb] = (struct chosen_item){ row->item_id, row->name };
        return;
    }
    line->processing = NULL; /* that of the item, which is gone */
}

enum status build_choose_items(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    const struct source *base = b->base.id == 0 ? NULL : &b->sources[0];
    const size_t most = d->item_count + (base == NULL ? 0 : base->count);
    const char **skus = arena_array(&b->c->arena, most, sizeof *skus);
    int64_t *ids = arena_array(&b->c->arena, most, sizeof *ids);
    struct item_row *rows;
    size_t n;

    b->chosen = arena_array(&b->c->arena, b->k->count[REF_HERB], sizeof *b->chosen);
    b->notices = arena_array(&b->c->arena, most, sizeof *b->notices);
    if (most == 0)
        return ST_OK;
    for (size_t i = 0; i < most; i++) {
        skus[i] = i < d->item_count ? d->items[i].item : "";
        ids[i] = i < d->item_count ? 0 : b->base_said[i - d->item_count].filled_item_id;
        if (i >= d->item_count && ids[i] == 0)
            ids[i] = BASE_ITEMS_DIFFER; /* no item at all: nothing is found */
    }
    TRY(db_all(b->c, &q_draft_items, PARAMS(SHOP(b->c), TEXTS(skus, most), I64S(ids, most), TEXT(b->form.id)),
               item_columns, sizeof *rows, &rows, &n));
    for (size_t i = 0; i < d->item_count; i++)
        pick(b, i, &rows[i]);
    for (size_t i = d->item_count; i < most; i++)
        if (b->base_said[i - d->item_count].filled_item_id != 0)
            keep(b, base->lines[i - d->item_count].herb_id, &b->base_said[i - d->item_count], &rows[i]);
    return ctx_fault_or_ok(b->c);
}
