/* Names as people type them: every spelling of one thing, whole names only, homonyms by their rule, and no guess between two. */
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

START_TEST(all_spellings_of_one_herb)
{
    static const char *const spellings[] = {
        "dang gui",
        "Dang Gui",
        "danggui",
        "DANG-GUI",
        "Dāng Guī",
        "Da\xCC\x84ng Gui\xCC\x84",
        "dang_gui",
        "当归",
        "當歸",
        "当帰",
        "Dong Quai",
        "dongquai",
        "tang kuei",
        "Tang-Kuei",
        "Angelica sinensis",
        "Angelicae Sinensis Radix",
        "Radix Angelicae Sinensis",
        "ＤＡＮＧ　ＧＵＩ",
        "당귀",
    };

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        ck_assert_msg(strcmp(means(spellings[i], REF_ITEMS), "dang_gui") == 0, "%s means %s", spellings[i],
                      means(spellings[i], REF_ITEMS));
}
END_TEST

START_TEST(a_name_is_whole_or_it_is_nothing)
{
    ck_assert_str_eq(means("麻黄", REF_ITEMS), "ma_huang");
    ck_assert_str_eq(means("麻黄汤", REF_ITEMS), "ma_huang_tang");
    ck_assert_str_eq(means("麻黃湯", REF_ITEMS), "ma_huang_tang");
    ck_assert_str_eq(means("麻黄附子细辛汤", REF_ITEMS), "");
    ck_assert_str_eq(means("ma huang gen", REF_ITEMS), "ma_huang_gen");
    ck_assert_str_eq(means("dang gu", REF_ITEMS), "");
    ck_assert_str_eq(means("", REF_ITEMS), "");
    ck_assert_str_eq(means("---", REF_ITEMS), "");
}
END_TEST

START_TEST(homonyms_by_their_rule)
{
    ck_assert_str_eq(means("lian qiao", REF_ITEMS), "lian_qiao");
    ck_assert_str_eq(means("mu tong", REF_ITEMS), "mu_tong");
    ck_assert_str_eq(means("bei wu jia pi", REF_ITEMS), "xiang_jia_pi");
    ck_assert_str_eq(means("tu san qi", REF_ITEMS), "tu_san_qi");
    ck_assert_str_eq(means("da ji", REF_ITEMS), "?");
    ck_assert_str_eq(means("ginseng", REF_ITEMS), "?");
    ck_assert_str_eq(means("sojutsu", REF_ITEMS), "?");
    ck_assert_str_eq(means("Ephedra sinica", REF_ITEMS), "?");          /* the stem and the root */
    ck_assert_str_eq(means("Panax ginseng", REF_ITEMS), "ren_shen");    /* the parent of its processed form */
    ck_assert_str_eq(means("ginkgo biloba", REF_ITEMS), "yin_xing_ye"); /* a stored name before the plant's */
    ck_assert_str_eq(means("Juan Bi Tang", REF_ITEMS), "?");
    ck_assert_str_eq(means("六君子湯", REF_ITEMS), "liu_jun_zi_tang");
}
END_TEST

START_TEST(old_spellings_are_read_and_never_guessed)
{
    ck_assert_str_eq(means("huang ch'i", REF_ITEMS), "huang_qi");
    ck_assert_str_eq(means("Fu Tzu", REF_ITEMS), "fu_zi");
    ck_assert_str_eq(means("kan ts'ao", REF_ITEMS), "gan_cao");
    ck_assert_str_eq(means("wu wei tzu", REF_ITEMS), "wu_wei_zi");
    ck_assert_str_eq(means("hsiao yao san", REF_ITEMS), "xiao_yao_san");
    ck_assert_str_eq(means("ssu chun tzu tang", REF_ITEMS), "si_jun_zi_tang");
    ck_assert_str_eq(means("pu huang", REF_ITEMS), "pu_huang"); /* pinyin first */
}
END_TEST

START_TEST(medicines_by_brand_class_and_code)
{
    ck_assert_str_eq(means("Coumadin", REF_DRUGS), "warfarin");
    ck_assert_str_eq(means("华法林", REF_DRUGS), "warfarin");
    ck_assert_str_eq(means("B01AA03", REF_DRUGS), "warfarin");
    ck_assert_str_eq(means("rxcui:1191", REF_DRUGS), "aspirin");
    ck_assert_str_eq(means("rxcui:11289", REF_DRUGS), ""); /* never verified */
    ck_assert_str_eq(means("LMWH", REF_DRUGS), "anticoagulant_parenteral");
    ck_assert_str_eq(means("quinolone", REF_DRUGS), "chelating_antibiotic");
    ck_assert_str_eq(means("acetaminophen", REF_DRUGS), "paracetamol");
}
END_TEST

static struct understood understand(const char *item)
{
    struct understood out = { 0 };

    typed_item_add(&c.arena, k, item, REF_ITEMS, &out);
    return out;
}

/* The items of a line as "id mg, id mg". */
static const char *read_as(const char *line)
{
    struct understood out = understand(line);
    struct text text;

    text_init(&text, &c.arena);
    text_add(&text, "");
    for (size_t i = 0; i < out.item_count; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : ", ", ref_id(k, out.items[i].ref));
        if (out.items[i].daily.mg > 0)
            text_addf(&text, " %lld", (long long)out.items[i].daily.mg);
    }
    return text.size == 0 ? "" : text.data;
}

START_TEST(lines_are_taken_apart)
{
    static const char *const lines[][2] = {
        { "dang gui 10g", "dang_gui 10000" },
        { "10 g of dang gui", "dang_gui 10000" },
        { "dang gui 9", "dang_gui 9000" },
        { "dang gui 1,5 g", "dang_gui 1500" },
        { "dang gui 3-6 g twice daily", "dang_gui 12000" },
        { "dang gui 3 qian", "dang_gui 9000" },
        { "当归10克，黄芪15克", "dang_gui 10000, huang_qi 15000" },
        { "当归 黄芪 甘草", "dang_gui, huang_qi, gan_cao" },
        { "dang gui 10g huang qi 15g", "dang_gui 10000, huang_qi 15000" },
        { "ma huang and gui zhi", "ma_huang, gui_zhi" },
        { "chao bai zhu 9 g", "bai_zhu 9000" },
        { "zhi gan cao 12 g", "zhi_gan_cao 12000" },
        { "炒白术 9克", "bai_zhu 9000" },
        { "sheng ban xia 3 g", "ban_xia 3000" },
        { "ban xia 9 g", "fa_ban_xia 9000" },
        { "mu gua 9 g (Chaenomelis)", "mu_gua 9000" },
        { "Dong Quai (10 g)", "dang_gui 10000" },
        { "danshen tablets", "dan_shen" },
        { "Xiao Yao teapills", "xiao_yao_san" },
        { "acupuncture LI4, BL 23, GV-20", "acupuncture" },
        { "Ephedra, Apricot Kernel, Gypsum and Licorice Decoction", "ma_xing_shi_gan_tang" },
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_msg(strcmp(read_as(lines[i][0]), lines[i][1]) == 0, "%s: %s", lines[i][0],
                      read_as(lines[i][0]));
}
END_TEST

START_TEST(a_note_or_in_changes_a_herb_of_the_formula)
{
    struct understood out = understand("Bu Yang Huan Wu Tang (huang qi 120 g)");

    ck_assert_uint_eq(out.item_count, 1);
    ck_assert_uint_eq(out.items[0].part_count, 1);
    ck_assert_int_eq(out.items[0].parts[0].daily.mg, 120000);
    out = understand("guan mu tong 6 g in Long Dan Xie Gan Tang");
    ck_assert_str_eq(ref_id(k, out.items[0].ref), "long_dan_xie_gan_tang");
    ck_assert_str_eq(k->herbs[out.items[0].parts[0].herb].id, "guan_mu_tong");
}
END_TEST

START_TEST(packs_hold_what_they_hold_in_the_country)
{
    struct understood out = { 0 };

    typed_drug_add(&c.arena, k, "Aggrenox", NULL, &out);
    ck_assert_uint_eq(out.drug_count, 2);
    out = (struct understood){ 0 };
    typed_drug_add(&c.arena, k, "Cartia", "au", &out);
    ck_assert_uint_eq(out.drug_count, 1);
    ck_assert_str_eq(ref_id(k, out.drugs[0].ref), "aspirin");
    out = (struct understood){ 0 };
    typed_drug_add(&c.arena, k, "Cartia", "US", &out);
    ck_assert_str_eq(ref_id(k, out.drugs[0].ref), "diltiazem");
    out = (struct understood){ 0 };
    typed_drug_add(&c.arena, k, "Cartia", NULL, &out);
    ck_assert_uint_eq(out.drug_count, 2);
    ck_assert(out.drugs[0].assumed && out.drugs[1].assumed);
    ck_assert_uint_eq(out.question_count, 1);
}
END_TEST

START_TEST(no_medicine_of_a_line_is_lost)
{
    struct understood out = { 0 };

    typed_drug_add(&c.arena, k, "aspirin 81 mg daily, clopidogrel 75 mg; warfarin/digoxin", NULL, &out);
    ck_assert_uint_eq(out.drug_count, 4);
    out = (struct understood){ 0 };
    typed_drug_add(&c.arena, k, "aspirin 81 mg clopidogrel 75 mg", NULL, &out);
    ck_assert_uint_eq(out.drug_count, 2);
    out = (struct understood){ 0 };
    typed_drug_add(&c.arena, k, "insulin glulisine 20 units", NULL, &out);
    ck_assert_uint_eq(out.drug_count, 1);
    ck_assert_uint_eq(out.gap_count, 1); /* what was not understood is said */
}
END_TEST

START_TEST(conditions_in_words_and_codes)
{
    static const char *const lines[][2] = {
        { "pregnant 12 weeks", "pregnancy" }, { "history of hypertension", "hypertension" },
        { "I10.9", "hypertension" },          { "O26", "pregnancy" },
        { "hep B", "liver_disease" },         { "no diabetes", "" }
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = { 0 };

        typed_condition_add(&c.arena, k, lines[i][0], &out);
        ck_assert_msg(strcmp(out.condition_count == 0 ? "" : ref_id(k, out.conditions[0].ref), lines[i][1]) ==
                          0,
                      "%s", lines[i][0]);
        ck_assert_uint_eq(out.condition_count + out.gap_count, 1);
    }
}
END_TEST

START_TEST(conditions_as_patients_say_them)
{
    static const struct {
        const char *line, *ids, *drug;
        size_t gaps;
    } lines[] = {
        { "cirrhosis", "cirrhosis liver_disease", "", 0 },
        { "6 year old", "child", "", 0 },
        { "aged 82", "older_adult", "", 0 },
        { "45 years old", "", "", 0 },
        { "CKD stage 3", "kidney_disease", "", 0 },
        { "diabetes and hypertension", "diabetes hypertension", "", 0 },
        { "surgery in 10 days", "surgery_2w", "", 0 },
        { "surgery in 6 months", "", "", 1 },
        { "surgery 3 years ago", "", "", 1 },
        { "family history of breast cancer", "", "", 1 },
        { "on blood thinners", "", "antithrombotic", 0 },
        { "none known", "", "", 0 },
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = { 0 };
        struct text ids;

        text_init(&ids, &c.arena);
        typed_condition_add(&c.arena, k, lines[i].line, &out);
        for (size_t n = 0; n < out.condition_count; n++)
            text_addf(&ids, "%s%s", n == 0 ? "" : " ", ref_id(k, out.conditions[n].ref));
        ck_assert_msg(strcmp(ids.size == 0 ? "" : ids.data, lines[i].ids) == 0, "%s: %s", lines[i].line,
                      ids.size == 0 ? "nothing" : ids.data);
        ck_assert_msg(out.gap_count == lines[i].gaps, "%s: %zu gaps", lines[i].line, out.gap_count);
        ck_assert_uint_eq(out.drug_count, *lines[i].drug == '\0' ? 0 : 1);
        if (out.drug_count == 1)
            ck_assert_str_eq(ref_id(k, out.drugs[0].ref), lines[i].drug);
    }
}
END_TEST

START_TEST(what_was_taken_out_of_a_formula_is_said)
{
    static const char *const lines[] = { "Xiao Yao San minus dang gui", "Xiao Yao San (no dang gui)",
                                         "modified Xiao Yao San", "Xiao Yao San jia jian" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = { 0 };

        typed_item_add(&c.arena, k, lines[i], REF_ITEMS, &out);
        ck_assert_uint_eq(out.item_count, 1);
        ck_assert_uint_eq(out.gap_count, 1);
    }
}
END_TEST

/* What stands in no reference name as such: tone numbers, older Latin, who described the plant, Wade-Giles with its marks. */
START_TEST(classes_of_names)
{
    static const struct {
        const char *name;
        unsigned kinds;
        const char *id;
    } names[] = {
        { "dang1 gui1", REF_ITEMS, "dang_gui" },
        { "huang2qi2", REF_ITEMS, "huang_qi" },
        { "nu:3 zhen1 zi3", REF_ITEMS, "nu_zhen_zi" },
        { "tang\xC2\xB9-kuei\xC2\xB9", REF_ITEMS, "dang_gui" },
        { "mai men tung", REF_ITEMS, "mai_dong" },
        { "Pu chung i ch'i t'ang", REF_ITEMS, "bu_zhong_yi_qi_tang" },
        { "T'ien wang pu hsin tan", REF_ITEMS, "tian_wang_bu_xin_dan" },
        { "當归", REF_ITEMS, "dang_gui" }, /* one character of each form */
        { "血府逐瘀湯", REF_ITEMS, "xue_fu_zhu_yu_tang" },
        { "獨活寄生汤", REF_ITEMS, "du_huo_ji_sheng_tang" },
        { "Glycyrrhizae Radix", REF_ITEMS, "gan_cao" },
        { "Radix Glycyrrhizae", REF_ITEMS, "gan_cao" },
        { "Radix Glycyrrhizae Preparata", REF_ITEMS, "zhi_gan_cao" },
        { "Salviae miltiorrhizae radix", REF_ITEMS, "dan_shen" },
        { "Radix Rehmanniae Preparata", REF_ITEMS, "shu_di_huang" },
        { "Radix Paeoniae Alba", REF_ITEMS, "bai_shao" },
        { "Paeoniae Radix Alba", REF_ITEMS, "bai_shao" },
        { "Fructus Schisandrae", REF_ITEMS, "wu_wei_zi" },
        { "Panax notoginseng (Burk.) F.H. Chen", REF_ITEMS, "san_qi" },
        { "Angelica sinensis (Oliv.) Diels", REF_ITEMS, "dang_gui" },
        { "Salvia miltiorrhiza Bge.", REF_ITEMS, "dan_shen" },
        { "Angelica pubescens", REF_ITEMS, "du_huo" },
        { "Panax ginseng Hong Shen", REF_ITEMS, "" }, /* no botanist: another thing, not guessed */
        { "kakkon", REF_ITEMS, "ge_gen" },
        { "Sho-Saiko-To", REF_ITEMS, "xiao_chai_hu_tang" },
        { "kamishoyosan", REF_ITEMS, "jia_wei_xiao_yao_san" },
        { "hwanggi", REF_ITEMS, "huang_qi" },
        { "당귀", REF_ITEMS, "dang_gui" },
        { "Brilinta", REF_DRUGS, "ticagrelor" },
        { "b01af02", REF_DRUGS, "apixaban" },
        { "NOAC", REF_DRUGS, "anticoagulant_doac" },
        { "blood thinner", REF_DRUGS, "antithrombotic" },
        { "vitamin b12", REF_ITEMS, "" }, /* its number is no tone */
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(strcmp(means(names[i].name, names[i].kinds), names[i].id) == 0, "%s means '%s'",
                      names[i].name, means(names[i].name, names[i].kinds));
}
END_TEST

START_TEST(codes_are_read_as_people_write_them)
{
    static const char *const lines[][2] = { { "ATC B01AF01", "rivaroxaban" },
                                            { "ATC:B01AC04", "clopidogrel" },
                                            { "atc b01aa03", "warfarin" },
                                            { "RXCUI 1191", "aspirin" },
                                            { "rxnorm:1191", "aspirin" },
                                            { "RxNorm RXCUI: 1191", "aspirin" },
                                            { "B01AA99", "" },
                                            { "rxcui:999999999", "" } };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct understood out = { 0 };

        typed_drug_add(&c.arena, k, lines[i][0], NULL, &out);
        ck_assert_msg(strcmp(out.drug_count == 0 ? "" : ref_id(k, out.drugs[0].ref), lines[i][1]) == 0, "%s",
                      lines[i][0]);
        ck_assert_uint_eq(out.drug_count + out.gap_count, 1);
    }
}
END_TEST

SUITE(names)
{
    return suite_of("names", 60, NULL, book_setup, book_teardown,
                    TESTS(all_spellings_of_one_herb, a_name_is_whole_or_it_is_nothing, homonyms_by_their_rule,
                          old_spellings_are_read_and_never_guessed, medicines_by_brand_class_and_code,
                          lines_are_taken_apart, a_note_or_in_changes_a_herb_of_the_formula,
                          packs_hold_what_they_hold_in_the_country, no_medicine_of_a_line_is_lost,
                          conditions_in_words_and_codes, conditions_as_patients_say_them,
                          what_was_taken_out_of_a_formula_is_said, classes_of_names,
                          codes_are_read_as_people_write_them));
}
