/* A prescription for a person at a terminal: composition, differences, findings gravest first, and the next step. */
#include <string.h>

#include "api/prescription_json.h"
#include "compound.h"
#include "core/screening.h"

enum { NAME_COLUMNS = 34, WEIGHT_COLUMNS = 10, LABEL_COLUMNS = 12 };

static size_t columns_of(const char *text)
{
    size_t columns = 0;
    uint32_t code;

    while ((code = utf8_next(&text)) != 0)
        columns += code >= 0x300 && code < 0x370 ? 0 : code >= 0x1100 ? 2 : 1;
    return columns;
}

void compound_column(struct text *out, const char *text, size_t columns)
{
    size_t used = columns_of(text);

    text_add(out, text);
    for (; used < columns; used++)
        text_add_char(out, ' ');
}

void compound_right(struct text *out, const char *text, size_t columns)
{
    for (size_t used = columns_of(text); used < columns; used++)
        text_add_char(out, ' ');
    text_add(out, text);
}

static void show_head(struct ctx *c, struct text *out, const struct prescription *p)
{
    text_addf(out, "Prescription %lld, version %lld, for %s (%s)\n", (long long)p->id, (long long)p->version,
              p->patient_name, p->patient_code);
    text_addf(out, "%s: %d day%s, %d packet%s, %d dose%s a day; %s in all\n", p->form_english, p->days,
              p->days == 1 ? "" : "s", p->packets, p->packets == 1 ? "" : "s", p->doses_per_day,
              p->doses_per_day == 1 ? "" : "s", weight_text(&c->arena, p->total));
    if (p->refills > 0)
        text_addf(out, "May be supplied again %d time%s, %d days apart\n", p->refills,
                  p->refills == 1 ? "" : "s", p->refill_interval_days);
    for (size_t i = 0; i < p->formula_count; i++)
        text_addf(out, "%s%s %s (%s)", i == 0 ? "From " : " + ", p->formulas[i].pinyin, p->formulas[i].hanzi,
                  p->formulas[i].english);
    if (p->formula_count > 1)
        text_addf(out, "; shared herbs: %s", p->merge_rule);
    for (size_t i = 0; i < p->house_count; i++)
        text_addf(out, "%s%s (house formula)", p->formula_count + i == 0 ? "From " : " + ",
                  p->houses[i].name);
    text_add(out, p->formula_count + p->house_count > 0 ? "\n" : "");
    if (*p->route != '\0' || *p->timing != '\0' || *p->frequency != '\0')
        text_addf(out, "Taken: %s%s%s%s%s\n", p->route, *p->route != '\0' && *p->timing != '\0' ? ", " : "",
                  p->timing, *p->frequency != '\0' && (*p->route != '\0' || *p->timing != '\0') ? ", " : "",
                  p->frequency);
    if (*p->directions != '\0')
        text_addf(out, "Directions: %s\n", p->directions);
    if (*p->written_by != '\0')
        text_addf(out, "Written elsewhere by %s\n", p->written_by);
    if (p->signed_at.us != 0)
        text_addf(out, *p->written_by != '\0' ? "Compared with the paper by %s, %s\n" : "Signed by %s, %s\n",
                  p->signed_by, instant_text(&c->arena, p->signed_at));
}

static void show_line(struct ctx *c, struct text *out, const char *name, struct weight daily,
                      struct weight total, const char *remark)
{
    text_add(out, "  ");
    compound_column(out, name, NAME_COLUMNS);
    compound_right(out, weight_text(&c->arena, daily), WEIGHT_COLUMNS);
    compound_right(out, weight_text(&c->arena, total), WEIGHT_COLUMNS);
    text_addf(out, "%s%s\n", *remark == '\0' ? "" : "  ", remark);
}

void compound_show_composition(struct ctx *c, struct text *out, const struct prescription *p)
{
    text_add(out, "\n  ");
    compound_column(out, "Herb", NAME_COLUMNS);
    compound_right(out, "a day", WEIGHT_COLUMNS);
    compound_right(out, "total", WEIGHT_COLUMNS);
    text_add(out, "\n");
    for (size_t i = 0; i < p->line_count; i++) {
        const struct prescription_line *line = &p->lines[i];
        const char *remark = *line->via == '\0' ? "added" : line->role;

        if (line->filled_item_id != 0)
            remark =
                arena_printf(&c->arena, "%s%sas %s", remark, *remark == '\0' ? "" : ", ", line->filled_name);

        show_line(
            c, out, arena_printf(&c->arena, "%s %s", line->pinyin, line->hanzi), line->daily, line->total,
            *line->handling_words == '\0' ? remark
                                          : arena_printf(&c->arena, "%s%s%s", remark,
                                                         *remark == '\0' ? "" : ", ", line->handling_words));
    }
    show_line(c, out, arena_printf(&c->arena, "%zu herb%s", p->line_count, p->line_count == 1 ? "" : "s"),
              p->daily, p->total, "");
    for (size_t i = 0; i < p->difference_count; i++) {
        const struct prescription_difference *d = &p->differences[i];

        text_add(out, i == 0 ? "\nDiffers from the classic by: " : "; ");
        if (d->was.mg == 0)
            text_addf(out, "+ %s %s", d->name, weight_text(&c->arena, d->is));
        else if (d->is.mg == 0)
            text_addf(out, "- %s", d->name);
        else
            text_addf(out, "%s %s instead of %s", d->name, weight_text(&c->arena, d->is),
                      weight_text(&c->arena, d->was));
    }
    text_add(out, p->difference_count > 0 ? "\n" : "");
}

static void show_label(struct text *out, const char *label, const char *text)
{
    if (*text == '\0')
        return;
    text_add(out, "     ");
    compound_column(out, label, LABEL_COLUMNS);
    text_addf(out, "%s\n", text);
}

static void show_side(struct text *out, const char *name, const char *typed)
{
    text_add(out, *name == '\0' ? typed : name);
    if (*name != '\0' && *typed != '\0' && strcmp(name, typed) != 0 && strstr(name, typed) == NULL)
        text_addf(out, " [%s]", typed);
}

static void show_answer(struct ctx *c, struct text *out, const struct stored_finding *f)
{
    const char *carried = f->carried_from == 0 ? ""
                                               : arena_printf(&c->arena, ", carried over from screening %lld",
                                                              (long long)f->carried_from);

    if (f->critical_no == 0)
        return;
    if (f->answer_no == 0) {
        show_label(out, "answer", "none yet: it must be answered");
        return;
    }
    show_label(out, "answer",
               arena_printf(&c->arena, "%s%s%s (%s%s)", f->reason_english, *f->note == '\0' ? "" : ": ",
                            f->note, f->answered_by, carried));
    show_label(out, "read by", *f->acknowledged_by == '\0' ? "no pharmacist yet" : f->acknowledged_by);
}

void compound_show_finding(struct ctx *c, struct text *out, const struct stored_finding *f)
{
    text_addf(out, "%3lld. %s: ", (long long)f->finding_no, f->severity);
    show_side(out, f->subject_name, f->subject_typed);
    if (*f->subject_name != '\0' && (*f->object_name != '\0' || *f->object_typed != '\0'))
        text_add(out, " × ");
    show_side(out, f->object_name, f->object_typed);
    text_addf(out, ": %s\n", f->effect);
    show_label(out, "here", f->detail);
    if (f->critical_no == 0)
        return;
    show_label(out, "because", f->mechanism);
    show_label(out, "do", f->action);
    show_label(out, "evidence", f->evidence);
    show_label(out, "citation", f->citation);
    show_answer(c, out, f);
}

/* Written elsewhere: its prescriber answers, and comparing it with the paper signs it. */
static void show_next_of_intake(struct text *out, const struct prescription *p,
                                const struct screening_record *s)
{
    long long intake = (long long)p->intake_id;

    if (s->answered_count < s->critical_count)
        text_addf(out,
                  "ask the prescriber: yaofang compound intake ask %lld --as USERNAME --note TEXT; then "
                  "yaofang compound answer %lld --as USERNAME --finding N --reason CODE --note TEXT\n",
                  intake, (long long)p->id);
    else
        text_addf(out,
                  "another pharmacist compares it with the paper: yaofang compound intake compare %lld --as "
                  "USERNAME\n",
                  intake);
}

static void show_next(struct ctx *c, struct text *out, const struct prescription *p,
                      const struct screening_record *s)
{
    const char *as = c->who.username;
    long long id = (long long)p->id;

    text_add(out, "\nNext: ");
    if (p->version != p->latest_version)
        text_addf(out, "version %lld is the newest: yaofang compound show %lld --as %s\n",
                  (long long)p->latest_version, id, as);
    else if (!s->current)
        text_addf(out, "the patient changed since the screening: yaofang compound screen %lld --as %s\n", id,
                  as);
    else if (p->intake_id > 0 && p->signed_at.us == 0)
        show_next_of_intake(out, p, s);
    else if (s->answered_count < s->critical_count)
        text_addf(out, "yaofang compound answer %lld --as %s --finding N --reason CODE --note TEXT\n", id,
                  as);
    else if (p->signed_at.us == 0)
        text_addf(out, "yaofang compound sign %lld --as %s\n", id, as);
    else if (s->acknowledged_count < s->answered_count)
        text_addf(out, "a pharmacist reads the answers: yaofang compound acknowledge %lld --as USERNAME\n",
                  id);
    else
        text_addf(out, "yaofang compound order %lld --as %s\n", id, as);
}

static enum status show_text(struct ctx *c, const struct called *in, int64_t id, int64_t version)
{
    struct text *out = in->out;
    struct prescription p;
    struct screening_record record;
    struct stored_finding *findings;
    size_t count;

    TRY(prescription_get(c, in->knowledge, id, version, &p));
    TRY(screening_latest(c, id, p.version, &record));
    TRY(screening_findings(c, record.id, &findings, &count));
    show_head(c, out, &p);
    compound_show_composition(c, out, &p);
    text_addf(out, "\nScreening %lld: %zu finding%s, %lld to be answered, %lld answered\n",
              (long long)record.id, count, count == 1 ? "" : "s", (long long)record.critical_count,
              (long long)record.answered_count);
    for (size_t i = 0; i < count; i++)
        compound_show_finding(c, out, &findings[i]);
    show_next(c, out, &p, &record);
    return ST_OK;
}

enum status compound_show(struct ctx *c, const struct called *in, int64_t prescription_id, int64_t version)
{
    struct json_writer w;

    if (!argument_given(in->in, "--json"))
        return show_text(c, in, prescription_id, version);
    json_init(&w, in->out);
    TRY(prescription_write(c, &w, in->knowledge, prescription_id, version));
    text_add(in->out, "\n");
    return ST_OK;
}
