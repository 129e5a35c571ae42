/* What a shop says about itself over HTTP: who may change it, what is refused, and what its liang then weighs. */
#include <string.h>

#include "support/desk.h"

#define DATABASE "api_shop"

static const char *admin, *staff;

DESK({ &admin, "admin" }, { &staff, "sam.ortiz" })

static void put(const char *cookie, const char *body, int status, const char *part)
{
    struct answer answer = ask(
        &c,
        &(struct ask){
            .method = "PUT", .path = "/api/v1/shop", .body = body, .cookie = cookie, .key = desk_word() });

    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL, "%s: %d %s", body,
                  answer.status, answer.body);
}

static void see(const char *path, int status, const char *part)
{
    struct answer answer = ask(&c, &(struct ask){ .path = path, .cookie = staff });

    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL, "%s: %d %s", path,
                  answer.status, answer.body);
}

START_TEST(the_administrator_says_what_a_liang_weighs)
{
    see("/api/v1/weights?text=3%20liang", 422, "whose liang");
    see("/api/v1/weights?text=3%20liang%20hk", 200, "\"quantity_mg\":113398");
    put(staff, "{\"liang\":\"prc\"}", 403, "denied");
    put(admin, "{\"liang\":\"mars\"}", 422, "taiwan (37.5 g)");
    put(admin, "{\"liang\":\"taiwan\",\"second_person_above_cents\":12050,\"street\":\"none\"}", 200,
        "\"second_person_above_cents\":12050");
    see("/api/v1/shop", 200, "\"liang\":\"taiwan\"");
    see("/api/v1/shop", 200, "\"street\":null");
    see("/api/v1/weights?text=3%20liang", 200, "\"quantity_mg\":112500");
    see("/api/v1/weights?text=1%20oz", 200, "\"rounded\":true");
    see("/api/v1/weights?text=1%20stone", 422, "1 stone");
    put(admin, "{\"liang\":\"none\"}", 200, "\"liang\":null");
}
END_TEST

START_TEST(every_wrong_setting_is_named)
{
    put(admin,
        "{\"second_person_above_cents\":-1,\"weigh_tolerance_permille\":201,\"reservation_minutes\":0}", 422,
        "reservation_minutes");
    put(admin, "{\"time_zone\":\"Mars/Olympus\"}", 422, "is no time zone");
    put(admin, "{\"slug\":\"another\"}", 422, "slug");
    put(admin, "{\"name\":\"\"}", 422, "name");
    see("/api/v1/shop", 200, "\"weigh_tolerance_permille\":50");
}
END_TEST

SUITE(shop)
{
    return suite_of("shop", 60, make_database, setup, desk_close,
                    TESTS(the_administrator_says_what_a_liang_weighs, every_wrong_setting_is_named));
}
