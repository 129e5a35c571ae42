/* Patients themselves: making, changing, finding one. What they take and have is in patient_profile.c. */
#include "core/patient.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { NAME_LONGEST = 120, TEXT_LONGEST = 2000 };
#define LIGHTEST_MG INT64_C(100000)
#define HEAVIEST_MG INT64_C(500000000)
static const unsigned ROLES_PATIENT = ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF;

struct number {
    int64_t number;
};

static const struct column number_columns[] = { COLUMN(struct number, number), COLUMNS_END };

static const struct column patient_columns[] = {
    COLUMN(struct patient, id),
    COLUMN(struct patient, code),
    COLUMN(struct patient, name),
    COLUMN(struct patient, family_name),
    COLUMN(struct patient, given_name),
    COLUMN(struct patient, name_hanzi),
    COLUMN(struct patient, sex),
    COLUMN(struct patient, language),
    COLUMN(struct patient, occupation),
    COLUMN(struct patient, phone),
    COLUMN(struct patient, complaint),
    COLUMN(struct patient, patterns),
    COLUMN(struct patient, born_on),
    COLUMN_NAMED(struct patient, weight, "weight_mg"),
    COLUMN(struct patient, profile_version),
    COLUMN(struct patient, medicines_asked),
    COLUMN(struct patient, medicines_asked_at),
    COLUMN(struct patient, age_years),
    COLUMN(struct patient, demo),
    COLUMNS_END,
};

static void check_word(struct ctx *c, const char *field, const char *value, const char *const *words,
                       const char *rule)
{
    if (value == NULL || *value == '\0')
        return;
    for (; *words != NULL; words++)
        if (strcmp(*words, value) == 0)
            return;
    ctx_note(c, ST_INVALID, field, value, "%s", rule);
}

static void check_length(struct ctx *c, const char *field, const char *value, size_t longest)
{
    if (value != NULL && utf8_length(value) > longest)
        ctx_note(c, ST_INVALID, field, NULL, "is at most %zu characters", longest);
}

/* Notes everything that is wrong at once. */
/* The day it is where it is latest: 14 hours ahead of UTC. */
static int32_t latest_today(void)
{
    return (int32_t)((instant_now().us / INT64_C(3600000000) + 14) / 24);
}

static enum status check(struct ctx *c, const struct patient_new *patient)
{
    static const char *const sexes[] = { "female", "male", "other", NULL };
    static const char *const languages[] = { "english", "zh_hans", "zh_hant", "polish", "spanish", NULL };
    const char *family = patient->family_name == NULL ? "" : patient->family_name;

    if (*text_trim(&c->arena, family) == '\0')
        ctx_note(c, ST_INVALID, "family_name", NULL, "must be given");
    check_length(c, "family_name", family, NAME_LONGEST);
    check_length(c, "given_name", patient->given_name, NAME_LONGEST);
    check_length(c, "name_hanzi", patient->name_hanzi, NAME_LONGEST);
    check_length(c, "occupation", patient->occupation, NAME_LONGEST);
    check_length(c, "phone", patient->phone, NAME_LONGEST);
    check_length(c, "complaint", patient->complaint, TEXT_LONGEST);
    check_word(c, "sex", patient->sex, sexes, "is female, male or other");
    check_word(c, "language", patient->language, languages,
               "is english, zh_hans, zh_hant, polish or spanish");
    if (!date_is_none(patient->born_on) && patient->born_on.days > latest_today())
        ctx_note(c, ST_INVALID, "born_on", date_text(&c->arena, patient->born_on), "is in the future");
    if (patient->weight.mg != 0 && (patient->weight.mg < LIGHTEST_MG || patient->weight.mg > HEAVIEST_MG))
        ctx_note(c, ST_INVALID, "weight_mg", weight_text(&c->arena, patient->weight),
                 "is the weight of a body, 100 g to 500 kg");
    return ctx_fault_or_ok(c);
}

static const char *subject_of(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "patient %lld", (long long)id);
}

struct creation {
    const struct patient_new *patient;
    int64_t id;
};

static enum status create(struct ctx *c, void *arg)
{
    struct creation *creation = arg;
    const struct patient_new *p = creation->patient;
    struct number made;
    bool found;

    if (p->code == NULL || *p->code == '\0')
        TRY(db_run(c, &q_patient_code_lock, PARAMS(SHOP(c))));
    TRY(db_row(c, &q_patient_add,
               PARAMS(SHOP(c), TEXT_OR_NULL(p->code), TEXT(text_trim(&c->arena, p->family_name)),
                      TEXT(p->given_name == NULL ? "" : p->given_name), TEXT_OR_NULL(p->name_hanzi),
                      TEXT_OR_NULL(p->sex), DATE(p->born_on), I64_OR_NULL(p->weight.mg),
                      TEXT_OR_NULL(p->occupation), TEXT_OR_NULL(p->phone), TEXT_OR_NULL(p->language),
                      TEXT_OR_NULL(p->complaint), USER(c)),
               number_columns, &made, &found));
    creation->id = made.number;
    return audit_note(c, "patient_created", subject_of(c, made.number), "");
}

enum status patient_create(struct ctx *c, const struct patient_new *patient, int64_t *id)
{
    struct creation creation = { .patient = patient };

    TRY(person_require(c, ROLES_PATIENT, "enter a patient"));
    TRY(check(c, patient));
    TRY(db_tx(c, create, &creation));
    *id = creation.id;
    return ST_OK;
}

struct update {
    const struct patient_new *patient;
    int64_t id, seen_version, version;
};

static enum status update(struct ctx *c, void *arg)
{
    struct update *u = arg;
    const struct patient_new *p = u->patient;
    struct number changed;
    bool found;

    TRY(patient_lock(c, u->id, &u->version));
    if (u->version != u->seen_version)
        return ctx_fail(
            c, ST_STALE, "seen_version", arena_printf(&c->arena, "%lld", (long long)u->seen_version),
            "somebody changed the patient since: version %lld is the newest", (long long)u->version);
    TRY(db_row(c, &q_patient_update,
               PARAMS(SHOP(c), I64(u->id), TEXT(text_trim(&c->arena, p->family_name)),
                      TEXT(p->given_name == NULL ? "" : p->given_name), TEXT_OR_NULL(p->name_hanzi),
                      TEXT_OR_NULL(p->sex), DATE(p->born_on), I64_OR_NULL(p->weight.mg),
                      TEXT_OR_NULL(p->occupation), TEXT_OR_NULL(p->phone), TEXT_OR_NULL(p->language),
                      TEXT_OR_NULL(p->complaint), USER(c)),
               number_columns, &changed, &found));
    u->version = changed.number;
    return audit_note(c, "patient_changed", subject_of(c, u->id), "");
}

enum status patient_update(struct ctx *c, int64_t id, int64_t seen_version, const struct patient_new *patient,
                           int64_t *version)
{
    struct update u = { .patient = patient, .id = id, .seen_version = seen_version };

    TRY(person_require(c, ROLES_PATIENT, "change a patient"));
    TRY(check(c, patient));
    TRY(db_tx(c, update, &u));
    *version = u.version;
    return ST_OK;
}

static enum status no_such_patient(struct ctx *c, const char *typed)
{
    return ctx_fail(c, ST_NOT_FOUND, "patient", typed, "is no patient of this shop");
}

enum status patient_get(struct ctx *c, int64_t id, struct patient *patient)
{
    bool found;

    TRY(db_row(c, &q_patient_show, PARAMS(SHOP(c), I64(id)), patient_columns, patient, &found));
    return found ? ST_OK : no_such_patient(c, arena_printf(&c->arena, "%lld", (long long)id));
}

enum status patient_find(struct ctx *c, const char *code_or_id, int64_t *id)
{
    struct number found_id;
    bool found;

    TRY(db_row(c, &q_patient_find, PARAMS(SHOP(c), TEXT(code_or_id)), number_columns, &found_id, &found));
    if (!found)
        return no_such_patient(c, code_or_id);
    *id = found_id.number;
    return ST_OK;
}

enum status patient_lock(struct ctx *c, int64_t id, int64_t *version)
{
    struct number seen;
    bool found;

    TRY(db_row(c, &q_patient_lock, PARAMS(SHOP(c), I64(id)), number_columns, &seen, &found));
    if (!found)
        return no_such_patient(c, arena_printf(&c->arena, "%lld", (long long)id));
    *version = seen.number;
    return ST_OK;
}
