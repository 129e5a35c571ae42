/* From the sources a draft names (formulas, an earlier version) to one line per herb: what each gives, in crude herb or as
   shares, merged by the rule a person chose. */
#include <string.h>

#include "base/text.h"
#include "core/prescription_build.h"

/* What a day's weight is in the draft's dose mode: times the days in a total. A classic's day is a packet's content; what was
   prescribed a day before is shared among the packets. */
static struct weight in_mode(const struct build *b, struct weight daily, bool classic)
{
    if (b->draft->dose_mode == MODE_TOTAL)
        return (struct weight){ scale_i64(daily.mg, b->course.days, 1) };
    if (b->draft->dose_mode == MODE_PER_PACKET && !classic)
        return (struct weight){ scale_i64(daily.mg, b->course.days, b->course.packets) };
    return daily;
}

static bool is_dropped(const struct build *b, int64_t herb)
{
    return find_named(b->drops, b->draft->drop_count, herb) != NULL;
}

static void need_herb(struct build *b, int64_t herb, const char *processing, const char **ids,
                      const char **preparations, size_t *n)
{
    if (is_dropped(b, herb) || b->ratios[herb].den != 0)
        return;
    b->ratios[herb].den = 1; /* asked for */
    ids[*n] = b->k->herbs[herb].id;
    preparations[(*n)++] = processing == NULL ? "" : processing;
}

/* The ratio of every herb the draft may hold, where weights in the form are meant; each that has none is named. */
static enum status find_ratios(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    size_t most = d->herb_count, n = 0;
    struct form_line *lines;

    if (!d->in_form && d->dose.mg == 0)
        return ST_OK;
    for (size_t i = 0; i < b->source_count; i++)
        most += b->sources[i].count;
    const char **ids = arena_array(&b->c->arena, most, sizeof *ids);
    const char **preparations = arena_array(&b->c->arena, most, sizeof *preparations);
    int64_t *chosen = arena_array(&b->c->arena, most, sizeof *chosen);

    b->ratios = arena_array(&b->c->arena, b->k->count[REF_HERB], sizeof *b->ratios);
    for (size_t i = 0; i < d->herb_count; i++)
        need_herb(b, b->hand[i].ref.at, d->herbs[i].processing, ids, preparations, &n);
    for (size_t i = 0; i < b->source_count; i++)
        for (size_t j = 0; j < b->sources[i].count; j++)
            need_herb(b, b->sources[i].lines[j].herb_id,
                      b->sources[i].said == NULL ? NULL : b->sources[i].said[j].processing, ids, preparations,
                      &n);
    for (size_t i = 0; i < n; i++)
        chosen[i] = b->chosen[knowledge_find(b->k, REF_HERB, ids[i]).at].id;
    TRY(form_lines(b->c, b->k, b->form.id, ids, preparations, NULL, chosen, n, &lines));
    form_note_missing(b->c, b->k, lines, ids, n);
    for (size_t i = 0; i < n; i++)
        b->ratios[knowledge_find(b->k, REF_HERB, ids[i]).at] = lines[i].ratio;
    return ctx_fault_or_ok(b->c);
}

/* Weights by hand as crude herb. Shares stay as they were typed: it is their total that is crude or not. */
static enum status weigh_hand(struct build *b)
{
    const struct prescription_draft *d = b->draft;

    b->hand_weights = arena_array(&b->c->arena, d->herb_count, sizeof *b->hand_weights);
    for (size_t i = 0; i < d->herb_count; i++) {
        b->hand_weights[i] = d->herbs[i].weight;
        if (d->in_form && !dose_mode_shares(d->dose_mode))
            TRY(dosing_raw(b->c, d->herbs[i].weight, b->ratios[b->hand[i].ref.at], &b->hand_weights[i]));
    }
    return ST_OK;
}

/* Lines worked out in crude herb, brought to what was typed in the form's grams: as crude herb that weighs `scaled` in the form, or
   as shares of what is weighed in the form. What the source was scaled to is kept as crude herb. */
static enum status lines_in_form(struct build *b, struct source *source, struct dosing_line *lines, size_t n)
{
    struct weight *crude = arena_array(&b->c->arena, n, sizeof *crude);
    struct weight *form = arena_array(&b->c->arena, n, sizeof *form);
    struct ratio *ratios = arena_array(&b->c->arena, n, sizeof *ratios);
    bool shares = dose_mode_shares(b->draft->dose_mode);
    struct weight total = source->scaled;

    for (size_t i = 0; i < n; i++) {
        ratios[i] = b->ratios[lines[i].herb_id];
        if (ratios[i].num == 0)
            ratios[i] = (struct ratio){ 1, 1 }; /* dropped: it takes its share with it */
        crude[i] = lines[i].weight;
        TRY(dosing_granules(b->c, crude[i], ratios[i], &form[i]));
        if (source->scaled.mg == 0)
            total = weight_plus(total, form[i]);
    }
    if (source->scaled.mg > 0)
        TRY(dosing_scale_form(b->c, crude, ratios, n, total, form, crude));
    for (size_t i = 0; i < n; i++)
        lines[i].weight = shares ? form[i] : crude[i];
    if (source->scaled.mg == 0)
        return ST_OK;
    source->scaled.mg = 0;
    for (size_t i = 0; i < n; i++)
        source->scaled = weight_plus(source->scaled, crude[i]);
    return ST_OK;
}

static enum status scale_lines(struct ctx *c, struct dosing_line *lines, size_t n, struct weight total)
{
    struct weight *weights = arena_array(&c->arena, n, sizeof *weights);

    for (size_t i = 0; i < n; i++)
        weights[i] = lines[i].weight;
    TRY(dosing_scale(c, weights, n, total, weights));
    for (size_t i = 0; i < n; i++)
        lines[i].weight = weights[i];
    return ST_OK;
}

/* What a source gives in the draft's dose mode, whatever is dropped or set by hand. */
static enum status source_lines(struct build *b, size_t at, struct dosing_line **lines, size_t *n)
{
    struct source *source = &b->sources[at];
    const struct classic classic = { source->formula, source->scaled };
    bool scaled = source->scaled.mg > 0;

    if (source->formula != NULL) {
        TRY(classic_lines(b->c, &classic, b->draft->dose_mode, (int)at, lines, n));
    } else {
        *n = source->count;
        *lines = arena_array(&b->c->arena, *n, sizeof **lines);
        for (size_t i = 0; i < *n; i++) {
            (*lines)[i] = source->lines[i];
            (*lines)[i].source = (int)at;
        }
        if (scaled)
            TRY(scale_lines(b->c, *lines, *n, source->scaled));
    }
    if (b->draft->in_form && (scaled || dose_mode_shares(b->draft->dose_mode)))
        TRY(lines_in_form(b, source, *lines, *n));
    for (size_t i = 0; i < *n && !scaled; i++)
        (*lines)[i].weight = in_mode(b, (*lines)[i].weight, source->formula != NULL);
    return ST_OK;
}

static enum status gather(struct build *b, size_t at)
{
    struct dosing_line *lines;
    size_t n;

    TRY(source_lines(b, at, &lines, &n));
    for (size_t j = 0; j < n; j++) {
        struct named *hand = find_named(b->hand, b->draft->herb_count, lines[j].herb_id);
        struct named *drop = find_named(b->drops, b->draft->drop_count, lines[j].herb_id);

        if (drop != NULL)
            drop->used = true;
        if (drop != NULL || (hand != NULL && hand->used))
            continue;
        if (hand != NULL) {
            hand->used = true;
            lines[j].weight = b->hand_weights[hand - b->hand];
        } else if (lines[j].weight.mg == 0)
            ctx_note(b->c, ST_INVALID, b->sources[at].field, b->sources[at].name,
                     "has no weight for %s: set it by hand or drop it", b->k->herbs[lines[j].herb_id].name);
        b->lines[b->count++] = lines[j];
    }
    return ST_OK;
}

static enum status gather_all(struct build *b)
{
    size_t most = 0;

    for (size_t i = 0; i < b->source_count; i++)
        most += b->sources[i].count;
    b->lines = arena_array(&b->c->arena, most, sizeof *b->lines);
    for (size_t i = 0; i < b->source_count; i++)
        TRY(gather(b, i));
    for (size_t i = 0; i < b->draft->drop_count; i++)
        if (!b->drops[i].used)
            ctx_note(b->c, ST_INVALID, item_field(b->c, "drops", i, ""), b->drops[i].typed,
                     "is not in the formulas, so it cannot be dropped");
    return ctx_fault_or_ok(b->c);
}

/* With the rule "ask", a person must say what a herb weighs that several formulas give different weights. */
static enum status ask(struct build *b)
{
    for (size_t i = 0; i < b->count; i++) {
        struct text doses;
        bool first = true, differ = false;

        text_init(&doses, &b->c->arena);
        for (size_t j = 0; j < b->count; j++) {
            if (b->lines[j].herb_id != b->lines[i].herb_id)
                continue;
            first = first && j >= i;
            differ = differ || b->lines[j].weight.mg != b->lines[i].weight.mg;
            text_addf(&doses, "%s%s in %s", doses.size == 0 ? "" : ", ",
                      weight_text(&b->c->arena, b->lines[j].weight), b->sources[b->lines[j].source].name);
        }
        if (first && differ)
            ctx_note(b->c, ST_CONFLICT, "merge_rule", b->k->herbs[b->lines[i].herb_id].name,
                     "weighs %s: set it by hand, or choose highest, sum or keep_first", doses.data);
    }
    return ctx_fault_or_ok(b->c);
}

/* An item chosen for a herb that is not there is a slip. */
static enum status refuse_idle_picks(struct build *b)
{
    for (size_t i = 0; i < b->draft->item_count; i++) {
        bool there = false;

        for (size_t j = 0; j < b->merged_count; j++)
            there = there || b->merged[j].herb_id == b->picks[i].ref.at;
        if (!there)
            ctx_note(b->c, ST_INVALID, item_field(b->c, "items", i, ".herb"), b->picks[i].typed,
                     "is not in the draft, so no item can be chosen for it");
    }
    return ctx_fault_or_ok(b->c);
}

enum status build_gather(struct build *b)
{
    const struct prescription_draft *d = b->draft;
    struct dosing_line *merged;

    TRY(find_ratios(b));
    TRY(weigh_hand(b));
    TRY(gather_all(b));
    if (d->merge_rule == MERGE_ASK)
        TRY(ask(b));
    TRY(dosing_merge(b->c, b->lines, b->count, d->merge_rule, &merged, &b->merged_count));
    b->merged = arena_array(&b->c->arena, b->merged_count + d->herb_count, sizeof *b->merged);
    if (b->merged_count > 0)
        memcpy(b->merged, merged, b->merged_count * sizeof *merged);
    for (size_t i = 0; i < d->herb_count; i++)
        if (!b->hand[i].used)
            b->merged[b->merged_count++] = (struct dosing_line){
                .herb_id = b->hand[i].ref.at,
                .weight = b->hand_weights[i],
                .source = (int)b->source_count,
            };
    if (b->merged_count == 0)
        return ctx_fail(b->c, ST_INVALID, "drops", NULL, "leave nothing to take");
    TRY(refuse_idle_picks(b));
    if (b->merged_count > PRESCRIPTION_MOST_LINES)
        return ctx_fail(b->c, ST_INVALID, "herbs", arena_printf(&b->c->arena, "%zu", b->merged_count),
                        "are at most %d after merging", PRESCRIPTION_MOST_LINES);
    return ST_OK;
}
