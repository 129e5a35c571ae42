/* Orders of the warfarin patient on their way to a label: for the tests of labels. */
#include "support/labelled.h"

#include <check.h>

#include "core/order.h"
#include "core/prescription.h"
#include "core/screening.h"
#include "db/db.h"
#include "print/draw.h"
#include "sql.h"
#include "support/database.h"
#include "support/prescribe.h"

#define MUST(call) ck_assert_msg((call) == ST_OK, "%s", fault_text(c))

/* The classic, or two herbs of which there is plenty. */
int64_t labelled_order(struct ctx *c, bool classic)
{
    const struct draft_formula formula = { .formula = "bu zhong yi qi tang" };
    const struct draft_herb herbs[] = { { .herb = "dan shen", .weight = { classic ? 9000 : 1000 } },
                                        { .herb = "chuan xiong", .weight = { classic ? 6000 : 1000 } } };
    struct prescription_draft draft = test_draft(c, test_patient(c, "D-0003"), NULL, NULL, 0);
    const struct knowledge *knowledge = test_knowledge(LABELLED);
    int64_t prescription, order, read;
    struct screening_record screening;

    act_as(c, "dr.wu");
    draft.formulas = &formula;
    draft.formula_count = classic;
    draft.herbs = herbs;
    draft.herb_count = 2;
    MUST(prescription_create(c, knowledge, &draft, &prescription));
    test_answer_all(c, prescription, 1);
    MUST(prescription_sign(c, knowledge, prescription, 1));
    act_as(c, "mei.lin");
    MUST(screening_latest(c, prescription, 1, &screening));
    MUST(screening_acknowledge(c, screening.id, &read));
    MUST(order_create(c, NULL, prescription, &order));
    MUST(order_allocate(c, order, DATE_NONE));
    return order;
}

static const struct column weighing_columns[] = {
    COLUMN(struct order_weighing, line_no),
    COLUMN(struct order_weighing, lot_id),
    COLUMN(struct order_weighing, location_id),
    COLUMN_NAMED(struct order_weighing, weighed, "planned"),
    COLUMNS_END,
};

void labelled_weigh(struct ctx *c, int64_t order)
{
    struct order_weighing *weighings;
    size_t n;

    MUST(order_release(c, test_knowledge(LABELLED), order));
    MUST(db_all(c, &q_order_reservations, PARAMS(SHOP(c), I64(order)), weighing_columns, sizeof *weighings,
                &weighings, &n));
    MUST(order_weigh(c, order, weighings, n));
}

struct label_job labelled_job(struct ctx *c, const char *kind, int64_t order, bool print)
{
    struct ruler *ruler = arena_alloc(&c->arena, sizeof *ruler);
    struct label_job job = { .id = order, .about = "order", .print = print, .ruler = ruler, .on = DATE_NONE };

    MUST(label_find(c, kind, &job.label));
    MUST(draw_ruler(c, LABEL_FONT, ruler));
    return job;
}
