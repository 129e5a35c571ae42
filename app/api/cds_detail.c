/* GitHub-flavoured Markdown from a finding. Everything that is text goes through markdown_plain: what another system sent, and the
   reference data too, whose citations hold brackets and bars. */
#include "api/cds_detail.h"

#include <string.h>

#include "base/text.h"

enum { TYPED_MOST = 120, TEXT_MOST = 600 };

static const char *plain(const struct text *out, const char *text)
{
    return markdown_plain(out->arena, text, TEXT_MOST);
}

/* "* Dān Shēn 丹参, from “Dan Shen 9 g”" */
static void side_add(struct text *out, const struct finding_side *side)
{
    if (side->name == NULL || *side->name == '\0')
        return;
    text_addf(out, "* %s", plain(out, side->name));
    if (side->typed != NULL)
        text_addf(out, ", from “%s”", markdown_plain(out->arena, side->typed, TYPED_MOST));
    text_add(out, "\n");
}

static void sentence_add(struct text *out, const char *before, const char *text)
{
    if (text != NULL && *text != '\0')
        text_addf(out, "%s%s\n\n", before, plain(out, text));
}

static void contributors_add(struct text *out, const struct finding *finding)
{
    text_add(out, "| Herb | A day | Severity | Source |\n|---|---|---|---|\n");
    for (size_t i = 0; i < finding->contributor_count; i++) {
        const struct finding_contributor *one = &finding->contributors[i];

        text_addf(out, "| %s | %s | %s | %s |\n", plain(out, one->name),
                  one->daily.mg > 0 ? weight_text(out->arena, one->daily) : "not known",
                  severity_word(one->severity), plain(out, one->citation));
    }
    text_add(out, "\n");
}

static void others_add(struct text *out, const struct knowledge *k, const struct finding *finding)
{
    if (finding->other_count == 0)
        return;
    text_add(out, "Also:\n\n");
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *rule = &k->rules[finding->others[i]];

        text_addf(out, "* %s: %s (%s)\n", severity_word(rule->severity), plain(out, rule->effect),
                  plain(out, rule->citation));
    }
    text_add(out, "\n");
}

bool cds_is_about_one(const struct finding *finding)
{
    return finding->rule->object_word != NULL && finding->object.typed == NULL;
}

const char *cds_detail(struct arena *arena, const struct knowledge *k, const struct finding *finding)
{
    const struct rule *rule = finding->rule;
    struct text out;

    text_init(&out, arena);
    text_addf(&out, "**%s**: %s\n\n", severity_word(finding->severity), plain(&out, rule->effect));
    side_add(&out, &finding->subject);
    if (finding->object.name != finding->subject.name && !cds_is_about_one(finding))
        side_add(&out, &finding->object);
    text_add(&out, "\n");
    if (finding->assumed)
        text_add(&out, "Holds only if an unclear name means this.\n\n");
    if (finding->if_class)
        text_add(&out, "Holds for a part of the class that was named.\n\n");
    if (finding->daily.mg > 0 && finding->limit.mg == 0)
        text_addf(&out, "%s a day of raw herb.\n\n", weight_text(arena, finding->daily));
    if (finding->contributor_count > 0)
        contributors_add(&out, finding);
    else
        sentence_add(&out, "", finding_detail(arena, k, finding));
    sentence_add(&out, "", rule->mechanism);
    sentence_add(&out, "**What to do**: ", rule->action);
    others_add(&out, k, finding);
    sentence_add(&out, "Evidence: ", rule->evidence_level);
    sentence_add(&out, "Source: ", rule->citation);
    text_addf(&out, "Rule %s, version %d", plain(&out, rule->id), rule->version);
    return out.data;
}

static void names_add(struct text *out, const struct name_match *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", plain(out, list[i].name));
}

void cds_gap_add(struct text *out, const struct typed_gap *gap)
{
    text_addf(out, "* “%s”: %s", markdown_plain(out->arena, gap->typed, TYPED_MOST), plain(out, gap->why));
    if (gap->nearest_count > 0) {
        text_add(out, "; did you mean ");
        names_add(out, gap->nearest, gap->nearest_count);
        text_add(out, "?");
    }
    text_add(out, "\n");
}

void cds_question_add(struct text *out, const struct typed_question *question)
{
    text_addf(out, "* “%s” may mean ", markdown_plain(out->arena, question->typed, TYPED_MOST));
    names_add(out, question->candidates, question->candidate_count);
    text_add(out, question->taken ? "; checked as the first\n" : "; each was checked\n");
}
