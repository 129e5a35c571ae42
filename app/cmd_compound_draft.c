/* `yaofang compound draft, patterns`: what is put together, read from the options, worked out and screened without storing. */
#include <string.h>

#include "api/prescription_json.h"
#include "compound.h"
#include "core/house_formula.h"
#include "core/patient.h"
#include "listing.h"
#include "sql.h"

static enum status split_percent(struct ctx *c, const char *option, const char *typed, const char *at,
                                 const char **name, struct weight *percent)
{
    size_t length = strcspn(at, "%");
    const char *number = text_trim(&c->arena, arena_text_n(&c->arena, at, length));

    if (at[length] != '%' || at[length + 1] != '\0' || weight_parse(number, percent) != QUANTITY_OK ||
        strspn(number, "0123456789.") != strlen(number))
        return ctx_fail(c, ST_INVALID, option, typed,
                        "ends with a percentage such as 40 %% or 12.5 %% where the mode is percent");
    *name = text_trim(&c->arena, arena_text_n(&c->arena, typed, (size_t)(at - typed)));
    return ST_OK;
}

/* "Dan Shen 15 g" → "Dan Shen", 15 g: the weight is what a number begins that ends the text. Without one, mg is 0. A percentage
   ("40 %") is read as thousandths of a percent. */
static enum status split_weight(struct ctx *c, const char *option, const char *typed, bool percent,
                                const char **name, struct weight *weight)
{
    *name = typed;
    *weight = (struct weight){ 0 };
    for (const char *at = typed; *at != '\0'; at++) {
        bool number = (*at >= '0' && *at <= '9') || (*at == '-' && at[1] >= '0' && at[1] <= '9');
        enum quantity_error error;

        if (!number || at == typed)
            continue;
        if (percent)
            return split_percent(c, option, typed, at, name, weight);
        error = weight_parse(at, weight);
        if (error != QUANTITY_OK)
            return ctx_fail(c, ST_INVALID, option, typed, "%s", quantity_error_rule(error));
        *name = text_trim(&c->arena, arena_text_n(&c->arena, typed, (size_t)(at - typed)));
        return ST_OK;
    }
    return ST_OK;
}

static enum status read_formulas(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *const *typed = argument_list(c, in, "--formula", &draft->formula_count);
    struct draft_formula *formulas = arena_array(&c->arena, draft->formula_count, sizeof *formulas);

    for (size_t i = 0; i < draft->formula_count; i++)
        TRY(split_weight(c, "--formula", typed[i], draft->dose_mode == MODE_PERCENT, &formulas[i].formula,
                         &formulas[i].weight));
    draft->formulas = formulas;
    return ST_OK;
}

static enum status read_herbs(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *const *typed = argument_list(c, in, "--herb", &draft->herb_count);
    struct draft_herb *herbs = arena_array(&c->arena, draft->herb_count, sizeof *herbs);

    for (size_t i = 0; i < draft->herb_count; i++)
        TRY(split_weight(c, "--herb", typed[i], draft->dose_mode == MODE_PERCENT, &herbs[i].herb,
                         &herbs[i].weight));
    draft->herbs = herbs;
    return ST_OK;
}

/* "Huang Qi G-HUANG-QI-2": the last word is the item. */
static enum status read_items(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *const *typed = argument_list(c, in, "--item", &draft->item_count);
    struct draft_item *items = arena_array(&c->arena, draft->item_count, sizeof *items);

    for (size_t i = 0; i < draft->item_count; i++) {
        const char *text = text_trim(&c->arena, typed[i]), *space = strrchr(text, ' ');

        if (space == NULL)
            return ctx_fail(c, ST_INVALID, "--item", typed[i],
                            "is a herb and the SKU that fills it, such as \"Huang Qi G-HUANG-QI\"");
        items[i].herb = text_trim(&c->arena, arena_text_n(&c->arena, text, (size_t)(space - text)));
        items[i].item = space + 1;
    }
    draft->items = items;
    return ST_OK;
}

static enum status read_word(struct ctx *c, const struct arguments *in, const char *option,
                             const char *const *words, int preset, int *out)
{
    const char *typed = argument_text(in, option, words[preset]);
    struct text all;

    text_init(&all, &c->arena);
    for (*out = 0; words[*out] != NULL; (*out)++) {
        if (strcmp(words[*out], typed) == 0)
            return ST_OK;
        text_addf(&all, "%s%s", *out == 0 ? "" : ", ", words[*out]);
    }
    return ctx_fail(c, ST_INVALID, option, typed, "is one of %s", all.data);
}

static enum status read_weight(struct ctx *c, const struct arguments *in, const char *option,
                               struct weight *weight)
{
    const char *typed = argument_text(in, option, NULL);
    enum quantity_error error = typed == NULL ? QUANTITY_OK : weight_parse(typed, weight);

    if (error != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, option, typed, "%s", quantity_error_rule(error));
    if (typed != NULL && weight->mg == 0)
        return ctx_fail(c, ST_INVALID, option, typed, "must be more than nothing");
    return ST_OK;
}

/* The dosage form, what is taken at a time, capsules and pills, and what it starts from. */
static enum status read_form(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    static const char *const basis[] = { "raw", "form", NULL };
    int64_t overage = 0, binder = 0;
    int in_form;

    TRY(read_word(c, in, "--weights-in", basis, 0, &in_form));
    TRY(read_weight(c, in, "--total", &draft->total));
    TRY(read_weight(c, in, "--dose", &draft->dose));
    TRY(read_weight(c, in, "--unit", &draft->units.unit));
    TRY(argument_number(c, in, "--units", 1, 100000, &draft->units.count));
    TRY(argument_number(c, in, "--binder", 0, 5000, &binder));
    TRY(argument_number(c, in, "--overage", 0, OVERAGE_MOST, &overage));
    TRY(argument_number(c, in, "--from", 1, INT64_MAX, &draft->from_id));
    TRY(argument_number(c, in, "--from-version", 1, INT32_MAX, &draft->from_version));
    draft->in_form = in_form == 1;
    draft->units.binder_permille = (int)binder;
    draft->overage_permille = (int)overage;
    draft->dosage_form = argument_text(in, "--form", "raw_decoction");
    return ST_OK;
}

enum status compound_draft(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    int64_t days = 7, packets = 0, doses = 0, refills = 0, interval = 0;
    int merge, mode;

    TRY(argument_number(c, in, "--days", 1, 366, &days));
    TRY(argument_number(c, in, "--packets", 1, 1000, &packets));
    TRY(argument_number(c, in, "--doses-per-day", 1, 12, &doses));
    TRY(argument_number(c, in, "--refills", 0, PRESCRIPTION_MOST_REFILLS, &refills));
    TRY(argument_number(c, in, "--refill-days", 0, 366, &interval));
    TRY(read_word(c, in, "--merge", merge_rule_words(), MERGE_ASK, &merge));
    TRY(read_word(c, in, "--mode", dose_mode_words(), MODE_PER_DAY, &mode));
    draft->merge_rule = (enum merge_rule)merge;
    draft->dose_mode = (enum dose_mode)mode;
    draft->course = (struct course){ .days = (int)days, .packets = (int)packets };
    draft->doses_per_day = (int)doses;
    draft->refills = (int)refills;
    draft->refill_interval_days = (int)interval;
    draft->directions = argument_text(in, "--directions", NULL);
    draft->indication = argument_text(in, "--indication", NULL);
    draft->change_note = argument_text(in, "--note", NULL);
    draft->route = argument_text(in, "--route", NULL);
    draft->timing = argument_text(in, "--timing", NULL);
    draft->frequency = argument_text(in, "--frequency", NULL);
    draft->drops = argument_list(c, in, "--drop", &draft->drop_count);
    TRY(read_form(c, in, draft));
    TRY(read_formulas(c, in, draft));
    TRY(read_items(c, in, draft));
    return read_herbs(c, in, draft);
}

enum { HERB_COLUMNS = 24, ITEM_COLUMNS = 24, RATIO_COLUMNS = 12, WEIGHT_COLUMNS = 11 };

static void show_items(struct ctx *c, struct text *out, const struct prescription *p,
                       const struct prescription_form *form)
{
    for (size_t i = 0; i < p->line_count; i++) {
        const struct form_line *line = &form->lines[i];
        const char *ratio =
            arena_printf(&c->arena, "%lld:%lld", (long long)line->ratio.num, (long long)line->ratio.den);

        text_add(out, "  ");
        compound_column(out, p->lines[i].pinyin, HERB_COLUMNS);
        compound_column(out, line->item_id == 0 ? "not kept" : line->sku, ITEM_COLUMNS);
        compound_column(out, line->ratio.num == 0 ? "no ratio" : ratio, RATIO_COLUMNS);
        compound_right(out, weight_text(&c->arena, line->form), WEIGHT_COLUMNS);
        if (p->overage_permille > 0)
            compound_right(out, weight_text(&c->arena, line->weighed), WEIGHT_COLUMNS);
        if (line->item_id == 0 && line->ratio.num != 0)
            text_add(out, "  ratio on file, not an item's");
        else if (line->item_id != 0 && line->on_hand.mg < line->weighed.mg)
            text_addf(out, "  short: %s on hand", weight_text(&c->arena, line->on_hand));
        text_add(out, "\n");
    }
}

static void show_packets(struct ctx *c, struct text *out, const struct prescription_form *form)
{
    const struct packing *packing = &form->packing;

    text_addf(out, "%d packet%s", packing->packets, packing->packets == 1 ? "" : "s");
    if (packing->lightest.mg == packing->heaviest.mg)
        text_addf(out, " of %s", weight_text(&c->arena, packing->lightest));
    else
        text_addf(out, ": %d of %s, %d of %s", packing->heavy, weight_text(&c->arena, packing->heaviest),
                  packing->packets - packing->heavy, weight_text(&c->arena, packing->lightest));
    text_addf(out, "; %zu kind%s by the milligrams of each herb\n", form->run_count,
              form->run_count == 1 ? "" : "s");
}

static void show_units(struct ctx *c, struct text *out, const struct units *units)
{
    if (units->count == 0)
        return;
    text_addf(out, "%lld of %s with %s of herb in each", (long long)units->count,
              weight_text(&c->arena, units->unit), weight_text(&c->arena, units->content));
    if (units->heavy > 0)
        text_addf(out, " (1 mg more in %lld)", (long long)units->heavy);
    text_addf(out, ", %s of binder and filler; %lld a dose", weight_text(&c->arena, units->filler),
              (long long)units->per_dose);
    if (units->spare > 0)
        text_addf(out, ", %lld left over", (long long)units->spare);
    text_add(out, "\n");
}

static void show_draft(struct ctx *c, struct text *out, const struct prescription *p,
                       const struct prescription_form *form)
{
    text_addf(out, "Draft, nothing is stored\n%s: %d day%s, %d packet%s, %d dose%s a day; %s of crude herb\n",
              p->form_english, p->days, p->days == 1 ? "" : "s", p->packets, p->packets == 1 ? "" : "s",
              p->doses_per_day, p->doses_per_day == 1 ? "" : "s", weight_text(&c->arena, p->total));
    compound_show_composition(c, out, p);
    for (size_t i = 0; i < p->notice_count; i++)
        text_addf(out, "Notice: %s\n", p->notices[i]);
    text_addf(out, "\nIn this form %s", weight_text(&c->arena, form->total));
    if (p->overage_permille > 0)
        text_addf(out, ", to be weighed %s with %d per mille for losses",
                  weight_text(&c->arena, form->weighed), p->overage_permille);
    text_add(out, ":\n");
    show_items(c, out, p, form);
    show_packets(c, out, form);
    show_units(c, out, &form->units);
}

/* What all of it costs, fee by fee, and what has no price. */
static void show_price(struct ctx *c, struct text *out, const struct prescription *p,
                       const struct prescription_price *price)
{
    const struct pricing *sum = &price->pricing;

    text_addf(out, "\nPrice %s%s: herbs %s", money_text(&c->arena, sum->total),
              price->missing_count == 0 ? "" : " without what has none",
              money_text(&c->arena, price->herbs_amount));
    for (size_t i = 0; i < sum->line_count; i++)
        if (sum->lines[i].kind == LINE_FEE)
            text_addf(out, ", %s %s", sum->lines[i].name, money_text(&c->arena, sum->lines[i].list));
    text_addf(out, "; tax %s%s\n", money_text(&c->arena, sum->tax), sum->tax_included ? " in it" : " on top");
    for (size_t i = 0; i < p->line_count; i++) {
        const struct herb_price *herb = &price->herbs[i];

        text_add(out, "  ");
        compound_column(out, p->lines[i].pinyin, HERB_COLUMNS);
        if (herb->missing != NULL)
            text_addf(out, "no price: %s\n", reason_text(&c->arena, herb->missing));
        else {
            compound_right(out, herb->part == NULL ? "" : money_text(&c->arena, herb->part->amount),
                           WEIGHT_COLUMNS);
            text_addf(out, "  %s\n", reason_text(&c->arena, herb->priced_by));
        }
    }
}

static enum status run_draft(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    const char *patient = argument_text(in->in, "--patient", NULL);
    struct prescription built;
    struct prescription_form form;
    struct prescription_price price;
    struct stored_finding *findings;
    struct tiers tiers;
    struct json_writer w;
    size_t count;

    if (patient == NULL)
        return ctx_fail(c, ST_INVALID, "--patient", NULL, "is needed: a draft is screened for a patient");
    TRY(patient_find(c, patient, &draft.patient_id));
    TRY(compound_draft(c, in->in, &draft));
    TRY(prescription_build(c, in->knowledge, &draft, &built));
    TRY(prescription_form_get(c, in->knowledge, &built, &form));
    TRY(prescription_price_get(c, &built, &form, argument_text(in->in, "--group", NULL), &price));
    TRY(screening_try(c, in->knowledge, &built, &findings, &count));
    if (argument_given(in->in, "--json")) {
        TRY(tiers_read(c, MOMENT_SIGN, &tiers));
        json_init(&w, in->out);
        json_open_object(&w, NULL);
        prescription_members(&w, &built);
        prescription_form_member(&w, &built, &form);
        prescription_price_member(&c->arena, &w, &built, &price);
        findings_write(&w, "findings", findings, count, &tiers);
        json_close_object(&w);
        text_add(in->out, "\n");
        return ST_OK;
    }
    show_draft(c, in->out, &built, &form);
    show_price(c, in->out, &built, &price);
    text_addf(in->out, "\n%zu finding%s\n", count, count == 1 ? "" : "s");
    for (size_t i = 0; i < count; i++)
        compound_show_finding(c, in->out, &findings[i]);
    return ST_OK;
}

static const struct list_column pattern_columns[] = {
    { "Pattern", "pattern", 30, LIST_TEXT }, { "Hanzi", "pattern_hanzi", 14, LIST_TEXT },
    { "Formula", "formula", 30, LIST_TEXT }, { "Id", "formula_id", 26, LIST_TEXT },
    { "English", "english", 0, LIST_TEXT },  { NULL, NULL, 0, LIST_TEXT },
};

static enum status run_patterns(struct ctx *c, const struct called *in)
{
    const char *part = in->operand_count == 0 ? NULL : in->operands[0];

    return list_show(c, in, &q_pattern_list, PARAMS(TEXT(part)), pattern_columns);
}

static const struct list_column house_columns[] = {
    { "House formula", "name", 30, LIST_TEXT },
    { "Version", "version", 9, LIST_TEXT },
    { "A day", "composition", 0, LIST_TEXT },
    { NULL, NULL, 0, LIST_TEXT },
};

static enum status run_house(struct ctx *c, const struct called *in)
{
    const char *part = in->operand_count == 0 ? NULL : in->operands[0];

    return list_show(c, in, &q_house_formula_list, PARAMS(SHOP(c), TEXT(part)), house_columns);
}

/* "" when it was not said, which is refused as a name. */
static const char *operand_name(const struct called *in)
{
    return in->operand_count == 0 ? "" : in->operands[0];
}

static enum status run_keep(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    const char *name = operand_name(in);
    int64_t id;

    TRY(compound_draft(c, in->in, &draft));
    TRY(house_formula_keep(c, in->knowledge, name, &draft, &id));
    text_addf(in->out, "Kept: start from it with --formula \"" HOUSE_PREFIX "%s\"\n", name);
    return ST_OK;
}

static enum status run_retire(struct ctx *c, const struct called *in)
{
    const char *name = operand_name(in);

    TRY(house_formula_retire(c, name));
    text_addf(in->out, "%s is out of use\n", name);
    return ST_OK;
}

const struct subcommand subcommand_house = { "house", "[PART]", "the shop's own formulas", false, run_house };
const struct subcommand subcommand_keep = { "keep", "NAME", "keep a draft as a house formula", true,
                                            run_keep };
const struct subcommand subcommand_retire = { "retire", "NAME", "take a house formula out of use", true,
                                              run_retire };
const struct subcommand subcommand_draft = { "draft", "", "work a prescription out, and store nothing", false,
                                             run_draft };
const struct subcommand subcommand_patterns = { "patterns", "[PART]",
                                                "patterns and the formulas linked with them", false,
                                                run_patterns };
