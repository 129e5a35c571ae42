/* The facts of one prescription, read from the database for the engine. */
#include "core/screening_parts.h"

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

/* The patient is read before her profile: a change in between makes this screening stale, never wrongly current. */
enum status screen_prescription(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription *prescription, struct screened *out)
{
    struct case_facts facts = { .recipe = recipe_of(&c->arena, prescription) };
    struct patient patient;

    TRY(patient_get(c, prescription->patient_id, &patient));
    facts.profile_version = patient.profile_version;
    facts.medicines_asked = patient.medicines_asked;
    facts.born_on = patient.born_on;
    facts.age_years = patient.age_years;
    for (enum profile_part part = PROFILE_MEDICINES; part < PROFILE_PART_COUNT; part++) {
        struct profile_row *rows;

        TRY(patient_profile(c, patient.id, part, &rows, &facts.profile_count[part]));
        facts.profile[part] = rows;
    }
    facts_screen(&c->arena, knowledge, &facts, out);
    return ST_OK;
}
