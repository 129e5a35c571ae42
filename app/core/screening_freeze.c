/* Findings as text that stays as it is, whatever becomes of the rule book; and the rule book's version. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/screening_parts.h"

static const char *text_or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static const char *joined(struct arena *arena, const char *const *parts, size_t n)
{
    struct text text;

    text_init(&text, arena);
    for (size_t i = 0; i < n; i++)
        text_addf(&text, "%s%s", i == 0 ? "" : ";", parts[i]);
    return text.size == 0 ? "" : text.data;
}

/* What happens, and on what condition. */
static const char *effect_of(struct arena *arena, const struct finding *finding)
{
    struct text text;

    text_init(&text, arena);
    text_add(&text, finding->rule->effect);
    if (finding->if_class)
        text_add(&text, " (of some medicines of that class)");
    if (finding->assumed)
        text_add(&text, " (if that is what the name means)");
    return text.data;
}

/* How sure it is, and which other rules say something about the same two: a contradiction shows both. */
static const char *evidence_of(struct arena *arena, const struct knowledge *k, const struct finding *finding)
{
    struct text text;

    text_init(&text, arena);
    text_add(&text, finding->rule->evidence_level);
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *other = &k->rules[finding->others[i]];

        text_addf(&text, "%salso %s (%s): %s", text.size == 0 ? "" : "; ", other->id,
                  severity_word(other->severity), other->effect);
    }
    return text.size == 0 ? "" : text.data;
}

/* A general rule has a word for its object ("licorice_sum"), which is no name. */
static const char *object_name(const struct finding *finding)
{
    const char *name = text_or_empty(finding->object.name);

    return strcmp(name, text_or_empty(finding->rule->object_word)) == 0 ? "" : name;
}

/* The detail without how many days ago the last dose was: an answer given while a medicine was taken, or yesterday, holds for
   what its effect leaves to be said. */
static const char *detail_of_any_day(struct arena *arena, const struct knowledge *k,
                                     const struct finding *finding)
{
    struct finding taken = *finding;

    taken.stopped = false;
    return text_or_empty(finding_detail(arena, k, &taken));
}

void finding_freeze(struct arena *arena, const struct knowledge *k, const struct finding *finding,
                    struct stored_finding *out)
{
    const struct rule *rule = finding->rule;
    const char *detail = text_or_empty(finding_detail(arena, k, finding));

    *out = (struct stored_finding){
        .kind = finding_kind_word(finding->kind),
        .severity = severity_word(finding->severity),
        .rule_id = rule->id,
        .rule_version = rule->version,
        .rule_origin = rule->own ? "shop" : "reference",
        .subject_id = text_or_empty(finding->subject.id),
        .subject_name = text_or_empty(finding->subject.name),
        .subject_typed = text_or_empty(finding->subject.typed),
        .object_id = text_or_empty(finding->object.id),
        .object_name = object_name(finding),
        .object_typed = text_or_empty(finding->object.typed),
        .via = joined(arena, finding->via, finding->via_count),
        .daily = finding->daily,
        .effect = effect_of(arena, finding),
        .mechanism = text_or_empty(rule->mechanism),
        .evidence = evidence_of(arena, k, finding),
        .action = text_or_empty(rule->action),
        .citation = text_or_empty(rule->citation),
        .detail = detail,
        .detail_of_any_day = finding->stopped ? detail_of_any_day(arena, k, finding) : detail,
        .reason = "",
        .reason_english = "",
        .note = "",
        .answered_by = "",
        .acknowledged_by = "",
    };
}

/* How grave it is not to know comes from the rule book, kind not_checked; when a shop retired that rule, the finding stays, as
   one that interrupts nobody. */
void gap_freeze(struct arena *arena, const struct knowledge *k, enum general_rule general, const char *part,
                const char *typed, const char *why, struct stored_finding *out)
{
    const struct rule *rule = knowledge_general(k, general);
    const char *detail = arena_printf(arena, "\"%s\": %s", typed, why);

    *out = (struct stored_finding){
        .kind = "not_checked",
        .severity = severity_word(rule == NULL ? SEVERITY_MINOR : rule->severity),
        .rule_id = rule == NULL ? "" : rule->id,
        .rule_version = rule == NULL ? 0 : rule->version,
        .rule_origin = rule != NULL && rule->own ? "shop" : "reference",
        .subject_id = "",
        .subject_name = "",
        .subject_typed = "",
        .object_id = "",
        .object_name = part,
        .object_typed = typed,
        .via = "",
        .effect = rule == NULL ? "could not be checked" : rule->effect,
        .mechanism = rule == NULL ? "" : text_or_empty(rule->mechanism),
        .evidence = "",
        .action = rule == NULL ? "" : text_or_empty(rule->action),
        .citation = "",
        .detail = detail,
        .detail_of_any_day = detail,
        .reason = "",
        .reason_english = "",
        .note = "",
        .answered_by = "",
        .acknowledged_by = "",
    };
}

/* FNV-1a, 64 bits: to tell rule books apart, not to protect them. */
static uint64_t add_bytes(uint64_t hash, const char *text)
{
    for (const char *at = text_or_empty(text); *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    return (hash ^ 0x1f) * UINT64_C(1099511628211);
}

static uint64_t add_number(uint64_t hash, int64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ (((uint64_t)number >> shift) & 0xff)) * UINT64_C(1099511628211);
    return hash;
}

int64_t finding_key(const struct stored_finding *f)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    const bool critical = f->critical_no != 0;

    hash = add_bytes(add_bytes(add_bytes(hash, f->kind), f->severity), f->rule_id);
    hash = add_bytes(hash, *f->subject_id == '\0' ? f->subject_typed : f->subject_id);
    hash = add_bytes(hash, *f->object_id == '\0' ? f->object_typed : f->object_id);
    if (critical)
        hash = add_number(add_number(add_bytes(hash, f->via), f->rule_version), f->daily.mg);
    if (critical && strcmp(f->kind, "limit") != 0) /* that says how much by today, which grows */
        hash = add_bytes(hash, f->detail_of_any_day);
    if (critical && strcmp(f->rule_origin, "shop") == 0)
        hash = add_bytes(hash, f->rule_origin);
    return (int64_t)hash;
}

const char *knowledge_version(struct arena *arena, const struct knowledge *k)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < k->rule_count; i++) {
        const struct rule *rule = &k->rules[i];

        hash = add_bytes(add_number(hash, rule->own ? -(int64_t)rule->version : rule->version), rule->id);
        hash = add_bytes(add_number(hash, (int64_t)rule->severity), rule->effect);
    }
    for (size_t i = 0; i < k->count[REF_HERB]; i++) {
        const struct herb *herb = &k->herbs[i];

        hash = add_bytes(add_number(hash, herb->dose_min.mg), herb->id);
        hash = add_number(add_number(hash, herb->dose_max.mg), (int64_t)herb->status);
        hash = add_number(add_number(hash, (int64_t)herb->toxicity), (int64_t)herb->pregnancy);
    }
    return arena_printf(arena, "%016" PRIx64, hash);
}
