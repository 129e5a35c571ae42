/* Prescriptions over HTTP: put together, preview, store, change, screen, answer, sign. */
#include <string.h>

#include "api/handlers.h"
#include "api/prescription_json.h"
#include "clinic/names.h"
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

static bool same_herb(const struct knowledge *k, const struct ref *herb, const char *typed)
{
    struct name_meaning found;

    if (strcmp(k->herbs[herb->at].id, typed) == 0)
        return true;
    names_look_up(k, typed, REF_BIT(REF_HERB), &found);
    return found.count == 1 && ref_same(found.match[0].ref, *herb);
}

/* The draft as it was before the herbs were added: without those set by hand, and with those of a formula dropped. */
static void take_out(struct ctx *c, const struct knowledge *k, struct prescription_draft *draft,
                     const char *const *adding, size_t count)
{
    struct draft_herb *herbs = arena_array(&c->arena, draft->herb_count, sizeof *herbs);
    const char **drops = arena_array(&c->arena, draft->drop_count + count, sizeof *drops);
    bool *out = arena_array(&c->arena, draft->herb_count, sizeof *out);
    size_t n = 0, dropped = 0;

    for (size_t i = 0; i < count; i++) {
        struct ref herb = herb_named(c, k, arena_printf(&c->arena, "adding[%zu]", i), adding[i]);
        bool by_hand = false;

        for (size_t j = 0; herb.kind == REF_HERB && j < draft->herb_count; j++)
            if (same_herb(k, &herb, draft->herbs[j].herb))
                by_hand = out[j] = true;
        if (herb.kind == REF_HERB && !by_hand)
            drops[dropped++] = adding[i];
    }
    for (size_t j = 0; j < draft->herb_count; j++)
        if (!out[j])
            herbs[n++] = draft->herbs[j];
    for (size_t j = 0; j < draft->drop_count; j++)
        drops[dropped++] = draft->drops[j];
    draft->herbs = herbs;
    draft->herb_count = n;
    draft->drops = drops;
    draft->drop_count = dropped;
}

/* Keeps the findings that the draft does not have without the herbs added: what concerns them. A draft that is nothing without
   them has no findings then. */
static enum status keep_new(struct ctx *c, const struct knowledge *k, struct prescription_draft draft,
                            const char *const *adding, size_t adding_count, struct stored_finding *findings,
                            size_t *count)
{
    struct prescription before;
    struct stored_finding *was = NULL;
    size_t n = 0, kept = 0;

    take_out(c, k, &draft, adding, adding_count);
    TRY(ctx_fault_or_ok(c));
    if (prescription_build(c, k, &draft, &before) == ST_OK)
        TRY(screening_try(c, k, &before, &was, &n));
    ctx_forgive(c);
    for (size_t i = 0; i < *count; i++) {
        bool there = false;

        for (size_t j = 0; j < n; j++)
            there = there || was[j].key == findings[i].key;
        if (!there)
            findings[kept++] = findings[i];
    }
    *count = kept;
    return ST_OK;
}

enum status post_prescription_preview(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct prescription_draft draft = { 0 };
    struct prescription built;
    struct prescription_form form;
    struct prescription_price price;
    struct stored_finding *findings = NULL;
    struct json_object *body;
    struct json_writer *w;
    struct tiers tiers;
    const char **adding, *group;
    size_t adding_count, count;

    TRY(in_body(in, &body));
    draft.patient_id = json_get_i64(body, "patient_id", 1, NUMBER_MOST);
    adding = json_get_texts(body, "adding", PRESCRIPTION_MOST_LINES, TYPED_LONGEST, &adding_count);
    group = json_get_text_or(body, "customer_group", CODE_LONGEST, NULL);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(prescription_build(c, knowledge, &draft, &built));
    TRY(prescription_form_get(c, knowledge, &built, &form));
    TRY(prescription_price_get(c, &built, &form, group, &price));
    TRY(screening_try(c, knowledge, &built, &findings, &count));
    if (adding_count > 0)
        TRY(keep_new(c, knowledge, draft, adding, adding_count, findings, &count));
    TRY(tiers_read(c, adding_count > 0 ? MOMENT_ADD : MOMENT_SIGN, &tiers));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    prescription_members(w, &built);
    prescription_form_member(w, &built, &form);
    prescription_price_member(&c->arena, w, &built, &price);
    findings_write(w, "findings", findings, count, &tiers);
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
