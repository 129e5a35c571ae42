/* What proposals would change, as JSON. */
#include "api/evidence_json.h"

const char *effect_word(enum effect_change change)
{
    switch (change) {
    case EFFECT_RAISED:
        return "raised";
    case EFFECT_GONE:
        return "gone";
    case EFFECT_SEVERITY:
        return "severity";
    }
    return "";
}

static void severity_write(struct json_writer *w, const char *key, const char *severity)
{
    json_text(w, key, *severity == '\0' ? NULL : severity);
}

static void row_write(struct json_writer *w, const struct evidence_effect *e)
{
    json_open_object(w, NULL);
    json_i64(w, "patient_id", e->patient_id);
    json_text(w, "patient_code", e->patient_code);
    json_i64(w, "prescription_id", e->prescription_id);
    json_i64(w, "version", e->version);
    if (e->order_id == 0)
        json_text(w, "order_id", NULL);
    else
        json_i64(w, "order_id", e->order_id);
    json_text(w, "change", effect_word(e->change));
    json_text(w, "kind", e->kind);
    json_text(w, "rule", e->rule_id);
    json_text(w, "subject", e->subject);
    json_text(w, "object", e->object);
    severity_write(w, "severity_before", e->before);
    severity_write(w, "severity_after", e->after);
    json_text(w, "effect", e->effect);
    json_close_object(w);
}

void evidence_effects_write(struct json_writer *w, const struct evidence_effects *effects)
{
    json_date(w, "day", effects->day);
    json_i64(w, "prescriptions", effects->prescriptions);
    json_i64(w, "changed", effects->changed);
    json_i64(w, "raised", effects->raised);
    json_i64(w, "gone", effects->gone);
    json_i64(w, "severity_changed", effects->severity);
    json_open_list(w, "rows");
    for (size_t i = 0; i < effects->count; i++)
        row_write(w, &effects->rows[i]);
    json_close_list(w);
    json_bool(w, "more", effects->raised + effects->gone + effects->severity > (int64_t)effects->count);
}
