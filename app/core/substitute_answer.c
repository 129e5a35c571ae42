/* Proposals kept, and the prescriber's answer: consent makes the next version in the same transaction. */
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "core/prescription_form.h"
#include "core/substitute.h"
#include "db/db.h"
#include "sql.h"

enum { NOTE_LONGEST = 1000 };

struct number_row {
    int64_t number;
};

struct proposal_row {
    int64_t prescription_id, version, latest_version;
    const char *kind;
    bool answered, consented;
};

/* A line of a prescription, and the formula of the product it is in. */
struct proposed_line {
    int64_t line_no, filled_item_id;
    const char *herb_id, *pinyin, *hanzi, *english, *processing, *handling, *via, *formula_id, *filled_name;
    struct weight daily;
};

static const struct column number_columns[] = { COLUMN(struct number_row, number), COLUMNS_END };
static const struct column proposal_columns[] = {
    COLUMN(struct proposal_row, prescription_id),
    COLUMN(struct proposal_row, version),
    COLUMN(struct proposal_row, latest_version),
    COLUMN(struct proposal_row, kind),
    COLUMN(struct proposal_row, answered),
    COLUMN(struct proposal_row, consented),
    COLUMNS_END,
};
static const struct column line_columns[] = {
    COLUMN(struct proposed_line, line_no),
    COLUMN(struct proposed_line, herb_id),
    COLUMN(struct proposed_line, pinyin),
    COLUMN(struct proposed_line, hanzi),
    COLUMN(struct proposed_line, english),
    COLUMN(struct proposed_line, processing),
    COLUMN(struct proposed_line, handling),
    COLUMN(struct proposed_line, via),
    COLUMN(struct proposed_line, formula_id),
    COLUMN(struct proposed_line, filled_item_id),
    COLUMN(struct proposed_line, filled_name),
    COLUMN_NAMED(struct proposed_line, daily, "daily_mg"),
    COLUMNS_END,
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

static enum status check_note(struct ctx *c, const char *note)
{
    if (note != NULL && !utf8_valid(note, strlen(note)))
        return ctx_fail(c, ST_INVALID, "note", NULL, "is not valid UTF-8");
    if (note != NULL && utf8_length(note) > NOTE_LONGEST)
        return ctx_fail(c, ST_INVALID, "note", NULL, "is at most %d characters", NOTE_LONGEST);
    return ST_OK;
}

struct proposing {
    const struct knowledge *k;
    struct substitute_wish wish;
    const char *key, *note;
    int64_t id;
};

static enum status store(struct ctx *c, struct proposing *want, const struct offer *offer)
{
    size_t n = offer->line_count, m = offer->difference_count;
    const char **herbs = arena_array(&c->arena, n, sizeof *herbs);
    const char **processing = arena_array(&c->arena, n, sizeof *processing);
    const char **via = arena_array(&c->arena, n, sizeof *via);
    const char **formulas = arena_array(&c->arena, n, sizeof *formulas);
    const char **names = arena_array(&c->arena, n, sizeof *names);
    const char **changed = arena_array(&c->arena, m, sizeof *changed);
    int64_t *items = arena_array(&c->arena, n, sizeof *items);
    int64_t *daily = arena_array(&c->arena, n, sizeof *daily);
    int64_t *was = arena_array(&c->arena, m, sizeof *was), *is = arena_array(&c->arena, m, sizeof *is);
    struct number_row made;
    bool found;

    for (size_t i = 0; i < n; i++) {
        herbs[i] = offer->lines[i].herb_id;
        processing[i] = offer->lines[i].processing;
        via[i] = offer->lines[i].via;
        items[i] = offer->lines[i].item_id;
        formulas[i] = offer->lines[i].formula_id;
        names[i] = offer->lines[i].name;
        daily[i] = offer->lines[i].daily.mg;
    }
    for (size_t i = 0; i < m; i++) {
        changed[i] = offer->differences[i].herb_id;
        was[i] = offer->differences[i].was.mg;
        is[i] = offer->differences[i].is.mg;
    }
    TRY(db_row(c, &q_substitution_add,
               PARAMS(SHOP(c), I64(want->wish.prescription_id), I64(want->wish.version), TEXT(offer->kind),
                      I64(offer->score_permille), TEXTS(herbs, n), TEXTS(processing, n), TEXTS(via, n),
                      I64S(items, n), TEXTS(formulas, n), TEXTS(names, n), I64S(daily, n), TEXTS(changed, m),
                      I64S(was, m), I64S(is, m), TEXT(want->note == NULL ? "" : want->note), USER(c),
                      I64_OR_NULL(want->wish.order_id)),
               number_columns, &made, &found));
    want->id = made.number;
    return audit_note(c, "substitution_proposed",
                      arena_printf(&c->arena, "prescription %lld", (long long)want->wish.prescription_id),
                      arena_printf(&c->arena, "substitution %lld: %s", (long long)want->id, offer->summary));
}

static enum status propose(struct ctx *c, void *arg)
{
    struct proposing *want = arg;
    struct substitute_wish wish = want->wish;
    struct offers offers;
    int64_t latest;

    for (int whole = 0; whole <= 1; whole++) {
        wish.whole = whole == 1;
        TRY(substitute_find(c, want->k, &wish, &offers));
        want->wish.prescription_id = offers.prescription_id;
        want->wish.version = offers.version;
        TRY(prescription_latest(c, offers.prescription_id, &latest));
        if (latest != offers.version)
            return ctx_fail(c, ST_STALE, "version", number(c, offers.version), "version %lld is the newest",
                            (long long)latest);
        for (size_t i = 0; i < offers.count; i++)
            if (strcmp(offers.list[i].key, want->key) == 0)
                return store(c, want, &offers.list[i]);
    }
    return ctx_fail(c, ST_STALE, "offer", want->key,
                    "is not offered: stock or findings may have changed, look for substitutes again");
}

enum status substitute_propose(struct ctx *c, const struct knowledge *knowledge,
                               const struct substitute_wish *wish, const char *key, const char *note,
                               int64_t *id)
{
    struct proposing want = { .k = knowledge, .wish = *wish, .key = key, .note = note };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "propose a substitution"));
    TRY(check_note(c, note));
    TRY(db_tx(c, propose, &want));
    *id = want.id;
    return ST_OK;
}

struct answering {
    const struct knowledge *k;
    int64_t id, prescription_id, version;
    bool consented;
    const char *note;
};

static bool has_formula(const struct prescription *p, const char *formula_id)
{
    for (size_t i = 0; i < p->formula_count; i++)
        if (strcmp(p->formulas[i].formula_id, formula_id) == 0)
            return true;
    return false;
}

/* What the herb was in the version; "" when it was not in it. */
static const char *role_of(const struct prescription_line *lines, size_t count, const char *herb_id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].herb_id, herb_id) == 0)
            return lines[i].role;
    return "";
}

/* The version with the proposal's lines: its course and directions stay, its weights are a day's. Formulas of products count, since
   rules speak of them. */
static enum status apply(struct ctx *c, const struct answering *want, struct prescription *p)
{
    struct proposed_line *lines;
    struct prescription_formula *formulas;
    const struct prescription_line *were = p->lines;
    size_t n, were_count = p->line_count;

    TRY(db_all(c, &q_substitution_lines, PARAMS(SHOP(c), I64(want->id)), line_columns, sizeof *lines, &lines,
               &n));
    formulas = arena_array(&c->arena, p->formula_count + n, sizeof *formulas);
    if (p->formula_count > 0)
        memcpy(formulas, p->formulas, p->formula_count * sizeof *formulas);
    p->formulas = formulas;
    p->lines = arena_array(&c->arena, n, sizeof *p->lines);
    p->line_count = n;
    p->total.mg = 0;
    for (size_t i = 0; i < n; i++) {
        p->lines[i] = (struct prescription_line){
            .line_no = lines[i].line_no,
            .herb_id = lines[i].herb_id,
            .processing = lines[i].processing,
            .handling = lines[i].handling,
            .role = role_of(were, were_count, lines[i].herb_id),
            .via = lines[i].via,
            .daily = lines[i].daily,
            .total = { scale_i64(lines[i].daily.mg, p->days, 1) },
            .filled_item_id = lines[i].filled_item_id,
        };
        p->total = weight_plus(p->total, p->lines[i].total);
        if (*lines[i].formula_id != '\0' && !has_formula(p, lines[i].formula_id))
            p->formulas[p->formula_count++] =
                (struct prescription_formula){ .formula_id = lines[i].formula_id };
    }
    return ST_OK;
}

/* Weights of the form are those of the version it comes from no more: capsules are counted again at the same fill weight. */
static enum status recount(struct ctx *c, const struct knowledge *k, struct prescription *p)
{
    struct prescription_form form;
    struct units units;

    p->dose_mode = dose_mode_word(MODE_PER_DAY);
    p->weights_in = "raw";
    p->dose.mg = p->form_total.mg = 0;
    if (p->unit_count == 0)
        return ST_OK;
    TRY(prescription_form_get(c, k, p, &form));
    TRY(dosing_units(c, form.total,
                     (struct units_wish){ .unit = p->unit, .binder_permille = p->binder_permille },
                     (int64_t)p->days * p->doses_per_day, &units));
    p->form_total = form.total;
    p->unit_count = units.count;
    return ST_OK;
}

static enum status make_version(struct ctx *c, struct answering *want, const struct proposal_row *proposal)
{
    struct prescription p;

    TRY(prescription_get(c, want->k, proposal->prescription_id, proposal->version, &p));
    TRY(apply(c, want, &p));
    TRY(recount(c, want->k, &p));
    p.from_id = proposal->prescription_id;
    p.from_version = proposal->version;
    p.change_note = arena_printf(&c->arena, "substitution %lld%s%s", (long long)want->id,
                                 want->note == NULL || *want->note == '\0' ? "" : ": ",
                                 want->note == NULL ? "" : want->note);
    return prescription_store_next(c, want->k, proposal->prescription_id, proposal->version, &p,
                                   &want->version);
}

static enum status answer(struct ctx *c, void *arg)
{
    struct answering *want = arg;
    struct proposal_row proposal;
    bool found;

    want->version = 0;
    TRY(db_row(c, &q_substitution_head, PARAMS(SHOP(c), I64(want->id)), proposal_columns, &proposal, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "substitution", number(c, want->id), "is no proposal of this shop");
    if (proposal.answered)
        return ctx_fail(c, ST_CONFLICT, "substitution", number(c, want->id), "was %s already",
                        proposal.consented ? "consented to" : "refused");
    if (want->consented && proposal.latest_version != proposal.version)
        return ctx_fail(c, ST_STALE, "substitution", number(c, want->id),
                        "is of version %lld, and %lld is the newest", (long long)proposal.version,
                        (long long)proposal.latest_version);
    want->prescription_id = proposal.prescription_id;
    if (want->consented)
        TRY(make_version(c, want, &proposal));
    TRY(db_run(c, &q_substitution_answer_add,
               PARAMS(SHOP(c), I64(want->id), I64(want->prescription_id), BOOL(want->consented),
                      I64(want->version), TEXT(want->note == NULL ? "" : want->note), USER(c))));
    return audit_note(c, want->consented ? "substitution_consented" : "substitution_refused",
                      arena_printf(&c->arena, "prescription %lld", (long long)want->prescription_id),
                      arena_printf(&c->arena, "substitution %lld", (long long)want->id));
}

enum status substitute_answer(struct ctx *c, const struct knowledge *knowledge, int64_t id, bool consented,
                              const char *note, int64_t *prescription_id, int64_t *version)
{
    struct answering want = { .k = knowledge, .id = id, .consented = consented, .note = note };

    TRY(person_require(c, ROLE_PRACTITIONER, "answer a substitution"));
    TRY(check_note(c, note));
    TRY(db_tx(c, answer, &want));
    *prescription_id = want.prescription_id;
    *version = want.version;
    return ST_OK;
}
