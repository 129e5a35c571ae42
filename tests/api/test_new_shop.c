/* A shop that begins with nothing: its people enter places, suppliers and items, receive the first delivery and hand the first
   order over; later one of them works alone. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "core/account.h"
#include "core/shop.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_new_shop"
#define SLUG "hua-tuo"

static struct ctx c;
static const char *owner, *helper, *learner;
static int keys;

static void make_database(void)
{
    struct shop_new shop = { .slug = SLUG, .name = "Hua Tuo Pharmacy", .time_zone = "Asia/Shanghai" };
    struct account people[] = {
        { .username = "hua",
          .display_name = "Hua Tuo",
          .roles = ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_ADMIN },
        { .username = "wu", .display_name = "Wu Pu", .roles = ROLE_PHARMACIST | ROLE_STAFF },
        { .username = "fan", .display_name = "Fan A", .roles = ROLE_PRACTITIONER },
    };
    struct ctx super;
    int64_t id;

    database_fresh(DATABASE);
    database_open_test(&super, DATABASE, TEST_OWNER);
    ck_assert_int_eq(shop_create(&super, &shop, &id), ST_OK);
    super.who = (struct who){ .shop_id = id };
    for (size_t i = 0; i < 3; i++) {
        people[i].password = TEST_PASSWORD;
        ck_assert_msg(account_create(&super, &people[i], &id) == ST_OK, "%s", fault_text(&super));
    }
    ctx_close(&super);
}

static const char *enter(const char *username)
{
    struct answer answer =
        ask(&c, &(struct ask){ .path = "/api/v1/session",
                               .body = arena_printf(&c.arena,
                                                    "{\"username\":\"%s\",\"shop\":\"" SLUG
                                                    "\",\"password\":\"" TEST_PASSWORD "\"}",
                                                    username) });
    const char *cookie = answer_header(&c, &answer, "Set-Cookie");

    ck_assert_int_eq(answer.status, 201);
    return arena_text_n(&c.arena, cookie, strcspn(cookie, ";"));
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    owner = enter("hua");
    helper = enter("wu");
    learner = enter("fan");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

/* Asks and expects: `part` must stand in the answer. `json` has ' for ". */
static struct answer send_as(const char *cookie, const char *method, const char *path, const char *json,
                             int status, const char *part)
{
    char *body = json == NULL ? NULL : arena_text(&c.arena, json);
    struct answer answer;

    for (char *at = body; at != NULL && *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    answer = ask(&c, &(struct ask){ .method = method,
                                    .path = arena_printf(&c.arena, "/api/v1/%s", path),
                                    .body = body,
                                    .cookie = cookie,
                                    .key = arena_printf(&c.arena, "shop-%d-%d", (int)getpid(), ++keys) });
    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL,
                  "%s %s: wanted %d with %s, got %d: %s", method, path, status, part, answer.status,
                  answer.body);
    return answer;
}

static struct answer post(const char *cookie, const char *path, const char *json, int status,
                          const char *part)
{
    return send_as(cookie, "POST", path, json, status, part);
}

static struct answer get(const char *path, const char *part)
{
    return send_as(owner, "GET", path, NULL, 200, part);
}

START_TEST(a_shop_is_furnished)
{
    struct answer made;

    post(learner, "locations", "{'code':'A01','name':'Drawer 1','kind':'drawer'}", 403, "admin");
    made = post(owner, "locations", "{'code':'A01','name':'Drawer 1','kind':'drawer'}", 201,
                "\"internal\":true");
    ck_assert_ptr_nonnull(strstr(answer_header(&c, &made, "Location"), "/api/v1/locations/"));
    send_as(owner, "PUT", arena_printf(&c.arena, "locations/%s", answer_member(&c, &made, "id")),
            "{'name':'Top drawer'}", 200, "Top drawer");
    post(owner, "suppliers",
         "{'code':'BZ','name':'Bozhou Herbs','email':'orders@bozhou.example','lead_time_days':5}", 201,
         "\"lead_time_days\":5");
    made = post(owner, "items",
                "{'sku':'R-HUANG-QI','item_kind':'raw','herb':'黄芪','price_cents':30,'home':'A01',"
                "'reorder_quantity':500000}",
                201, "\"herb_id\":\"huang_qi\"");
    ck_assert_str_eq(answer_member(&c, &made, "name"), "Huáng Qí");
    ck_assert_str_eq(answer_member(&c, &made, "price_per_quantity"), "1000");
    send_as(owner, "PUT", arena_printf(&c.arena, "items/%s", answer_member(&c, &made, "id")),
            "{'name':'Huáng Qí, sliced','price_cents':25,'price_per_quantity':1000,'home':'A01'}", 200,
            "\"price_cents\":25");
    post(owner, "items",
         "{'sku':'G-HUANG-QI','item_kind':'granule','herb':'huang_qi','ratio_numerator':5,'price_cents':90}",
         201, "Huáng Qí, granule 5:1");
    post(owner, "items",
         "{'sku':'P-TIGER','item_kind':'product','product':'tiger_balm_pain_relieving_patch','unit':'each',"
         "'price_cents':899}",
         201, "\"price_per_quantity\":1,");
    get("items?q=huang%20qi", "G-HUANG-QI");
    get("suppliers", "Bozhou Herbs");
    get("locations", "Top drawer");
}
END_TEST

START_TEST(what_does_not_fit_is_named)
{
    static const struct {
        const char *path, *json;
        int status;
        const char *field, *rule;
    } bad[] = {
        { "locations", "{'code':'A 01','name':'Drawer','kind':'drawer'}", 422, "code", "no spaces" },
        { "locations", "{'code':'A09','name':'Elsewhere','kind':'patient'}", 422, "kind",
          "is drawer, cabinet" },
        { "locations", "{'code':'SUPPLIER','name':'Mine','kind':'drawer'}", 409, "code", "another place" },
        { "suppliers", "{'code':'XX','name':'X','email':'nowhere'}", 422, "email", "address" },
        { "suppliers", "{'code':'XX','name':'   '}", 422, "name", "1 to 120" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'unobtainium','price_cents':1}", 422, "herb",
          "no herb" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'mu tong','price_cents':1}", 422, "herb",
          "several things" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'warfarin','price_cents':1}", 422, "herb",
          "is a drug, not a herb" },
        { "items", "{'sku':'R-1','item_kind':'granule','herb':'dang_gui','price_cents':1}", 422, "ratio",
          "must be given" },
        { "items",
          "{'sku':'R-1','item_kind':'granule','herb':'dang_gui','ratio_numerator':0,'price_cents':1}", 422,
          "ratio_numerator", "1" },
        { "items",
          "{'sku':'R-1','item_kind':'granule','herb':'dang_gui','ratio_numerator':1,'ratio_denominator':5,"
          "'price_cents':1}",
          422, "ratio", "1:1 to 100:1" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'dang_gui','ratio_numerator':5,'price_cents':1}",
          422, "ratio", "belongs to granules" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'dang_gui','unit':'each','price_cents':1}", 422,
          "unit", "only products" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'dang_gui','price_cents':-1}", 422, "price_cents",
          "0" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'dang_gui','price_cents':1,'home':'Z99'}", 404,
          "home", "no place" },
        { "items", "{'sku':'R-1','item_kind':'tablet','herb':'dang_gui','price_cents':1}", 422, "item_kind",
          "is raw, granule, powder, product or goods" },
        { "items", "{'sku':'R-1','item_kind':'raw','herb':'dang_gui','price_cents':1,'colour':'red'}", 422,
          "colour", "" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct answer answer = post(owner, bad[i].path, bad[i].json, bad[i].status, bad[i].rule);

        ck_assert_msg(strstr(answer.body, arena_printf(&c.arena, "\"field\":\"%s\"", bad[i].field)) != NULL,
                      "%s: %s", bad[i].json, answer.body);
    }
    post(owner, "items", "{'sku':'TWICE','item_kind':'raw','herb':'dang_gui','price_cents':1}", 201, "TWICE");
    post(owner, "items", "{'sku':'TWICE','item_kind':'raw','herb':'gan_cao','price_cents':1}", 409,
         "belongs to another item");
    send_as(owner, "PUT", "items/999999", "{'name':'X','price_cents':1,'price_per_quantity':1}", 404,
            "no item");
}
END_TEST

/* Seven days of huang qi for a new patient, entered, from an empty shop on; returns the order's number. */
static const char *order_entered(const char *number)
{
    struct answer answer;
    const char *patient, *prescription;

    (void)post(owner, "locations",
               arena_printf(&c.arena, "{'code':'B%s','name':'Cabinet','kind':'cabinet'}", number), 201,
               "cabinet");
    (void)post(owner, "suppliers", arena_printf(&c.arena, "{'code':'S%s','name':'Supplier'}", number), 201,
               "lots");
    (void)post(
        owner, "items",
        arena_printf(&c.arena, "{'sku':'I%s','item_kind':'raw','herb':'huang_qi','price_cents':1}", number),
        201, "huang_qi");
    (void)post(
        helper, "receipts",
        arena_printf(&c.arena,
                     "{'supplier':'S%s','invoice':'1','lines':[{'sku':'I%s','lot_code':'L1','quantity':500,"
                     "'unit':'each','location':'B%s'}]}",
                     number, number, number),
        422, "kept by weight");
    (void)post(helper, "receipts",
               arena_printf(
                   &c.arena,
                   "{'supplier':'S%s','invoice':'1','lines':[{'sku':'I%s','lot_code':'L1','quantity':500000,"
                   "'unit':'mg','location':'B%s','expires_on':'2031-05','certificate':'COA 1'}]}",
                   number, number, number),
               201, "\"id\"");
    answer =
        post(owner, "patients",
             "{'family_name':'Cao','given_name':'Cao','born_on':'1980-01-01','sex':'male'}", 201, "\"code\"");
    patient = answer_member(&c, &answer, "id");
    (void)post(owner, arena_printf(&c.arena, "patients/%s/medicines", patient), "{'asked':true}", 201,
               "\"medicines_asked\":true");
    answer = post(
        owner, "prescriptions",
        arena_printf(&c.arena,
                     "{'patient_id':%s,'dosage_form':'raw_decoction','days':7,'herbs':[{'herb':'huang qi',"
                     "'mg':12000}]}",
                     patient),
        201, "\"findings\"");
    prescription = answer_member(&c, &answer, "id");
    (void)post(owner, arena_printf(&c.arena, "prescriptions/%s/signature", prescription), "{'version':1}",
               201, "Hua Tuo");
    answer = post(helper, "orders", arena_printf(&c.arena, "{'prescription_id':%s}", prescription), 201,
                  "entered");
    return answer_member(&c, &answer, "id");
}

static struct answer step(const char *cookie, const char *order, const char *name, const char *json,
                          int status, const char *part)
{
    return post(cookie, arena_printf(&c.arena, "orders/%s/%s", order, name), json, status, part);
}

/* From entered to weighed by the owner. A new shop wants what was picked looked at by another person, and a packet weighed again. */
static void weigh(const char *order)
{
    struct answer answer;
    const char *lot;

    (void)step(owner, order, "allocation", "{}", 200, "allocated");
    answer = step(owner, order, "release", "", 200, "released");
    lot = answer_member(&c, &answer, "lot_id");
    (void)step(owner, order, "pick", "", 200, "\"identified_by\":null");
    (void)step(owner, order, "identity-checks", "{'checks':[{'code':'L1'}]}", 403,
               "somebody other than Hua Tuo");
    (void)step(helper, order, "identity-checks", "{'checks':[{'code':'L2'}]}", 409, "what is meant: lot L1");
    (void)step(helper, order, "identity-checks", "{'checks':[{'code':'L1'}]}", 200,
               "\"identified_how\":\"scanned\"");
    (void)step(owner, order, "weighings",
               arena_printf(&c.arena, "{'weighings':[{'line_no':1,'lot_id':%s,'weighed_mg':84000}]}", lot),
               200, "weighed");
    (void)step(helper, order, "check", "{}", 409, "must be weighed again before the final check");
    (void)step(owner, order, "packet-checks", "{'checks':[{'packet_no':3,'weighed_mg':12001}]}", 200,
               "\"planned_mg\":12000");
}

START_TEST(from_nothing_to_a_handed_over_order)
{
    const char *order = order_entered("1");

    get("items?q=I1", "\"free\":500000");
    weigh(order);
    get("items?q=I1", "\"on_hand\":500000,\"usable\":500000,\"reserved\":84000,\"free\":416000");
    (void)step(owner, order, "check", "{}", 403, "somebody other than Hua Tuo");
    (void)step(helper, order, "check", "{}", 200, "checked");
    (void)step(helper, order, "handover", "{'received_by':'Cao Cao','counselled':true}", 200, "handed_over");
    get("items?q=%E9%BB%84%E8%8A%AA", "\"on_hand\":416000,\"usable\":416000,\"reserved\":0");
}
END_TEST

/* Alone, after the delay, and on record; with a second person as before. */
START_TEST(one_person_looks_twice)
{
    const char *order = order_entered("2");
    struct ctx super;

    weigh(order);
    post(helper, "single-person-mode", "{'delay_minutes':30}", 403, "admin");
    post(owner, "single-person-mode", "{'delay_minutes':4}", 422, "delay_minutes");
    send_as(owner, "DELETE", "single-person-mode", "", 409, "is off already");
    post(owner, "single-person-mode", "{'delay_minutes':60}", 204, "");
    post(owner, "single-person-mode", "{'delay_minutes':30}", 204, "");
    (void)step(owner, order, "check", "{}", 403, "single-person shop comes from 2");
    database_open_test(&super, DATABASE, TEST_SUPER);
    sql_must(
        &super,
        arena_printf(&super.arena,
                     "UPDATE weighings SET weighed_at = now() - interval '29 minutes' WHERE order_id = %s",
                     order));
    (void)step(owner, order, "check", "{}", 403, "single-person shop");
    sql_must(
        &super,
        arena_printf(&super.arena,
                     "UPDATE weighings SET weighed_at = now() - interval '31 minutes' WHERE order_id = %s",
                     order));
    (void)step(owner, order, "check", "{}", 200, "\"single_person\":true");
    ck_assert_int_eq(
        sql_number(&super, arena_printf(&super.arena,
                                        "SELECT count(*) FROM final_checks WHERE order_id = %s AND "
                                        "checker_id = filler_id AND second_look_from < checked_at AND "
                                        "second_look_from > checked_at - interval '2 minutes'",
                                        order)),
        1);
    ck_assert_int_eq(sql_number(&super, "SELECT count(*) FROM audit WHERE action IN ('single_person_on', "
                                        "'order_checked_alone')"),
                     3);
    ctx_close(&super);
    get("single-person-mode", "\"delay_minutes\":30");
    send_as(owner, "DELETE", "single-person-mode", "", 204, "");
    order = order_entered("3");
    weigh(order);
    (void)step(owner, order, "check", "{}", 403, "somebody other than Hua Tuo");
}
END_TEST

START_TEST(orders_and_lots_are_found)
{
    const char *order = order_entered("4"), *later = order_entered("5");
    const int64_t number = strtoll(order, NULL, 10);
    struct answer answer;

    get(arena_printf(&c.arena, "orders?q=20270131-%06lld", (long long)number), "\"state\":\"entered\"");
    answer = get(arena_printf(&c.arena, "orders?q=%06lld&state=entered", (long long)number), "Cao Cao");
    ck_assert_str_eq(answer_member(&c, &answer, "id"), order);
    get(arena_printf(&c.arena, "orders?q=%06lld&state=checked", (long long)number), "\"rows\":[]");
    answer = get(arena_printf(&c.arena, "orders?q=cao&limit=1&before=%s", later), "Cao Cao");
    ck_assert_str_eq(answer_member(&c, &answer, "id"), order);
    answer = get(arena_printf(&c.arena, "orders/%s", order), "patient_id");
    answer =
        get(arena_printf(&c.arena, "orders?patient=%s", answer_member(&c, &answer, "patient_id")), "Cao");
    ck_assert_str_eq(answer_member(&c, &answer, "id"), order);
    ck_assert_ptr_null(strstr(answer.body, arena_printf(&c.arena, "\"id\":%s,", later)));
    get("orders?q=nobody%20like%20that", "\"rows\":[]");
    get("lots?code=l1", "\"sku\":\"I4\"");
    get("lots?code=L9", "\"rows\":[]");
    get("items?q=%E9%BB%83%E8%8A%AA", "\"sku\":\"I4\""); /* the traditional characters */
    get("items?q=astragalus", "\"sku\":\"I4\"");
    get("items?q=hunag%20qi", "\"sku\":\"I4\"");
}
END_TEST

START_TEST(a_stopping_service_seals_the_audit_trail)
{
    struct ctx super;

    post(owner, "suppliers", "{'code':'SEAL','name':'Seal'}", 201, "SEAL");
    service_stop();
    database_open_test(&super, DATABASE, TEST_SUPER);
    ck_assert_int_gt(sql_number(&super, "SELECT count(*) FROM audit WHERE action = 'supplier_added'"), 0);
    ck_assert_int_eq(sql_number(&super, "SELECT count(*) FROM audit WHERE seal_no IS NULL"), 0);
    ctx_close(&super);
    service_start(DATABASE);
}
END_TEST

SUITE(new_shop)
{
    return suite_of("new_shop", 60, make_database, setup, teardown,
                    TESTS(a_shop_is_furnished, what_does_not_fit_is_named,
                          from_nothing_to_a_handed_over_order, one_person_looks_twice,
                          orders_and_lots_are_found, a_stopping_service_seals_the_audit_trail));
}
