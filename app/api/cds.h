/* CDS Hooks 2.0: another system's order or chart (FHIR R4) screened and answered with cards. What the cds_*.c files share.
   Specification: cds-hooks.hl7.org/2.0, hl7.org/fhir/R4. */
#ifndef YAOFANG_API_CDS_H
#define YAOFANG_API_CDS_H

#include "api/api.h"
#include "clinic/screening.h"
#include "core/cds.h"
#include "core/moment.h"
#include "core/tier.h"
#include "http/reply.h"
#include "json/json_value.h"

/* Codes of our own: herbs, formulas, products, procedures, drugs and conditions by their id in the reference data; rules as topics
   of cards; reasons for an override. Names, not addresses: nothing is served there. */
#define CDS_SYSTEM_THINGS "urn:yaofang:reference"
#define CDS_SYSTEM_RULES "urn:yaofang:rule"
#define CDS_SYSTEM_REASONS "urn:yaofang:answer-reason"

enum { CDS_ENTRIES_MOST = 1000 /* resources read of one request; the rest is said not to be checked */ };

/* A service of ours, one per hook. */
struct cds_service {
    const char *id;
    const char *hook;
    const char *title;
    const char *description;
    const char *context; /* fields of the hook's context that must be there, separated by spaces */
    enum moment moment;
};

extern const struct cds_service cds_services[]; /* ended by one without an id */
const struct cds_service *cds_service_find(const char *id);

/* An order that is being written: what it says stands in the case's lists between the marks. */
struct cds_order {
    const char *reference; /* "MedicationRequest/12" */
    const char *label;     /* as a person would know it */
    const struct json_value *resource;
    bool selected; /* of order-select: what the user just picked; true elsewhere */
    size_t item_from, item_to, drug_from, drug_to;
};

/* What a request says, as far as it was understood; what was not is among understood.gaps. */
struct cds_case {
    const char *hook_instance;
    const char *patient; /* FHIR id */
    struct understood understood;
    struct cds_order *orders;
    size_t order_count, order_capacity;
    struct typed_allergies allergies;
    bool medicines_given; /* the other system sent the patient's medicines, be it that there are none */
    bool order_gap;       /* something of an order was not understood */
    struct date on, surgery_on;
    bool age_known;
    int age_months;
    bool prescribed; /* there are orders */
};

/* Checks what CDS Hooks says of a request and reads hook, instance and context; ST_MALFORMED naming every field that is
   wrong. */
enum status cds_request_read(struct ctx *c, const struct cds_service *service, const struct json_value *body,
                             struct cds_case *out) MUST_CHECK;

/* Whether it is 8-4-4-4-12 hexadecimal digits (RFC 9562). */
bool cds_is_uuid(const char *text);

/* Reads prefetch and orders into the case. Never fails on what it does not know. */
void cds_fhir_read(struct ctx *c, const struct knowledge *k, const struct json_value *body,
                   struct cds_case *out);

/* What a FHIR dosage comes to. */
struct cds_dose {
    bool given;          /* there is a dosage with an amount */
    bool known;          /* it comes to a weight a day: `daily` */
    bool small;          /* written in mg or finer */
    struct weight daily; /* the larger end of a range */
    const char *text;    /* as a person reads it, for what is not known; never NULL */
};

/* Of dosageInstruction (MedicationRequest) or dosage (MedicationStatement). */
struct cds_dose cds_dose_read(struct arena *arena, const struct json_value *dosages);

/* A concept as a text a person would recognise: its text, a display, the name of our own code, or "system code". NULL when it holds
   nothing. */
const char *fhir_label(struct arena *arena, const struct knowledge *k, const struct json_value *concept);

/* Puts the findings that concern this moment, what was not checked and what is unclear into cards: what interrupts by its tier is
   critical, what is listed a card of its own, what is quiet (and minor) a line of one further card. */
struct cds_cards {
    struct cds_card *list; /* to be remembered, in the order written */
    size_t count, capacity;
};
void cds_cards_write(struct ctx *c, const struct knowledge *k, const struct cds_service *service,
                     const struct cds_case *in, const struct screening *answer, const struct tiers *tiers,
                     const char *reasons, struct json_writer *w, struct cds_cards *cards);

/* Text from a request as it may stand in GitHub-flavoured Markdown: nothing in it is a link, an image, HTML, a table or a list;
   line breaks and control characters become spaces; cut after `longest` characters. */
const char *markdown_plain(struct arena *arena, const char *text, size_t longest);

/* At most `longest` characters, on one line, with "…" where something was cut. */
const char *text_short(struct arena *arena, const char *text, size_t longest);

/* Where a citation can be looked up: its DOI, PubMed or PMC number, URL, else a search for it; NULL when it names no publication. */
const char *citation_url(struct arena *arena, const char *citation);

/* Who asks, from the signed token, into c->who; needs the database. ST_UNKNOWN_USER saying what is wrong. */
struct api;
struct exchange;
enum status cds_auth_check(struct api *api, struct exchange *e) MUST_CHECK;

/* Lets pages of other sites ask (the specification wants CORS): the token says who asks, never a cookie. */
void cds_allow_origins(struct reply *out);

#endif
