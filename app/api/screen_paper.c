/* The words of a printed screening: each finding with its source, each name with what it was taken for, each gap with its reason. */
#include "api/screen_paper.h"

#include <string.h>

static const char *side(struct arena *arena, const struct finding_side *side)
{
    if (side->typed == NULL || strcmp(side->typed, side->name) == 0)
        return side->name;
    return arena_printf(arena, "%s [%s]", side->name, side->typed);
}

/* Adds a sentence, with a full stop between two. */
static void sentence(struct text *out, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    text_addf(out, "%s%s%s",
              out->size == 0                                    ? ""
              : strchr(".!?", out->data[out->size - 1]) == NULL ? ". "
                                                                : " ",
              label, text);
}

static struct record_finding finding_words(struct arena *arena, const struct knowledge *k,
                                           const struct finding *finding)
{
    const struct rule *rule = finding->rule;
    struct text said;
    struct text source;

    text_init(&said, arena);
    text_init(&source, arena);
    if (finding->daily.mg > 0)
        sentence(&said, "", arena_printf(arena, "%s a day", weight_text(arena, finding->daily)));
    sentence(&said, "", finding_detail(arena, k, finding));
    sentence(&said, "", rule->effect);
    sentence(&said, "", rule->mechanism);
    sentence(&said, "Do: ", rule->action);
    sentence(&source, "Evidence: ", rule->evidence_level);
    sentence(&source, "", rule->citation);
    sentence(
        &source, "",
        arena_printf(arena, "Rule %s version %d, confidence %s", rule->id, rule->version, rule->confidence));
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *other = &k->rules[finding->others[i]];

        sentence(&source, "Also ",
                 arena_printf(arena, "rule %s version %d, %s: %s (%s)", other->id, other->version,
                              severity_word(other->severity), other->effect, other->citation));
    }
    return (struct record_finding){ .severity = severity_word(finding->severity),
                                    .grave = finding_interrupts(finding),
                                    .title =
                                        arena_printf(arena, "%s × %s%s", side(arena, &finding->subject),
                                                     side(arena, &finding->object),
                                                     finding->assumed ? " (if that is what was meant)" : ""),
                                    .said = said.size == 0 ? "" : said.data,
                                    .source = source.data };
}

static const char *names_of(struct arena *arena, const struct name_match *list, size_t count)
{
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&out, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", list[i].name);
    return out.size == 0 ? "" : out.data;
}

static void questions(struct arena *arena, const struct understood *u, struct record *out)
{
    struct record_line *lines = arena_array(arena, u->question_count + 1, sizeof *lines);

    for (size_t i = 0; i < u->question_count; i++)
        lines[i] = (struct record_line){ u->questions[i].typed,
                                         arena_printf(arena, "%s; screened as %s",
                                                      names_of(arena, u->questions[i].candidates,
                                                               u->questions[i].candidate_count),
                                                      u->questions[i].taken ? "the first" : "each of them") };
    out->questions = lines;
    out->question_count = u->question_count;
}

static void gaps(struct arena *arena, const struct understood *u, struct record *out)
{
    struct record_line *lines = arena_array(arena, u->gap_count + 1, sizeof *lines);

    for (size_t i = 0; i < u->gap_count; i++)
        lines[i] = (struct record_line){ u->gaps[i].typed,
                                         u->gaps[i].nearest_count == 0
                                             ? u->gaps[i].why
                                             : arena_printf(arena, "%s; did you mean %s?", u->gaps[i].why,
                                                            names_of(arena, u->gaps[i].nearest,
                                                                     u->gaps[i].nearest_count)) };
    out->gaps = lines;
    out->gap_count = u->gap_count;
}

static void add_items(struct arena *arena, const struct knowledge *k, const struct typed_item *items,
                      size_t count, struct record_line *lines, size_t *used)
{
    for (size_t i = 0; i < count; i++)
        lines[(*used)++] = (struct record_line){
            items[i].typed,
            arena_printf(arena, "%s%s%s%s%s%s%s", ref_name(k, items[i].ref),
                         items[i].stopped ? ", no longer taken" : "", items[i].daily.mg > 0 ? ", " : "",
                         items[i].daily.mg > 0 ? weight_text(arena, items[i].daily) : "",
                         items[i].remark == NULL ? "" : " (", items[i].remark == NULL ? "" : items[i].remark,
                         items[i].remark == NULL ? "" : ")")
        };
}

static const char *summary(struct arena *arena, const struct screen_case *in, const struct screening *answer)
{
    const struct understood *u = &in->understood;
    size_t by_severity[SEVERITY_CONTRAINDICATED + 1] = { 0 };
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < answer->count; i++)
        by_severity[answer->findings[i].severity]++;
    text_addf(&out, "%zu finding%s", answer->count, answer->count == 1 ? "" : "s");
    for (int severity = SEVERITY_CONTRAINDICATED; severity > SEVERITY_NONE; severity--)
        if (by_severity[severity] > 0)
            text_addf(&out, ", %zu %s", by_severity[severity], severity_word((enum severity)severity));
    text_addf(&out, ". %zu thing%s not checked", u->gap_count, u->gap_count == 1 ? " was" : "s were");
    text_addf(&out, ". Medicines %s.",
              u->drug_count > 0     ? "as listed"
              : in->medicines_asked ? "asked: none"
                                    : "NOT ASKED");
    return out.data;
}

void screen_record(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                   const struct screening *answer, const struct screen_paper *paper, struct record *out)
{
    const struct understood *u = &in->understood;
    struct record_finding *findings = arena_array(arena, answer->count + 1, sizeof *findings);
    struct record_line *lines = arena_array(
        arena, u->item_count + u->drug_count + u->condition_count + in->allergy_count + 1, sizeof *lines);

    *out = (struct record){ .paper = paper->paper == NULL ? "a4" : paper->paper,
                            .about = paper->about == NULL ? "" : paper->about,
                            .shop = paper->shop == NULL ? "" : paper->shop,
                            .who = paper->who == NULL ? "" : paper->who,
                            .made = paper->made,
                            .summary = summary(arena, in, answer),
                            .book = arena_printf(arena, "Rule book of %zu rules, %zu herbs, %zu medicines",
                                                 k->rule_count, k->count[REF_HERB], k->count[REF_DRUG]),
                            .findings = findings,
                            .finding_count = answer->count,
                            .understood = lines };
    for (size_t i = 0; i < answer->count; i++)
        findings[i] = finding_words(arena, k, &answer->findings[i]);
    questions(arena, u, out);
    gaps(arena, u, out);
    add_items(arena, k, u->items, u->item_count, lines, &out->understood_count);
    add_items(arena, k, u->drugs, u->drug_count, lines, &out->understood_count);
    add_items(arena, k, u->conditions, u->condition_count, lines, &out->understood_count);
    add_items(arena, k, in->allergies, in->allergy_count, lines, &out->understood_count);
}
