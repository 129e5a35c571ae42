/* Drafts put together, refused and stored for the suites about them. */
#include "support/draft.h"

struct prescription draft_built(const struct prescription_draft *draft)
{
    struct prescription out;

    MUST(prescription_build(&c, k, draft, &out));
    return out;
}

struct prescription_form draft_form(const struct prescription *built)
{
    struct prescription_form form;

    MUST(prescription_form_get(&c, k, built, &form));
    return form;
}

int64_t draft_form_mg(const struct prescription *built, const struct prescription_form *form,
                      const char *herb)
{
    return form->lines[test_line(built, herb) - built->lines].form.mg;
}

void draft_refused(const struct prescription_draft *draft, enum status status, const char *field,
                   const char *part)
{
    struct prescription out;

    ck_assert_int_eq(prescription_build(&c, k, draft, &out), status);
    ck_assert_msg(test_fault_says(&c, field, part), "no fault of %s says %s; first: %s", field, part,
                  fault_text(&c));
    ctx_forgive(&c);
}

int64_t draft_created(const struct prescription_draft *draft)
{
    int64_t id;

    MUST(prescription_create(&c, k, draft, &id));
    return id;
}
