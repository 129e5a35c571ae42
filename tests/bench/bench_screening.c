/* How fast the clinic is, in process on one core: cases of 12 herbs and 5 medicines with names resolved, the same from typed
   text, type-ahead, building the snapshot; and how large the snapshot is. Prints one figure per line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clinic/screening.h"
#include "core/knowledge_seed.h"

enum { CASES = 256, HERBS = 12, DRUGS = 5, TYPEAHEADS = 8000 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t state = 88172645463325252U;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

static const char *const herbs[] = {
    "dang_gui",    "dan_shen",       "chuan_xiong",  "huang_qi", "bai_zhu",   "fu_ling",   "gan_cao",
    "zhi_gan_cao", "ren_shen",       "dang_shen",    "chai_hu",  "bai_shao",  "chi_shao",  "hong_hua",
    "tao_ren",     "sheng_di_huang", "shu_di_huang", "mai_dong", "wu_wei_zi", "gou_qi_zi", "chen_pi",
    "fa_ban_xia",  "huang_qin",      "huang_lian",   "fu_zi",    "rou_gui",   "gui_zhi",   "sheng_jiang",
    "da_zao",      "niu_xi",         "du_zhong",     "san_qi"
};
static const char *const drugs[] = { "warfarin",     "aspirin",      "digoxin",    "apixaban",
                                     "clopidogrel",  "metformin",    "sertraline", "furosemide",
                                     "lisinopril",   "atorvastatin", "omeprazole", "levothyroxine",
                                     "prednisolone", "ibuprofen",    "amlodipine", "tacrolimus" };

static void make_case(const struct knowledge *k, struct arena *arena, struct screening_case *out)
{
    struct typed_item *items = arena_array(arena, HERBS + DRUGS, sizeof *items);

    for (size_t i = 0; i < HERBS; i++)
        items[i] = (struct typed_item){ .ref = knowledge_find(k, REF_HERB,
                                                              herbs[below(sizeof herbs / sizeof *herbs)]),
                                        .form = DOSE_RAW,
                                        .daily = { 3000 + (int64_t)below(9) * 1000 } };
    for (size_t i = 0; i < DRUGS; i++)
        items[HERBS + i] =
            (struct typed_item){ .ref = knowledge_find(k, REF_DRUG,
                                                       drugs[below(sizeof drugs / sizeof *drugs)]) };
    *out = (struct screening_case){ .items = items,
                                    .item_count = HERBS,
                                    .drugs = items + HERBS,
                                    .drug_count = DRUGS,
                                    .medicines_asked = true };
}

static void bench_cases(const struct knowledge *k)
{
    struct arena cases_arena, arena;
    struct screening_case cases[CASES];
    size_t findings = 0;
    size_t done = 0;
    double start;

    arena_init(&cases_arena);
    arena_init(&arena);
    for (size_t i = 0; i < CASES; i++)
        make_case(k, &cases_arena, &cases[i]);
    start = now();
    while (now() - start < 2)
        for (size_t i = 0; i < CASES; i++, done++) {
            struct screening answer;

            screening_run(&arena, k, &cases[i], &answer);
            findings += answer.count;
            arena_reset(&arena);
        }
    printf("screening_cases_per_second %.0f\n", (double)done / (now() - start));
    printf("screening_findings_per_case %.1f\n", (double)findings / (double)done);
    arena_close(&arena);
    arena_close(&cases_arena);
}

static void bench_typed(const struct knowledge *k)
{
    struct arena arena;
    size_t done = 0;
    double start = now();

    arena_init(&arena);
    for (; now() - start < 1; done++) {
        struct understood out = { 0 };

        for (size_t i = 0; i < HERBS; i++)
            typed_item_add(&arena, k, herbs[(done + i) % 32], REF_ITEMS, &out);
        for (size_t i = 0; i < DRUGS; i++)
            typed_drug_add(&arena, k, drugs[(done + i) % 16], NULL, &out);
        arena_reset(&arena);
    }
    printf("resolved_cases_per_second %.0f\n", (double)done / (now() - start));
    arena_close(&arena);
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* What a person types on the way to a name: the first 1 to 8 characters of every name there is, and a typo at the end of some. */
static size_t prefixes(const struct knowledge *k, struct arena *arena, const char **out, size_t most)
{
    size_t count = 0;

    for (unsigned kind = REF_HERB; kind < REF_KIND_COUNT; kind++)
        for (size_t i = 0; i < k->count[kind]; i++) {
            const char *name = ref_name(k, (struct ref){ (uint16_t)kind, (uint16_t)i });
            const char *end = name;

            for (int size = 1; size <= 8 && *end != '\0' && count < most; size++) {
                (void)utf8_next(&end);
                out[count] =
                    arena_printf(arena, "%.*s%s", (int)(end - name), name, count % 7 == 6 ? "q" : "");
                count++;
            }
        }
    return count;
}

static void bench_typeahead(const struct knowledge *k)
{
    static const char *typed[TYPEAHEADS];
    static double took[TYPEAHEADS];
    struct name_match match[NAMES_MOST];
    struct arena arena;
    size_t count;

    arena_init(&arena);
    count = prefixes(k, &arena, typed, TYPEAHEADS);
    for (size_t i = 0; i < count; i++) {
        double start = now();

        (void)names_suggest(k, typed[i], REF_ALL, match, NAMES_MOST);
        took[i] = now() - start;
    }
    qsort(took, count, sizeof *took, by_time);
    printf("typeahead_prefixes %zu\ntypeahead_p50_us %.1f\ntypeahead_p99_us %.1f\ntypeahead_worst_us %.1f\n",
           count, took[count / 2] * 1e6, took[count * 99 / 100] * 1e6, took[count - 1] * 1e6);
    for (size_t i = 0; i < 400; i++) {
        double start = now();

        (void)names_nearest(k, i % 2 == 0 ? "shne di haung wan" : "血府遂瘀汤", REF_ALL, match, NAMES_MOST);
        took[i] = now() - start;
    }
    qsort(took, 400, sizeof *took, by_time);
    printf("did_you_mean_p50_us %.1f\ndid_you_mean_p99_us %.1f\n", took[200] * 1e6, took[396] * 1e6);
    arena_close(&arena);
}

int main(void)
{
    struct ctx c;
    struct knowledge *k;
    double start = now();

    ctx_init(&c);
    if (knowledge_from_seed(&c, &k) != ST_OK) {
        fprintf(stderr, "the seed does not build: %s\n", c.fault.items[0].rule);
        return 1;
    }
    printf("snapshot_build_ms %.1f\nsnapshot_bytes %zu\n", (now() - start) * 1e3, k->bytes);
    printf("rules %zu\nhits %zu\n", k->rule_count, k->hit_count);
    bench_cases(k);
    bench_typed(k);
    bench_typeahead(k);
    knowledge_close(k);
    ctx_close(&c);
    return 0;
}
