/* The answer to a case as JSON. What the fields mean is said in the header and in clinic/. */
#include "api/screen_json.h"

static void side_write(struct json_writer *w, const char *key, const struct finding_side *side)
{
    json_open_object(w, key);
    json_text(w, "id", side->id);
    json_text(w, "name", side->name);
    json_text(w, "typed", side->typed);
    json_close_object(w);
}

/* The rules that also apply: a contradiction shows both, with their citations. */
static void others_write(struct json_writer *w, const struct knowledge *k, const struct finding *finding)
{
    if (finding->other_count == 0)
        return;
    json_open_list(w, "also");
    for (size_t i = 0; i < finding->other_count; i++) {
        const struct rule *rule = &k->rules[finding->others[i]];

        json_open_object(w, NULL);
        json_text(w, "rule", rule->id);
        json_i64(w, "version", rule->version);
        json_text(w, "origin", rule->own ? "shop" : "reference");
        json_text(w, "severity", severity_word((enum severity)finding->other_severities[i]));
        json_text(w, "object", ref_id(k, rule->object));
        json_text(w, "effect", rule->effect);
        json_text(w, "evidence", rule->evidence_level);
        json_text(w, "direction", rule->evidence_direction);
        json_text(w, "citation", rule->citation);
        json_close_object(w);
    }
    json_close_list(w);
}

/* What each herb brings to a bleeding load. */
static void contributors_write(struct json_writer *w, const struct finding *finding)
{
    if (finding->contributor_count == 0)
        return;
    json_open_list(w, "contributors");
    for (size_t i = 0; i < finding->contributor_count; i++) {
        const struct finding_contributor *one = &finding->contributors[i];

        json_open_object(w, NULL);
        json_text(w, "id", one->id);
        json_text(w, "name", one->name);
        json_text(w, "severity", severity_word(one->severity));
        if (one->daily.mg > 0)
            json_weight(w, "daily_mg", one->daily);
        if (one->course != NULL)
            json_text(w, "prescription", one->course);
        json_text(w, "evidence", one->evidence);
        json_text(w, "citation", one->citation);
        json_text(w, "rule", one->rule);
        json_i64(w, "version", one->version);
        json_close_object(w);
    }
    json_close_list(w);
}

/* What days, sums and places did to it; only what there is. */
static void circumstances_write(struct json_writer *w, const struct finding *finding)
{
    const struct rule *rule = finding->rule;

    if (finding->sum.mg > 0)
        json_weight(w, "sum_mg", finding->sum);
    if (rule->threshold.mg > 0)
        json_weight(w, "threshold_mg", rule->threshold);
    if (finding->lowered)
        json_text(w, "lowered_from", severity_word(rule->severity));
    if (finding->stopped) {
        json_i64(w, "stopped_days", finding->stopped_days);
        json_i64(w, "lasting_days", finding->lasting_days);
    }
    if (finding->stop_by.days != 0)
        json_date(w, "stop_by", finding->stop_by);
    if (finding->window_days > 0) {
        json_i64(w, "window_days", finding->window_days);
        json_i64(w, "taken_days", finding->taken_days);
        json_weight(w, "total_mg", finding->total);
    }
    if (finding->course != NULL)
        json_text(w, "prescription", finding->course);
    if (finding->place != NULL)
        json_text(w, "jurisdiction", finding->place->id);
    if (finding->place_unknown)
        json_bool(w, "jurisdiction_not_given", true);
}

void finding_write(struct json_writer *w, const char *key, const struct knowledge *k,
                   const struct finding *finding, const struct tiers *tiers)
{
    const struct rule *rule = finding->rule;
    const char *detail = finding_detail(w->out->arena, k, finding);

    json_open_object(w, key);
    json_text(w, "kind", finding_kind_word(finding->kind));
    json_text(w, "severity", severity_word(finding->severity));
    json_bool(w, "interrupts", finding_interrupts(finding));
    if (tiers != NULL)
        json_text(w, "tier", tiers->of[finding->severity]);
    side_write(w, "subject", &finding->subject);
    side_write(w, "object", &finding->object);
    json_open_list(w, "via");
    for (uint8_t i = 0; i < finding->via_count; i++)
        json_text(w, NULL, finding->via[i]);
    json_close_list(w);
    if (finding->drug_class != NULL)
        json_text(w, "class", finding->drug_class);
    if (finding->assumed)
        json_bool(w, "assumed", true);
    if (finding->if_class)
        json_bool(w, "part_of_class", true);
    if (detail != NULL)
        json_text(w, "detail", detail);
    contributors_write(w, finding);
    if (finding->daily.mg > 0)
        json_weight(w, "daily_mg", finding->daily);
    if (finding->limit.mg > 0)
        json_weight(w, "limit_mg", finding->limit);
    circumstances_write(w, finding);
    json_text(w, "effect", rule->effect);
    json_text(w, "mechanism", rule->mechanism);
    json_text(w, "evidence", rule->evidence_level);
    json_text(w, "evidence_class", rule->evidence_class);
    json_text(w, "direction", rule->evidence_direction);
    json_text(w, "action", rule->action);
    json_text(w, "citation", rule->citation);
    json_text(w, "citation_seen", rule->citation_seen);
    if (*rule->note != '\0')
        json_text(w, "note", rule->note);
    json_text(w, "confidence", rule->confidence);
    json_text(w, "rule", rule->id);
    json_i64(w, "version", rule->version);
    json_text(w, "origin", rule->own ? "shop" : "reference");
    others_write(w, k, finding);
    json_close_object(w);
}

static void candidates_write(struct json_writer *w, const char *key, const struct knowledge *k,
                             const struct name_match *list, size_t count)
{
    json_open_list(w, key);
    for (size_t i = 0; i < count; i++) {
        json_open_object(w, NULL);
        json_text(w, "id", ref_id(k, list[i].ref));
        json_text(w, "name", ref_name(k, list[i].ref));
        json_text(w, "kind", ref_kind_word((enum ref_kind)list[i].ref.kind));
        json_close_object(w);
    }
    json_close_list(w);
}

static void questions_write(struct json_writer *w, const struct knowledge *k, const struct understood *u)
{
    json_open_list(w, "ambiguous");
    for (size_t i = 0; i < u->question_count; i++) {
        const struct typed_question *question = &u->questions[i];

        json_open_object(w, NULL);
        json_text(w, "typed", question->typed);
        candidates_write(w, "candidates", k, question->candidates, question->candidate_count);
        json_text(w, "screened_as",
                  question->taken ? ref_id(k, question->candidates[0].ref) : "each candidate");
        json_text(w, "why", question->rule);
        json_close_object(w);
    }
    json_close_list(w);
}

static const char *gap_text(struct arena *arena, const struct typed_gap *gap)
{
    struct text text;

    if (gap->nearest_count == 0)
        return gap->why;
    text_init(&text, arena);
    text_addf(&text, "%s; did you mean ", gap->why);
    for (size_t i = 0; i < gap->nearest_count; i++)
        text_addf(&text, "%s%s",
                  i == 0                        ? ""
                  : i + 1 == gap->nearest_count ? " or "
                                                : ", ",
                  gap->nearest[i].name);
    text_add(&text, "?");
    return text.data;
}

static void meanings_write(struct json_writer *w, const struct knowledge *k, const struct typed_item *items,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        json_open_object(w, NULL);
        json_text(w, "typed", items[i].typed);
        json_text(w, "kind", ref_kind_word((enum ref_kind)items[i].ref.kind));
        json_text(w, "id", ref_id(k, items[i].ref));
        json_text(w, "name", ref_name(k, items[i].ref));
        if (items[i].assumed)
            json_bool(w, "assumed", true);
        if (items[i].daily.mg > 0)
            json_weight(w, "weight_mg", items[i].daily);
        if (items[i].written != NULL)
            json_text(w, "written", items[i].written);
        if (items[i].remark != NULL)
            json_text(w, "remark", items[i].remark);
        if (items[i].stopped)
            json_bool(w, "stopped", true);
        json_close_object(w);
    }
}

/* What each line was taken for, so that a page can say so beside it. */
static void understood_write(struct json_writer *w, const struct knowledge *k, const struct understood *u)
{
    json_open_list(w, "understood");
    meanings_write(w, k, u->items, u->item_count);
    meanings_write(w, k, u->drugs, u->drug_count);
    meanings_write(w, k, u->conditions, u->condition_count);
    json_close_list(w);
}

void screen_id_write(struct json_writer *w, const struct screen_case *in)
{
    if (in->id_is_number)
        json_raw(w, "id", in->id);
    else
        json_text(w, "id", in->id);
}

void screen_answer_write(struct json_writer *w, const struct knowledge *k, const struct screen_case *in,
                         const struct screening *answer)
{
    const struct understood *u = &in->understood;

    json_open_object(w, NULL);
    screen_id_write(w, in);
    json_open_list(w, "findings");
    for (size_t i = 0; i < answer->count; i++)
        finding_write(w, NULL, k, &answer->findings[i], in->tiers);
    json_close_list(w);
    questions_write(w, k, u);
    json_open_list(w, "not_checked");
    for (size_t i = 0; i < u->gap_count; i++) {
        json_open_object(w, NULL);
        json_text(w, "typed", u->gaps[i].typed);
        json_text(w, "why", gap_text(w->out->arena, &u->gaps[i]));
        if (u->gaps[i].nearest_count > 0)
            candidates_write(w, "suggestions", k, u->gaps[i].nearest, u->gaps[i].nearest_count);
        json_close_object(w);
    }
    json_close_list(w);
    understood_write(w, k, u);
    json_close_object(w);
}
