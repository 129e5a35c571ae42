/* Watched prescriptions of a block of patients: five statements read everything, then it is arithmetic. Each case is screened in
   an arena that is emptied again; only what changed is screened a second time into the batch's own. */
#include "core/rescreen.h"

#include <stdlib.h>
#include <string.h>

#include "core/screening_parts.h"
#include "db/db.h"
#include "sql.h"

/* Patients read at once: some megabytes, and a transaction of a fraction of a second. */
enum { PATIENTS_AT_ONCE = 2500 };

struct bounds {
    int64_t until, patients;
};

struct patient_row {
    int64_t patient_id;
    const char *code;
    int64_t profile_version;
    bool medicines_asked;
    struct date born_on;
    int64_t age_months;
    struct weight weight;
    const char *jurisdiction;
};

struct profile_line_row {
    int64_t patient_id, part;
    const char *typed, *ref_id, *kind;
    struct date since, noted_on, stopped_on;
};

struct version_row {
    int64_t patient_id, prescription_id, version, order_id, screening_id, seen_profile;
    const char *seen_knowledge, *finding_keys, *herbs, *formulas;
    bool watched;
    struct date first_on, last_on, today;
};

struct name_row {
    const char *kind, *id, *typed;
};

static const struct column bounds_columns[] = { COLUMN(struct bounds, until), COLUMN(struct bounds, patients),
                                                COLUMNS_END };
static const struct column patient_columns[] = {
    COLUMN(struct patient_row, patient_id),
    COLUMN(struct patient_row, code),
    COLUMN(struct patient_row, profile_version),
    COLUMN(struct patient_row, medicines_asked),
    COLUMN(struct patient_row, born_on),
    COLUMN(struct patient_row, age_months),
    COLUMN_NAMED(struct patient_row, weight, "weight_mg"),
    COLUMN(struct patient_row, jurisdiction),
    COLUMNS_END,
};
static const struct column line_columns[] = {
    COLUMN(struct profile_line_row, patient_id),
    COLUMN(struct profile_line_row, part),
    COLUMN(struct profile_line_row, typed),
    COLUMN(struct profile_line_row, ref_id),
    COLUMN(struct profile_line_row, kind),
    COLUMN(struct profile_line_row, since),
    COLUMN(struct profile_line_row, noted_on),
    COLUMN(struct profile_line_row, stopped_on),
    COLUMNS_END,
};
static const struct column version_columns[] = {
    COLUMN(struct version_row, patient_id),
    COLUMN(struct version_row, prescription_id),
    COLUMN(struct version_row, version),
    COLUMN(struct version_row, order_id),
    COLUMN(struct version_row, screening_id),
    COLUMN(struct version_row, seen_profile),
    COLUMN(struct version_row, seen_knowledge),
    COLUMN(struct version_row, finding_keys),
    COLUMN(struct version_row, herbs),
    COLUMN(struct version_row, formulas),
    COLUMN(struct version_row, watched),
    COLUMN(struct version_row, first_on),
    COLUMN(struct version_row, last_on),
    COLUMN(struct version_row, today),
    COLUMNS_END,
};
static const struct column name_columns[] = { COLUMN(struct name_row, kind), COLUMN(struct name_row, id),
                                              COLUMN(struct name_row, typed), COLUMNS_END };

struct batch {
    struct ctx *c;
    const struct knowledge *knowledge, *before;
    const char *knowledge_version;
    struct patient_row *patients;
    size_t patient_count;
    struct profile_line_row *lines;
    struct profile_row *profile; /* the same lines, as the engine wants them */
    size_t line_count;
    struct version_row *versions;
    size_t version_count;
    struct name_row *names;
    size_t name_count;
    struct rescreen_result *results;
    size_t result_count;
    struct case_course *courses;  /* of the patient at hand: the version with the same place among hers */
    struct arena person, scratch; /* of the patient, of the case at hand */
};

static enum status read_batch(struct batch *b, int64_t after, int64_t until)
{
    struct ctx *c = b->c;
    const struct param those[] = { SHOP(c), I64(after), I64(until) };

    TRY(db_all(c, &q_rescreen_names, NO_PARAMS, name_columns, sizeof *b->names, &b->names, &b->name_count));
    TRY(db_all(c, &q_rescreen_patients, those, 3, patient_columns, sizeof *b->patients, &b->patients,
               &b->patient_count));
    TRY(db_all(c, &q_rescreen_profiles, those, 3, line_columns, sizeof *b->lines, &b->lines, &b->line_count));
    TRY(db_all(c, &q_rescreen_versions, those, 3, version_columns, sizeof *b->versions, &b->versions,
               &b->version_count));
    b->profile = arena_array(&c->arena, b->line_count, sizeof *b->profile);
    for (size_t i = 0; i < b->line_count; i++)
        b->profile[i] = (struct profile_row){
            .typed = b->lines[i].typed,
            .ref_id = b->lines[i].ref_id,
            .kind = b->lines[i].kind,
            .note = "",
            .indication = "",
            .since = b->lines[i].since,
            .noted_on = b->lines[i].noted_on,
            .stopped_on = b->lines[i].stopped_on,
        };
    return ST_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct name_row *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);

    return order != 0 ? order : strcmp(x->id, y->id);
}

/* Findings keep the name, so it lives in the batch's arena. */
static const char *name_of(const struct batch *b, const char *kind, const char *id)
{
    const struct name_row wanted = { .kind = kind, .id = id };
    const struct name_row *found = bsearch(&wanted, b->names, b->name_count, sizeof *b->names, by_name);

    return found == NULL ? arena_text(&b->c->arena, id) : found->typed;
}

static struct case_part *parts_of(struct batch *b, const char *list, const char *kind, size_t *count)
{
    struct case_part *parts = case_parts(&b->person, list, count);

    for (size_t i = 0; i < *count; i++)
        parts[i].typed = name_of(b, kind, parts[i].id);
    return parts;
}

/* "{12,-7}" taken apart. */
static int64_t *keys_of(struct batch *b, const char *text, size_t *count)
{
    int64_t *keys = NULL;
    size_t capacity = 0;
    char *end;

    *count = 0;
    for (const char *at = text; *at != '\0' && *at != '}' && at[1] != '}'; at = end) {
        keys = arena_grow(&b->scratch, keys, *count, &capacity, sizeof *keys);
        keys[(*count)++] = strtoll(at + 1, &end, 10);
    }
    return keys;
}

/* A patient with her lines and versions: places in the batch's lists. */
struct person {
    const struct patient_row *patient;
    size_t lines[PROFILE_PART_COUNT + 1]; /* where each part begins, and the last ends */
    const struct version_row *versions;
    size_t version_count;
};

/* All she takes, taken apart once. */
static void read_courses(struct batch *b, const struct person *p)
{
    b->courses = arena_array(&b->person, p->version_count, sizeof *b->courses);
    for (size_t i = 0; i < p->version_count; i++) {
        const struct version_row *version = &p->versions[i];
        struct case_recipe *recipe = &b->courses[i].recipe;

        b->courses[i].label =
            arena_printf(&b->c->arena, "prescription %lld", (long long)version->prescription_id);
        b->courses[i].first_on = version->first_on;
        b->courses[i].last_on = version->last_on;
        recipe->herbs = parts_of(b, version->herbs, "herb", &recipe->herb_count);
        recipe->formulas = parts_of(b, version->formulas, "formula", &recipe->formula_count);
    }
}

static struct case_facts facts_of(struct batch *b, const struct person *p, size_t at)
{
    const struct version_row *version = &p->versions[at];
    struct case_course *others = arena_array(&b->person, p->version_count, sizeof *others);
    struct case_facts facts = {
        .profile_version = p->patient->profile_version,
        .medicines_asked = p->patient->medicines_asked,
        .born_on = p->patient->born_on,
        .age_months = p->patient->age_months,
        .body = p->patient->weight,
        .jurisdiction = p->patient->jurisdiction,
        .today = version->today,
        .first_on = version->first_on,
        .last_on = version->last_on,
        .recipe = b->courses[at].recipe,
        .courses = others,
    };

    for (int part = 0; part < PROFILE_PART_COUNT; part++) {
        facts.profile[part] = &b->profile[p->lines[part]];
        facts.profile_count[part] = p->lines[part + 1] - p->lines[part];
    }
    for (size_t i = 0; i < p->version_count; i++)
        if (p->versions[i].prescription_id != version->prescription_id)
            others[facts.course_count++] = b->courses[i];
    return facts;
}

static bool holds(const int64_t *keys, size_t n, int64_t key)
{
    for (size_t i = 0; i < n; i++)
        if (keys[i] == key)
            return true;
    return false;
}

/* One side's findings by their keys; findings NULL when only the keys are known. */
struct side {
    const struct stored_finding *findings;
    const int64_t *keys;
    size_t count;
};

static struct side side_of(struct arena *arena, const struct screened *screened)
{
    int64_t *keys = arena_array(arena, screened->count, sizeof *keys);

    for (size_t i = 0; i < screened->count; i++)
        keys[i] = screened->findings[i].key;
    return (struct side){ screened->findings, keys, screened->count };
}

/* What `is` has and `was` lacks, once each. */
static void add_changes(struct arena *arena, bool raised, const struct side *is, const struct side *was,
                        struct rescreen_change **changes, size_t *count, size_t *capacity)
{
    for (size_t i = 0; i < is->count; i++) {
        if (holds(was->keys, was->count, is->keys[i]) || holds(is->keys, i, is->keys[i]))
            continue;
        *changes = arena_grow(arena, *changes, *count, capacity, sizeof **changes);
        (*changes)[(*count)++] = (struct rescreen_change){
            .raised = raised,
            .key = is->keys[i],
            .finding = is->findings == NULL ? NULL : &is->findings[i],
        };
    }
}

/* Screens into `arena` and compares. */
static void compare(struct batch *b, struct arena *arena, const struct case_facts *facts,
                    const struct version_row *version, struct rescreen_result *out)
{
    struct screened now, then;
    struct side is, was = { .findings = NULL };
    struct rescreen_change *changes = NULL;
    size_t capacity = 0;

    facts_screen(arena, b->knowledge, facts, &now);
    is = side_of(arena, &now);
    if (b->before == NULL)
        was.keys = keys_of(b, version->finding_keys, &was.count);
    else {
        facts_screen(arena, b->before, facts, &then);
        was = side_of(arena, &then);
    }
    add_changes(arena, true, &is, &was, &changes, &out->change_count, &capacity);
    out->raised = out->change_count;
    add_changes(arena, false, &was, &is, &changes, &out->change_count, &capacity);
    out->changes = changes;
    out->findings = now.findings;
    out->count = now.count;
    out->critical_count = now.critical_count;
}

static void screen_version(struct batch *b, const struct person *p, size_t at,
                           struct rescreen_figures *figures)
{
    const struct version_row *version = &p->versions[at];
    const struct case_facts facts = facts_of(b, p, at);
    struct rescreen_result result = {
        .patient_id = p->patient->patient_id,
        .prescription_id = version->prescription_id,
        .version = version->version,
        .patient_code = p->patient->code,
        .order_id = version->order_id,
        .screening_id = version->screening_id,
        .profile_version = p->patient->profile_version,
        .current = version->seen_profile == p->patient->profile_version &&
                   strcmp(version->seen_knowledge, b->knowledge_version) == 0,
    };
    struct rescreen_result again = result;

    arena_reset(&b->scratch);
    compare(b, &b->scratch, &facts, version, &result);
    figures->prescriptions++;
    figures->changed += result.change_count > 0;
    figures->raised += (int64_t)result.raised;
    figures->gone += (int64_t)(result.change_count - result.raised);
    if (result.change_count == 0 && (result.order_id == 0 || result.current || b->before != NULL))
        return;
    compare(b, &b->c->arena, &facts, version, &again);
    again.recipe = arena_printf(&b->c->arena, "%s|%s", version->herbs, version->formulas);
    b->results[b->result_count++] = again;
}

static void screen_person(struct batch *b, const struct person *p, struct rescreen_figures *figures)
{
    arena_reset(&b->person);
    read_courses(b, p);
    for (size_t i = 0; i < p->version_count; i++)
        if (p->versions[i].watched)
            screen_version(b, p, i, figures);
}

/* Patients, lines and versions are all in the order of patients, so one pass joins them. */
static void screen_all(struct batch *b, struct rescreen_figures *figures)
{
    size_t line = 0, version = 0;

    for (size_t i = 0; i < b->patient_count; i++) {
        const int64_t id = b->patients[i].patient_id;
        struct person p = { .patient = &b->patients[i], .versions = &b->versions[version] };

        p.lines[0] = line;
        for (int part = 0; part < PROFILE_PART_COUNT; part++) {
            while (line < b->line_count && b->lines[line].patient_id == id && b->lines[line].part == part)
                line++;
            p.lines[part + 1] = line;
        }
        while (version < b->version_count && b->versions[version].patient_id == id)
            version++;
        p.version_count = (size_t)(&b->versions[version] - p.versions);
        screen_person(b, &p, figures);
    }
}

enum status rescreen_batch(struct ctx *c, const struct knowledge *knowledge, const struct knowledge *before,
                           struct rescreen_scope *scope, rescreen_visitor *visit, void *arg,
                           struct rescreen_figures *figures, bool *finished)
{
    struct batch b = {
        .c = c,
        .knowledge = knowledge,
        .before = before,
        .knowledge_version = knowledge_version(&c->arena, knowledge),
    };
    struct bounds bounds;
    bool found;

    TRY(db_row(
        c, &q_rescreen_bounds,
        PARAMS(SHOP(c), I64(scope->after_patient_id), I64(scope->until_patient_id), I64(PATIENTS_AT_ONCE)),
        bounds_columns, &bounds, &found));
    *finished = bounds.patients < PATIENTS_AT_ONCE || bounds.until == scope->until_patient_id;
    if (bounds.patients == 0)
        return ST_OK;
    TRY(read_batch(&b, scope->after_patient_id, bounds.until));
    b.results = arena_array(&c->arena, b.version_count, sizeof *b.results);
    arena_init(&b.person);
    arena_init(&b.scratch);
    screen_all(&b, figures);
    arena_close(&b.scratch);
    arena_close(&b.person);
    figures->patients += bounds.patients;
    scope->after_patient_id = bounds.until;
    return b.result_count == 0 ? ST_OK : visit(c, b.results, b.result_count, arg);
}

/* A failure's fault outlives the batch's context. */
static enum status pass_fault(struct ctx *c, const struct ctx *from)
{
    for (size_t i = 0; i < from->fault.count; i++)
        ctx_note(c, from->fault.status, from->fault.items[i].field, from->fault.items[i].value, "%s",
                 from->fault.items[i].rule);
    if (from->cause != NULL)
        c->cause = arena_text(&c->arena, from->cause);
    return from->fault.status;
}

enum status rescreen_walk(struct ctx *c, const struct knowledge *knowledge, const struct knowledge *before,
                          struct rescreen_scope scope, rescreen_visitor *visit, void *arg,
                          struct rescreen_figures *figures)
{
    bool finished = false;

    *figures = (struct rescreen_figures){ 0 };
    while (!finished) {
        struct ctx batch;
        enum status status;

        ctx_init(&batch);
        batch.db = c->db;
        batch.who = c->who;
        status = rescreen_batch(&batch, knowledge, before, &scope, visit, arg, figures, &finished);
        if (status != ST_OK)
            status = pass_fault(c, &batch);
        ctx_close(&batch);
        TRY(status);
    }
    return ST_OK;
}
