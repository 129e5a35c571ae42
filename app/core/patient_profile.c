/* What a patient takes and has: medicines, conditions, allergies, planned operations, as typed and as understood. Each change raises the
   profile's version under the lock of the patient's row. */
#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "core/audit.h"
#include "core/patient.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { TYPED_LONGEST = 200, NOTE_LONGEST = 500, LINES_MOST = 100 };
static const unsigned ROLES_PROFILE = ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF;

/* The parts differ in their tables and in what a name may mean. */
static const struct part {
    const char *word;
    const char *field;
    unsigned kinds;
    const struct query *list, *add, *end;
} parts[PROFILE_PART_COUNT] = {
    [PROFILE_MEDICINES] = { "medicine", "medicines", REF_BIT(REF_DRUG), &q_patient_medicines,
                            &q_patient_medicines_add, &q_patient_medicine_stop },
    [PROFILE_CONDITIONS] = { "condition", "conditions", REF_CONDITIONS, &q_patient_conditions,
                             &q_patient_conditions_add, &q_patient_condition_end },
    [PROFILE_ALLERGIES] = { "allergy", "allergies", REF_BIT(REF_HERB) | REF_BIT(REF_DRUG),
                            &q_patient_allergies, &q_patient_allergies_add, &q_patient_allergy_end },
    [PROFILE_OPERATIONS] = { "operation", "operations", 0, &q_patient_operations, &q_patient_operations_add,
                             &q_patient_operation_end },
};

static const struct column profile_columns[] = {
    COLUMN(struct profile_row, id),
    COLUMN(struct profile_row, typed),
    COLUMN(struct profile_row, ref_id),
    COLUMN(struct profile_row, kind),
    COLUMN(struct profile_row, note),
    COLUMN(struct profile_row, indication),
    COLUMN(struct profile_row, since),
    COLUMN(struct profile_row, noted_at),
    COLUMN(struct profile_row, noted_on),
    COLUMN(struct profile_row, stopped_on),
    COLUMNS_END,
};

struct number {
    int64_t number;
};

static const struct column number_columns[] = { COLUMN(struct number, number), COLUMNS_END };

struct day {
    struct date today;
};

static const struct column day_columns[] = { COLUMN(struct day, today), COLUMNS_END };

const char *profile_part_word(enum profile_part part)
{
    return parts[part].word;
}

enum status patient_profile(struct ctx *c, int64_t id, enum profile_part part, struct profile_row **rows,
                            size_t *count)
{
    return db_all(c, parts[part].list, PARAMS(SHOP(c), I64(id)), profile_columns, sizeof **rows, rows, count);
}

static enum status today_of(struct ctx *c, struct date *today)
{
    struct day row;
    bool found;

    TRY(db_row(c, &q_shop_day, PARAMS(SHOP(c)), day_columns, &row, &found));
    *today = row.today;
    return ST_OK;
}

struct addition {
    const struct knowledge *knowledge;
    int64_t id;
    enum profile_part part;
    const struct profile_line *lines;
    size_t count;
    bool asked;
    struct ref *refs; /* what each line means; REF_NONE when that is not one thing */
    struct date today;
    int64_t version;
};

static const char *line_field(struct ctx *c, const struct addition *a, size_t i)
{
    return arena_printf(&c->arena, "%s[%zu]", parts[a->part].field, i);
}

/* The one thing a name means; REF_NONE when it is unknown, ambiguous, or several drugs at once: screening says so then. */
static struct ref meaning(const struct knowledge *k, const char *typed, unsigned kinds)
{
    struct name_meaning found;

    names_look_up(k, typed, kinds, &found);
    if (found.count != 1 || found.ask)
        return (struct ref){ .kind = REF_NONE };
    return found.match[0].ref;
}

static struct ref chosen(const struct knowledge *k, const char *id, unsigned kinds)
{
    for (enum ref_kind kind = REF_NONE; kind < REF_KIND_COUNT; kind++) {
        struct ref ref = { .kind = REF_NONE };

        if ((kinds & REF_BIT(kind)) != 0)
            ref = knowledge_find(k, kind, id);
        if (ref.kind != REF_NONE)
            return ref;
    }
    return (struct ref){ .kind = REF_NONE };
}

/* Nobody plans what is past. */
static void check_day(struct ctx *c, const struct addition *a, size_t i)
{
    struct date day = a->lines[i].since;

    if (date_is_none(day))
        ctx_note(c, ST_INVALID, line_field(c, a, i), a->lines[i].typed, "needs the day it is planned on");
    else if (day.days < a->today.days)
        ctx_note(c, ST_INVALID, line_field(c, a, i), date_text(&c->arena, day), "is past: today is %s",
                 date_text(&c->arena, a->today));
}

static void understand_line(struct ctx *c, struct addition *a, size_t i)
{
    const struct profile_line *line = &a->lines[i];
    unsigned kinds = parts[a->part].kinds;

    if (line->typed == NULL || *text_trim(&c->arena, line->typed) == '\0')
        ctx_note(c, ST_INVALID, line_field(c, a, i), NULL, "has no name");
    else if (!utf8_valid(line->typed, strlen(line->typed)))
        ctx_note(c, ST_INVALID, line_field(c, a, i), NULL, "is not valid UTF-8");
    else if (utf8_length(line->typed) > TYPED_LONGEST)
        ctx_note(c, ST_INVALID, line_field(c, a, i), NULL, "is at most %d characters", TYPED_LONGEST);
    else if (line->id != NULL && *line->id != '\0') {
        a->refs[i] = chosen(a->knowledge, line->id, kinds);
        if (a->refs[i].kind == REF_NONE)
            ctx_note(c, ST_INVALID, line_field(c, a, i), line->id, "is no %s the rule book knows",
                     a->part == PROFILE_CONDITIONS ? "condition" : "medicine or allergen");
    } else if (kinds != 0)
        a->refs[i] = meaning(a->knowledge, line->typed, kinds);
    if (a->part == PROFILE_OPERATIONS)
        check_day(c, a, i);
    if (line->note != NULL && utf8_length(line->note) > NOTE_LONGEST)
        ctx_note(c, ST_INVALID, line_field(c, a, i), NULL, "has a note of more than %d characters",
                 NOTE_LONGEST);
}

static enum status understand(struct ctx *c, struct addition *a)
{
    if (a->count > LINES_MOST)
        return ctx_fail(c, ST_INVALID, parts[a->part].field, NULL, "are at most %d at once", LINES_MOST);
    if (a->count == 0 && !(a->asked && a->part == PROFILE_MEDICINES))
        return ctx_fail(c, ST_INVALID, parts[a->part].field, NULL, "must name at least one");
    if (a->part == PROFILE_OPERATIONS)
        TRY(today_of(c, &a->today));
    a->refs = arena_array(&c->arena, a->count, sizeof *a->refs);
    for (size_t i = 0; i < a->count; i++)
        understand_line(c, a, i);
    return ctx_fault_or_ok(c);
}

static const char *ref_id_or_empty(const struct addition *a, size_t i)
{
    return a->refs[i].kind == REF_NONE ? "" : ref_id(a->knowledge, a->refs[i]);
}

/* Of operations: the same on the same day. */
static bool same_line(const struct addition *a, size_t i, const char *typed, const char *id,
                      struct date since)
{
    const char *own = ref_id_or_empty(a, i);

    if (a->part == PROFILE_OPERATIONS && since.days != a->lines[i].since.days)
        return false;
    return text_same(typed, a->lines[i].typed) || (*own != '\0' && strcmp(id, own) == 0);
}

/* What is there already, or is named twice, is refused: one of the two would be forgotten when it is stopped. */
static enum status check_new(struct ctx *c, const struct addition *a)
{
    struct profile_row *rows;
    size_t n;

    TRY(patient_profile(c, a->id, a->part, &rows, &n));
    for (size_t i = 0; i < a->count; i++) {
        bool there = false;

        for (size_t j = 0; j < n; j++)
            there = there || (date_is_none(rows[j].stopped_on) &&
                              same_line(a, i, rows[j].typed, rows[j].ref_id, rows[j].since));
        for (size_t j = 0; j < i; j++)
            there = there || same_line(a, i, a->lines[j].typed, ref_id_or_empty(a, j), a->lines[j].since);
        if (there)
            ctx_note(c, ST_CONFLICT, line_field(c, a, i), a->lines[i].typed,
                     "is among the patient's %s already", parts[a->part].field);
    }
    return ctx_fault_or_ok(c);
}

static enum status raise_version(struct ctx *c, int64_t id, bool asked, const char *what, int64_t *version)
{
    struct number raised;
    bool found;

    TRY(db_row(c, &q_patient_raise_version, PARAMS(SHOP(c), I64(id), BOOL(asked), TEXT(what), USER(c)),
               number_columns, &raised, &found));
    *version = raised.number;
    return audit_note(c, "patient_changed", arena_printf(&c->arena, "patient %lld", (long long)id), what);
}

static enum status insert_lines(struct ctx *c, const struct addition *a)
{
    const char **typed = arena_array(&c->arena, a->count, sizeof *typed);
    const char **kinds = arena_array(&c->arena, a->count, sizeof *kinds);
    const char **ids = arena_array(&c->arena, a->count, sizeof *ids);
    const char **notes = arena_array(&c->arena, a->count, sizeof *notes);
    const char **indications = arena_array(&c->arena, a->count, sizeof *indications);
    const char **since = arena_array(&c->arena, a->count, sizeof *since);

    for (size_t i = 0; i < a->count; i++) {
        const struct profile_line *line = &a->lines[i];

        typed[i] = text_trim(&c->arena, line->typed);
        kinds[i] = a->refs[i].kind == REF_NONE ? "other" : ref_kind_word((enum ref_kind)a->refs[i].kind);
        ids[i] = a->refs[i].kind == REF_NONE ? NULL : ref_id(a->knowledge, a->refs[i]);
        notes[i] = line->note;
        indications[i] = line->indication;
        since[i] = date_is_none(line->since) ? NULL : date_text(&c->arena, line->since);
    }
    return db_run(c, parts[a->part].add,
                  PARAMS(SHOP(c), I64(a->id), TEXTS(typed, a->count), TEXTS(kinds, a->count),
                         TEXTS(ids, a->count), TEXTS(notes, a->count), TEXTS(indications, a->count),
                         TEXTS(since, a->count), USER(c)));
}

static enum status add(struct ctx *c, void *arg)
{
    struct addition *a = arg;

    TRY(patient_lock(c, a->id, &a->version));
    TRY(check_new(c, a));
    if (a->count > 0)
        TRY(insert_lines(c, a));
    return raise_version(c, a->id, a->asked && a->part == PROFILE_MEDICINES,
                         a->count == 0 ? "asked for medicines: none"
                                       : arena_printf(&c->arena, "%s added: %s%s", parts[a->part].word,
                                                      a->lines[0].typed, a->count > 1 ? " and more" : ""),
                         &a->version);
}

enum status patient_add(struct ctx *c, const struct knowledge *knowledge, int64_t id, enum profile_part part,
                        const struct profile_line *lines, size_t count, bool asked, int64_t *version)
{
    struct addition a = {
        .knowledge = knowledge,
        .id = id,
        .part = part,
        .lines = lines,
        .count = count,
        .asked = asked,
    };

    TRY(person_require(c, ROLES_PROFILE, "change what a patient takes or has"));
    TRY(understand(c, &a));
    TRY(db_tx(c, add, &a));
    *version = a.version;
    return ST_OK;
}

/* A line that ends; or, with a day, a medicine that was last taken then. */
struct ending {
    int64_t id, line, version;
    enum profile_part part;
    struct date last_taken;
};

static enum status end_line(struct ctx *c, const struct ending *e, const char *line)
{
    size_t changed;

    TRY(db_change(c, parts[e->part].end, PARAMS(SHOP(c), I64(e->id), I64(e->line)), &changed));
    if (changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, parts[e->part].word, line, "is not among the patient's present %s",
                        parts[e->part].field);
    return ST_OK;
}

static enum status note_last_taken(struct ctx *c, const struct ending *e, const char *line)
{
    struct date today;
    size_t changed;

    TRY(today_of(c, &today));
    if (e->last_taken.days > today.days)
        return ctx_fail(c, ST_INVALID, "last_taken_on", date_text(&c->arena, e->last_taken),
                        "is a day up to today, %s", date_text(&c->arena, today));
    TRY(db_change(c, &q_patient_medicine_last_taken,
                  PARAMS(SHOP(c), I64(e->id), I64(e->line), DATE(e->last_taken)), &changed));
    return changed > 0 ? ST_OK
                       : ctx_fail(c, ST_NOT_FOUND, "medicine", line, "is no medicine of this patient");
}

static enum status end(struct ctx *c, void *arg)
{
    struct ending *e = arg;
    const char *line = arena_printf(&c->arena, "%lld", (long long)e->line);
    const char *what = arena_printf(&c->arena, "%s %s ended", parts[e->part].word, line);

    TRY(patient_lock(c, e->id, &e->version));
    if (date_is_none(e->last_taken)) {
        TRY(end_line(c, e, line));
    } else {
        TRY(note_last_taken(c, e, line));
        what = arena_printf(&c->arena, "medicine %s last taken on %s", line,
                            date_text(&c->arena, e->last_taken));
    }
    return raise_version(c, e->id, false, what, &e->version);
}

static enum status end_as(struct ctx *c, struct ending e, int64_t *version)
{
    TRY(person_require(c, ROLES_PROFILE, "change what a patient takes or has"));
    TRY(db_tx(c, end, &e));
    *version = e.version;
    return ST_OK;
}

enum status patient_end(struct ctx *c, int64_t id, enum profile_part part, int64_t line, int64_t *version)
{
    return end_as(c, (struct ending){ .id = id, .line = line, .part = part, .last_taken = DATE_NONE },
                  version);
}

enum status patient_last_taken(struct ctx *c, int64_t id, int64_t line, struct date day, int64_t *version)
{
    return end_as(c, (struct ending){ .id = id, .line = line, .last_taken = day }, version);
}
