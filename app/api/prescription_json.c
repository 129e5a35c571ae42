/* Prescriptions, findings and answers as JSON. */
#include "api/prescription_json.h"

#include <string.h>

enum { TYPED_LONGEST = 200, DIRECTIONS_LONGEST = 2000, PROCESSING_LONGEST = 100, SKU_LONGEST = 60 };
#define NUMBER_MOST INT64_C(1000000000000)

static const char *const merge_words[] = { "highest", "sum", "keep_first", "ask", NULL };
static const char *const mode_words[] = { "per_day", "per_packet", "total", "parts", "percent", NULL };
static const char *const basis_words[] = { "raw", "form", NULL };

const char *const *merge_rule_words(void)
{
    return merge_words;
}

const char *const *dose_mode_words(void)
{
    return mode_words;
}

static struct weight get_weight_or(struct json_object *in, const char *key, int64_t least, int64_t absent)
{
    return (struct weight){ json_get_i64_or(in, key, least, WEIGHT_LIMIT_MG, absent) };
}

static void read_formulas(struct ctx *c, struct json_object *in, struct prescription_draft *draft)
{
    struct json_object **list =
        json_get_objects(in, "formulas", PRESCRIPTION_MOST_FORMULAS, &draft->formula_count);
    struct draft_formula *formulas = arena_array(&c->arena, draft->formula_count, sizeof *formulas);

    for (size_t i = 0; i < draft->formula_count; i++)
        formulas[i] = (struct draft_formula){
            .formula = json_get_text(list[i], "formula", TYPED_LONGEST),
            .weight = get_weight_or(list[i], "mg", 1, 0),
        };
    draft->formulas = formulas;
}

static void read_herbs(struct ctx *c, struct json_object *in, struct prescription_draft *draft)
{
    struct json_object **list = json_get_objects(in, "herbs", PRESCRIPTION_MOST_LINES, &draft->herb_count);
    struct draft_herb *herbs = arena_array(&c->arena, draft->herb_count, sizeof *herbs);

    for (size_t i = 0; i < draft->herb_count; i++)
        herbs[i] = (struct draft_herb){
            .herb = json_get_text(list[i], "herb", TYPED_LONGEST),
            .weight = { json_get_i64(list[i], "mg", 1, WEIGHT_LIMIT_MG) },
            .processing = json_get_text_or(list[i], "processing", PROCESSING_LONGEST, NULL),
        };
    draft->herbs = herbs;
}

static void read_items(struct ctx *c, struct json_object *in, struct prescription_draft *draft)
{
    struct json_object **list = json_get_objects(in, "items", PRESCRIPTION_MOST_LINES, &draft->item_count);
    struct draft_item *items = arena_array(&c->arena, draft->item_count, sizeof *items);

    for (size_t i = 0; i < draft->item_count; i++)
        items[i] = (struct draft_item){
            .herb = json_get_text(list[i], "herb", TYPED_LONGEST),
            .item = json_get_text(list[i], "item", SKU_LONGEST),
        };
    draft->items = items;
}

static void read_form(struct json_object *in, struct prescription_draft *draft)
{
    draft->in_form = json_get_word_or(in, "weights_in", basis_words, 0) == 1;
    draft->dose = get_weight_or(in, "dose_mg", 1, 0);
    draft->units.unit = get_weight_or(in, "unit_mg", 1, 0);
    draft->units.count = json_get_i64_or(in, "unit_count", 1, 100000, 0);
    draft->units.binder_permille = (int)json_get_i64_or(in, "binder_permille", 0, 5000, 0);
    draft->overage_permille = (int)json_get_i64_or(in, "overage_permille", 0, OVERAGE_MOST, 0);
    draft->from_id = json_get_i64_or(in, "from_prescription_id", 1, NUMBER_MOST, 0);
    draft->from_version = json_get_i64_or(in, "from_version", 1, INT32_MAX, 0);
}

void draft_read(struct ctx *c, struct json_object *in, struct prescription_draft *draft)
{
    draft->dosage_form = json_get_text(in, "dosage_form", TYPED_LONGEST);
    draft->merge_rule = (enum merge_rule)json_get_word_or(in, "merge_rule", merge_words, MERGE_ASK);
    draft->dose_mode = (enum dose_mode)json_get_word_or(in, "dose_mode", mode_words, MODE_PER_DAY);
    draft->course.days = (int)json_get_i64(in, "days", 1, 366);
    draft->course.packets = (int)json_get_i64_or(in, "packets", 1, 1000, 0);
    draft->doses_per_day = (int)json_get_i64_or(in, "doses_per_day", 1, 12, 0);
    draft->refills = (int)json_get_i64_or(in, "refills", 0, PRESCRIPTION_MOST_REFILLS, 0);
    draft->refill_interval_days = (int)json_get_i64_or(in, "refill_interval_days", 0, 366, 0);
    draft->total = get_weight_or(in, "total_mg", 1, 0);
    draft->directions = json_get_text_or(in, "directions", DIRECTIONS_LONGEST, NULL);
    draft->indication = json_get_text_or(in, "indication", DIRECTIONS_LONGEST, NULL);
    draft->change_note = json_get_text_or(in, "change_note", DIRECTIONS_LONGEST, NULL);
    draft->route = json_get_text_or(in, "route", TYPED_LONGEST, NULL);
    draft->timing = json_get_text_or(in, "timing", TYPED_LONGEST, NULL);
    draft->frequency = json_get_text_or(in, "frequency", TYPED_LONGEST, NULL);
    read_form(in, draft);
    read_formulas(c, in, draft);
    read_herbs(c, in, draft);
    read_items(c, in, draft);
    draft->drops = json_get_texts(in, "drops", PRESCRIPTION_MOST_LINES, TYPED_LONGEST, &draft->drop_count);
}

static void weight_if(struct json_writer *w, const char *key, struct weight weight)
{
    if (weight.mg > 0)
        json_weight(w, key, weight);
}

static void write_formulas(struct json_writer *w, const struct prescription *p)
{
    json_open_list(w, "formulas");
    for (size_t i = 0; i < p->formula_count; i++) {
        json_open_object(w, NULL);
        json_text(w, "formula_id", p->formulas[i].formula_id);
        json_text(w, "pinyin", p->formulas[i].pinyin);
        json_text(w, "hanzi", p->formulas[i].hanzi);
        json_text(w, "english", p->formulas[i].english);
        weight_if(w, "scaled_mg", p->formulas[i].scaled);
        json_close_object(w);
    }
    json_close_list(w);
}

static void write_houses(struct json_writer *w, const struct prescription *p)
{
    json_open_list(w, "house_formulas");
    for (size_t i = 0; i < p->house_count; i++) {
        json_open_object(w, NULL);
        json_i64(w, "id", p->houses[i].house_formula_id);
        json_text(w, "name", p->houses[i].name);
        weight_if(w, "scaled_mg", p->houses[i].scaled);
        json_close_object(w);
    }
    json_close_list(w);
}

static void write_lines(struct json_writer *w, const struct prescription *p)
{
    json_open_list(w, "items");
    for (size_t i = 0; i < p->line_count; i++) {
        const struct prescription_line *line = &p->lines[i];

        json_open_object(w, NULL);
        json_i64(w, "line_no", line->line_no);
        json_text(w, "herb_id", line->herb_id);
        json_text(w, "pinyin", line->pinyin);
        json_text(w, "hanzi", line->hanzi);
        json_text(w, "english", line->english);
        json_text(w, "processing", line->processing);
        json_text_list(w, "handling", line->handling);
        json_text(w, "role", line->role);
        json_text_list(w, "via", line->via);
        json_weight(w, "daily_mg", line->daily);
        json_weight(w, "total_mg", line->total);
        if (line->filled_item_id != 0) {
            json_i64(w, "item_id", line->filled_item_id);
            json_text(w, "item", line->filled_name);
        }
        json_close_object(w);
    }
    json_close_list(w);
}

static void write_differences(struct json_writer *w, const struct prescription *p)
{
    json_open_list(w, "differences");
    for (size_t i = 0; i < p->difference_count; i++) {
        const struct prescription_difference *d = &p->differences[i];

        json_open_object(w, NULL);
        json_text(w, "herb_id", d->herb_id);
        json_text(w, "name", d->name);
        json_text(w, "change", d->was.mg == 0 ? "added" : d->is.mg == 0 ? "dropped" : "changed");
        json_weight(w, "was_mg", d->was);
        json_weight(w, "is_mg", d->is);
        json_close_object(w);
    }
    json_close_list(w);
}

/* How it was put together, and what it came to in the form when it was stored. */
static void write_made(struct json_writer *w, const struct prescription *p)
{
    json_text(w, "weights_in", p->weights_in);
    weight_if(w, "dose_mg", p->dose);
    weight_if(w, "form_total_mg", p->form_total);
    json_i64(w, "overage_permille", p->overage_permille);
    if (p->unit_count != 0) {
        json_weight(w, "unit_mg", p->unit);
        json_i64(w, "unit_count", p->unit_count);
        json_i64(w, "binder_permille", p->binder_permille);
    }
    if (p->from_id != 0) {
        json_i64(w, "from_prescription_id", p->from_id);
        json_i64(w, "from_version", p->from_version);
    }
}

void prescription_members(struct json_writer *w, const struct prescription *p)
{
    if (p->version != 0) {
        json_i64(w, "id", p->id);
        json_i64(w, "version", p->version);
        json_i64(w, "latest_version", p->latest_version);
        json_open_object(w, "patient");
        json_i64(w, "id", p->patient_id);
        json_text(w, "code", p->patient_code);
        json_text(w, "name", p->patient_name);
        json_close_object(w);
        if (p->intake_id != 0) {
            json_i64(w, "intake_id", p->intake_id);
            json_text(w, "written_by", p->written_by);
        }
        json_text(w, "created_by", p->created_by);
        json_instant(w, "created_at", p->created_at);
    }
    json_text(w, "dosage_form", p->dosage_form);
    json_text(w, "dosage_form_english", p->form_english);
    json_text(w, "merge_rule", p->merge_rule);
    json_text(w, "dose_mode", p->dose_mode);
    json_i64(w, "days", p->days);
    json_i64(w, "doses_per_day", p->doses_per_day);
    json_i64(w, "packets", p->packets);
    json_i64(w, "refills", p->refills);
    json_i64(w, "refill_interval_days", p->refill_interval_days);
    json_weight(w, "daily_mg", p->daily);
    json_weight(w, "total_mg", p->total);
    write_made(w, p);
    json_text(w, "directions", p->directions);
    json_text(w, "indication", p->indication);
    json_text(w, "change_note", p->change_note);
    json_text(w, "route", p->route);
    json_text(w, "timing", p->timing);
    json_text(w, "frequency", p->frequency);
    write_formulas(w, p);
    write_houses(w, p);
    write_lines(w, p);
    write_differences(w, p);
    if (p->notice_count == 0)
        return;
    json_open_list(w, "notices");
    for (size_t i = 0; i < p->notice_count; i++)
        json_text(w, NULL, p->notices[i]);
    json_close_list(w);
}

static void write_side(struct json_writer *w, const char *key, const char *id, const char *name,
                       const char *typed)
{
    json_open_object(w, key);
    json_text(w, "id", *id == '\0' ? NULL : id);
    json_text(w, "name", *name == '\0' ? NULL : name);
    json_text(w, "typed", *typed == '\0' ? NULL : typed);
    json_close_object(w);
}

static void write_answer(struct json_writer *w, const struct stored_finding *f)
{
    if (f->answer_no == 0) {
        json_null(w, "answer");
        return;
    }
    json_open_object(w, "answer");
    json_i64(w, "answer_no", f->answer_no);
    json_text(w, "reason", f->reason);
    json_text(w, "reason_english", f->reason_english);
    json_text(w, "note", f->note);
    json_text(w, "answered_by", f->answered_by);
    json_instant(w, "answered_at", f->answered_at);
    if (f->carried_from != 0)
        json_i64(w, "carried_from", f->carried_from);
    if (*f->acknowledged_by != '\0') {
        json_text(w, "acknowledged_by", f->acknowledged_by);
        json_instant(w, "acknowledged_at", f->acknowledged_at);
    }
    json_close_object(w);
}

void findings_write(struct json_writer *w, const char *key, const struct stored_finding *findings,
                    size_t count, const struct tiers *tiers)
{
    json_open_list(w, key);
    for (size_t i = 0; i < count; i++) {
        const struct stored_finding *f = &findings[i];

        json_open_object(w, NULL);
        json_i64(w, "finding_no", f->finding_no);
        json_bool(w, "critical", f->critical_no != 0);
        json_text(w, "kind", f->kind);
        json_text(w, "severity", f->severity);
        json_text(w, "tier", tiers->of[severity_parse(f->severity)]);
        write_side(w, "subject", f->subject_id, f->subject_name, f->subject_typed);
        write_side(w, "object", f->object_id, f->object_name, f->object_typed);
        json_text_list(w, "via", f->via);
        if (f->daily.mg > 0)
            json_weight(w, "daily_mg", f->daily);
        json_text(w, "effect", f->effect);
        json_text(w, "mechanism", f->mechanism);
        json_text(w, "evidence", f->evidence);
        json_text(w, "action", f->action);
        json_text(w, "citation", f->citation);
        json_text(w, "detail", f->detail);
        json_text(w, "rule", f->rule_id);
        json_i64(w, "rule_version", f->rule_version);
        json_text(w, "rule_origin", f->rule_origin);
        write_answer(w, f);
        json_close_object(w);
    }
    json_close_list(w);
}

static void write_screening(struct json_writer *w, const struct screening_record *record)
{
    json_open_object(w, "screening");
    json_i64(w, "id", record->id);
    json_bool(w, "current", record->current);
    json_i64(w, "critical_count", record->critical_count);
    json_i64(w, "answered_count", record->answered_count);
    json_i64(w, "acknowledged_count", record->acknowledged_count);
    json_i64(w, "profile_version", record->profile_version);
    json_text(w, "knowledge_version", record->knowledge_version);
    json_text(w, "made_by", record->made_by);
    json_instant(w, "made_at", record->made_at);
    json_close_object(w);
}

enum status prescription_write(struct ctx *c, struct json_writer *w, const struct knowledge *knowledge,
                               int64_t id, int64_t version)
{
    struct prescription p;
    struct screening_record record;
    struct stored_finding *findings;
    struct tiers tiers;
    size_t count;

    TRY(tiers_read(c, MOMENT_SIGN, &tiers));
    TRY(prescription_get(c, knowledge, id, version, &p));
    TRY(screening_latest(c, id, p.version, &record));
    TRY(screening_findings(c, record.id, &findings, &count));
    json_open_object(w, NULL);
    prescription_members(w, &p);
    if (p.signed_at.us == 0)
        json_null(w, "signature");
    else {
        json_open_object(w, "signature");
        json_text(w, "signed_by", p.signed_by);
        json_instant(w, "signed_at", p.signed_at);
        json_close_object(w);
    }
    write_screening(w, &record);
    findings_write(w, "findings", findings, count, &tiers);
    json_close_object(w);
    return ST_OK;
}
