/* Whether goods are called like something that has to be screened: the name is read as a line of a prescription is. */
#include "core/goods.h"

#include "clinic/names.h"
#include "clinic/typed.h"

enum { SCREENED = REF_BIT(REF_HERB) | REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT) | REF_DRUGS };

static const struct ref NOTHING = { .kind = REF_NONE };

/* The first thing that the name says; REF_NONE when it says nothing that is known. */
static struct ref first_known(struct ctx *c, const struct knowledge *knowledge, const char *name)
{
    struct understood said = { 0 };

    typed_item_add(&c->arena, knowledge, name, SCREENED, &said);
    if (said.item_count > 0)
        return said.items[0].ref;
    if (said.drug_count > 0)
        return said.drugs[0].ref;
    if (said.question_count > 0 && said.questions[0].candidate_count > 0)
        return said.questions[0].candidates[0].ref;
    return NOTHING;
}

static void check(struct ctx *c, const struct knowledge *knowledge, const char *field, const char *name)
{
    const struct ref known = name == NULL ? NOTHING : first_known(c, knowledge, name);
    const bool herb = known.kind == REF_HERB, medicine = ((REF_BIT(known.kind) & REF_DRUGS) != 0);

    if (known.kind == REF_NONE)
        return;
    ctx_note(
        c, ST_INVALID, field, name,
        herb ? "is known to the reference as the herb %s: goods are never screened, so it has to be raw, "
               "granule or powder"
        : medicine
            ? "is known to the reference as the medicine %s: goods are never screened, so it is none of them"
            : "is known to the reference as %s: goods are never screened, so it has to be a product",
        ref_name(knowledge, known));
}

void goods_check_names(struct ctx *c, const struct knowledge *knowledge, const char *name, const char *hanzi)
{
    check(c, knowledge, "name", name);
    check(c, knowledge, "name_hanzi", hanzi);
}
