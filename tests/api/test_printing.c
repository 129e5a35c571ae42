/* Papers over HTTP: labels looked at, counted and held against the rules; several papers as one job for the printers of a workstation,
   all of them or none; a printer that fails in the middle, and how the job goes on. */
#include <string.h>

#include "core/order.h"
#include "support/counter.h"
#include "support/desk.h"
#include "support/device.h"
#include "support/stage.h"

#define DATABASE "api_printing"
#define SAY(...) arena_printf(&c.arena, __VA_ARGS__)

static const char *staff, *doctor, *pharmacist, *admin;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    desk_open(DATABASE, "dr.wu");
    staff = sign_in_as(&c, DATABASE, "sam.ortiz");
    doctor = sign_in_as(&c, DATABASE, "dr.wu");
    pharmacist = sign_in_as(&c, DATABASE, "mei.lin");
    admin = sign_in_as(&c, DATABASE, "admin");
}

static struct answer send_with(const char *cookie, const char *method, const char *path, const char *body,
                               const char *key)
{
    return ask(&c, &(struct ask){ .method = method,
                                  .path = path,
                                  .body = body,
                                  .cookie = cookie,
                                  .headers = { "X-Yaofang: 1" },
                                  .key = key });
}

static struct answer send_as(const char *cookie, const char *method, const char *path, const char *body)
{
    return send_with(cookie, method, path, body, desk_word());
}

static void expect(struct answer answer, int status, const char *part)
{
    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL,
                  "wanted %d with %s, got %d: %.2000s", status, part, answer.status, answer.body);
}

/* An order of ma huang, allocated; weighed when it is to have a patient's label. */
static int64_t order_of(bool weighed)
{
    int64_t order, lot;

    act_as(&stage, "dr.wu");
    lot = stage_lot(&stage, "ma_huang", desk_word(), GRAMS(500), 300, "released", "A01");
    order = stage_order_as(&stage, "raw_decoction", "ma_huang", GRAMS(70), 7);
    act_as(&stage, "mei.lin");
    ck_assert_int_eq(order_allocate(&stage, order, DATE_NONE), ST_OK);
    if (!weighed)
        return order;
    stage_release(&stage, order);
    lot = sql_number(&stage,
                     SAY("SELECT min(lot_id) FROM reservations WHERE order_id = %lld", (long long)order));
    ck_assert_int_eq(stage_weigh(&stage, order, lot, GRAMS(70)), ST_OK);
    return order;
}

static void add_printer(const char *code, struct device *device, const char *media)
{
    expect(send_as(admin, "POST", "/api/v1/printers",
                   SAY("{\"code\":\"%s\",\"uri\":\"%s\",\"format\":\"zpl\"%s}", code, device_address(device),
                       media)),
           201, code);
}

static struct answer job_of(struct answer queued)
{
    return send_as(staff, "GET", SAY("/api/v1/print-jobs/%s", answer_member(&c, &queued, "id")), NULL);
}

static const char *sending(struct answer queued, int from)
{
    return SAY("/api/v1/print-jobs/%s/sending?from=%d", answer_member(&c, &queued, "id"), from);
}

START_TEST(labels_are_looked_at_counted_and_held_against_the_rules)
{
    const char *order = SAY("%lld", (long long)order_of(true)),
               *other = SAY("%lld", (long long)order_of(false));
    const char *labels = SAY("/api/v1/orders/%s/labels", order);
    struct answer picture =
        send_as(staff, "GET", SAY("/api/v1/orders/%s/label?format=png&dpi=100", order), NULL);

    ck_assert_int_eq(picture.status, 200);
    ck_assert_mem_eq(picture.body, "\x89PNG", 4);
    expect(send_as(staff, "GET", SAY("/api/v1/orders/%s/label?format=bmp", order), NULL), 422, "escpos");
    expect(send_as(staff, "GET", SAY("/api/v1/orders/%s/label?kind=poster", order), NULL), 404, "patient-62");
    expect(send_as(staff, "GET", "/api/v1/orders/999999/label", NULL), 404, "is no order of this shop");
    expect(send_as(doctor, "POST", labels, "{\"kind\":\"patient\"}"), 403, "pharmacist");
    expect(send_with(staff, "POST", labels, "{\"kind\":\"patient\"}", SAY("once-%s", order)), 201,
           "\"copy_no\":1");
    expect(send_with(staff, "POST", labels, "{\"kind\":\"patient\"}", SAY("once-%s", order)), 201,
           "\"copy_no\":1");
    expect(send_as(staff, "POST", labels, "{\"kind\":\"patient\"}"), 201, "\"copy_no\":2");
    expect(send_as(staff, "POST", SAY("/api/v1/orders/%s/labels", other), "{\"kind\":\"patient\"}"), 409,
           "too early or too late");
    expect(send_as(staff, "GET", SAY("/api/v1/orders/%s/label-lint?profile=tw_pharmacist_act", order), NULL),
           200, "\"field\":\"indication\"");
    expect(send_as(staff, "GET", SAY("/api/v1/orders/%s/label-lint?profile=no_law", order), NULL), 404,
           "there are these profiles");
    ck_assert_mem_eq(
        send_as(staff, "GET", SAY("/api/v1/labels?orders=%s,%s&format=pdf", order, other), NULL).body, "%PDF",
        4);
    expect(send_as(staff, "POST", "/api/v1/labels",
                   SAY("{\"kind\":\"patient\",\"orders\":\"%s,%s\"}", order, other)),
           409, "too early or too late"); /* all or none: */
    expect(send_as(staff, "POST", "/api/v1/labels", SAY("{\"kind\":\"patient\",\"orders\":\"%s\"}", order)),
           200, "\"copy_no\":3");
    ck_assert_mem_eq(send_as(staff, "GET", "/api/v1/lots/1/label?format=zpl", NULL).body, "^XA", 3);
    ck_assert_mem_eq(send_as(staff, "GET", "/api/v1/locations/1/label?format=zpl", NULL).body, "^XA", 3);
    ck_assert_mem_eq(send_as(staff, "GET", "/api/v1/drawer-labels?locations=1-342,7&format=pdf", NULL).body,
                     "%PDF", 4);
    expect(send_as(staff, "GET", "/api/v1/drawer-labels?locations=1-three", NULL), 422, "locations");
    expect(send_as(staff, "GET", "/api/v1/drawer-labels?locations=999999", NULL), 404, "is no drawer");
    expect(send_as(doctor, "GET", "/api/v1/drawer-labels?locations=1", NULL), 403, "");
    expect(send_as(pharmacist, "POST", "/api/v1/label-facts",
                   SAY("{\"about\":\"order\",\"id\":%s,\"field\":\"indication\",\"text\":\"Cough\"}", order)),
           204, "");
    expect(send_as(pharmacist, "POST", "/api/v1/label-facts",
                   SAY("{\"about\":\"order\",\"id\":%s,\"field\":\"colour\",\"text\":\"x\"}", order)),
           422, "field");
    expect(send_as(staff, "GET", SAY("/api/v1/label-facts?about=order&id=%s", order), NULL), 200, "Cough");
}
END_TEST

START_TEST(one_job_for_the_printers_of_a_workstation)
{
    struct device *sheets = device_sink(0, false), *bad = device_sink(300, false), *good;
    const long long order = order_of(true);
    struct answer queued, job;

    add_printer("SHEETS", sheets, ",\"media_width_um\":210000,\"media_height_um\":297000");
    add_printer("LABELS", bad, ",\"media_width_um\":62000");
    expect(send_as(staff, "PUT", "/api/v1/station-printers/bench", "{\"printer\":\"LABELS\"}"), 200,
           "LABELS");
    expect(send_as(staff, "PUT", "/api/v1/station-printers/bench",
                   "{\"kind\":\"weigh-sheet\",\"printer\":\"SHEETS\"}"),
           200, "SHEETS");
    queued = send_as(staff, "POST", "/api/v1/print-jobs",
                     SAY("{\"station\":\"bench\",\"papers\":[{\"order_id\":%lld,\"containers\":2},{\"kind\":"
                         "\"weigh-sheet\","
                         "\"order_id\":%lld},{\"lot_id\":1,\"copies\":3},{\"location_id\":1}]}",
                         order, order));
    expect(queued, 201, "\"papers_out\":0");
    expect(queued, 201, "\"title\":\"4 papers: Patient label on a 62 mm roll of order");
    /* the label printer hangs up at once: the sheet comes out all the same */
    expect(send_as(staff, "POST", sending(queued, 1), NULL), 503, "hung up");
    job = job_of(queued);
    expect(job, 200, "\"state\":\"failed\"");
    expect(job, 200, "\"papers_out\":1");
    device_end(bad);
    expect(send_as(staff, "POST", sending(queued, 5), NULL), 422, "it has 4");
    expect(send_as(doctor, "POST", sending(queued, 1), NULL), 403, "pharmacist");
    good = device_sink(0, false);
    expect(send_as(admin, "POST", "/api/v1/printers/LABELS/removal", NULL), 204, "");
    add_printer("LABELS", good, ",\"media_width_um\":62000");
    expect(send_as(staff, "PUT", "/api/v1/station-printers/bench", "{\"printer\":\"LABELS\"}"), 200,
           "LABELS");
    /* printed elsewhere: the same copies, and what waited is not sent any more */
    queued = send_as(staff, "POST", "/api/v1/print-jobs",
                     SAY("{\"station\":\"bench\",\"papers\":[{\"order_id\":%lld,\"containers\":2},"
                         "{\"lot_id\":1,\"copies\":3},{\"location_id\":1}]}",
                         order));
    expect(queued, 201, "\"copy_no\":1");
    expect(send_as(staff, "POST", sending(queued, 1), NULL), 200, "\"papers_out\":3");
    job = send_as(staff, "GET", SAY("/api/v1/print-jobs?order=%lld", order), NULL);
    expect(job, 200, "was printed by another job instead");
    queued =
        send_as(staff, "POST", "/api/v1/print-jobs", "{\"station\":\"bench\",\"papers\":[{\"lot_id\":1}]}");
    expect(queued, 201, "\"copy_no\":2");
    device_end(good);
    device_end(sheets);
}
END_TEST

START_TEST(one_paper_that_may_not_be_printed_stops_all_and_is_named)
{
    struct device *device = device_sink(0, false);
    const long long order = order_of(false), patient = order_of(true);
    const char *jobs = "/api/v1/print-jobs";

    add_printer("ALL", device, "");
    expect(send_as(staff, "POST", jobs,
                   SAY("{\"printer\":\"ALL\",\"papers\":[{\"kind\":\"weigh-sheet\",\"order_id\":%lld},"
                       "{\"kind\":\"patient\",\"order_id\":%lld}]}",
                       order, order)),
           409, SAY("2: patient of order %lld", order));
    expect(send_as(staff, "GET", SAY("%s?order=%lld", jobs, order), NULL), 200, "\"rows\":[]");
    expect(send_as(staff, "POST", jobs,
                   SAY("{\"printer\":\"ALL\",\"papers\":[{\"kind\":\"patient\",\"order_id\":%lld,"
                       "\"profile\":\"tw_pharmacist_act\"}]}",
                       patient)),
           409, "indication");
    expect(
        send_as(
            staff, "POST", jobs,
            SAY("{\"printer\":\"ALL\",\"papers\":[{\"kind\":\"patient\",\"order_id\":%lld,"
                "\"profile\":\"tw_pharmacist_act\",\"override\":{\"reason\":\"not_known\",\"note\":\"nobody "
                "knows\"}}]}",
                patient)),
        201, "\"copy_no\":1");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"lot_id\":1,\"order_id\":1}]}"),
           422, "several things");
    expect(
        send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"kind\":\"drawer\",\"lot_id\":1}]}"),
        422, "goes by the number of: drawer");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"receipt_id\":999999}]}"), 404,
           "is no delivery");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"ticket_id\":999999}]}"), 404,
           "is no ticket");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"count_id\":999999}]}"), 404,
           "is no count");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\",\"papers\":[{\"lot_id\":1,\"copies\":100}]}"),
           422, "papers[0].copies");
    expect(send_as(staff, "POST", jobs, "{\"printer\":\"ALL\"}"), 422, "label");
    device_end(device);
}
END_TEST

START_TEST(receipts_go_to_a_printer_and_are_marked)
{
    struct device *device = device_sink(0, false);
    struct ticket_price price;
    struct answer queued;
    int64_t ticket;

    act_as(&stage, "mei.lin");
    ticket = counter_open(&stage, NULL);
    counter_add(&stage, ticket, "S-GINGER-TEA", 1);
    counter_sell(&stage, ticket, &price);
    add_printer("TILL", device, ",\"media_width_um\":80000");
    for (int copy = 1; copy <= 2; copy++) {
        queued = send_as(staff, "POST", "/api/v1/print-jobs",
                         SAY("{\"printer\":\"TILL\",\"station\":\"till\",\"papers\":[{\"ticket_id\":%lld}]}",
                             (long long)ticket));
        expect(queued, 201, SAY("\"copy_no\":%d", copy));
        expect(send_as(staff, "POST", sending(queued, 1), NULL), 200, "\"state\":\"sent\"");
    }
    expect(send_as(staff, "GET", "/api/v1/station-printers?station=till", NULL), 200, "\"kind\":\"receipt\"");
    device_end(device);
}
END_TEST

SUITE(printing)
{
    Suite *suite = suite_create("printing");
    TCase *tests = tcase_create("printing");

    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, desk_close);
    tcase_set_timeout(tests, 90);
    tcase_add_test(tests, labels_are_looked_at_counted_and_held_against_the_rules);
    tcase_add_test(tests, one_job_for_the_printers_of_a_workstation);
    tcase_add_test(tests, one_paper_that_may_not_be_printed_stops_all_and_is_named);
    tcase_add_test(tests, receipts_go_to_a_printer_and_are_marked);
    suite_add_tcase(suite, tests);
    return suite;
}
