/* Letting an order be weighed: only after a screening that saw the patient and the rule book as they are now, every critical
   finding answered and every answer read. The database refuses what slips past here. */
#include <string.h>

#include "core/alert.h"
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "core/screening.h"
#include "db/db.h"
#include "sql.h"

struct release {
    int64_t id;
    const char *knowledge_version;
};

enum status order_stale(struct ctx *c, const struct screening_record *screening, const char *then)
{
    return ctx_fail(c, ST_STALE, "screening", NULL,
                    "is older than %s: screen the order again, answer what is new, then %s",
                    screening->stands || !screening->current ? "what is now known of the patient"
                                                             : "the rule book",
                    then);
}

static enum status release(struct ctx *c, void *arg)
{
    static const char *const from[] = { "allocated", NULL };
    const struct release *want = arg;
    struct locked_order order;
    struct screening_record screening;
    size_t written;

    TRY(order_lock(c, want->id, from, "released", &order));
    TRY(screening_latest(c, order.prescription_id, order.version, &screening));
    screening.stands = screening.stands && strcmp(screening.knowledge_version, want->knowledge_version) == 0;
    if (!screening.stands)
        return order_stale(c, &screening, "release");
    TRY(screening_require_answers(c, screening.id, true));
    TRY(db_change(c, &q_release_insert, PARAMS(SHOP(c), I64(want->id), I64(screening.id), USER(c)),
                  &written));
    if (written == 0)
        return order_stale(c, &screening, "release");
    TRY(alert_passed(c, screening.id, MOMENT_RELEASE, want->id));
    return audit_note(c, "order_released", order_subject(c, want->id),
                      arena_printf(&c->arena, "screening %lld", (long long)screening.id));
}

enum status order_release(struct ctx *c, const struct knowledge *knowledge, int64_t id)
{
    struct release want = { .id = id, .knowledge_version = knowledge_version(&c->arena, knowledge) };

    TRY(person_require(c, ROLE_PHARMACIST, "release an order"));
    return db_tx(c, release, &want);
}
