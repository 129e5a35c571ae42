/* `yaofang compound substitutes, propose, proposals, consent, refuse`: what may be taken instead of what is short. */
#include <string.h>

#include "api/substitute_json.h"
#include "compound.h"
#include "listing.h"
#include "sql.h"

static void show_offer(struct ctx *c, struct text *out, const struct offer *offer)
{
    text_addf(out, "\n%s: %s\n", offer->kind, offer->summary);
    text_addf(out, "  match %d.%d %%", offer->score_permille / 10, offer->score_permille % 10);
    for (size_t i = 0; i < offer->difference_count; i++) {
        const struct prescription_difference *d = &offer->differences[i];

        text_addf(out, "%s%s %s", i == 0 ? "; a day: " : ", ",
                  d->was.mg == 0  ? "adds"
                  : d->is.mg == 0 ? "lacks"
                                  : "has",
                  d->name);
        if (d->was.mg == 0 || d->is.mg == 0)
            text_addf(out, " %s", weight_text(&c->arena, d->was.mg == 0 ? d->is : d->was));
        else
            text_addf(out, " %s for %s", weight_text(&c->arena, d->is), weight_text(&c->arena, d->was));
    }
    text_addf(out, "\n  --offer %s\n", offer->key);
}

/* A prescription's number, or --order; with both the order must be of that prescription. */
static enum status read_wish(struct ctx *c, const struct called *in, struct substitute_wish *wish)
{
    *wish = (struct substitute_wish){ .whole = argument_given(in->in, "--whole") };
    TRY(argument_number(c, in->in, "--order", 1, INT64_MAX, &wish->order_id));
    TRY(argument_number(c, in->in, "--version", 1, INT32_MAX, &wish->version));
    if (in->operand_count == 0 && wish->order_id != 0)
        return ST_OK;
    return compound_operand(c, in, &wish->prescription_id);
}

static enum status run_substitutes(struct ctx *c, const struct called *in)
{
    struct substitute_wish wish;
    struct offers offers;
    struct json_writer w;

    TRY(read_wish(c, in, &wish));
    TRY(substitute_find(c, in->knowledge, &wish, &offers));
    if (argument_given(in->in, "--json")) {
        json_init(&w, in->out);
        offers_write(&w, &offers);
        text_add(in->out, "\n");
        return ST_OK;
    }
    if (offers.order_id != 0)
        text_addf(in->out, "Order %lld of prescription %lld", (long long)offers.order_id,
                  (long long)offers.prescription_id);
    else
        text_addf(in->out, "Prescription %lld", (long long)offers.prescription_id);
    text_addf(in->out, ", version %lld: %zu short\n", (long long)offers.version, offers.short_count);
    for (size_t i = 0; i < offers.short_count; i++)
        text_addf(
            in->out, "  %s: %s wanted, %s there%s\n", offers.shorts[i].name,
            weight_text(&c->arena, offers.shorts[i].wanted), weight_text(&c->arena, offers.shorts[i].free),
            offers.shorts[i].barred ? "; on the patient's critical findings, so it is not offered" : "");
    for (size_t i = 0; i < offers.count; i++)
        show_offer(c, in->out, &offers.list[i]);
    if (offers.count > 0)
        text_addf(
            in->out, "\nNext: yaofang compound propose %lld --as %s%s --offer OFFER --note TEXT\n",
            (long long)offers.prescription_id, c->who.username,
            offers.order_id == 0 ? "" : arena_printf(&c->arena, " --order %lld", (long long)offers.order_id));
    else
        text_add(in->out, offers.short_count == 0 ? "Nothing is short.\n" : "Nothing in stock comes near.\n");
    return ST_OK;
}

static enum status run_propose(struct ctx *c, const struct called *in)
{
    const char *key = argument_text(in->in, "--offer", NULL);
    struct substitute_wish wish;
    int64_t made;

    TRY(read_wish(c, in, &wish));
    if (key == NULL)
        return ctx_fail(c, ST_INVALID, "--offer", NULL,
                        "is needed: `yaofang compound substitutes` lists them");
    if (wish.version == 0 && wish.order_id == 0)
        TRY(prescription_latest(c, wish.prescription_id, &wish.version));
    TRY(substitute_propose(c, in->knowledge, &wish, key, argument_text(in->in, "--note", NULL), &made));
    text_addf(in->out,
              "Proposed as substitution %lld\nNext: a practitioner answers: yaofang compound consent "
              "%lld --as USERNAME\n",
              (long long)made, (long long)made);
    return ST_OK;
}

static const struct list_column proposal_columns[] = {
    { "No", "id", 6, LIST_TEXT },
    { "Prescription", "prescription_id", 14, LIST_TEXT },
    { "Version", "version", 9, LIST_TEXT },
    { "Kind", "kind", 13, LIST_TEXT },
    { "State", "state", 11, LIST_TEXT },
    { "Per mille", "score_permille", 11, LIST_TEXT },
    { "Proposed by", "proposed_by", 20, LIST_TEXT },
    { "Herbs a day", "summary", 0, LIST_TEXT },
    { NULL, NULL, 0, LIST_TEXT },
};

static enum status run_proposals(struct ctx *c, const struct called *in)
{
    int64_t id = 0;

    if (in->operand_count > 0)
        TRY(compound_operand(c, in, &id));
    return list_show(c, in, &q_substitution_list, PARAMS(SHOP(c), I64_OR_NULL(id), TEXT(NULL)),
                     proposal_columns);
}

static enum status run_answer(struct ctx *c, const struct called *in, bool consented)
{
    int64_t id, prescription, version;

    TRY(compound_operand(c, in, &id));
    TRY(substitute_answer(c, in->knowledge, id, consented, argument_text(in->in, "--note", NULL),
                          &prescription, &version));
    if (consented)
        return compound_show(c, in, prescription, version);
    text_addf(in->out, "Substitution %lld is refused; prescription %lld stays as it is\n", (long long)id,
              (long long)prescription);
    return ST_OK;
}

static enum status run_consent(struct ctx *c, const struct called *in)
{
    return run_answer(c, in, true);
}

static enum status run_refuse(struct ctx *c, const struct called *in)
{
    return run_answer(c, in, false);
}

const struct subcommand subcommand_substitutes = { "substitutes", "[PRESCRIPTION]",
                                                   "what may be taken instead of what is short", false,
                                                   run_substitutes };
const struct subcommand subcommand_propose = { "propose", "[PRESCRIPTION]",
                                               "propose an offer to the prescriber", true, run_propose };
const struct subcommand subcommand_proposals = { "proposals", "[PRESCRIPTION]", "what was proposed", false,
                                                 run_proposals };
const struct subcommand subcommand_consent = { "consent", "SUBSTITUTION",
                                               "the prescriber consents: the next version", true,
                                               run_consent };
const struct subcommand subcommand_refuse = { "refuse", "SUBSTITUTION", "the prescriber refuses", true,
                                              run_refuse };
