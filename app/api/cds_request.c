/* What CDS Hooks says of a request, checked: hook, instance, context. Orders and prefetch are read by cds_fhir.c. */
#include <string.h>

#include "api/cds.h"
#include "base/text.h"

enum { SHOWN_MOST = 80 };

const struct cds_service cds_services[] = {
    { .id = "yaofang-patient-view",
      .hook = "patient-view",
      .title = "Herbs and medicines a patient takes",
      .description = "Screens the herbs, formulas and medicines on the patient's list against each other and "
                     "against conditions, "
                     "allergies, pregnancy and age",
      .context = "userId patientId",
      .moment = MOMENT_LOOKUP },
    { .id = "yaofang-order-select",
      .hook = "order-select",
      .title = "A herb or medicine being ordered",
      .description =
          "Screens what was just selected against the other orders, the patient's medicines, conditions and "
          "allergies: only what concerns the selection",
      .context = "userId patientId selections draftOrders",
      .moment = MOMENT_ADD },
    { .id = "yaofang-order-sign",
      .hook = "order-sign",
      .title = "Herbal orders before they are signed",
      .description = "Screens all orders about to be signed against each other and against the patient's "
                     "medicines, conditions "
                     "and allergies, the bleeding load of the whole formula included",
      .context = "userId patientId draftOrders",
      .moment = MOMENT_SIGN },
    { .id = NULL },
};

const struct cds_service *cds_service_find(const char *id)
{
    for (const struct cds_service *service = cds_services; service->id != NULL; service++)
        if (strcmp(service->id, id) == 0)
            return service;
    return NULL;
}

bool cds_is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '-' ? text[i] != '-' : strchr("0123456789abcdefABCDEF", text[i]) == NULL)
            return false;
    return true;
}

static bool is_hook(const char *word)
{
    for (const struct cds_service *service = cds_services; service->id != NULL; service++)
        if (strcmp(service->hook, word) == 0)
            return true;
    return false;
}

static void wrong(struct ctx *c, const char *field, const struct json_value *value, const char *rule)
{
    ctx_note(c, ST_MALFORMED, field,
             value == NULL ? NULL : text_short(&c->arena, value_print(&c->arena, value), SHOWN_MOST), "%s",
             rule);
}

static bool context_fits(const char *name, const struct json_value *value)
{
    if (strcmp(name, "selections") == 0)
        return value_is_list(value);
    if (strcmp(name, "draftOrders") == 0)
        return value_is_object(value) && value_get_text(value, "resourceType") != NULL &&
               strcmp(value_get_text(value, "resourceType"), "Bundle") == 0;
    return value_text(value) != NULL;
}

/* A hook that another service of ours is made for is answered by this one as far as it goes: EHRs send them so. Then only who the
   patient is must be there. */
static void context_read(struct ctx *c, const char *fields, const struct json_value *context)
{
    size_t n;
    char **names = text_split(&c->arena, fields, ' ', &n);

    for (size_t i = 0; i < n; i++) {
        const struct json_value *value = value_get(context, names[i]);

        if (!context_fits(names[i], value))
            wrong(c, arena_printf(&c->arena, "context.%s", names[i]), value,
                  strcmp(names[i], "selections") == 0    ? "must be a list of the orders just selected"
                  : strcmp(names[i], "draftOrders") == 0 ? "must be a FHIR Bundle"
                                                         : "must be given as text");
    }
}

/* "Patient/12" where "12" is meant happens. */
static const char *patient_id(const char *text)
{
    return text != NULL && strncmp(text, "Patient/", 8) == 0 ? text + 8 : text;
}

static void access_read(struct ctx *c, const struct json_value *body)
{
    const struct json_value *access = value_get(body, "fhirAuthorization");

    if (value_has(body, "fhirServer") && value_get_text(body, "fhirServer") == NULL)
        wrong(c, "fhirServer", value_get(body, "fhirServer"), "must be a URL");
    if (access == NULL)
        return;
    if (!value_is_object(access))
        wrong(c, "fhirAuthorization", NULL, "must be an object");
    if (value_get_text(body, "fhirServer") == NULL)
        wrong(c, "fhirServer", NULL, "must be given with fhirAuthorization");
}

enum status cds_request_read(struct ctx *c, const struct cds_service *service, const struct json_value *body,
                             struct cds_case *out)
{
    const char *hook = value_get_text(body, "hook");
    const struct json_value *context = value_get(body, "context");

    out->hook_instance = value_get_text(body, "hookInstance");
    if (hook == NULL || !is_hook(hook))
        wrong(c, "hook", value_get(body, "hook"),
              "must be patient-view, order-select or order-sign; this service answers no other");
    if (out->hook_instance == NULL || !cds_is_uuid(out->hook_instance))
        wrong(c, "hookInstance", value_get(body, "hookInstance"), "must be a UUID");
    if (!value_is_object(context))
        wrong(c, "context", context, "must be an object");
    else
        context_read(c, hook != NULL && strcmp(hook, service->hook) == 0 ? service->context : "patientId",
                     context);
    if (value_get(body, "prefetch") != NULL && !value_is_object(value_get(body, "prefetch")))
        wrong(c, "prefetch", NULL, "must be an object");
    access_read(c, body);
    out->patient = patient_id(value_get_text(context, "patientId"));
    return ctx_fault_or_ok(c);
}
