/* The routes of CDS Hooks: discovery, a service's answer, feedback, and which other systems may ask. */
#include "api/cds.h"

#include <string.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "api/read.h"
#include "base/text.h"
#include "http/jwt.h"
#include "sql.h"

enum {
    FEEDBACK_MOST = 100,
    NAME_LONGEST = 120,
    ID_LONGEST = 500,
    KEY_LONGEST = 10000,
    COMMENT_LONGEST = 2000
};

static const struct {
    const char *key;
    const char *template;
} prefetch[] = {
    { "patient", "Patient/{{context.patientId}}" },
    { "medicationRequests", "MedicationRequest?patient={{context.patientId}}&status=active" },
    { "medicationStatements", "MedicationStatement?patient={{context.patientId}}&status=active" },
    { "conditions", "Condition?patient={{context.patientId}}&clinical-status=active" },
    { "allergies", "AllergyIntolerance?patient={{context.patientId}}&clinical-status=active" },
    { "pregnancy",
      "Observation?patient={{context.patientId}}&code=http://loinc.org|82810-3&_sort=-date&_count=1" },
    { "surgery", "ServiceRequest?patient={{context.patientId}}&category=http://snomed.info/"
                 "sct|387713003&status=active" },
};

void cds_allow_origins(struct reply *out)
{
    reply_header(out, "Access-Control-Allow-Origin", "*");
    reply_header(out, "Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    reply_header(out, "Access-Control-Allow-Headers", "authorization, content-type");
    reply_header(out, "Access-Control-Max-Age", "600");
}

enum status options_cds(struct ctx *c, struct request *in, struct reply *out)
{
    (void)c;
    (void)in;
    reply_empty(out);
    return ST_OK;
}

enum status options_cds_service(struct ctx *c, struct request *in, struct reply *out)
{
    return options_cds(c, in, out);
}

enum status options_cds_feedback(struct ctx *c, struct request *in, struct reply *out)
{
    return options_cds(c, in, out);
}

enum status get_cds_services(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_writer *w;

    TRY(in_end(in));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "services");
    for (const struct cds_service *service = cds_services; service->id != NULL; service++) {
        json_open_object(w, NULL);
        json_text(w, "hook", service->hook);
        json_text(w, "title", service->title);
        json_text(w, "description", service->description);
        json_text(w, "id", service->id);
        json_text(w, "usageRequirements",
                  "Every call but this one carries a JWT signed with ES384 or RS384 by a key the shop was "
                  "given. Herbs are "
                  "named in text, or by codes of the system " CDS_SYSTEM_THINGS
                  "; this service calls no FHIR server, so send the prefetch");
        json_open_object(w, "prefetch");
        for (size_t i = 0; i < sizeof prefetch / sizeof *prefetch; i++)
            json_text(w, prefetch[i].key, prefetch[i].template);
        json_close_object(w);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

static enum status service_of(struct ctx *c, struct request *in, const struct cds_service **service)
{
    const char *id = in_path_text(in, "id");

    /* Not in_end: the specification lets a body carry members of other people's making. */
    if (in->query_count > 0)
        return ctx_fail(c, ST_INVALID, in->query[0].name, NULL, "is not a known parameter");
    *service = cds_service_find(id);
    return *service == NULL
               ? ctx_fail(c, ST_NOT_FOUND, "id", id, "is no service; GET /cds-services lists them")
               : ST_OK;
}

struct ground {
    struct date today;
    const char *reasons, *jurisdiction;
};
static const struct column ground_columns[] = { COLUMN(struct ground, today), COLUMN(struct ground, reasons),
                                                COLUMN(struct ground, jurisdiction), COLUMNS_END };

static void screen(struct ctx *c, const struct knowledge *k, const struct cds_case *in,
                   const char *jurisdiction, struct screening *out)
{
    const struct understood *u = &in->understood;
    const struct screening_case screened = {
        .items = u->items,
        .item_count = u->item_count,
        .drugs = u->drugs,
        .drug_count = u->drug_count,
        .conditions = u->conditions,
        .condition_count = u->condition_count,
        .allergies = in->allergies.herbs,
        .allergy_count = in->allergies.herb_count,
        .allergy_families = in->allergies.families,
        .allergy_family_count = in->allergies.family_count,
        .allergy_typed = in->allergies.family_typed,
        .jurisdiction = *jurisdiction == '\0' ? NULL : jurisdiction,
        .medicines_asked = in->medicines_given,
        .on = in->on,
        .surgery_on = in->surgery_on,
        .age_known = in->age_known,
        .age_months = in->age_months,
        .prescribed = in->prescribed,
    };

    screening_run(&c->arena, k, &screened, out);
}

/* A chart without medicines is no chart to screen; orders can still be held against each other, and the card says the rest. */
static enum status enough(struct ctx *c, const struct cds_case *in)
{
    if (in->medicines_given || in->order_count > 0)
        return ST_OK;
    return ctx_fail(
        c, ST_PRECONDITION, "prefetch", NULL,
        "must hold medicationRequests or medicationStatements: this service asks no FHIR server itself");
}

enum status post_cds_service(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *k = api_knowledge(c, in);
    struct cds_case typed = { .on = DATE_NONE };
    const struct cds_service *service;
    struct cds_cards cards = { 0 };
    struct json_object *object;
    struct screening answer;
    struct tiers tiers;
    struct ground ground;
    struct json_writer *w;
    bool found;

    TRY(service_of(c, in, &service));
    TRY(in_body(in, &object));
    TRY(cds_request_read(c, service, json_value_of(object), &typed));
    TRY(db_row(c, &q_cds_ground, PARAMS(SHOP(c), TEXT(CDS_SYSTEM_REASONS)), ground_columns, &ground, &found));
    typed.on = ground.today;
    cds_fhir_read(c, k, json_value_of(object), &typed);
    TRY(enough(c, &typed));
    screen(c, k, &typed, ground.jurisdiction, &answer);
    tier_book_read(c, api_of(in)->tiers, service->moment, &tiers);
    w = reply_json(c, out);
    json_open_object(w, NULL);
    cds_cards_write(c, k, service, &typed, &answer, &tiers, ground.reasons, w, &cards);
    json_close_object(w);
    return cds_cards_issue(
        c, &(struct cds_issue){ service->id, typed.hook_instance, service->moment, cards.list, cards.count });
}

static void wrong(struct ctx *c, const char *field, const char *part, const char *value, const char *rule)
{
    ctx_note(c, ST_MALFORMED, arena_printf(&c->arena, "%s.%s", field, part), value, "%s", rule);
}

static const char *uuid_of(struct ctx *c, const char *text)
{
    char *lower = text == NULL || !cds_is_uuid(text) ? NULL : arena_text(&c->arena, text);

    for (char *at = lower; at != NULL && *at != '\0'; at++)
        *at = (char)(*at >= 'A' && *at <= 'F' ? *at | 0x20 : *at);
    return lower;
}

/* A text of at most `longest` bytes; NULL when absent, noted when it is something else. */
static const char *text_of(struct ctx *c, const struct json_value *in, const char *key, size_t longest,
                           const char *field)
{
    const char *text = value_get_text(in, key);

    if (value_get(in, key) != NULL && (text == NULL || utf8_length(text) > longest))
        wrong(c, field, key, NULL,
              arena_printf(&c->arena, "must be text of at most %zu characters", longest));
    return text;
}

static void accepted_read(struct ctx *c, const struct json_value *in, struct cds_feedback *out)
{
    const struct json_value *list = value_get(in, "acceptedSuggestions");
    const char **ids = arena_array(&c->arena, FEEDBACK_MOST, sizeof *ids);

    for (const struct json_value *one = value_first(list); one != NULL; one = value_next(one)) {
        const char *id = uuid_of(c, value_get_text(one, "id"));

        if (id == NULL || out->suggestion_count == FEEDBACK_MOST) {
            wrong(c, out->field, "acceptedSuggestions", NULL,
                  "must be a list of {\"id\": a suggestion's uuid}");
            break;
        }
        ids[out->suggestion_count++] = id;
    }
    out->suggestions = ids;
    if (out->accepted && out->suggestion_count == 0)
        wrong(c, out->field, "acceptedSuggestions", NULL, "must name what was accepted");
}

static void feedback_read(struct ctx *c, const struct json_value *in, const char *field,
                          struct cds_feedback *out)
{
    static const char *const outcomes[] = { "accepted", "overridden", NULL };
    const struct json_value *why = value_get(in, "overrideReason"), *reason = value_get(why, "reason");
    const char *at = value_get_text(in, "outcomeTimestamp"), *comment;

    *out = (struct cds_feedback){ .field = field, .comment = "" };
    out->card = uuid_of(c, value_get_text(in, "card"));
    if (out->card == NULL)
        wrong(c, field, "card", value_get_text(in, "card"), "must be the uuid of a card");
    if (!value_is_one_of(in, "outcome", outcomes))
        wrong(c, field, "outcome", value_get_text(in, "outcome"), "must be accepted or overridden");
    else
        out->accepted = strcmp(value_get_text(in, "outcome"), "accepted") == 0;
    if (at == NULL || !instant_parse(at, &out->at))
        wrong(c, field, "outcomeTimestamp", at, "must be a time in UTC like 2026-11-22T09:30:00Z");
    accepted_read(c, in, out);
    out->reason_system = text_of(c, reason, "system", ID_LONGEST, field);
    out->reason_code = text_of(c, reason, "code", ID_LONGEST, field);
    comment = text_of(c, why, "userComment", COMMENT_LONGEST, field);
    out->comment = comment == NULL ? "" : comment;
}

enum status post_cds_feedback(struct ctx *c, struct request *in, struct reply *out)
{
    struct cds_feedback *list = arena_array(&c->arena, FEEDBACK_MOST, sizeof *list);
    const struct json_value *given;
    const struct cds_service *service;
    struct json_object *object;
    struct json_writer *w;
    size_t n = 0;

    TRY(service_of(c, in, &service));
    TRY(in_body(in, &object));
    given = value_get(json_value_of(object), "feedback");
    for (const struct json_value *one = value_first(given); one != NULL && n <= FEEDBACK_MOST;
         one = value_next(one), n++)
        if (n < FEEDBACK_MOST)
            feedback_read(c, one, arena_printf(&c->arena, "feedback[%zu]", n), &list[n]);
    if (n == 0 || n > FEEDBACK_MOST)
        ctx_note(c, ST_MALFORMED, "feedback", NULL, "must be a list of 1 to %d entries", FEEDBACK_MOST);
    TRY(ctx_fault_or_ok(c));
    TRY(cds_feedback_take(c, service->id, list, n));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "received", (int64_t)n);
    json_close_object(w);
    return ST_OK;
}

enum status post_cds_client(struct ctx *c, struct request *in, struct reply *out)
{
    struct cds_client client = { 0 };
    struct json_object *body;
    const char *key;
    int64_t id;

    TRY(in_body(in, &body));
    client.name = json_get_text(body, "name", NAME_LONGEST);
    client.issuer = json_get_text(body, "issuer", ID_LONGEST);
    client.kid = json_get_text(body, "kid", ID_LONGEST);
    client.role = json_get_text(body, "role", NAME_LONGEST);
    key = json_get_text(body, "public_key", KEY_LONGEST);
    TRY(in_end(in));
    TRY(jwt_key_read(c, "public_key", key, client.kid, &client.algorithm, &client.public_key));
    TRY(cds_client_add(c, &client, &id));
    reply_created(c, out, "/api/v1/cds-clients/%lld", (long long)id);
    return reply_row(c, out, &q_cds_client_list, PARAMS(SHOP(c), I64(id)));
}

enum status post_cds_client_disable(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(cds_client_disable(c, id));
    return reply_row(c, out, &q_cds_client_list, PARAMS(SHOP(c), I64(id)));
}
