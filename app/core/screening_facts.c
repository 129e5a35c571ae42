/* The facts of one prescription, read from the database for the engine. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/screening_parts.h"
#include "db/db.h"
#include "sql.h"

struct calendar {
    struct date today, first_on, last_on;
    int64_t age_months;
    const char *jurisdiction;
};

struct course_row {
    int64_t prescription_id, version;
    struct date first_on, last_on;
    const char *herbs;
};

static const struct column calendar_columns[] = {
    COLUMN(struct calendar, today),        COLUMN(struct calendar, first_on),
    COLUMN(struct calendar, last_on),      COLUMN(struct calendar, age_months),
    COLUMN(struct calendar, jurisdiction), COLUMNS_END,
};
static const struct column course_columns[] = {
    COLUMN(struct course_row, prescription_id), COLUMN(struct course_row, version),
    COLUMN(struct course_row, first_on),        COLUMN(struct course_row, last_on),
    COLUMN(struct course_row, herbs),           COLUMNS_END,
};

struct case_part *case_parts(struct arena *arena, const char *list, size_t *count)
{
    struct case_part *parts = NULL;
    size_t capacity = 0;
    char *at = arena_text(arena, list);

    *count = 0;
    while (*at != '\0') {
        char *end = at + strcspn(at, ";"), *weight, *name;
        struct case_part part = { .id = at, .typed = "" };

        at = *end == '\0' ? end : end + 1;
        *end = '\0';
        weight = strchr(part.id, ':');
        name = weight == NULL ? NULL : strchr(weight + 1, ':');
        if (weight != NULL) {
            part.daily.mg = strtoll(weight + 1, NULL, 10);
            *weight = '\0';
        }
        if (name != NULL)
            part.typed = name + 1;
        parts = arena_grow(arena, parts, *count, &capacity, sizeof *parts);
        parts[(*count)++] = part;
    }
    return parts;
}

const char *recipe_text(struct arena *arena, const struct prescription *p)
{
    struct text text;

    text_init(&text, arena);
    for (size_t i = 0; i < p->line_count; i++)
        text_addf(&text, "%s%s:%lld", i == 0 ? "" : ";", p->lines[i].herb_id,
                  (long long)p->lines[i].daily.mg);
    text_add_char(&text, '|');
    for (size_t i = 0; i < p->formula_count; i++)
        text_addf(&text, "%s%s", i == 0 ? "" : ";", p->formulas[i].formula_id);
    return text.data;
}

static struct case_recipe recipe_of(struct arena *arena, const struct prescription *p)
{
    struct case_recipe recipe = {
        .herbs = arena_array(arena, p->line_count, sizeof *recipe.herbs),
        .herb_count = p->line_count,
        .formulas = arena_array(arena, p->formula_count, sizeof *recipe.formulas),
        .formula_count = p->formula_count,
    };

    for (size_t i = 0; i < p->line_count; i++)
        recipe.herbs[i] = (struct case_part){ p->lines[i].herb_id, p->lines[i].pinyin, p->lines[i].daily };
    for (size_t i = 0; i < p->formula_count; i++)
        recipe.formulas[i] =
            (struct case_part){ p->formulas[i].formula_id, p->formulas[i].pinyin, p->formulas[i].scaled };
    return recipe;
}

static enum status read_courses(struct ctx *c, const struct prescription *p, struct case_facts *facts)
{
    struct course_row *rows;
    struct case_course *courses;

    TRY(db_all(c, &q_patient_courses, PARAMS(SHOP(c), I64(p->patient_id), I64(p->id)), course_columns,
               sizeof *rows, &rows, &facts->course_count));
    facts->courses = courses = arena_array(&c->arena, facts->course_count, sizeof *courses);
    for (size_t i = 0; i < facts->course_count; i++) {
        courses[i] = (struct case_course){
            .label = arena_printf(&c->arena, "prescription %lld", (long long)rows[i].prescription_id),
            .first_on = rows[i].first_on,
            .last_on = rows[i].last_on,
        };
        courses[i].recipe.herbs = case_parts(&c->arena, rows[i].herbs, &courses[i].recipe.herb_count);
    }
    return ST_OK;
}

static enum status read_calendar(struct ctx *c, const struct prescription *p, int64_t coming,
                                 struct case_facts *facts)
{
    struct calendar calendar = { .jurisdiction = "" };
    bool found;

    TRY(db_row(c, &q_patient_calendar,
               PARAMS(SHOP(c), I64(p->patient_id), I64(p->id), I64(p->version), I64(p->days), I64(coming)),
               calendar_columns, &calendar, &found));
    facts->today = calendar.today;
    facts->first_on = calendar.first_on;
    facts->last_on = calendar.last_on;
    facts->age_months = calendar.age_months;
    facts->jurisdiction = calendar.jurisdiction;
    return ST_OK;
}

/* The patient is read before her profile: a change in between makes this screening stale, never wrongly current. */
enum status screen_prescription(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription *prescription, int64_t coming, struct screened *out)
{
    struct case_facts facts = { .recipe = recipe_of(&c->arena, prescription) };
    struct patient patient;

    TRY(patient_get(c, prescription->patient_id, &patient));
    facts.profile_version = patient.profile_version;
    facts.medicines_asked = patient.medicines_asked;
    facts.born_on = patient.born_on;
    facts.body = patient.weight;
    for (enum profile_part part = PROFILE_MEDICINES; part < PROFILE_PART_COUNT; part++) {
        struct profile_row *rows;

        TRY(patient_profile(c, patient.id, part, &rows, &facts.profile_count[part]));
        facts.profile[part] = rows;
    }
    TRY(read_calendar(c, prescription, coming, &facts));
    TRY(read_courses(c, prescription, &facts));
    facts_screen(&c->arena, knowledge, &facts, out);
    return ST_OK;
}
