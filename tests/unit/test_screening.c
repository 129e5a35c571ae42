/* The cases of the reference and harder ones of our own, through the same path as the command line: JSON in, JSON out, flags
   read back. A case holds when every flag it asks for is there at its severity or above and nothing is graver than allowed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/screen_json.h"
#include "core/knowledge_seed.h"
#include "intake/csv.h"
#include "support/runner.h"

static struct ctx c;
static struct knowledge *k;

static void setup(void)
{
    ctx_init(&c);
    ck_assert_int_eq(knowledge_from_seed(&c, &k), ST_OK);
}

static void teardown(void)
{
    knowledge_close(k);
    ctx_close(&c);
}

struct case_row {
    const char *case_id, *input_items, *input_drugs, *input_conditions, *expected_flags,
        *severe_flag_required, *max_severity_allowed, *facts;
};
static const struct column case_columns[] = { COLUMN(struct case_row, case_id),
                                              COLUMN(struct case_row, input_items),
                                              COLUMN(struct case_row, input_drugs),
                                              COLUMN(struct case_row, input_conditions),
                                              COLUMN(struct case_row, expected_flags),
                                              COLUMN(struct case_row, severe_flag_required),
                                              COLUMN(struct case_row, max_severity_allowed),
                                              COLUMN(struct case_row, facts),
                                              COLUMNS_END };

static const char *file_text(const char *path, size_t *size)
{
    FILE *file = fopen(path, "r");
    struct text text;
    char part[4096];
    size_t n;

    ck_assert_msg(file != NULL, "%s (run from the top of the repository)", path);
    text_init(&text, &c.arena);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add_n(&text, part, n);
    fclose(file);
    *size = text.size;
    return text.data;
}

/* The case as the JSON line a batch file holds; `facts` are further members as they stand. */
static const char *case_json(const struct case_row *row)
{
    struct text text;
    struct json_writer w;
    const char *lists[][2] = { { "items", row->input_items },
                               { "drugs", row->input_drugs },
                               { "conditions", row->input_conditions } };

    text_init(&text, &c.arena);
    json_init(&w, &text);
    json_open_object(&w, NULL);
    json_text(&w, "id", row->case_id);
    for (size_t i = 0; i < 3; i++) {
        json_open_list(&w, lists[i][0]);
        if (*lists[i][1] != '\0')
            json_text(&w, NULL, lists[i][1]);
        json_close_list(&w);
    }
    json_close_object(&w);
    if (*row->facts != '\0')
        return arena_printf(&c.arena, "%.*s,%s}", (int)text.size - 1, text.data, row->facts);
    return text.data;
}

static void screen(const char *json, struct screen_case *screened, struct screening *answer)
{
    struct json_object *in;

    ck_assert_int_eq(json_parse_object(&c, json, strlen(json), &in), ST_OK);
    ck_assert_int_eq(screen_case_read(&c, k, in, screened), ST_OK);
    ck_assert_int_eq(json_end(in), ST_OK);
    screen_case_run(&c.arena, k, screened, answer);
}

static bool holds(const struct finding *finding, char **flag)
{
    return strcmp(finding->subject.id, flag[0]) == 0 && strcmp(finding->object.id, flag[1]) == 0 &&
           finding->severity >= severity_parse(flag[2]);
}

static void check_case(const struct case_row *row)
{
    struct screen_case screened;
    struct screening answer;
    size_t flag_count;
    char **flags = text_split(&c.arena, row->expected_flags, ';', &flag_count);

    screen(case_json(row), &screened, &answer);
    for (size_t i = 0; i < flag_count; i++) {
        size_t parts;
        char **flag = text_split(&c.arena, flags[i], '>', &parts);
        bool found = false;

        ck_assert_uint_eq(parts, 3);
        for (size_t f = 0; f < answer.count; f++)
            found = found || holds(&answer.findings[f], flag);
        ck_assert_msg(found, "%s: %s is missing", row->case_id, flags[i]);
    }
    if (strcmp(row->severe_flag_required, "yes") == 0)
        ck_assert_msg(answer.count > 0 && finding_interrupts(&answer.findings[0]), "%s must interrupt",
                      row->case_id);
    for (size_t f = 0; f < answer.count && *row->max_severity_allowed != '\0'; f++)
        ck_assert_msg(answer.findings[f].severity <= severity_parse(row->max_severity_allowed),
                      "%s: %s x %s is %s", row->case_id, answer.findings[f].subject.id,
                      answer.findings[f].object.id, severity_word(answer.findings[f].severity));
    ck_assert_msg(screened.understood.gap_count == 0, "%s: %s", row->case_id,
                  screened.understood.gap_count == 0 ? "" : screened.understood.gaps[0].typed);
}

static void check_file(const char *path, size_t least)
{
    size_t size;
    const char *data = file_text(path, &size);
    void *rows;
    size_t count;

    ck_assert_int_eq(
        csv_read(&c, path, data, size, case_columns, "facts", sizeof(struct case_row), &rows, &count), ST_OK);
    ck_assert_uint_ge(count, least);
    for (size_t i = 0; i < count; i++)
        check_case((const struct case_row *)rows + i);
}

START_TEST(an_id_comes_back_as_it_was_given)
{
    static const char *const ids[] = { "7", "\"C07\"" };

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct screen_case screened;
        struct screening answer;
        struct json_writer w;
        struct text text;

        screen(arena_printf(&c.arena, "{\"id\":%s,\"items\":[]}", ids[i]), &screened, &answer);
        text_init(&text, &c.arena);
        json_init(&w, &text);
        json_open_object(&w, NULL);
        screen_id_write(&w, &screened);
        json_close_object(&w);
        ck_assert_str_eq(text.data, arena_printf(&c.arena, "{\"id\":%s}", ids[i]));
    }
}
END_TEST

START_TEST(the_cases_of_the_reference_hold)
{
    check_file("tests/golden/screening_cases.csv", 29);
}
END_TEST

START_TEST(our_harder_cases_hold)
{
    check_file("tests/golden/screening_cases_more.csv", 60);
}
END_TEST

/* How many findings of a kind; and the first of them. */
static size_t count_kind(const struct screening *answer, enum finding_kind kind, const struct finding **first)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->count; i++)
        if (answer->findings[i].kind == kind && count++ == 0)
            *first = &answer->findings[i];
    return count;
}

START_TEST(medicines_not_asked_is_not_none)
{
    struct screen_case screened;
    struct screening answer;
    const struct finding *first = NULL;

    screen("{\"items\":[\"dang gui 9 g\"]}", &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_MEDICINES_NOT_ASKED, &first), 1);
    screen("{\"items\":[\"dang gui 9 g\"],\"drugs\":null}", &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_MEDICINES_NOT_ASKED, &first), 1);
    screen("{\"items\":[\"dang gui 9 g\"],\"drugs\":[]}", &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_MEDICINES_NOT_ASKED, &first), 0);
    screen("{\"items\":[\"dang gui 9 g\"],\"drugs\":[\"none\"]}", &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_MEDICINES_NOT_ASKED, &first), 0);
    ck_assert_uint_eq(screened.understood.gap_count, 0);
}
END_TEST

START_TEST(what_says_the_same_is_shown_once)
{
    struct screen_case screened;
    struct screening answer;
    const struct finding *first = NULL;

    screen("{\"items\":[\"gan cao 3 g\",\"zhi gan cao 3 g\",\"Si Jun Zi "
           "Tang\"],\"drugs\":[\"digoxin\",\"Lanoxin\"]}",
           &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_HERB_DRUG, &first), 2); /* licorice and ginseng */
    ck_assert_str_eq(first->subject.id, "gan_cao");
    ck_assert_str_eq(first->rule->id, "hdi0120");
    ck_assert_uint_ge(count_kind(&answer, FINDING_DUPLICATE, &first), 1);
}
END_TEST

START_TEST(licorice_adds_up_over_its_forms)
{
    struct screen_case screened;
    struct screening answer;
    const struct finding *first = NULL;

    screen("{\"items\":[\"gan cao 1.5 g\",\"zhi gan cao 1.5 g\"],\"drugs\":[]}", &screened, &answer);
    for (size_t i = 0; i < answer.count; i++)
        if (strcmp(answer.findings[i].object.id, "licorice_sum") == 0)
            first = &answer.findings[i];
    ck_assert_ptr_nonnull(first);
    ck_assert_int_eq(first->daily.mg, 3000);
    screen("{\"items\":[\"gan cao 2 g\"],\"drugs\":[]}", &screened, &answer);
    ck_assert_uint_eq(answer.count, 0);
}
END_TEST

START_TEST(unknown_names_are_never_dropped)
{
    struct screen_case screened;
    struct screening answer;

    screen("{\"items\":[\"dan shne 10 g\",\"noni\"],\"drugs\":[\"xyzzy\"],\"conditions\":[\"grumpiness\"]}",
           &screened, &answer);
    ck_assert_uint_eq(answer.count, 0);
    ck_assert_uint_eq(screened.understood.item_count, 0);
    ck_assert_uint_eq(screened.understood.gap_count, 4);
    ck_assert_str_eq(ref_id(k, screened.understood.gaps[0].nearest[0].ref),
                     "dan_shen"); /* offered, not taken */
}
END_TEST

START_TEST(a_bad_weight_is_named_and_the_herb_still_screened)
{
    static const char *const bad[] = { "dang gui -5 g", "dang gui 0 g", "dang gui 5 iu", "dang gui 5000 kg",
                                       "dang gui 5 ml" };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct screen_case screened;
        struct screening answer;

        screen(arena_printf(&c.arena, "{\"items\":[\"%s\"],\"drugs\":[\"warfarin\"]}", bad[i]), &screened,
               &answer);
        ck_assert_msg(screened.understood.gap_count == 1, "%s", bad[i]);
        ck_assert_msg(answer.worst == SEVERITY_MAJOR, "%s", bad[i]);
    }
}
END_TEST

START_TEST(allergies_cross_within_a_family)
{
    struct screen_case screened;
    struct screening answer;
    const struct finding *first = NULL;

    screen("{\"items\":[\"ju hua 9 g\",\"dang gui 9 g\"],\"drugs\":[],\"allergies\":[\"qing hao\",\"zhi gan "
           "cao\"]}",
           &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_ALLERGY, &first), 1);
    ck_assert_str_eq(first->subject.id, "ju_hua");
    screen("{\"items\":[\"dang gui 9 g\"],\"drugs\":[],\"allergies\":[\"Apiaceae\"]}", &screened, &answer);
    ck_assert_uint_eq(count_kind(&answer, FINDING_ALLERGY, &first), 1);
    screen("{\"items\":[\"dang gui 9 g\"],\"drugs\":[],\"allergies\":[\"penicillin\"]}", &screened, &answer);
    ck_assert_uint_eq(screened.understood.gap_count, 1);
}
END_TEST

static enum status read_only(const char *json)
{
    struct json_object *in;
    struct screen_case screened;
    enum status status;

    ctx_forgive(&c);
    status = json_parse_object(&c, json, strlen(json), &in);
    if (status == ST_OK)
        status = screen_case_read(&c, k, in, &screened);
    return status == ST_OK ? json_end(in) : status;
}

START_TEST(a_bad_case_is_refused_by_name)
{
    ck_assert_int_eq(read_only("{\"items\":[\"dang gui\"],\"colour\":1}"), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "colour");
    ck_assert_int_eq(read_only("{\"items\":\"dang gui\"}"), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "items");
    ck_assert_int_eq(read_only("{\"items\":[7]}"), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "items[0]");
    ck_assert_int_eq(read_only("{\"items\":[\"dang gui\"],\"age_years\":-1}"), ST_INVALID);
    ck_assert_int_eq(read_only("{\"items\":[\"dang gui\""), ST_MALFORMED);
    ck_assert_int_eq(read_only("{\"items\":[\"\xff\"]}"), ST_MALFORMED);
}
END_TEST

START_TEST(findings_come_the_gravest_first)
{
    struct screen_case screened;
    struct screening answer;

    screen("{\"items\":[\"Xue Fu Zhu Yu Tang\",\"guan mu tong 3 "
           "g\"],\"drugs\":[\"warfarin\"],\"conditions\":[\"pregnant\"]}",
           &screened, &answer);
    ck_assert_uint_ge(answer.count, 10);
    for (size_t i = 1; i < answer.count; i++)
        ck_assert(answer.findings[i].severity <= answer.findings[i - 1].severity);
}
END_TEST

START_TEST(a_reference_that_leads_nowhere_is_named)
{
    struct knowledge_rows rows = { .own_rules = NULL };
    struct rule_row *rules;
    struct knowledge *broken;

    for (int table = 0; table < KNOWLEDGE_TABLE_COUNT; table++)
        ck_assert_int_eq(knowledge_seed_table(&c, (enum knowledge_table_name)table, &rows.list[table]),
                         ST_OK);
    rules = arena_array(&c.arena, rows.list[TABLE_rules].count, sizeof *rules);
    memcpy(rules, rows.list[TABLE_rules].rows, rows.list[TABLE_rules].count * sizeof *rules);
    rules[3].object_id = "no_such_class";
    rules[5].severity = "terrible";
    rows.list[TABLE_rules].rows = rules;
    ck_assert_int_eq(knowledge_build(&c, &rows, &broken), ST_INVALID);
    ck_assert_uint_eq(c.fault.count, 2);
    ck_assert_str_eq(c.fault.items[0].field, arena_printf(&c.arena, "rules.csv %s object_id", rules[3].id));
    ck_assert_str_eq(c.fault.items[0].value, "no_such_class");
}
END_TEST

START_TEST(the_snapshot_is_small)
{
    ck_assert_uint_lt(k->bytes, 32U * 1024 * 1024);
}
END_TEST

SUITE(screening)
{
    return suite_of("screening", 60, NULL, setup, teardown,
                    TESTS(the_cases_of_the_reference_hold, our_harder_cases_hold,
                          medicines_not_asked_is_not_none, what_says_the_same_is_shown_once,
                          licorice_adds_up_over_its_forms, unknown_names_are_never_dropped,
                          a_bad_weight_is_named_and_the_herb_still_screened, allergies_cross_within_a_family,
                          a_bad_case_is_refused_by_name, findings_come_the_gravest_first,
                          a_reference_that_leads_nowhere_is_named, an_id_comes_back_as_it_was_given,
                          the_snapshot_is_small));
}
