/* Prescriptions over HTTP: put together, preview, store, change, screen, answer, sign. */
#include <string.h>

#include "api/handlers.h"
#include "api/prescription_json.h"
#include "core/patient.h"

enum { CODE_LONGEST = 60, NOTE_LONGEST = 1000, TYPED_LONGEST = 200 };
#define NUMBER_MOST INT64_C(1000000000000)
#define VERSION_MOST INT64_C(1000000)

/* The newest version as it is after the change. */
static enum status reply_prescription(struct ctx *c, struct request *in, struct reply *out, int64_t id,
                                      int64_t version)
{
    return prescription_write(c, reply_json(c, out), api_knowledge(c, in), id, version);
}

enum status get_prescription(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), version = in_query_i64_or(in, "version", 1, VERSION_MOST, 0);

    TRY(in_end(in));
    return reply_prescription(c, in, out, id, version);
}

enum status post_prescription(struct ctx *c, struct request *in, struct reply *out)
{
    struct prescription_draft draft = { 0 };
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    draft.patient_id = json_get_i64(body, "patient_id", 1, NUMBER_MOST);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(prescription_create(c, api_knowledge(c, in), &draft, &id));
    reply_created(c, out, "/api/v1/prescriptions/%lld", (long long)id);
    return reply_prescription(c, in, out, id, 1);
}

enum status post_prescription_version(struct ctx *c, struct request *in, struct reply *out)
{
    struct prescription_draft draft = { 0 };
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), seen, version;

    TRY(in_body(in, &body));
    seen = json_get_i64(body, "seen_version", 1, VERSION_MOST);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(prescription_change(c, api_knowledge(c, in), id, seen, &draft, &version));
    reply_created(c, out, "/api/v1/prescriptions/%lld?version=%lld", (long long)id, (long long)version);
    return reply_prescription(c, in, out, id, version);
}

/* Whether a finding is about one of the herbs, by the name it was screened under, or about the whole. */
static bool concerns(const struct stored_finding *f, const struct prescription *p, const struct ref *herbs,
                     size_t n, const struct knowledge *k)
{
    if (*f->subject_typed == '\0' && *f->object_typed == '\0')
        return true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; herbs[i].kind == REF_HERB && j < p->line_count; j++)
            if (strcmp(p->lines[j].herb_id, k->herbs[herbs[i].at].id) == 0 &&
                (strcmp(f->subject_typed, p->lines[j].pinyin) == 0 ||
                 strcmp(f->object_typed, p->lines[j].pinyin) == 0))
                return true;
    return false;
}

/* Keeps what is about the herbs being added ("added" in the body); all of it when none are named. */
static size_t keep_concerning(struct ctx *c, const struct knowledge *k, const struct prescription *p,
                              const char *const *added, size_t added_count, struct stored_finding *findings,
                              size_t count)
{
    struct ref *herbs = arena_array(&c->arena, added_count, sizeof *herbs);
    size_t kept = 0;

    if (added_count == 0)
        return count;
    for (size_t i = 0; i < added_count; i++)
        herbs[i] = herb_named(c, k, arena_printf(&c->arena, "added[%zu]", i), added[i]);
    for (size_t i = 0; i < count; i++)
        if (concerns(&findings[i], p, herbs, added_count, k))
            findings[kept++] = findings[i];
    return kept;
}

enum status post_prescription_preview(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct prescription_draft draft = { 0 };
    struct prescription built;
    struct stored_finding *findings = NULL;
    struct json_object *body;
    struct json_writer *w;
    const char **added;
    size_t added_count, count;

    TRY(in_body(in, &body));
    draft.patient_id = json_get_i64(body, "patient_id", 1, NUMBER_MOST);
    added = json_get_texts(body, "added", PRESCRIPTION_MOST_LINES, TYPED_LONGEST, &added_count);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(prescription_build(c, knowledge, &draft, &built));
    TRY(screening_try(c, knowledge, &built, &findings, &count));
    count = keep_concerning(c, knowledge, &built, added, added_count, findings, count);
    TRY(ctx_fault_or_ok(c));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    prescription_members(w, &built);
    findings_write(w, "findings", findings, count);
    json_close_object(w);
    return ST_OK;
}

enum status post_prescription_screening(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), version, screening;

    TRY(in_end(in));
    TRY(prescription_latest(c, id, &version));
    TRY(screening_make(c, api_knowledge(c, in), id, version, &screening));
    reply_created(c, out, "/api/v1/prescriptions/%lld", (long long)id);
    return reply_prescription(c, in, out, id, version);
}

/* The screening a person looked at must be the latest of its version, which need not be the newest: an order may be of an older
   one. `version` gets it. */
static enum status check_screening(struct ctx *c, int64_t id, int64_t screening, int64_t *version)
{
    int64_t prescription, latest;

    TRY(screening_place(c, screening, &prescription, version, &latest));
    if (prescription != id)
        return ctx_fail(c, ST_NOT_FOUND, "screening_id",
                        arena_printf(&c->arena, "%lld", (long long)screening),
                        "is no screening of this prescription");
    if (latest != screening)
        return ctx_fail(c, ST_STALE, "screening_id", arena_printf(&c->arena, "%lld", (long long)screening),
                        "is not the latest of this version, which is %lld", (long long)latest);
    return ST_OK;
}

enum status post_prescription_answers(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), screening, version;
    struct json_object *body, **list;
    struct screening_answer *answers;
    size_t count;

    TRY(in_body(in, &body));
    screening = json_get_i64(body, "screening_id", 1, NUMBER_MOST);
    list = json_get_objects(body, "answers", 0, &count);
    answers = arena_array(&c->arena, count, sizeof *answers);
    for (size_t i = 0; i < count; i++)
        answers[i] = (struct screening_answer){
            .finding_no = json_get_i64(list[i], "finding_no", 1, NUMBER_MOST),
            .reason = json_get_text(list[i], "reason", CODE_LONGEST),
            .note = json_get_text_or(list[i], "note", NOTE_LONGEST, ""),
        };
    TRY(in_end(in));
    TRY(check_screening(c, id, screening, &version));
    TRY(screening_answer(c, screening, answers, count));
    out->status = 201;
    return reply_prescription(c, in, out, id, version);
}

enum status post_prescription_acknowledgements(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), screening, version, count;
    struct json_object *body;

    TRY(in_body(in, &body));
    screening = json_get_i64(body, "screening_id", 1, NUMBER_MOST);
    TRY(in_end(in));
    TRY(check_screening(c, id, screening, &version));
    TRY(screening_acknowledge(c, screening, &count));
    out->status = 201;
    return reply_prescription(c, in, out, id, version);
}

enum status post_prescription_signature(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), version;
    struct json_object *body;

    TRY(in_body(in, &body));
    version = json_get_i64(body, "version", 1, VERSION_MOST);
    TRY(in_end(in));
    TRY(prescription_sign(c, api_knowledge(c, in), id, version));
    out->status = 201;
    return reply_prescription(c, in, out, id, version);
}
