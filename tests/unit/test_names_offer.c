/* What is offered: type-ahead in its order, and names a small typo away, in letters and in Chinese; offered, never taken. */
#include <string.h>

#include "clinic/typed.h"
#include "support/book.h"
#include "support/runner.h"

/* The one thing a name means; "?" when it must be asked, "" when it is unknown. */
static const char *means(const char *name, unsigned kinds)
{
    struct name_meaning meaning;

    names_look_up(k, name, kinds, &meaning);
    if (meaning.count == 0)
        return "";
    return meaning.ask && !meaning.taken ? "?" : ref_id(k, meaning.match[0].ref);
}

static struct understood understand(const char *item)
{
    struct understood out = { 0 };

    typed_item_add(&c.arena, k, item, REF_ITEMS, &out);
    return out;
}

START_TEST(type_ahead_ranks_whole_names_first)
{
    struct name_match match[NAMES_MOST];
    size_t count = names_suggest(k, "dan shen", REF_ITEMS, match, NAMES_MOST);

    ck_assert_uint_ge(count, 2);
    ck_assert_str_eq(ref_id(k, match[0].ref), "dan_shen");
    count = names_suggest(k, "coum", REF_ALL, match, NAMES_MOST);
    ck_assert_uint_ge(count, 1);
    ck_assert_str_eq(ref_id(k, match[0].ref), "warfarin");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert(!ref_same(match[i].ref, match[j].ref));
    ck_assert_uint_eq(names_suggest(k, "", REF_ALL, match, NAMES_MOST), 0);
    ck_assert_uint_eq(names_suggest(k, "sinensis", REF_BIT(REF_HERB), match, 1),
                      1); /* a later word of a name */
}
END_TEST

START_TEST(a_typo_is_offered_not_taken)
{
    struct name_match match[NAMES_MOST];

    ck_assert_uint_ge(names_nearest(k, "warfrain", REF_DRUGS, match, NAMES_MOST), 1);
    ck_assert_str_eq(ref_id(k, match[0].ref), "warfarin");
    ck_assert_uint_eq(names_nearest(k, "rxcui:11289", REF_DRUGS, match, NAMES_MOST), 0);
    ck_assert_str_eq(means("warfrain", REF_DRUGS), "");
}
END_TEST

/* The first offer for a name a typo away. */
static const char *offered(const char *name, unsigned kinds)
{
    struct name_match match[NAMES_MOST];

    ck_assert_str_eq(means(name, kinds), ""); /* offered, never taken */
    return names_nearest(k, name, kinds, match, NAMES_MOST) == 0 ? "" : ref_id(k, match[0].ref);
}

START_TEST(typos_in_chinese_are_offered)
{
    ck_assert_str_eq(offered("当规", REF_ITEMS), "dang_gui"); /* sounds alike */
    ck_assert_str_eq(offered("單參", REF_ITEMS), "dan_shen"); /* sounds alike, traditional */
    ck_assert_str_eq(offered("黄其", REF_ITEMS), "huang_qi");
    ck_assert_str_eq(offered("血府遂瘀汤", REF_ITEMS), "xue_fu_zhu_yu_tang");    /* looks alike */
    ck_assert_str_eq(offered("血府逐汤", REF_ITEMS), "xue_fu_zhu_yu_tang");      /* one is missing */
    ck_assert_str_eq(offered("补中中益气汤", REF_ITEMS), "bu_zhong_yi_qi_tang"); /* one too many */
    ck_assert_str_eq(offered("补益中气汤", REF_ITEMS), "bu_zhong_yi_qi_tang");   /* two changed places */
    ck_assert_str_eq(offered("华法灵", REF_DRUGS), "warfarin");
    ck_assert_str_eq(offered("当乌", REF_ITEMS), ""); /* half of the name is no typo */
    ck_assert_str_eq(offered("归", REF_ITEMS), "");
}
END_TEST

START_TEST(a_typo_between_two_offers_both)
{
    struct name_match match[NAMES_MOST];
    size_t count = names_nearest(k, "chuan lian xi", REF_ITEMS, match, NAMES_MOST);
    struct understood out = understand("bai zhi 9 g");

    ck_assert_uint_ge(count, 1);
    ck_assert_uint_eq(out.item_count, 1); /* bai zhu is a letter away and a name is a name */
    ck_assert_str_eq(ref_id(k, out.items[0].ref), "bai_zhi");
    count = names_nearest(k, "bai zhe", REF_ITEMS, match, NAMES_MOST);
    ck_assert_uint_ge(count, 2);
    out = understand("bai zhe 9 g");
    ck_assert_uint_eq(out.item_count, 0);
    ck_assert_uint_eq(out.gap_count, 1);
    ck_assert_uint_ge(out.gaps[0].nearest_count, 2);
}
END_TEST

START_TEST(type_ahead_in_its_order)
{
    static const char *const typed[] = { "dan", "gui", "huang", "asp", "当归", "lian", "angel", "参" };

    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct name_match match[NAMES_MOST];
        size_t count = names_suggest(k, typed[i], REF_ALL, match, NAMES_MOST);

        ck_assert_uint_ge(count, 2);
        for (size_t m = 1; m < count; m++)
            ck_assert_msg(match[m].fit >= match[m - 1].fit, "%s: %s (%s) before %s (%s)", typed[i],
                          match[m - 1].name, name_fit_word(match[m - 1].fit), match[m].name,
                          name_fit_word(match[m].fit));
    }
}
END_TEST

static enum name_fit first_fit(const char *typed, const char *id)
{
    struct name_match match[NAMES_MOST];
    size_t count = names_suggest(k, typed, REF_ALL, match, NAMES_MOST);

    for (size_t i = 0; i < count; i++)
        if (strcmp(ref_id(k, match[i].ref), id) == 0)
            return match[i].fit;
    ck_abort_msg("%s is not offered for %s", id, typed);
}

START_TEST(type_ahead_by_how_it_fits)
{
    ck_assert_int_eq(first_fit("dan shen", "dan_shen"), FIT_EXACT);
    ck_assert_int_eq(first_fit("dan1 shen1", "dan_shen"), FIT_EXACT);
    ck_assert_int_eq(first_fit("dan sh", "dan_shen"), FIT_OWN);
    ck_assert_int_eq(first_fit("couma", "warfarin"), FIT_SYNONYM);
    ck_assert_int_eq(first_fit("miltiorr", "dan_shen"), FIT_WORD);
    ck_assert_int_eq(first_fit("iltiorrhi", "dan_shen"), FIT_INSIDE);
    ck_assert_int_eq(first_fit("逐瘀", "xue_fu_zhu_yu_tang"), FIT_INSIDE);
    ck_assert_int_eq(first_fit("warfrain", "warfarin"), FIT_NEAR);
    ck_assert_int_eq(first_fit("单参", "dan_shen"), FIT_NEAR);
}
END_TEST

SUITE(names_offer)
{
    return suite_of("names_offer", 60, NULL, book_setup, book_teardown,
                    TESTS(type_ahead_ranks_whole_names_first, a_typo_is_offered_not_taken,
                          typos_in_chinese_are_offered, a_typo_between_two_offers_both,
                          type_ahead_in_its_order, type_ahead_by_how_it_fits));
}
