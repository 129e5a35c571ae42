/* Rows put in place by SQL, as the service's own role: the schema accepts them only if it would from the service. */
#include "support/stage.h"

#include <stdlib.h>

#include "core/order.h"
#include "support/database.h"

#define SQL(c, ...) arena_printf(&(c)->arena, __VA_ARGS__)
#define SHOP_AND(c) (long long)(c)->who.shop_id

static int64_t stage_item(struct ctx *c, const char *herb)
{
    sql_must(c, SQL(c,
                    "INSERT INTO items (shop_id, sku, item_kind, herb_id, name, unit) VALUES (%lld, 'T-%s', "
                    "'raw', '%s', '%s', 'mg')"
                    " ON CONFLICT DO NOTHING",
                    SHOP_AND(c), herb, herb, herb));
    return sql_number(
        c, SQL(c, "SELECT id FROM items WHERE shop_id = %lld AND sku = 'T-%s'", SHOP_AND(c), herb));
}

int64_t stage_lot(struct ctx *c, const char *herb, const char *code, int64_t mg, int days, const char *status,
                  const char *place)
{
    const int64_t item = stage_item(c, herb);
    int64_t lot;

    sql_must(c, SQL(c,
                    "INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, status)"
                    " SELECT %lld, %lld, min(id), '%s', shop_today(%lld) + %d, '%s' FROM suppliers WHERE "
                    "shop_id = %lld",
                    SHOP_AND(c), (long long)item, code, SHOP_AND(c), days, status, SHOP_AND(c)));
    lot = sql_number(c,
                     SQL(c, "SELECT id FROM lots WHERE shop_id = %lld AND item_id = %lld AND lot_code = '%s'",
                         SHOP_AND(c), (long long)item, code));
    sql_must(c, SQL(c,
                    "SELECT stock_book(%lld, ARRAY[%lld], ARRAY[o.id], ARRAY[p.id], ARRAY[%lld], 'received', "
                    "NULL, NULL, 'stage', NULL)"
                    " FROM locations o, locations p WHERE o.shop_id = %lld AND o.kind = 'supplier'"
                    " AND p.shop_id = %lld AND p.code = '%s'",
                    SHOP_AND(c), (long long)lot, (long long)mg, SHOP_AND(c), SHOP_AND(c), place));
    return lot;
}

static int64_t stage_screening(struct ctx *c, int64_t prescription, int critical)
{
    return sql_number(
        c, SQL(c,
               "WITH s AS (INSERT INTO screenings (shop_id, prescription_id, version, patient_id, "
               "profile_version,"
               " knowledge_version, critical_count, made_by)"
               " SELECT %lld, %lld, 1, q.id, q.profile_version, 'stage', %d, %lld FROM prescriptions p"
               " JOIN patients q ON q.shop_id = p.shop_id AND q.id = p.patient_id WHERE p.shop_id = %lld AND "
               "p.id = %lld"
               " RETURNING id), f AS (INSERT INTO findings (shop_id, screening_id, finding_no, kind, "
               "severity, critical_no,"
               " screening_critical_count) SELECT %lld, s.id, n, 'herb_drug', 'major', n, %d FROM s, "
               "generate_series(1, %d) n)"
               " SELECT id FROM s",
               SHOP_AND(c), (long long)prescription, critical, (long long)c->who.user_id, SHOP_AND(c),
               (long long)prescription, SHOP_AND(c), critical, critical));
}

/* Whoever is acting, when the database lets her take the step; else the shop's first who may. */
static long long person_for(struct ctx *c, const char *roles)
{
    return sql_number(
        c, SQL(c,
               "SELECT CASE WHEN holds_role(%lld, %lld, '{%s}') THEN %lld ELSE (SELECT min(user_id)"
               " FROM user_roles WHERE shop_id = %lld AND role = ANY ('{%s}')) END",
               SHOP_AND(c), (long long)c->who.user_id, roles, (long long)c->who.user_id, SHOP_AND(c), roles));
}

static int64_t prescription_as(struct ctx *c, const char *form, int days, int critical, bool answered,
                               const struct staged_herb *herbs, size_t count)
{
    const long long user = c->who.user_id;
    int64_t id, screening, total = 0;

    id = sql_number(
        c, SQL(c,
               "INSERT INTO prescriptions (shop_id, patient_id, created_by)"
               " SELECT %lld, id, %lld FROM patients WHERE shop_id = %lld AND code = 'D-0003' RETURNING id",
               SHOP_AND(c), user, SHOP_AND(c)));
    for (size_t i = 0; i < count; i++)
        total += herbs[i].mg;
    sql_must(c, SQL(c,
                    "INSERT INTO prescription_versions (shop_id, prescription_id, version, dosage_form, "
                    "merge_rule, dose_mode,"
                    " days, doses_per_day, packets, total_mg, created_by)"
                    " VALUES (%lld, %lld, 1, '%s', 'highest', 'total', %d, 2, %d, %lld, %lld)",
                    SHOP_AND(c), (long long)id, form, days, days, (long long)total, user));
    for (size_t i = 0; i < count; i++)
        sql_must(c, SQL(c,
                        "INSERT INTO prescription_items (shop_id, prescription_id, version, line_no, "
                        "herb_id, daily_mg, total_mg)"
                        " VALUES (%lld, %lld, 1, %zu, '%s', %lld, %lld)",
                        SHOP_AND(c), (long long)id, i + 1, herbs[i].herb, (long long)(herbs[i].mg / days + 1),
                        (long long)herbs[i].mg));
    screening = stage_screening(c, id, critical);
    if (!answered)
        return id;
    sql_must(c, SQL(c,
                    "INSERT INTO answers (shop_id, screening_id, answer_no, critical_no, reason, answered_by)"
                    " SELECT %lld, %lld, n, n, 'dose_reduced', %lld FROM generate_series(1, %d) n",
                    SHOP_AND(c), (long long)screening, user, critical));
    sql_must(c, SQL(c,
                    "INSERT INTO signatures (shop_id, prescription_id, version, screening_id, "
                    "critical_count, signed_by)"
                    " VALUES (%lld, %lld, 1, %lld, %d, %lld)",
                    SHOP_AND(c), (long long)id, (long long)screening, critical,
                    person_for(c, "practitioner,pharmacist")));
    return id;
}

int64_t stage_prescription(struct ctx *c, int days, int critical, bool answered,
                           const struct staged_herb *herbs, size_t count)
{
    return prescription_as(c, "raw_decoction", days, critical, answered, herbs, count);
}

int64_t stage_order_as(struct ctx *c, const char *form, const char *herb, int64_t mg, int days)
{
    const struct staged_herb only = { herb, mg };
    int64_t id;

    if (order_create(c, NULL, prescription_as(c, form, days, 0, true, &only, 1), &id) != ST_OK)
        abort();
    return id;
}

int64_t stage_order(struct ctx *c, const char *herb, int64_t mg, int days)
{
    return stage_order_as(c, "raw_decoction", herb, mg, days);
}

void stage_release(struct ctx *c, int64_t order_id)
{
    const long long pharmacist = person_for(c, "pharmacist");

    sql_must(c, SQL(c,
                    "INSERT INTO acknowledgements (shop_id, screening_id, answer_no, acknowledged_by)"
                    " SELECT a.shop_id, a.screening_id, a.answer_no, %lld FROM answers a JOIN screenings s "
                    "ON s.shop_id = a.shop_id"
                    " AND s.id = a.screening_id JOIN orders o ON o.shop_id = s.shop_id AND o.prescription_id "
                    "= s.prescription_id"
                    " WHERE o.shop_id = %lld AND o.id = %lld",
                    pharmacist, SHOP_AND(c), (long long)order_id));
    sql_must(
        c,
        SQL(c,
            "WITH r AS (INSERT INTO releases (shop_id, order_id, prescription_id, version, screening_id, "
            "critical_count,"
            " released_by) SELECT o.shop_id, o.id, o.prescription_id, o.version, s.id, s.critical_count, %lld"
            " FROM orders o JOIN screenings s ON s.shop_id = o.shop_id AND s.prescription_id = "
            "o.prescription_id"
            " WHERE o.shop_id = %lld AND o.id = %lld RETURNING order_id)"
            " UPDATE orders SET state = 'released' WHERE shop_id = %lld AND id IN (SELECT order_id FROM r)",
            pharmacist, SHOP_AND(c), (long long)order_id, SHOP_AND(c)));
}

enum status stage_weigh(struct ctx *c, int64_t order_id, int64_t lot_id, int64_t mg)
{
    const struct order_weighing weighing = { .line_no = 1, .lot_id = lot_id, .weighed = { mg } };

    return order_weigh(c, order_id, &weighing, 1);
}

void stage_fate(struct ctx *c, const char *name, const char *sql)
{
    struct ctx owner;

    database_open_test(&owner, name, TEST_OWNER);
    owner.who.shop_id = c->who.shop_id;
    sql_must(&owner, sql);
    ctx_close(&owner);
}

int64_t stage_reserved(struct ctx *c, int64_t order_id, int64_t lot_id)
{
    return sql_number(
        c, SQL(c,
               "SELECT coalesce(sum(quantity), 0) FROM reservations WHERE shop_id = %lld AND order_id = %lld"
               " AND lot_id = %lld AND ended_at IS NULL",
               SHOP_AND(c), (long long)order_id, (long long)lot_id));
}

int64_t stage_in_stock(struct ctx *c, int64_t lot_id)
{
    return sql_number(c, SQL(c,
                             "SELECT coalesce(sum(quantity), 0) FROM balances WHERE shop_id = %lld AND "
                             "lot_id = %lld AND internal",
                             SHOP_AND(c), (long long)lot_id));
}
