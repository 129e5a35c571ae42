/* What no path gets round, tried as the service's own role in plain SQL: an unanswered finding, a second answer, a lie about the
   count, another shop's rows, a balance without its move, an audit entry changed afterwards. */
#include "core/audit.h"
#include "core/order.h"
#include "core/shop.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_laws"

SCENE("mei.lin")

static void blocked(enum status expected, const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) == expected, "%s\n%s", sql, fault_text(&c));
    ctx_forgive(&c);
}

static long long latest(const char *table)
{
    return sql_number(&c, SQL("SELECT max(id) FROM %s", table));
}

/* An allocated order whose screening has two critical findings, both answered, none read yet; `screening` is that screening. */
static int64_t screened_order(long long *screening)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(10) };
    int64_t order;

    (void)stage_lot(&c, "ma_huang", SQL("Q%lld", (long long)sql_number(&c, "SELECT count(*) FROM lots")),
                    GRAMS(100), 300, "released", "A01");
    ck_assert_int_eq(order_create(&c, NULL, stage_prescription(&c, 7, 2, true, &herb, 1), &order), ST_OK);
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    *screening = latest("screenings");
    return order;
}

static const char *release_row(int64_t order, long long screening, int critical)
{
    return SQL("INSERT INTO releases (shop_id, order_id, prescription_id, version, screening_id, "
               "critical_count, released_by)"
               " SELECT shop_id, id, prescription_id, version, %lld, %d, %lld FROM orders WHERE id = %lld",
               screening, critical, (long long)c.who.user_id, (long long)order);
}

START_TEST(no_release_before_every_answer_was_read)
{
    long long screening, user = c.who.user_id;
    int64_t order = screened_order(&screening);

    blocked(ST_UNSAFE, release_row(order, screening, 2));
    blocked(ST_UNSAFE, SQL("INSERT INTO acknowledgements (shop_id, screening_id, answer_no, acknowledged_by)"
                           " VALUES (%lld, %lld, 2, %lld)",
                           (long long)c.who.shop_id, screening, user));
    sql_must(&c, SQL("INSERT INTO acknowledgements (shop_id, screening_id, answer_no, acknowledged_by)"
                     " VALUES (%lld, %lld, 1, %lld)",
                     (long long)c.who.shop_id, screening, user));
    blocked(ST_UNSAFE, release_row(order, screening, 2));
    blocked(ST_CONFLICT, release_row(order, screening, 1)); /* a lie about the count */
    blocked(ST_CONFLICT, release_row(order, screening, 0));
    blocked(ST_UNSAFE, SQL("UPDATE orders SET state = 'released' WHERE id = %lld", (long long)order));
    sql_must(&c, SQL("INSERT INTO acknowledgements (shop_id, screening_id, answer_no, acknowledged_by)"
                     " VALUES (%lld, %lld, 2, %lld)",
                     (long long)c.who.shop_id, screening, user));
    sql_must(&c, release_row(order, screening, 2));
    sql_must(&c, SQL("UPDATE orders SET state = 'released' WHERE id = %lld", (long long)order));
    blocked(ST_CONFLICT, SQL("UPDATE orders SET state = 'checked' WHERE id = %lld", (long long)order));
    blocked(ST_CONFLICT, SQL("UPDATE orders SET state = 'handed_over' WHERE id = %lld", (long long)order));
}
END_TEST

static const char *signature(long long prescription, long long screening, int critical)
{
    return SQL(
        "INSERT INTO signatures (shop_id, prescription_id, version, screening_id, critical_count, signed_by)"
        " VALUES (%lld, %lld, 1, %lld, %d, %lld)",
        (long long)c.who.shop_id, prescription, screening, critical, (long long)c.who.user_id);
}

static const char *answer(long long screening, int answer_no, int critical_no)
{
    return SQL("INSERT INTO answers (shop_id, screening_id, answer_no, critical_no, reason, answered_by)"
               " VALUES (%lld, %lld, %d, %d, 'dose_reduced', %lld)",
               (long long)c.who.shop_id, screening, answer_no, critical_no, (long long)c.who.user_id);
}

START_TEST(no_signature_before_every_answer_was_given)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(10) };
    long long prescription = stage_prescription(&c, 7, 3, false, &herb, 1), screening = latest("screenings");

    blocked(ST_UNSAFE, signature(prescription, screening, 3));
    blocked(ST_CONFLICT, signature(prescription, screening, 0));
    blocked(ST_CONFLICT, answer(screening, 3, 1)); /* skips numbers */
    sql_must(&c, answer(screening, 1, 2));
    blocked(ST_CONFLICT, answer(screening, 2, 2)); /* the same finding twice */
    blocked(ST_NOT_FOUND, answer(screening, 2, 4));
    sql_must(&c, answer(screening, 2, 1));
    blocked(ST_UNSAFE, signature(prescription, screening, 3));
    sql_must(&c, answer(screening, 3, 3));
    sql_must(&c, signature(prescription, screening, 3));
}
END_TEST

START_TEST(a_screening_cannot_hide_a_critical_finding)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(10) };
    long long screening, shop = c.who.shop_id;

    (void)stage_prescription(&c, 7, 1, false, &herb, 1);
    screening = latest("screenings");
    blocked(ST_CONFLICT, SQL("INSERT INTO findings (shop_id, screening_id, finding_no, kind, severity, "
                             "screening_critical_count)"
                             " VALUES (%lld, %lld, 9, 'herb_drug', 'major', 1)",
                             shop, screening));
    blocked(ST_CONFLICT,
            SQL("INSERT INTO findings (shop_id, screening_id, finding_no, kind, severity, critical_no,"
                " screening_critical_count) VALUES (%lld, %lld, 9, 'herb_drug', 'major', 2, 2)",
                shop, screening));
    /* a count above what is there is refused when the transaction ends */
    blocked(ST_CONFLICT,
            SQL("INSERT INTO screenings (shop_id, prescription_id, version, patient_id, profile_version,"
                " knowledge_version, critical_count, made_by) SELECT shop_id, prescription_id, version, "
                "patient_id,"
                " profile_version, 'lie', 5, made_by FROM screenings WHERE id = %lld",
                screening));
}
END_TEST

START_TEST(a_person_cannot_check_her_own_work_by_the_back_door)
{
    long long screening;
    int64_t order = screened_order(&screening);

    struct order_weighing weighing = { .line_no = 1, .weighed = { GRAMS(10) } };

    stage_release(&c, order);
    weighing.lot_id =
        sql_number(&c, SQL("SELECT lot_id FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                           (long long)order));
    ck_assert_msg(order_weigh(&c, order, &weighing, 1) == ST_OK, "%s", fault_text(&c));
    blocked(ST_DENIED,
            SQL("INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, total_weighed)"
                " VALUES (%lld, %lld, %lld, %lld, 1)",
                (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id,
                (long long)c.who.user_id));
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, total_weighed)"
                        " SELECT shop_id, %lld, id, %lld, 1 FROM users WHERE username = 'david.chen'",
                        (long long)order, (long long)c.who.user_id)),
        ST_CONFLICT); /* a lie about the filler */
    ctx_forgive(&c);
}
END_TEST

static const char *reserve(long long shop, long long order, int allocation)
{
    return SQL("SELECT order_reserve(%lld, %lld, %d, current_date, current_date, now())", shop, order,
               allocation);
}

/* Lots are set aside for the allocation an open order has now, for no other, and by nobody else's shop. */
START_TEST(nothing_is_reserved_for_another_allocation)
{
    long long screening;
    int64_t order = screened_order(&screening);
    const long long shop = c.who.shop_id, id = order;

    blocked(ST_DENIED, SQL("INSERT INTO reservations SELECT shop_id, order_id, allocation_no + 1, line_no, "
                           "lot_id, location_id,"
                           " quantity, expires_at FROM reservations WHERE order_id = %lld",
                           id));
    blocked(ST_DENIED, reserve(shop, id, 2));
    blocked(ST_DENIED, reserve(shop + 1, id, 1));
    blocked(ST_DENIED, reserve(shop, id + 1000, 1));
    sql_must(&c, SQL("UPDATE orders SET state = 'cancelled' WHERE id = %lld", id));
    blocked(ST_DENIED, reserve(shop, id, 1));
}
END_TEST

START_TEST(another_shop_sees_and_touches_nothing)
{
    struct ctx owner;
    long long mine = c.who.shop_id, other;

    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner, "INSERT INTO shops (slug, name) VALUES ('other', 'Other') ON CONFLICT DO NOTHING");
    other = sql_number(&owner, "SELECT id FROM shops WHERE slug = 'other'");
    ctx_close(&owner);
    c.who.shop_id = other;
    ck_assert_int_eq(
        sql_number(
            &c, "SELECT (SELECT count(*) FROM patients) + (SELECT count(*) FROM lots) + (SELECT count(*) FROM"
                " users) + (SELECT count(*) FROM stock_moves) + (SELECT count(*) FROM shops WHERE slug <> "
                "'other')"),
        0);
    blocked(ST_DENIED,
            SQL("INSERT INTO patients (shop_id, code, family_name) VALUES (%lld, 'X', 'X')", mine));
    blocked(
        ST_DENIED,
        SQL("SELECT stock_book(%lld, ARRAY[1], ARRAY[1], ARRAY[2], ARRAY[1], 'moved', NULL, NULL, '', NULL)",
            mine));
    blocked(ST_DENIED, SQL("SELECT audit_seal(%lld)", mine));
    sql_must(&c, SQL("UPDATE patients SET family_name = 'Stolen' WHERE shop_id = %lld", mine));
    c.who.shop_id = mine;
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM patients WHERE family_name = 'Stolen'"), 0);
    c.who.shop_id = 0;
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM patients"), 0);
}
END_TEST

static const char *move(int64_t lot, int64_t mg, const char *to)
{
    return SQL("SELECT stock_book(%lld, ARRAY[%lld], ARRAY[a.id], ARRAY[b.id], ARRAY[%lld], 'moved', NULL, "
               "NULL, '', NULL)"
               " FROM locations a, locations b WHERE a.code = 'A01' AND b.code = '%s'",
               (long long)c.who.shop_id, (long long)lot, (long long)mg, to);
}

START_TEST(stock_moves_only_through_the_ledger)
{
    int64_t lot = stage_lot(&c, "xi_xin", "B1", GRAMS(10), 300, "released", "A01");

    blocked(ST_DENIED, SQL("UPDATE balances SET quantity = 999999 WHERE lot_id = %lld", (long long)lot));
    blocked(
        ST_DENIED,
        SQL("INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason)"
            " SELECT %lld, %lld, a.id, b.id, 1, 'moved' FROM locations a, locations b LIMIT 1",
            (long long)c.who.shop_id, (long long)lot));
    blocked(ST_SHORT, move(lot, GRAMS(11), "A02"));
    blocked(ST_INVALID, move(lot, GRAMS(1), "A01"));
    blocked(ST_INVALID, move(lot, INT64_C(-1), "A02"));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(10));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM ledger_differences"), 0);
}
END_TEST

START_TEST(a_lot_is_usable_through_its_last_day)
{
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM (VALUES"
                                    " (lot_usable('released', '2026-11-22', '2026-11-22')),"
                                    " (NOT lot_usable('released', '2026-11-22', '2026-11-23')),"
                                    " (lot_usable('released', NULL, '2026-11-23')),"
                                    " (NOT lot_usable('held', '2027-11-22', '2026-11-23'))) t (ok) WHERE ok"),
                     4);
    blocked(ST_INVALID,
            SQL("INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision)"
                " SELECT shop_id, item_id, supplier_id, 'MONTH', '2028-02-28', 'month' FROM lots LIMIT 1"));
    sql_must(&c,
             SQL("INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, expiry_precision)"
                 " SELECT shop_id, item_id, supplier_id, 'MONTH', '2028-02-29', 'month' FROM lots LIMIT 1"));
}
END_TEST

/* The line where the date changes runs between these two: it is never the same day in both. */
START_TEST(today_is_the_shops_own)
{
    struct ctx owner;

    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner,
             "INSERT INTO shops (slug, name, time_zone) VALUES ('east', 'East', 'Pacific/Kiritimati'),"
             " ('west', 'West', 'Pacific/Niue')");
    ck_assert_int_ge(sql_number(&owner, "SELECT (SELECT shop_today(id) FROM shops WHERE slug = 'east')"
                                        " - (SELECT shop_today(id) FROM shops WHERE slug = 'west')"),
                     1);
    ck_assert_int_eq(sql_number(&owner,
                                "SELECT count(*) FROM shops WHERE slug = 'east'"
                                " AND shop_today(id) = (now() AT TIME ZONE 'Pacific/Kiritimati')::date"),
                     1);
    ctx_close(&owner);
}
END_TEST

START_TEST(a_shop_is_made_with_what_its_ledger_needs)
{
    struct shop_new shop = {
        .slug = "hua-tuo", .name = "Hua Tuo Pharmacy", .time_zone = "Asia/Shanghai", .currency = "CNY"
    };
    struct ctx owner;
    int64_t id;

    database_open_test(&owner, DATABASE, TEST_OWNER);
    ck_assert_msg(shop_create(&owner, &shop, &id) == ST_OK, "%s", fault_text(&owner));
    ck_assert_int_eq(
        sql_number(&owner, arena_printf(&owner.arena, "SELECT count(*) FROM locations WHERE shop_id = %lld",
                                        (long long)id)),
        8);
    ck_assert_int_eq(shop_create(&owner, &shop, &id), ST_CONFLICT);
    ctx_forgive(&owner);
    shop.slug = "Not A Slug";
    ck_assert_int_eq(shop_create(&owner, &shop, &id), ST_INVALID);
    ctx_forgive(&owner);
    shop.slug = "mars";
    shop.time_zone = "Mars/Olympus";
    ck_assert_int_eq(shop_create(&owner, &shop, &id), ST_INVALID);
    ck_assert_str_eq(owner.fault.items[0].field, "time_zone");
    ctx_close(&owner);
}
END_TEST

START_TEST(a_changed_audit_entry_is_found_out)
{
    struct ctx owner;
    int64_t sealed, broken;

    ck_assert_int_eq(audit_note(&c, "test", "order 1", "first"), ST_OK);
    ck_assert_int_eq(audit_note(&c, "test", "order 1", "second"), ST_OK);
    ck_assert_int_eq(audit_verify(&c, &sealed, &broken), ST_OK);
    ck_assert_int_ge(sealed, 2);
    ck_assert_int_eq(broken, 0);
    ck_assert_int_eq(audit_note(&c, "test", "order 1", "third"), ST_OK);
    ck_assert_int_eq(audit_verify(&c, &sealed, &broken), ST_OK);
    ck_assert_int_eq(sealed, 1);
    blocked(ST_DENIED, "UPDATE audit SET details = 'nothing'");
    blocked(ST_DENIED, "DELETE FROM audit");
    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner, "UPDATE audit SET details = 'nothing happened' WHERE details = 'second'");
    ck_assert_int_eq(audit_verify(&c, &sealed, &broken), ST_OK);
    ck_assert_int_eq(broken, 1);
    sql_must(&owner, "UPDATE audit SET details = 'second' WHERE details = 'nothing happened'");
    sql_must(&owner, "DELETE FROM audit WHERE details = 'first'");
    ck_assert_int_eq(audit_verify(&c, &sealed, &broken), ST_OK);
    ck_assert_int_eq(broken, 1);
    ctx_close(&owner);
}
END_TEST

SUITE(laws)
{
    return suite_of("laws", 120, make, setup, scene_close,
                    TESTS(no_release_before_every_answer_was_read, no_signature_before_every_answer_was_given,
                          a_screening_cannot_hide_a_critical_finding,
                          a_person_cannot_check_her_own_work_by_the_back_door,
                          nothing_is_reserved_for_another_allocation, another_shop_sees_and_touches_nothing,
                          stock_moves_only_through_the_ledger, a_lot_is_usable_through_its_last_day,
                          today_is_the_shops_own, a_shop_is_made_with_what_its_ledger_needs,
                          a_changed_audit_entry_is_found_out));
}
