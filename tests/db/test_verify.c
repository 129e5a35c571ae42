/* What `yaofang verify` finds when somebody with all power over the database has corrupted it: each thing is named. */
#include <string.h>

#include "core/adjustment.h"
#include "core/batch.h"
#include "core/count.h"
#include "core/order.h"
#include "core/stock.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_verify"
#define GRAMS(g) (INT64_C(1000) * (g))
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;

static void setup(void)
{
    database_fresh(DATABASE);
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "mei.lin");
}

static void teardown(void)
{
    ctx_close(&c);
}

/* Corrupts as a superuser with constraints off, and expects exactly one fault that says `subject` and `rule`. */
static void found(const char *sql, const char *subject, const char *rule)
{
    struct stock_fault *faults;
    struct ctx super;
    size_t n;

    database_open_test(&super, DATABASE, TEST_SUPER);
    super.who.shop_id = c.who.shop_id;
    sql_must(&super, "SET session_replication_role = replica");
    sql_must(&super, sql);
    ctx_close(&super);
    ck_assert_msg(stock_verify_documents(&c, &faults, &n) == ST_OK, "%s", fault_text(&c));
    for (size_t i = 0; i < n; i++)
        if (strstr(faults[i].subject, subject) != NULL && strstr(faults[i].rule, rule) != NULL)
            return;
    ck_abort_msg("%zu faults, none of %s: %s", n, subject, rule);
}

static void clean(void)
{
    struct stock_fault *faults;
    size_t n;

    ck_assert_msg(stock_verify_documents(&c, &faults, &n) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(n == 0, "%s: %s %s", faults[0].subject, faults[0].value, faults[0].rule);
}

START_TEST(every_corruption_is_named)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "VF-1", GRAMS(100), 300, "released", "A01");
    const struct adjustment loss = {
        .use = "write_off", .reason = "damaged", .lot_id = lot, .location = "A01", .quantity = 1000
    };
    const struct batch_line line = { "T-ma_huang", GRAMS(10) };
    const struct batch_plan plan = {
        .sku = "R-GUI-ZHI", .quantity = GRAMS(10), .lines = &line, .count = 1, .location = "A01"
    };
    static const char *const skus[] = { "T-ma_huang" };
    const struct count_plan sheet = {
        .title = "all", .limit_permille = 1000, .limit_cents = 1000000, .skus = skus, .sku_count = 1
    };
    const struct count_entry entry = { .line_no = 1, .counted = GRAMS(88) };
    int64_t adjustment, batch, made, order, count;
    bool booked;

    ck_assert_int_eq(adjustment_ask(&c, &loss, &adjustment, &booked), ST_OK);
    ck_assert_int_eq(batch_plan(&c, NULL, &plan, &batch), ST_OK);
    ck_assert_int_eq(batch_pick(&c, batch), ST_OK);
    ck_assert_int_eq(batch_make(&c, batch, GRAMS(9), NULL), ST_OK);
    act_as(&c, "david.chen");
    ck_assert_msg(batch_check(&c, batch, NULL, &made) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(count_add(&c, &sheet, &count), ST_OK);
    ck_assert_int_eq(count_enter(&c, count, &entry, 1, NULL, (struct instant){ 0 }), ST_OK);
    ck_assert_msg(count_book(&c, count) == ST_OK, "%s", fault_text(&c));
    order = stage_order(&c, "ma_huang", GRAMS(20), 7);
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    clean();
    found(SQL("UPDATE stock_moves SET quantity = 999 WHERE adjustment_id = %lld", (long long)adjustment),
          "adjustment", "1000");
    found(SQL("UPDATE stock_moves SET quantity = 1 WHERE batch_id = %lld AND reason = 'lost'",
              (long long)batch),
          "batch", "the loss");
    found(SQL("UPDATE stock_moves SET quantity = 1 WHERE batch_id = %lld AND reason = 'made'",
              (long long)batch),
          "batch", "the new lot");
    found(SQL("UPDATE stock_moves SET quantity = 7 WHERE count_id = %lld", (long long)count), "count",
          "booked");
    found(SQL("UPDATE balances SET quantity = 19999 WHERE lot_id = %lld AND internal", (long long)lot), "lot",
          "more is reserved");
    found(SQL("UPDATE orders SET state = 'cancelled' WHERE id = %lld", (long long)order), "order",
          "has ended");
    found(SQL("UPDATE balances SET location_id = (SELECT id FROM locations WHERE shop_id = %lld AND kind = "
              "'transit') WHERE lot_id = %lld"
              " AND location_id = (SELECT id FROM locations WHERE shop_id = %lld AND code = 'A01')",
              (long long)c.who.shop_id, (long long)lot, (long long)c.who.shop_id),
          "in transit", "open of the transfers");
    found(SQL("UPDATE lots SET in_stock = NOT in_stock WHERE id = %lld", (long long)made), "lot",
          "balances say");
    found(SQL("DO $$BEGIN ALTER TABLE attachments DROP CONSTRAINT attachments_whole; INSERT INTO attachments "
              "(shop_id, lot_id, kind, file_name, content_type, size, sha256, bytes) VALUES (%lld, %lld, "
              "'certificate', 'a.txt', 'text/plain', 3, encode(sha256('abc'), 'hex'), 'abd'); END$$",
              (long long)c.who.shop_id, (long long)lot),
          "attachment", "checksum it arrived with");
}
END_TEST

SUITE(verify)
{
    return suite_of("verify", 60, NULL, setup, teardown, TESTS(every_corruption_is_named));
}
