/* Stock over HTTP: a code scanned, a delivery against a purchase order, moved, counted, corrected, made into another, recalled and
   traced; who may not, and what a repeated request does. */
#include <string.h>
#include <unistd.h>

#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_stock"

static struct ctx c;
static const char *doctor, *pharmacist, *second, *staff;
static int keys;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    doctor = sign_in_as(&c, DATABASE, "dr.wu");
    pharmacist = sign_in_as(&c, DATABASE, "mei.lin");
    second = sign_in_as(&c, DATABASE, "david.chen");
    staff = sign_in_as(&c, DATABASE, "sam.ortiz");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

/* Asks with a key of its own and expects; `json` has ' for ", NULL asks without a body. */
static struct answer send_as(const char *cookie, const char *path, const char *json, int status,
                             const char *part)
{
    char *body = json == NULL ? NULL : arena_text(&c.arena, json);
    struct answer answer;

    for (char *at = body; at != NULL && *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    answer = ask(&c, &(struct ask){ .path = path,
                                    .body = body,
                                    .method = "POST",
                                    .cookie = cookie,
                                    .headers = { "X-Yaofang: 1" },
                                    .key = arena_printf(&c.arena, "stock-%d-%d", (int)getpid(), ++keys) });
    ck_assert_msg(answer.status == status && (part == NULL || strstr(answer.body, part) != NULL), "%s: %d %s",
                  path, answer.status, answer.body);
    return answer;
}

static void see(const char *cookie, const char *path, int status, const char *part)
{
    struct answer answer = ask(&c, &(struct ask){ .path = path, .cookie = cookie });

    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL, "%s: %d %s", path,
                  answer.status, answer.body);
}

#define PATH(...) arena_printf(&c.arena, __VA_ARGS__)

static const char *received(const char *lot)
{
    struct answer answer;

    send_as(staff, "/api/v1/receipts",
            PATH("{'supplier':'GLB','invoice':'API-%s','lines':[{'sku':'R-GUI-ZHI','lot_code':'%s','expires_"
                 "on':'2027-05',"
                 "'quantity':500000,'location':'A01','cost_cents':1250,'certificate':'COA'}]}",
                 lot, lot),
            201, "id");
    answer = ask(&c, &(struct ask){ .path = PATH("/api/v1/lots?code=%s", lot), .cookie = staff });
    return answer_member(&c, &answer, "id");
}

START_TEST(a_code_is_scanned)
{
    send_as(staff, "/api/v1/scans", "{'code':']d201095270000000101728053110'}", 422, "(10)");
    send_as(staff, "/api/v1/scans", "{'code':']d2010952700000001017280500\\u001d10LOT77'}", 200,
            "\"expires_on\":\"2028-05\"");
    send_as(staff, "/api/v1/scans", "{'code':'010952700000001010LOT42A21000017'}", 200, "\"sure\":false");
    send_as(staff, "/api/v1/scans", "{'code':'(01)09527000000010(17)280230'}", 422, "280230");
    send_as(doctor, "/api/v1/scans", "{'code':'(01)09527000000010'}", 403, "denied");
}
END_TEST

START_TEST(goods_are_ordered_received_and_taken_back)
{
    struct answer order = send_as(
        staff, "/api/v1/purchase-orders",
        "{'supplier':'GLB','lines':[{'sku':'R-GUI-ZHI','quantity':500000,'cost_cents':1000}]}", 201, "draft");
    const char *id = answer_member(&c, &order, "id");
    struct answer receipt;

    send_as(staff, PATH("/api/v1/purchase-orders/%s/state", id), "{'state':'sent'}", 200, "sent");
    send_as(staff, PATH("/api/v1/purchase-orders/%s/lines", id),
            "{'lines':[{'sku':'R-GUI-ZHI','quantity':1}]}", 409, "past draft");
    receipt = send_as(staff, "/api/v1/receipts",
                      PATH("{'supplier':'GLB','invoice':'API-PO','purchase_order_id':%s,'lines':[{'sku':'R-"
                           "GUI-ZHI','lot_code':"
                           "'API-PO','quantity':500000,'location':'A01'}]}",
                           id),
                      201, "id");
    see(staff, PATH("/api/v1/purchase-orders/%s", id), 200, "\"state\":\"received\"");
    send_as(staff, PATH("/api/v1/receipts/%s/undo", answer_member(&c, &receipt, "id")), "{'reason':'wrong'}",
            403, "denied");
    send_as(pharmacist, PATH("/api/v1/receipts/%s/undo", answer_member(&c, &receipt, "id")),
            "{'reason':'wrong'}", 200, "undone_at");
    see(staff, PATH("/api/v1/purchase-orders/%s", id), 200, "\"state\":\"sent\"");
}
END_TEST

START_TEST(a_lot_is_moved_counted_corrected)
{
    const char *lot = received("API-1"), *id;
    struct answer count;
    const struct ask twice = {
        .path = "/api/v1/moves",
        .body =
            PATH("{\"lines\":[{\"lot_id\":%s,\"from\":\"A01\",\"to\":\"FRIDGE\",\"quantity\":100000}]}", lot),
        .cookie = staff,
        .key = "moved-once"
    };

    ck_assert_int_eq(ask(&c, &twice).status, 204);
    ck_assert_int_eq(ask(&c, &twice).status, 204); /* the same key moves once */
    send_as(staff, "/api/v1/moves",
            PATH("{'lines':[{'lot_id':%s,'from':'FRIDGE','to':'A01','quantity':100001}]}", lot), 409,
            "lies free there: 100 g");
    send_as(
        staff, "/api/v1/adjustments",
        PATH("{'use':'write_off','reason':'spilled','lot_id':%s,'location':'FRIDGE','quantity':1000}", lot),
        201, "booked");
    send_as(staff, "/api/v1/adjustments",
            PATH("{'use':'write_off','reason':'bored','lot_id':%s,'location':'FRIDGE','quantity':1000}", lot),
            422, "reason");
    see(staff, "/api/v1/stock-reasons", 200, "mould_or_insects");
    count = send_as(staff, "/api/v1/counts", "{'title':'Fridge','places':['FRIDGE'],'skus':['R-GUI-ZHI']}",
                    201, "open");
    id = answer_member(&c, &count, "id");
    see(staff, PATH("/api/v1/counts/%s/lines", id), 200, "\"expected\":null");
    send_as(staff, PATH("/api/v1/counts/%s/entries", id), "{'entries':[{'line_no':1,'counted':-1}]}", 422,
            "counted");
    send_as(staff, PATH("/api/v1/counts/%s/entries", id), "{'entries':[{'line_no':1,'counted':50000}]}", 200,
            "open");
    send_as(pharmacist, PATH("/api/v1/counts/%s/book", id), NULL, 403, "another person");
    send_as(pharmacist, PATH("/api/v1/counts/%s/approvals", id), "{'lines':[{'line_no':1}]}", 200,
            "approved_by_name");
    send_as(pharmacist, PATH("/api/v1/counts/%s/book", id), NULL, 200, "booked");
    see(staff, PATH("/api/v1/lots/%s/trace", lot), 200, "\"adjusted\": 49000");
}
END_TEST

START_TEST(a_batch_is_made_and_recalled)
{
    const char *lot = received("API-2"), *id;
    struct answer batch = send_as(staff, "/api/v1/batches",
                                  "{'sku':'R-ZI-SU-YE','quantity':50000,'location':'A02','lines':[{'sku':'R-"
                                  "GUI-ZHI','quantity_mg':50000}]}",
                                  201, "planned");
    struct answer recall;

    id = answer_member(&c, &batch, "id");
    send_as(staff, PATH("/api/v1/batches/%s/making", id), "{'yield':49000}", 409, "picked");
    send_as(staff, PATH("/api/v1/batches/%s/pick", id), NULL, 200, "picked");
    send_as(pharmacist, PATH("/api/v1/batches/%s/making", id), "{'yield':49000}", 200, "\"loss_mg\":1000");
    send_as(pharmacist, PATH("/api/v1/batches/%s/check", id), "{}", 403, "somebody else");
    send_as(second, PATH("/api/v1/batches/%s/check", id), "{}", 200, "checked");
    send_as(staff, "/api/v1/recalls", PATH("{'lots':[{'lot_id':%s}],'reason':'sulphur','mock':true}", lot),
            403, "denied");
    recall = send_as(pharmacist, "/api/v1/recalls",
                     PATH("{'lots':[{'lot_id':%s}],'reason':'sulphur','mock':true}", lot), 201, "seconds");
    see(pharmacist, PATH("/api/v1/lots/%s/trace", lot), 200, "made_into");
    send_as(pharmacist, PATH("/api/v1/recalls/%s/end", answer_member(&c, &recall, "id")),
            "{'reason':'drill over'}", 200, "drill over");
    see(pharmacist, "/api/v1/recalls/999999", 404, "no such recall");
}
END_TEST

START_TEST(two_people_do_not_undo_each_other)
{
    struct answer item = ask(&c, &(struct ask){ .path = "/api/v1/items?q=R-GUI-ZHI", .cookie = staff });
    const char *id = answer_member(&c, &item, "id");
    struct ask change = {
        .method = "PUT",
        .path = PATH("/api/v1/items/%s", id),
        .body =
            "{\"name\":\"Gui "
            "Zhi\",\"price_cents\":1,\"price_per_quantity\":1000,\"gtin\":\"9527000009990\",\"version\":1}",
        .cookie = staff,
        .key = "change-1"
    };
    struct answer answer = ask(&c, &change);

    ck_assert_msg(answer.status == 422 || answer.status == 200, "%s", answer.body);
    change.body = "{\"name\":\"Gui Zhi\",\"price_cents\":1,\"price_per_quantity\":1000,\"version\":1}";
    change.key = "change-2";
    answer = ask(&c, &change);
    change.key = "change-3";
    answer = ask(&c, &change);
    ck_assert_msg(answer.status == 409 && strstr(answer.body, "stale_version") != NULL, "%s", answer.body);
}
END_TEST

SUITE(stock)
{
    Suite *suite = suite_create("stock");
    TCase *tests = tcase_create("stock");

    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_code_is_scanned);
    tcase_add_test(tests, goods_are_ordered_received_and_taken_back);
    tcase_add_test(tests, a_lot_is_moved_counted_corrected);
    tcase_add_test(tests, a_batch_is_made_and_recalled);
    tcase_add_test(tests, two_people_do_not_undo_each_other);
    suite_add_tcase(suite, tests);
    return suite;
}
