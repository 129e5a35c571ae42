/* A CDS Hooks request through checking, FHIR, screening and cards: what comes out is JSON, its summaries are short, and what was
   not understood of an order is never answered with nothing. */
#include <stdlib.h>
#include <string.h>

#include "api/cds.h"
#include "core/knowledge_seed.h"
#include "fuzz/fuzz.h"

#define HEAD \
    "{\"hook\":\"order-sign\",\"hookInstance\":\"4e0a3a1e-3283-4575-ab82-028d55fe2719\",\"context\":" \
    "{\"userId\":\"P/1\",\"patientId\":\"p\",\"draftOrders\":{\"resourceType\":\"Bundle\",\"entry\":["
#define TAKEN "]}},\"prefetch\":{\"medicationRequests\":{\"resourceType\":\"Bundle\",\"entry\":["

const char *const fuzz_seeds[] = {
    HEAD "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"1\",\"status\":\"draft\","
         "\"medicationCodeableConcept\":"
         "{\"text\":\"Dan "
         "Shen\"},\"dosageInstruction\":[{\"timing\":{\"repeat\":{\"frequency\":2,\"period\":1,"
         "\"periodUnit\":\"d\"}},"
         "\"doseAndRate\":[{\"doseQuantity\":{\"value\":4.5,\"unit\":\"g\"}}]}]}}" TAKEN
         "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"status\":\"active\","
         "\"medicationCodeableConcept\":{\"coding\":["
         "{\"system\":\"http://www.nlm.nih.gov/research/umls/"
         "rxnorm\",\"code\":\"855288\",\"display\":\"Warfarin Sodium 1 MG Oral "
         "Tablet\"}]}}}]},\"conditions\":null,\"allergies\":{\"resourceType\":\"OperationOutcome\"}}}",
    HEAD "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"2\",\"medicationReference\":{"
         "\"reference\":\"#m\"},"
         "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"form\":{\"text\":\"granules\"},"
         "\"ingredient\":["
         "{\"itemCodeableConcept\":{\"coding\":[{\"system\":\"urn:yaofang:reference\",\"code\":\"guan_mu_"
         "tong\"}]}}]}]}}" TAKEN
         "]},\"patient\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1950-02\"}}}",
    HEAD "{\"resource\":{\"resourceType\":\"ServiceRequest\",\"code\":{\"text\":\"wet "
         "cupping\"},\"category\":[{\"coding\":["
         "{\"code\":\"387713003\"}]}],\"occurrenceDateTime\":\"2026-12-01T08:00:00Z\"}}" TAKEN
         "{\"resource\":{\"resourceType\":\"Condition\",\"code\":{\"text\":\"pregnancy\"}}},{\"resource\":{"
         "\"resourceType\":"
         "\"AllergyIntolerance\",\"code\":{\"text\":\"Asteraceae\"}}}]}}}",
    NULL,
};

static const struct knowledge *rule_book(void)
{
    static struct ctx c;
    static struct knowledge *k;

    if (k == NULL) {
        ctx_init(&c);
        if (knowledge_from_seed(&c, &k) != ST_OK)
            abort();
    }
    return k;
}

/* What every card must be, read back from the answer. */
static void cards_check(struct ctx *c, const struct text *text, const struct cds_case *in, size_t findings)
{
    struct json_object *again;
    const struct json_value *cards;

    if (json_parse_object(c, text->data, text->size, &again) != ST_OK)
        abort();
    cards = value_get(json_value_of(again), "cards");
    if (value_first(cards) == NULL && (in->understood.gap_count > 0 || findings > 0))
        abort();
    for (const struct json_value *card = value_first(cards); card != NULL; card = value_next(card)) {
        const char *summary = value_get_text(card, "summary");

        if (summary == NULL || utf8_length(summary) >= 140 || strpbrk(summary, "\r\n") != NULL)
            abort();
    }
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    const struct knowledge *k = rule_book();
    const struct cds_service *service = cds_service_find("yaofang-order-sign");
    const struct tiers tiers = { { "list", "quiet", "list", "interrupt", "interrupt" } };
    struct cds_case in = { .on = date_from(2026, 11, 22) };
    struct cds_cards cards = { 0 };
    struct json_object *object;
    struct screening answer;
    struct json_writer w;
    struct text text;

    if (json_parse_object(c, data, size, &object) != ST_OK ||
        cds_request_read(c, service, json_value_of(object), &in) != ST_OK)
        return;
    cds_fhir_read(c, k, json_value_of(object), &in);
    screening_run(&c->arena, k,
                  &(struct screening_case){ .items = in.understood.items,
                                            .item_count = in.understood.item_count,
                                            .drugs = in.understood.drugs,
                                            .drug_count = in.understood.drug_count,
                                            .conditions = in.understood.conditions,
                                            .condition_count = in.understood.condition_count,
                                            .allergies = in.allergies.herbs,
                                            .allergy_count = in.allergies.herb_count,
                                            .medicines_asked = in.medicines_given,
                                            .on = in.on,
                                            .prescribed = in.prescribed },
                  &answer);
    text_init(&text, &c->arena);
    json_init(&w, &text);
    json_open_object(&w, NULL);
    cds_cards_write(c, k, service, &in, &answer, &tiers, "[]", &w, &cards);
    json_close_object(&w);
    cards_check(c, &text, &in, answer.count);
}
