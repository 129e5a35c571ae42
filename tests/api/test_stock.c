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
    see(staff, PATH("/api/v1/receipts/%s/labels", answer_member(&c, &receipt, "id")), 200, "%PDF-");
    send_as(staff, PATH("/api/v1/receipts/%s/undo", answer_member(&c, &receipt, "id")), "{'reason':'wrong'}",
            403, "denied");
    send_as(pharmacist, PATH("/api/v1/receipts/%s/undo", answer_member(&c, &receipt, "id")),
            "{'reason':'wrong'}", 200, "undone_at");
    see(staff, PATH("/api/v1/receipts/%s/labels", answer_member(&c, &receipt, "id")), 409, "was undone");
    see(staff, PATH("/api/v1/purchase-orders/%s", id), 200, "\"state\":\"sent\"");
}
END_TEST

/* A delivery that is looked at books nothing; each warning names its line. */
START_TEST(a_delivery_is_looked_at_before_it_is_booked)
{
    const char *check = "/api/v1/receipts/check";

    received("API-5");
    send_as(
        staff, check,
        "{'supplier':'GLB','invoice':'API-API-5','lines':[{'sku':'R-GUI-ZHI','lot_code':'API-5','quantity':1,"
        "'location':'A01','cost_cents':7},{'sku':'R-GUI-ZHI','lot_code':'API-6','expires_on':'2026-01','"
        "quantity':1,"
        "'location':'A01','cost_cents':5}]}",
        200, "{\"cost_cents\":12,\"warnings\":[{\"line_no\":0,\"warning\":\"known_invoice\",\"value\":\"");
    send_as(
        staff, check,
        "{'supplier':'GLB','lines':[{'sku':'R-GUI-ZHI','lot_code':'API-5','quantity':1,'location':'A01'}]}",
        200, "[{\"line_no\":1,\"warning\":\"known_lot\",\"value\":\"released\"}]");
    send_as(staff, check,
            "{'supplier':'GLB','lines':[{'sku':'R-GUI-ZHI','lot_code':'API-6','expires_on':'2026-01','"
            "quantity':1,"
            "'location':'A01'}]}",
            200,
            "[{\"line_no\":1,\"warning\":\"expired\",\"value\":\"2026-01-31\"},{\"line_no\":1,\"warning\":"
            "\"quarantined\",\"value\":\"\"}]");
    send_as(staff, check,
            "{'supplier':'GLB','lines':[{'sku':'R-GUI-ZHI','lot_code':'API-5','expires_on':'2028-01','"
            "quantity':1,"
            "'location':'A01'}]}",
            409, "lines[0].expires_on");
    see(staff, "/api/v1/lots?code=API-6", 200, "\"rows\":[]");
    send_as(doctor, check, "{'supplier':'GLB','lines':[]}", 403, "denied");
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
    see(staff, "/api/v1/transfer-shops", 200, "\"rows\":[");
    see(doctor, "/api/v1/transfer-shops", 403, "denied");
    count = send_as(staff, "/api/v1/counts", "{'title':'Fridge','places':['FRIDGE'],'skus':['R-GUI-ZHI']}",
                    201, "open");
    id = answer_member(&c, &count, "id");
    see(staff, PATH("/api/v1/counts/%s/lines", id), 200, "\"expected\":null");
    send_as(staff, PATH("/api/v1/counts/%s/entries", id), "{'entries':[{'line_no':1,'counted':-1}]}", 422,
            "counted");
    see(staff, PATH("/api/v1/counts/%s/sheet?format=pdf", id), 200, "%PDF-");
    see(staff, PATH("/api/v1/counts/%s/sheet?format=xlsx", id), 200, "PK");
    see(staff, PATH("/api/v1/counts/%s/sheet?format=doc", id), 422, "format");
    see(doctor, PATH("/api/v1/counts/%s/sheet", id), 403, "denied");
    send_as(staff, PATH("/api/v1/counts/%s/entries", id), "{'entries':[{'counted':1}]}", 422, "line_no");
    send_as(staff, PATH("/api/v1/counts/%s/scans", id), "{'code':'fridge'}", 200, "\"meant\":\"place\"");
    send_as(staff, PATH("/api/v1/counts/%s/scans", id), "{'code':'桂枝'}", 200, "\"expected\":null");
    send_as(staff, PATH("/api/v1/counts/%s/scans", id), "{'code':'B01'}", 200, "\"line_no\":null");
    send_as(staff, PATH("/api/v1/counts/%s/scans", id), "{'code':'no-such-lot'}", 404, "no lot or place");
    send_as(staff, PATH("/api/v1/counts/%s/scans", id), "{'code':'(01)09527000000010(17)280230'}", 422,
            "280230");
    send_as(doctor, PATH("/api/v1/counts/%s/scans", id), "{'code':'API-1'}", 403, "denied");
    see(staff, PATH("/api/v1/counts/%s/lines?left=false", id), 200, "{\"rows\":[]}");
    send_as(staff, PATH("/api/v1/counts/%s/entries", id),
            PATH("{'entries':[{'code':'C%s-L1','counted':50000}]}", id), 200, "open");
    send_as(pharmacist, PATH("/api/v1/counts/%s/book", id), NULL, 403, "another person");
    send_as(pharmacist, PATH("/api/v1/counts/%s/approvals", id), "{'lines':[{'line_no':1}]}", 200,
            "approved_by_name");
    send_as(pharmacist, PATH("/api/v1/counts/%s/book", id), NULL, 200, "booked");
    see(staff, PATH("/api/v1/lots/%s/trace", lot), 200, "\"adjusted\": 49000");
}
END_TEST

START_TEST(a_lot_shows_where_it_lies_and_what_happened)
{
    const char *lot = received("API-4");

    send_as(staff, "/api/v1/moves",
            PATH("{'lines':[{'lot_id':%s,'from':'A01','to':'FRIDGE','quantity':100000}]}", lot), 204, NULL);
    send_as(pharmacist, PATH("/api/v1/lots/%s/status", lot), "{'status':'held','reason':'smells of damp'}",
            204, NULL);
    see(doctor, PATH("/api/v1/lots/%s", lot), 200,
        "\"refusal\": \"held\", \"location\": \"FRIDGE\", \"quantity\": 100000, \"reserved\": 0");
    see(staff, PATH("/api/v1/lots/%s", lot), 200, "smells of damp");
    see(staff, PATH("/api/v1/lots/%s", lot), 200, "API-API-4");
    see(staff, PATH("/api/v1/lots/%s/moves?newest=true&limit=1", lot), 200, "\"reason\":\"moved\"");
    see(staff, PATH("/api/v1/lots/%s/moves?limit=1", lot), 200, "\"reason\":\"received\"");
    see(doctor, PATH("/api/v1/lots/%s/moves?newest=true", lot), 403, "denied");
    see(staff, "/api/v1/lots/999999999", 404, "not_found");
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
    see(staff, PATH("/api/v1/batches/%s", id), 200, "\"single_person_mode\":false");
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

/* Uploads a file to a lot with a key; the answer is for the test to judge. */
static struct answer upload(const char *cookie, const char *lot, const char *query, const char *type,
                            const char *bytes, size_t size, const char *key)
{
    return ask(&c, &(struct ask){ .path = PATH("/api/v1/lots/%s/attachments?%s", lot, query),
                                  .method = "POST",
                                  .body = bytes,
                                  .size = size,
                                  .type = type,
                                  .cookie = cookie,
                                  .headers = { "X-Yaofang: 1" },
                                  .key = key });
}

#define ABC_SUM "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

START_TEST(a_certificate_is_attached_and_comes_back_as_it_was)
{
    static const char pdf[] = "%PDF-1.4\n\0\xFF\x80 the rest";
    const char *lot = received("API-COA"), *id;
    struct answer answer =
        upload(staff, lot, "file_name=coa.pdf", "application/pdf", pdf, sizeof pdf, "coa-1");

    ck_assert_msg(answer.status == 201 && strstr(answer.body, "\"kind\":\"certificate\"") != NULL, "%s",
                  answer.body);
    id = answer_member(&c, &answer, "id");
    ck_assert_str_eq(answer_header(&c, &answer, "Location"), PATH("/api/v1/attachments/%s", id));
    answer = upload(staff, lot, "file_name=coa.pdf", "application/pdf", pdf, sizeof pdf, "coa-1");
    ck_assert_int_eq(answer.status, 201);
    ck_assert_str_eq(answer_member(&c, &answer, "id"), id);
    ck_assert_str_eq(answer_header(&c, &answer, "Idempotent-Replay"), "true");
    answer = upload(staff, lot, "file_name=coa.pdf", "application/pdf", "%PDF-2", 6, "coa-1");
    ck_assert_int_eq(answer.status, 409);
    answer = ask(&c, &(struct ask){ .path = PATH("/api/v1/attachments/%s/content", id), .cookie = staff });
    ck_assert_int_eq(answer.status, 200);
    ck_assert(answer.size == sizeof pdf && memcmp(answer.body, pdf, sizeof pdf) == 0);
    ck_assert_ptr_nonnull(strstr(answer.headers, "attachment; filename=\"coa.pdf\""));
    see(staff, PATH("/api/v1/attachments?lot=%s", lot), 200, "coa.pdf");
    see(staff, PATH("/api/v1/attachments/%s", id), 200, "\"size\":22");
    see(doctor, PATH("/api/v1/attachments/%s/content", id), 403, "denied");
    see(staff, "/api/v1/attachments/999999/content", 404, "not_found");
}
END_TEST

START_TEST(what_is_no_certificate_is_refused)
{
    const char *lot = received("API-NO-COA");
    const size_t large = 5 * 1024 * 1024 + 1;
    static const struct {
        const char *query, *type, *bytes, *part;
        int status;
    } cases[] = {
        { "file_name=a.txt&sha256=00", "text/plain", "abc", ABC_SUM, 422 },
        { "file_name=a.html", "text/html", "<p>abc", "text/html", 415 },
        { "file_name=a.pdf", "application/pdf", "abc", "text/plain", 415 },
        { "file_name=a.zip", "application/octet-stream", "PK\x03\x04\xFF", "none of PDF", 415 },
        { "file_name=..%2Fa.txt", "text/plain", "abc", "without slashes", 422 },
        { "kind=certificate", "text/plain", "abc", "file_name", 422 },
        { "file_name=a.txt&kind=coa", "text/plain", "abc", "one of certificate", 422 },
        { "file_name=a.txt", "text/plain", "", "body", 422 },
    };
    struct answer answer;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        answer = upload(staff, lot, cases[i].query, cases[i].type, cases[i].bytes, strlen(cases[i].bytes),
                        PATH("no-coa-%zu", i));
        ck_assert_msg(answer.status == cases[i].status && strstr(answer.body, cases[i].part) != NULL,
                      "%s: %d %s", cases[i].query, answer.status, answer.body);
    }
    answer = upload(staff, lot, "file_name=a.txt", "text/plain",
                    memset(arena_alloc(&c.arena, large), 'a', large), large, "no-coa-large");
    ck_assert_int_eq(answer.status, 413);
    ck_assert_int_eq(upload(doctor, lot, "file_name=a.txt", "text/plain", "abc", 3, "no-coa-doctor").status,
                     403);
    ck_assert_int_eq(upload(staff, "999999", "file_name=a.txt", "text/plain", "abc", 3, "no-coa-lot").status,
                     404);
    ck_assert_int_eq(upload(staff, lot, "file_name=a.txt", "text/plain", "abc", 3, NULL).status, 422);
    see(staff, PATH("/api/v1/attachments?lot=%s", lot), 200, "\"rows\":[]");
    answer = upload(staff, lot, "file_name=a.txt&sha256=" ABC_SUM, "text/plain; charset=utf-8", "abc", 3,
                    "yes-coa");
    ck_assert_msg(answer.status == 201, "%s", answer.body);
}
END_TEST

SUITE(stock)
{
    return suite_of("stock", 120, make_database, setup, teardown,
                    TESTS(a_code_is_scanned, a_delivery_is_looked_at_before_it_is_booked,
                          goods_are_ordered_received_and_taken_back, a_lot_is_moved_counted_corrected,
                          a_lot_shows_where_it_lies_and_what_happened, a_batch_is_made_and_recalled,
                          two_people_do_not_undo_each_other,
                          a_certificate_is_attached_and_comes_back_as_it_was,
                          what_is_no_certificate_is_refused));
}
