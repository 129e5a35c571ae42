/* The sentence that says what is particular to this case. Written only when somebody reads the finding: screening itself forms
   no text. */
#include "clinic/screening.h"

static const char *dose_detail(struct arena *arena, const struct knowledge *k, const struct finding *finding)
{
    struct ref ref = knowledge_find(k, REF_HERB, finding->subject.id);
    const struct herb *herb = &k->herbs[ref.at];

    if (finding->rule->limit.mg > 0)
        return arena_printf(arena, "%s a day in all; the warning starts at %s",
                            weight_text(arena, finding->daily), weight_text(arena, finding->limit));
    if (finding->limit.mg == 0)
        return *herb->notes == '\0' ? NULL : herb->notes;
    return arena_printf(arena, "%s a day%s; the range is %s to %s", weight_text(arena, finding->daily),
                        finding->from_granule ? " of raw herb, by the highest likely granule ratio" : "",
                        weight_text(arena, herb->dose_min), weight_text(arena, herb->dose_max));
}

static const char *load_detail(struct arena *arena, const struct finding *finding)
{
    struct text text;

    text_init(&text, arena);
    for (size_t i = 0; i < finding->contributor_count; i++) {
        const struct finding_contributor *one = &finding->contributors[i];

        text_addf(&text, "%s%s", i == 0 ? "" : "; ", one->name);
        if (one->daily.mg > 0)
            text_addf(&text, " %s a day", weight_text(arena, one->daily));
        text_addf(&text, " (%s; %s)", severity_word(one->severity), one->citation);
    }
    return text.data;
}

const char *finding_detail(struct arena *arena, const struct knowledge *k, const struct finding *finding)
{
    if (finding->contributor_count > 0)
        return load_detail(arena, finding);
    if (finding->kind == FINDING_DOSE)
        return dose_detail(arena, k, finding);
    if (finding->kind == FINDING_REGULATION) {
        const char *notes = k->herbs[knowledge_find(k, REF_HERB, finding->subject.id).at].notes;

        return *notes == '\0' ? NULL : notes;
    }
    return NULL;
}
