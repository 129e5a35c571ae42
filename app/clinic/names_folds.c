/* Which characters mean the same: traditional and simplified, first from the names that are on file in both, then from the
   table of them all, and the Japanese forms of a few. And how each is read. */
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

static void learn(struct arena *arena, uint32_t from, uint32_t to, struct fold_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->folds[i].from == from || (list->folds[i].from == to && list->folds[i].to == from))
            return;
    list->folds = arena_grow(arena, list->folds, list->count, &list->capacity, sizeof *list->folds);
    list->folds[list->count++] = (struct name_fold){ from, to };
}

static void learn_pair(struct arena *arena, const char *traditional, const char *simplified,
                       struct fold_list *list)
{
    if (utf8_length(traditional) != utf8_length(simplified))
        return;
    for (;;) {
        uint32_t from = utf8_next(&traditional);
        uint32_t to = utf8_next(&simplified);

        if (from == 0)
            return;
        if (from != to)
            learn(arena, from, to, list);
    }
}

/* What has been learned from the names stands; a pair of the table that would lead away from it is left out. The learned are
   sorted already, the table's pairs come behind them. */
static void learn_table(struct arena *arena, struct fold_list *list)
{
    size_t learned = list->count;
    uint32_t *targets = arena_array(arena, learned + 1, sizeof *targets);

    for (size_t i = 0; i < learned; i++)
        targets[i] = list->folds[i].to;
    for (size_t line = 0; name_simplified[line] != NULL; line++)
        for (const char *at = name_simplified[line]; *at != '\0';) {
            uint32_t from = utf8_next(&at);
            uint32_t to = utf8_next(&at);
            uint32_t further = name_fold_find(list->folds, learned, to);
            bool stands = name_fold_find(list->folds, learned, from) == 0;

            for (size_t i = 0; i < learned && stands; i++)
                stands = targets[i] != from;
            if (!stands || further == from)
                continue;
            list->folds = arena_grow(arena, list->folds, list->count, &list->capacity, sizeof *list->folds);
            list->folds[list->count++] = (struct name_fold){ from, further == 0 ? to : further };
        }
}

/* Two steps of folding are one, so that what was folded stays as it is. */
static void settle(struct fold_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t further = name_fold_find(list->folds, list->count, list->folds[i].to);

        if (further != 0 && further != list->folds[i].from)
            list->folds[i].to = further;
    }
}

void build_folds(struct builder *b, struct name_index *index)
{
    static const char *const japanese[] = { "帰归", "薬药", "気气", "黒黑", "竜龙", "蔘参", "腎肾",
                                            "沢泽", "桜樱", "麹曲", "麴曲", "浄净", "脳脑", "栄荣",
                                            "満满", "経经", "発发", "呉吴", "陥陷", "続续", "軽轻",
                                            "駆驱", "帯带", "歯齿", "効效", "塩盐", "焼烧", "鉄铁",
                                            "広广", "図图", "検检", "剤剂", "涙泪", "寛宽" };
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
    qsort(list.folds, list.count, sizeof *list.folds, by_from);
    learn_table(arena, &list);
    qsort(list.folds, list.count, sizeof *list.folds, by_from);
    settle(&list);
    folds = build_array(b, list.count, sizeof *folds);
    memcpy(folds, list.folds, list.count * sizeof *folds);
    index->folds = folds;
    index->fold_count = list.count;
}

/* A line of name_sounds is "a阿啊ai爱…": letters begin a syllable, characters belong to it. */
void build_sounds(struct builder *b, struct name_index *index)
{
    struct arena *arena = &b->c->arena;
    struct fold_list list = { NULL, 0, 0 };
    struct name_fold *sounds;

    for (size_t line = 0; name_sounds[line] != NULL; line++) {
        uint32_t sound = 0;
        bool letters = false;

        for (const char *at = name_sounds[line]; *at != '\0';) {
            uint32_t code = utf8_next(&at);

            if (code < 0x80) { /* five bits a letter: no two syllables share a number */
                sound = (letters ? sound << 5 : 0) | (code - 'a' + 1);
            } else {
                list.folds = arena_grow(arena, list.folds, list.count, &list.capacity, sizeof *list.folds);
                list.folds[list.count++] = (struct name_fold){ code, sound };
            }
            letters = code < 0x80;
        }
    }
    sounds = build_array(b, list.count, sizeof *sounds);
    memcpy(sounds, list.folds, list.count * sizeof *sounds);
    qsort(sounds, list.count, sizeof *sounds, by_from);
    index->sounds = sounds;
    index->sound_count = list.count;
}
