/* Learns which characters mean the same: traditional and simplified, from the names that are on file in both, and the Japanese
   forms of a few. */
#include <stdlib.h>
#include <string.h>

#include "clinic/knowledge_build.h"
#include "clinic/names_index.h"

static int by_from(const void *a, const void *b)
{
    const struct name_fold *x = a;
    const struct name_fold *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

struct fold_list {
    struct name_fold *folds;
    size_t count, capacity;
};

static void learn_pair(struct arena *arena, const char *traditional, const char *simplified,
                       struct fold_list *list)
{
    if (utf8_length(traditional) != utf8_length(simplified))
        return;
    for (;;) {
        uint32_t from = utf8_next(&traditional);
        uint32_t to = utf8_next(&simplified);
        bool known = from == to;

        if (from == 0)
            return;
        for (size_t i = 0; i < list->count && !known; i++)
            known = list->folds[i].from == from || (list->folds[i].from == to && list->folds[i].to == from);
        if (known)
            continue;
        list->folds = arena_grow(arena, list->folds, list->count, &list->capacity, sizeof *list->folds);
        list->folds[list->count++] = (struct name_fold){ from, to };
    }
}

void build_folds(struct builder *b, struct name_index *index)
{
    static const char *const japanese[] = { "帰归", "薬药", "気气", "黒黑", "竜龙", "蔘参", "腎肾",
                                            "沢泽", "桜樱", "麹曲", "麴曲", "浄净", "脳脑" };
    struct arena *arena = &b->c->arena;
    const struct herb_row *herbs = ROWS(b, herbs, herb_row);
    const struct formula_row *formulas = ROWS(b, formulas, formula_row);
    struct fold_list list = { NULL, 0, 0 };
    struct name_fold *folds;

    for (size_t i = 0; i < ROW_COUNT(b, herbs); i++)
        learn_pair(arena, herbs[i].hanzi_traditional, herbs[i].hanzi, &list);
    for (size_t i = 0; i < ROW_COUNT(b, formulas); i++)
        learn_pair(arena, formulas[i].hanzi_traditional, formulas[i].hanzi, &list);
    for (size_t i = 0; i < sizeof japanese / sizeof *japanese; i++) {
        const char *to = japanese[i];

        (void)utf8_next(&to);
        learn_pair(arena, arena_text_n(arena, japanese[i], (size_t)(to - japanese[i])), to, &list);
    }
    folds = build_array(b, list.count, sizeof *folds);
    if (list.count > 0)
        memcpy(folds, list.folds, list.count * sizeof *folds);
    qsort(folds, list.count, sizeof *folds, by_from);
    index->folds = folds;
    index->fold_count = list.count;
}
