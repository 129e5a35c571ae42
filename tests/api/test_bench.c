/* The bench over HTTP: scales that an administrator enters and who weighs reads, what a scale says that is no weight,
   printers that take a job once and printers that hang up. */
#include <string.h>

#include "support/desk.h"
#include "support/device.h"

#define DATABASE "api_bench"

static const char *staff, *doctor, *admin;

DESK({ &staff, "sam.ortiz" }, { &doctor, "dr.wu" }, { &admin, "admin" })

static void expect(struct answer answer, int status, const char *part)
{
    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL,
                  "wanted %d with %s, got %d: %s", status, part, answer.status, answer.body);
}

static const char *scale_at(const char *code, const char *address)
{
    return arena_printf(&c.arena,
                        "{\"code\":\"%s\",\"uri\":\"%s\",\"protocol\":\"mt-sics\",\"capacity_mg\":3000000,"
                        "\"resolution_mg\":10}",
                        code, address);
}

START_TEST(an_administrator_enters_a_scale_and_who_weighs_reads_it)
{
    static const struct device_turn turns[] = { { "S\r\n", "S S     105.20 g\r\n", 0 }, { NULL, NULL, 0 } };
    struct device *device = device_tcp(turns, false);
    const char *entered = scale_at("FRONT", device_address(device));

    expect(desk_send(staff, "POST", "/api/v1/scales", entered), 403, "admin");
    expect(desk_send(admin, "POST", "/api/v1/scales", entered), 201, "\"code\":\"FRONT\"");
    expect(desk_send(admin, "POST", "/api/v1/scales", entered), 409, "is the code of another scale");
    expect(desk_send(staff, "GET", "/api/v1/scales/FRONT", NULL), 200, "\"last_read_at\":null");
    expect(desk_send(staff, "GET", "/api/v1/scales/FRONT/reading", NULL), 200, "\"weight_mg\":105200");
    expect(desk_send(doctor, "GET", "/api/v1/scales/FRONT/reading", NULL), 403, "pharmacist");
    expect(desk_send(staff, "POST", "/api/v1/scales/FRONT/readings", NULL), 201,
           "\"line\":\"S S     105.20 g\"");
    expect(desk_send(staff, "GET", "/api/v1/scales?code=FRONT", NULL), 200, "\"last_read_at\":\"20");
    expect(desk_send(staff, "GET", "/api/v1/scales/BACK/reading", NULL), 404, "is no scale of this shop");
    expect(desk_send(admin, "POST", "/api/v1/scales/FRONT/removal", NULL), 204, "");
    expect(desk_send(staff, "GET", "/api/v1/scales/FRONT/reading", NULL), 404, "is no scale of this shop");
    expect(desk_send(admin, "POST", "/api/v1/scales", entered), 201, "\"code\":\"FRONT\"");
    device_end(device);
}
END_TEST

START_TEST(what_is_no_scale_is_refused)
{
    expect(desk_send(admin, "POST", "/api/v1/scales", scale_at("A B", "tcp://127.0.0.1:9")), 422, "code");
    expect(desk_send(admin, "POST", "/api/v1/scales", scale_at("A", "file:///etc/passwd")), 422,
           "must begin with serial://, tcp://");
    expect(
        desk_send(admin, "POST", "/api/v1/scales",
                  "{\"code\":\"A\",\"uri\":\"tcp://127.0.0.1:9\",\"protocol\":\"morse\",\"unit\":\"stone\","
                  "\"capacity_mg\":5,\"minimum_mg\":6,\"resolution_mg\":7}"),
        422, "morse");
    expect(desk_send(admin, "POST", "/api/v1/scales", scale_at("META", "tcp://169.254.169.254:80")), 201,
           "META");
    expect(desk_send(staff, "GET", "/api/v1/scales/META/reading", NULL), 403, "YAOFANG_DEVICES");
}
END_TEST

START_TEST(what_a_scale_says_that_is_no_weight_is_told)
{
    static const struct {
        struct device_turn turns[2];
        int status;
        const char *because;
    } all[] = {
        { { { "S\r\n", "S S    3105.20 g\r\n", 0 } }, 422, "is more than the scale can weigh: 3000 g" },
        { { { "S\r\n", "S S       3.71 oz\r\n", 0 } }, 422, "the scale stands on oz" },
        { { { "S\r\n", "S +\r\n", 0 } }, 422, "overloaded" },
        { { { "S\r\n", "S S 10", 0 } }, 503, "hung up" },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct device *device = device_tcp(all[i].turns, true);
        const char *code = arena_printf(&c.arena, "BAD%zu", i);

        expect(desk_send(admin, "POST", "/api/v1/scales", scale_at(code, device_address(device))), 201, code);
        expect(desk_send(staff, "POST", arena_printf(&c.arena, "/api/v1/scales/%s/readings", code), NULL),
               all[i].status, all[i].because);
        expect(desk_send(staff, "GET", arena_printf(&c.arena, "/api/v1/scales/%s", code), NULL), 200,
               "\"last_read_at\":null");
        device_end(device);
    }
}
END_TEST

static const char *printer_at(const char *code, const char *address)
{
    return arena_printf(&c.arena,
                        "{\"code\":\"%s\",\"uri\":\"%s\",\"format\":\"zpl\",\"media_width_um\":62000}", code,
                        address);
}

static const char *path_of(struct answer answer)
{
    return arena_printf(&c.arena, "/api/v1/print-jobs/%s/sending", answer_member(&c, &answer, "id"));
}

START_TEST(a_job_is_queued_then_sent_once)
{
    struct device *device = device_sink(0, false);
    struct answer queued;
    const char *took;
    size_t size;

    expect(desk_send(staff, "POST", "/api/v1/printers", printer_at("P1", device_address(device))), 403,
           "admin");
    expect(desk_send(admin, "POST", "/api/v1/printers", printer_at("P1", device_address(device))), 201, "P1");
    expect(desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"test\",\"station\":\"desk\"}"), 404,
           "has no printer for the test");
    expect(desk_send(staff, "PUT", "/api/v1/station-printers/desk", "{\"printer\":\"P1\"}"), 200,
           "\"printer\":\"P1\"");
    queued = desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"test\",\"station\":\"desk\"}");
    expect(queued, 201, "\"state\":\"queued\"");
    expect(desk_send(staff, "POST", path_of(queued), NULL), 200, "\"state\":\"sent\"");
    expect(desk_send(staff, "POST", path_of(queued), NULL), 200, "\"state\":\"sent\"");
    took = device_took(device, &size);
    ck_assert_uint_gt(size, 100);
    ck_assert_mem_eq(took, "^XA", 3);
    expect(desk_send(staff, "GET", "/api/v1/printers/P1", NULL), 200, "\"stations\":\"desk\"");
    expect(desk_send(staff, "GET", "/api/v1/station-printers", NULL), 200, "\"kind\":\"\"");
    expect(desk_send(doctor, "POST", "/api/v1/print-jobs", "{\"label\":\"test\",\"printer\":\"P1\"}"), 403,
           "pharmacist");
    expect(desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"patient\",\"printer\":\"P1\"}"), 422,
           "order_id");
    expect(desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"test\"}"), 422, "printer");
    expect(desk_send(admin, "POST", "/api/v1/printers/P1/removal", NULL), 204, "");
    expect(desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"test\",\"printer\":\"P1\"}"), 404,
           "is no printer of this shop");
    device_end(device);
}
END_TEST

START_TEST(a_printer_that_hangs_up_fails_the_job_which_can_be_sent_again)
{
    struct device *device = device_sink(50, false);
    struct answer queued;

    expect(desk_send(admin, "POST", "/api/v1/printers", printer_at("P2", device_address(device))), 201, "P2");
    queued = desk_send(staff, "POST", "/api/v1/print-jobs", "{\"label\":\"test\",\"printer\":\"P2\"}");
    expect(desk_send(staff, "POST", path_of(queued), NULL), 503, "hung up");
    expect(desk_send(staff, "GET", "/api/v1/print-jobs?state=failed", NULL), 200, "hung up");
    expect(desk_send(staff, "GET", "/api/v1/printers/P2", NULL), 200, "\"last_state\":\"failed\"");
    expect(desk_send(staff, "POST", path_of(queued), NULL), 503, "hung up");
    device_end(device);
    expect(desk_send(staff, "POST", path_of(queued), NULL), 503, "does not answer");
    expect(desk_send(staff, "POST", "/api/v1/print-jobs/999999/sending", NULL), 404, "is no print job");
}
END_TEST

/* A spoon of a lot on the scale; the settings; and what is refused at the edge. */
START_TEST(the_bench_is_set_and_spoons_are_measured)
{
    static const struct device_turn turns[] = { { "S\r\n", "S S      25.00 g\r\n", 0 }, { NULL, NULL, 0 } };
    struct device *device = device_tcp(turns, false);
    struct answer reading, lots = desk_send(staff, "GET", "/api/v1/lots", NULL);
    const char *lot = answer_member(&c, &lots, "id"), *body;

    expect(desk_send(staff, "GET", "/api/v1/bench-settings", NULL), 200, "\"identity\":\"choice\"");
    expect(desk_send(staff, "PUT", "/api/v1/bench-settings", "{\"identity\":\"scan\"}"), 403, "admin");
    expect(desk_send(admin, "PUT", "/api/v1/bench-settings", "{\"identity\":\"guess\"}"), 422,
           "second_person");
    expect(desk_send(admin, "PUT", "/api/v1/bench-settings", "{\"packet_checks\":3,\"total_check\":true}"),
           200, "\"identity\":\"choice\",\"packet_checks\":3,\"total_check\":true");
    expect(desk_send(admin, "POST", "/api/v1/scales", scale_at("SPOON", device_address(device))), 201,
           "SPOON");
    reading = desk_send(staff, "POST", "/api/v1/scales/SPOON/readings", NULL);
    expect(reading, 201, "\"weight_mg\":25000");
    body = arena_printf(&c.arena, "{\"lot_id\":%s,\"spoon\":\"5 ml\",\"spoons\":10,\"reading_id\":%s}", lot,
                        answer_member(&c, &reading, "id"));
    expect(desk_send(staff, "POST", "/api/v1/spoon-measures", body), 201, "\"per_spoon_mg\":2500");
    expect(desk_send(staff, "POST", "/api/v1/spoon-measures", body), 409, "was used for another weight");
    expect(
        desk_send(staff, "POST", "/api/v1/spoon-measures",
                  arena_printf(&c.arena,
                               "{\"lot_id\":%s,\"spoon\":\"5 ml\",\"spoons\":10,\"weighed_mg\":30000}", lot)),
        201, "\"shift_permille\":200,\"shifted\":true");
    expect(desk_send(staff, "GET", arena_printf(&c.arena, "/api/v1/spoon-measures?lot=%s", lot), NULL), 200,
           "\"spoon\":\"5 ml\"");
    expect(desk_send(staff, "POST", "/api/v1/orders/999999/pick", NULL), 404, "is no order of this shop");
    expect(desk_send(staff, "POST", "/api/v1/orders/999999/packet-checks", "{\"checks\":[]}"), 422,
           "are 1 to 200");
    expect(desk_send(doctor, "GET", "/api/v1/orders/1/picking", NULL), 403, "pharmacist");
    device_end(device);
}
END_TEST

SUITE(bench)
{
    return suite_of("bench", 60, make_database, setup, desk_close,
                    TESTS(an_administrator_enters_a_scale_and_who_weighs_reads_it,
                          what_is_no_scale_is_refused, what_a_scale_says_that_is_no_weight_is_told,
                          a_job_is_queued_then_sent_once, the_bench_is_set_and_spoons_are_measured,
                          a_printer_that_hangs_up_fails_the_job_which_can_be_sent_again));
}
