/* Patients over HTTP: who they are, what they take and have. */
#include "core/patient.h"

#include "api/handlers.h"

enum { NAME_LONGEST = 120, TEXT_LONGEST = 2000, TYPED_LONGEST = 200, NOTE_LONGEST = 500, LINES_MOST = 100 };
#define BODY_LIGHTEST_MG INT64_C(100000)
#define BODY_HEAVIEST_MG INT64_C(500000000)
#define VERSION_MOST INT64_C(1000000000)

/* What the parts call their members. */
static const struct part {
    const char *key, *note, *since; /* NULL: it has none */
    enum ref_kind kind;
} parts[PROFILE_PART_COUNT] = {
    [PROFILE_MEDICINES] = { "medicines", "directions", "since", REF_DRUG },
    [PROFILE_CONDITIONS] = { "conditions", "note", "since", REF_CONDITION },
    [PROFILE_ALLERGIES] = { "allergies", "reaction", NULL, REF_HERB },
    [PROFILE_OPERATIONS] = { "operations", "note", "planned_on", REF_NONE },
};

static void write_understood(struct json_writer *w, const struct knowledge *k, enum ref_kind kind,
                             const char *id)
{
    struct ref ref = knowledge_find(k, kind, id);

    if (ref.kind == REF_NONE)
        ref = knowledge_find(k, REF_DRUG, id);
    json_text(w, "understood_id", *id == '\0' ? NULL : id);
    json_text(w, "understood_as", ref.kind == REF_NONE ? NULL : ref_name(k, ref));
}

/* The lines of a part; of medicines those that are taken, or those that were stopped. */
static void write_part(struct json_writer *w, const char *key, const struct knowledge *k,
                       enum profile_part part, const struct profile_row *rows, size_t n, bool stopped)
{
    json_open_list(w, key);
    for (size_t i = 0; i < n; i++) {
        if (date_is_none(rows[i].stopped_on) == stopped)
            continue;
        json_open_object(w, NULL);
        json_i64(w, "id", rows[i].id);
        json_text(w, "typed", rows[i].typed);
        if (parts[part].kind != REF_NONE)
            write_understood(w, k, parts[part].kind, rows[i].ref_id);
        json_text(w, parts[part].note, rows[i].note);
        if (part == PROFILE_MEDICINES)
            json_text(w, "indication", rows[i].indication);
        if (part == PROFILE_ALLERGIES)
            json_text(w, "kind", rows[i].kind);
        if (parts[part].since != NULL)
            json_date(w, parts[part].since, rows[i].since);
        if (stopped)
            json_date(w, "last_taken_on", rows[i].stopped_on);
        json_instant(w, "noted_at", rows[i].noted_at);
        json_close_object(w);
    }
    json_close_list(w);
}

static void write_patient(struct json_writer *w, const struct patient *p)
{
    json_i64(w, "id", p->id);
    json_text(w, "code", p->code);
    json_text(w, "name", p->name);
    json_text(w, "family_name", p->family_name);
    json_text(w, "given_name", p->given_name);
    json_text(w, "name_hanzi", p->name_hanzi);
    json_text(w, "sex", *p->sex == '\0' ? NULL : p->sex);
    json_date(w, "born_on", p->born_on);
    if (!date_is_none(p->born_on))
        json_i64(w, "age_years", p->age_years);
    if (p->weight.mg > 0)
        json_weight(w, "weight_mg", p->weight);
    json_text(w, "occupation", p->occupation);
    json_text(w, "phone", p->phone);
    json_text(w, "language", p->language);
    json_text(w, "complaint", p->complaint);
    json_text_list(w, "patterns", p->patterns);
    json_bool(w, "medicines_asked", p->medicines_asked);
    if (p->medicines_asked)
        json_instant(w, "medicines_asked_at", p->medicines_asked_at);
    json_i64(w, "profile_version", p->profile_version);
    json_bool(w, "demo", p->demo);
}

static enum status reply_patient(struct ctx *c, struct request *in, struct reply *out, int64_t id)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct profile_row *rows[PROFILE_PART_COUNT];
    size_t n[PROFILE_PART_COUNT];
    struct patient patient;
    struct json_writer *w;

    TRY(patient_get(c, id, &patient));
    for (int part = 0; part < PROFILE_PART_COUNT; part++)
        TRY(patient_profile(c, id, (enum profile_part)part, &rows[part], &n[part]));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    write_patient(w, &patient);
    for (int part = 0; part < PROFILE_PART_COUNT; part++)
        write_part(w, parts[part].key, knowledge, (enum profile_part)part, rows[part], n[part], false);
    write_part(w, "medicines_stopped", knowledge, PROFILE_MEDICINES, rows[PROFILE_MEDICINES],
               n[PROFILE_MEDICINES], true);
    json_close_object(w);
    return ST_OK;
}

enum status get_patient(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return reply_patient(c, in, out, id);
}

static struct patient_new read_patient(struct json_object *body)
{
    return (struct patient_new){
        .family_name = json_get_text(body, "family_name", NAME_LONGEST),
        .given_name = json_get_text_or(body, "given_name", NAME_LONGEST, NULL),
        .name_hanzi = json_get_text_or(body, "name_hanzi", NAME_LONGEST, NULL),
        .sex = json_get_text_or(body, "sex", NAME_LONGEST, NULL),
        .born_on = json_get_date_or(body, "born_on", DATE_NONE),
        .weight = { json_get_i64_or(body, "weight_mg", BODY_LIGHTEST_MG, BODY_HEAVIEST_MG, 0) },
        .occupation = json_get_text_or(body, "occupation", NAME_LONGEST, NULL),
        .phone = json_get_text_or(body, "phone", NAME_LONGEST, NULL),
        .language = json_get_text_or(body, "language", NAME_LONGEST, NULL),
        .complaint = json_get_text_or(body, "complaint", TEXT_LONGEST, NULL),
    };
}

enum status post_patient(struct ctx *c, struct request *in, struct reply *out)
{
    struct patient_new patient;
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    patient = read_patient(body);
    patient.code = json_get_text_or(body, "code", NAME_LONGEST, NULL);
    TRY(in_end(in));
    TRY(patient_create(c, &patient, &id));
    reply_created(c, out, "/api/v1/patients/%lld", (long long)id);
    return reply_patient(c, in, out, id);
}

enum status put_patient(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), seen, version;
    struct patient_new patient;
    struct json_object *body;

    TRY(in_body(in, &body));
    patient = read_patient(body);
    seen = json_get_i64(body, "seen_version", 1, VERSION_MOST);
    TRY(in_end(in));
    TRY(patient_update(c, id, seen, &patient, &version));
    return reply_patient(c, in, out, id);
}

/* The parts are alike but for the names of their members. */
static enum status post_part(struct ctx *c, struct request *in, struct reply *out, enum profile_part part)
{
    int64_t id = in_path_id(in, "id"), version;
    struct json_object *body, **list;
    struct profile_line *lines;
    bool asked = false;
    size_t count;

    TRY(in_body(in, &body));
    list = json_get_objects(body, parts[part].key, LINES_MOST, &count);
    lines = arena_array(&c->arena, count, sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct profile_line){
            .typed = json_get_text(list[i], "typed", TYPED_LONGEST),
            .note = json_get_text_or(list[i], parts[part].note, NOTE_LONGEST, NULL),
            .since = DATE_NONE,
        };
        if (parts[part].kind != REF_NONE)
            lines[i].id = json_get_text_or(list[i], "understood_id", TYPED_LONGEST, NULL);
        if (part == PROFILE_MEDICINES)
            lines[i].indication = json_get_text_or(list[i], "indication", NOTE_LONGEST, NULL);
        if (parts[part].since != NULL)
            lines[i].since = json_get_date_or(list[i], parts[part].since, DATE_NONE);
    }
    if (part == PROFILE_MEDICINES)
        asked = json_get_bool_or(body, "asked", false);
    TRY(in_end(in));
    TRY(patient_add(c, api_knowledge(c, in), id, part, lines, count, asked, &version));
    out->status = 201;
    return reply_patient(c, in, out, id);
}

enum status post_patient_medicines(struct ctx *c, struct request *in, struct reply *out)
{
    return post_part(c, in, out, PROFILE_MEDICINES);
}

enum status post_patient_conditions(struct ctx *c, struct request *in, struct reply *out)
{
    return post_part(c, in, out, PROFILE_CONDITIONS);
}

enum status post_patient_allergies(struct ctx *c, struct request *in, struct reply *out)
{
    return post_part(c, in, out, PROFILE_ALLERGIES);
}

enum status post_patient_operations(struct ctx *c, struct request *in, struct reply *out)
{
    return post_part(c, in, out, PROFILE_OPERATIONS);
}

static enum status end_part(struct ctx *c, struct request *in, struct reply *out, enum profile_part part)
{
    int64_t id = in_path_id(in, "id"), line = in_path_id(in, "line"), version;

    TRY(in_end(in));
    TRY(patient_end(c, id, part, line, &version));
    return reply_patient(c, in, out, id);
}

enum status post_patient_medicine_stop(struct ctx *c, struct request *in, struct reply *out)
{
    return end_part(c, in, out, PROFILE_MEDICINES);
}

enum status post_patient_condition_end(struct ctx *c, struct request *in, struct reply *out)
{
    return end_part(c, in, out, PROFILE_CONDITIONS);
}

enum status post_patient_allergy_end(struct ctx *c, struct request *in, struct reply *out)
{
    return end_part(c, in, out, PROFILE_ALLERGIES);
}

enum status post_patient_operation_end(struct ctx *c, struct request *in, struct reply *out)
{
    return end_part(c, in, out, PROFILE_OPERATIONS);
}

enum status put_patient_last_taken(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), line = in_path_id(in, "line"), version;
    struct json_object *body;
    struct date day;

    TRY(in_body(in, &body));
    day = json_get_date(body, "last_taken_on");
    TRY(in_end(in));
    TRY(patient_last_taken(c, id, line, day, &version));
    return reply_patient(c, in, out, id);
}
