/* From findings to cards: which concern this moment, what a card says, what it offers. What was not understood, and names that
   mean several things, are cards too: an empty answer means that everything was checked and nothing found. */
#include <string.h>

#include "api/cds.h"
#include "api/cds_detail.h"
#include "base/secret.h"
#include "base/text.h"

enum { CARDS_MOST = 30, SUMMARY_MOST = 139, LABEL_MOST = 80, LISTED_MOST = 100, ABOUT_MOST = 400 };

struct writing {
    struct ctx *c;
    const struct knowledge *k;
    const struct cds_service *service;
    const struct cds_case *in;
    const struct tiers *tiers;
    const char *reasons;
    struct json_writer *w;
    struct cds_cards *cards;
};

static bool has_tier(const struct writing *s, const struct finding *finding, const char *tier)
{
    return strcmp(s->tiers->of[finding->severity], tier) == 0;
}

/* How loudly a finding is told to another system: for its person, at this moment. */
static const char *indicator_of(const struct writing *s, const struct finding *finding)
{
    if (has_tier(s, finding, "interrupt"))
        return "critical";
    return has_tier(s, finding, "quiet") || finding->severity <= SEVERITY_MINOR ? "info" : "warning";
}

/* The order in which this was typed; NULL when it comes from the chart. Texts of a case are told apart by where they lie. */
static const struct cds_order *order_of(const struct cds_case *in, const char *typed)
{
    const struct understood *u = &in->understood;

    for (size_t i = 0; typed != NULL && i < in->order_count; i++) {
        const struct cds_order *order = &in->orders[i];

        for (size_t n = order->item_from; n < order->item_to; n++)
            if (u->items[n].typed == typed)
                return order;
        for (size_t n = order->drug_from; n < order->drug_to; n++)
            if (u->drugs[n].typed == typed)
                return order;
    }
    return NULL;
}

/* While a herb is being picked, only what concerns it; what has no side in the orders (medicines not known, the load of the whole)
   concerns every pick. */
static bool concerns(const struct writing *s, const struct finding *finding)
{
    const struct cds_order *subject = order_of(s->in, finding->subject.typed);
    const struct cds_order *object = order_of(s->in, finding->object.typed);

    if (s->service->moment != MOMENT_ADD || s->in->order_count == 0)
        return true;
    if (finding->subject.typed == NULL && finding->object.typed == NULL)
        return true;
    return (subject != NULL && subject->selected) || (object != NULL && object->selected);
}

static const char *name_of(const struct finding_side *side)
{
    return side->name != NULL && *side->name != '\0' ? side->name : side->typed == NULL ? "" : side->typed;
}

static const char *summary_of(struct arena *arena, const struct finding *finding)
{
    const char *subject = name_of(&finding->subject), *object = name_of(&finding->object);
    const char *text;

    if (finding->kind == FINDING_MEDICINES_NOT_ASKED)
        text = "The patient's medicines were not sent: nothing was checked against them";
    else if (*object == '\0' || strcmp(subject, object) == 0 || cds_is_about_one(finding))
        text = arena_printf(arena, "%s: %s", subject, finding->rule->effect);
    else
        text = arena_printf(arena, "%s + %s: %s", subject, object, finding->rule->effect);
    return text_short(arena, text, SUMMARY_MOST);
}

/* Starts a card, with everything that every card has, and remembers it. */
static struct cds_card *card_open(struct writing *s, const char *summary, const char *detail,
                                  const char *indicator)
{
    struct cds_cards *cards = s->cards;
    struct cds_card *card;

    cards->list = arena_grow(&s->c->arena, cards->list, cards->count, &cards->capacity, sizeof *cards->list);
    card = &cards->list[cards->count++];
    *card = (struct cds_card){ .card = secret_uuid(&s->c->arena),
                               .kind = "not_checked",
                               .about = "",
                               .severity = "",
                               .rule_origin = "reference",
                               .suggestions = "" };
    json_open_object(s->w, NULL);
    json_text(s->w, "uuid", card->card);
    json_text(s->w, "summary", summary);
    json_text(s->w, "indicator", indicator);
    json_text(s->w, "detail", detail);
    return card;
}

static void coding_write(struct json_writer *w, const char *key, const char *system, const char *code,
                         const char *display)
{
    json_open_object(w, key);
    json_text(w, "system", system);
    json_text(w, "code", code);
    json_text(w, "display", display);
    json_close_object(w);
}

static void source_write(struct writing *s, const struct rule *rule)
{
    const char *url = rule == NULL ? NULL : citation_url(&s->c->arena, rule->citation);

    json_open_object(s->w, "source");
    json_text(s->w, "label",
              rule == NULL || *rule->citation == '\0' ? "Yaofang herbal screening"
                                                      : text_short(&s->c->arena, rule->citation, LABEL_MOST));
    if (url != NULL)
        json_text(s->w, "url", url);
    if (rule != NULL)
        coding_write(s->w, "topic", CDS_SYSTEM_RULES, rule->id, rule->kind);
    json_close_object(s->w);
    if (url == NULL)
        return;
    json_open_list(s->w, "links");
    json_open_object(s->w, NULL);
    json_text(s->w, "label", "Read the source");
    json_text(s->w, "url", url);
    json_text(s->w, "type", "absolute");
    json_close_object(s->w);
    json_close_list(s->w);
}

static void delete_write(struct writing *s, const struct cds_order *order, const char *name)
{
    json_open_object(s->w, NULL);
    json_text(s->w, "type", "delete");
    json_text(s->w, "description", arena_printf(&s->c->arena, "Remove %s from the orders", name));
    json_text(s->w, "resourceId", order->reference);
    json_close_object(s->w);
}

/* The order once more with another herb in it. What was this order's own (number, narrative) does not come along. */
static void create_write(struct writing *s, const struct cds_order *order, const struct herb *herb)
{
    static const char *const left_out[] = {
        "id",        "meta",       "text", "medicationReference", "medicationCodeableConcept",
        "contained", "identifier", NULL
    };

    json_open_object(s->w, NULL);
    json_text(s->w, "type", "create");
    json_text(s->w, "description",
              arena_printf(&s->c->arena, "Order %s instead; check the dose", herb->name));
    json_open_object(s->w, "resource");
    for (const struct json_value *one = value_members(order->resource); one != NULL; one = value_next(one)) {
        bool keep = strcmp(value_print(&s->c->arena, one), "null") != 0;

        for (size_t i = 0; left_out[i] != NULL; i++)
            keep = keep && strcmp(left_out[i], value_key(one)) != 0;
        if (keep)
            json_raw(s->w, value_key(one), value_print(&s->c->arena, one));
    }
    json_open_object(s->w, "medicationCodeableConcept");
    json_open_list(s->w, "coding");
    coding_write(s->w, NULL, CDS_SYSTEM_THINGS, herb->id, herb->name);
    json_close_list(s->w);
    json_text(s->w, "text", herb->name);
    json_close_object(s->w);
    json_close_object(s->w);
    json_close_object(s->w);
}

static void suggestion_open(struct writing *s, struct cds_card *card, const char *label)
{
    const char *uuid = secret_uuid(&s->c->arena);

    if (*card->suggestions == '\0')
        json_open_list(s->w, "suggestions");
    card->suggestions =
        arena_printf(&s->c->arena, "%s%s%s", card->suggestions, *card->suggestions == '\0' ? "" : ";", uuid);
    json_open_object(s->w, NULL);
    json_text(s->w, "label", text_short(&s->c->arena, label, LABEL_MOST));
    json_text(s->w, "uuid", uuid);
    json_open_list(s->w, "actions");
}

static void suggestion_close(struct writing *s)
{
    json_close_list(s->w);
    json_close_object(s->w);
}

/* The herb to take instead of one that may not be given: the one the data says is usually meant by the name. */
static const struct herb *replacement(const struct writing *s, const struct finding *finding,
                                      const struct cds_order *order)
{
    const struct ref ref = knowledge_find(s->k, REF_HERB, finding->subject.id);
    uint16_t other;

    if (finding->kind != FINDING_REGULATION || ref.kind != REF_HERB ||
        s->k->herbs[ref.at].status == HERB_OK || order->item_to - order->item_from != 1 ||
        !ref_same(s->in->understood.items[order->item_from].ref, ref))
        return NULL;
    other = names_usually_meant(s->k, ref.at);
    return other == NO_PARENT || s->k->herbs[other].status != HERB_OK ? NULL : &s->k->herbs[other];
}

static void side_offer(struct writing *s, struct cds_card *card, const struct finding *finding,
                       const struct finding_side *side)
{
    const struct cds_order *order = order_of(s->in, side->typed);
    const struct herb *herb;
    const char *name;

    if (order == NULL || *order->reference == '\0')
        return;
    name = text_short(&s->c->arena, order->label == NULL ? name_of(side) : order->label, LABEL_MOST / 2);
    herb = side == &finding->subject ? replacement(s, finding, order) : NULL;
    if (herb != NULL) {
        suggestion_open(s, card, arena_printf(&s->c->arena, "Order %s instead of %s", herb->name, name));
        delete_write(s, order, name);
        create_write(s, order, herb);
        suggestion_close(s);
    }
    suggestion_open(s, card, arena_printf(&s->c->arena, "Remove %s", name));
    delete_write(s, order, name);
    suggestion_close(s);
}

static void finding_card(struct writing *s, const struct finding *finding)
{
    struct cds_card *card = card_open(s, summary_of(&s->c->arena, finding),
                                      cds_detail(&s->c->arena, s->k, finding), indicator_of(s, finding));

    card->kind = finding_kind_word(finding->kind);
    card->severity = severity_word(finding->severity);
    card->rule_id = finding->rule->id;
    card->rule_version = finding->rule->version;
    card->rule_origin = finding->rule->own ? "shop" : "reference";
    card->about = text_short(&s->c->arena,
                             arena_printf(&s->c->arena, "%s × %s",
                                          finding->subject.id == NULL ? "" : finding->subject.id,
                                          finding->object.id == NULL ? "" : finding->object.id),
                             ABOUT_MOST);
    source_write(s, finding->rule);
    side_offer(s, card, finding, &finding->subject);
    if (order_of(s->in, finding->object.typed) != order_of(s->in, finding->subject.typed))
        side_offer(s, card, finding, &finding->object);
    if (*card->suggestions != '\0') {
        json_close_list(s->w);
        json_text(s->w, "selectionBehavior", "at-most-one");
    }
    json_raw(s->w, "overrideReasons", s->reasons);
    json_close_object(s->w);
}

static void plain_card(struct writing *s, const char *kind, const char *summary, const char *detail,
                       const char *indicator)
{
    struct cds_card *card = card_open(s, text_short(&s->c->arena, summary, SUMMARY_MOST), detail, indicator);

    card->kind = kind;
    source_write(s, NULL);
    json_close_object(s->w);
}

static void not_checked_card(struct writing *s)
{
    const struct understood *u = &s->in->understood;
    struct text text;

    if (u->gap_count == 0)
        return;
    text_init(&text, &s->c->arena);
    for (size_t i = 0; i < u->gap_count && i < LISTED_MOST; i++)
        cds_gap_add(&text, &u->gaps[i]);
    if (u->gap_count > LISTED_MOST)
        text_addf(&text, "* and %zu more\n", u->gap_count - LISTED_MOST);
    plain_card(s, "not_checked",
               u->gap_count == 1 ? arena_printf(&s->c->arena, "Not checked: %s", u->gaps[0].typed)
                                 : arena_printf(&s->c->arena, "Not checked: %zu entries, %s among them",
                                                u->gap_count, u->gaps[0].typed),
               text.data, s->in->order_gap ? "warning" : "info");
}

static void unclear_card(struct writing *s)
{
    const struct understood *u = &s->in->understood;
    const char *indicator = "info";
    struct text text;

    if (u->question_count == 0)
        return;
    text_init(&text, &s->c->arena);
    for (size_t i = 0; i < u->question_count && i < LISTED_MOST; i++) {
        cds_question_add(&text, &u->questions[i]);
        if (!u->questions[i].taken)
            indicator = "warning";
    }
    plain_card(s, "unclear",
               arena_printf(&s->c->arena, "Unclear: %s may mean several things; please say which",
                            text_short(&s->c->arena, u->questions[0].typed, LABEL_MOST / 2)),
               text.data, indicator);
}

/* What is left over in one card: minor and quiet findings, and others beyond what anybody would read one by one. */
static void further_card(struct writing *s, const struct finding *const *list, size_t count)
{
    const char *indicator = "info";
    struct text text;

    if (count == 0)
        return;
    text_init(&text, &s->c->arena);
    for (size_t i = 0; i < count; i++)
        if (strcmp(indicator, "info") == 0 || strcmp(indicator_of(s, list[i]), "critical") == 0)
            indicator = indicator_of(s, list[i]);
    for (size_t i = 0; i < count && i < LISTED_MOST; i++)
        text_addf(&text, "* %s: %s\n", severity_word(list[i]->severity),
                  markdown_plain(&s->c->arena, summary_of(&s->c->arena, list[i]), SUMMARY_MOST));
    if (count > LISTED_MOST)
        text_addf(&text, "* and %zu more\n", count - LISTED_MOST);
    plain_card(s, "further",
               arena_printf(&s->c->arena, "%zu further finding%s, the gravest %s", count,
                            count == 1 ? "" : "s", severity_word(list[0]->severity)),
               text.data, indicator);
}

void cds_cards_write(struct ctx *c, const struct knowledge *k, const struct cds_service *service,
                     const struct cds_case *in, const struct screening *answer, const struct tiers *tiers,
                     const char *reasons, struct json_writer *w, struct cds_cards *cards)
{
    struct writing s = { c, k, service, in, tiers, reasons, w, cards };
    const struct finding **rest = arena_array(&c->arena, answer->count + 1, sizeof *rest);
    size_t rest_count = 0;

    json_open_list(w, "cards");
    for (size_t i = 0; i < answer->count; i++) {
        const struct finding *finding = &answer->findings[i];

        if (!concerns(&s, finding))
            continue;
        if (strcmp(indicator_of(&s, finding), "info") != 0 && cards->count < CARDS_MOST)
            finding_card(&s, finding);
        else
            rest[rest_count++] = finding;
    }
    not_checked_card(&s);
    unclear_card(&s);
    further_card(&s, rest, rest_count);
    json_close_list(w);
}
