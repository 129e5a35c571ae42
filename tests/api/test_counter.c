/* The shop counter over HTTP: a sale with a promo code from the scan to the receipt and back, the dry run, who may what, and that a
   repeated request acts once. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"
#include "json/json_read.h"

#define DATABASE "api_counter"

static struct ctx c;
static const char *staff, *doctor, *admin;
static int keys;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    staff = sign_in_as(&c, DATABASE, "sam.ortiz");
    doctor = sign_in_as(&c, DATABASE, "dr.wu");
    admin = sign_in_as(&c, DATABASE, "admin");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

static struct answer send_as(const char *cookie, const char *method, const char *path, const char *body)
{
    return ask(&c, &(struct ask){ .method = method,
                                  .path = path,
                                  .body = body,
                                  .cookie = cookie,
                                  .headers = { "X-Yaofang: 1" },
                                  .key = arena_printf(&c.arena, "counter-%d-%d", (int)getpid(), ++keys) });
}

static struct answer post(const char *path, const char *body)
{
    return send_as(staff, "POST", path, body);
}

static void expect(const struct answer *answer, int status, const char *part)
{
    ck_assert_msg(answer->status == status && strstr(answer->body, part) != NULL,
                  "wanted %d with %s, got %d: %s", status, part, answer->status, answer->body);
}

/* Opens a ticket; its path. */
static const char *open_ticket(const char *body)
{
    struct answer answer = post("/api/v1/tickets", body);
    struct json_object *object;

    expect(&answer, 201, "\"state\":\"open\"");
    ck_assert_int_eq(json_parse_object(&c, answer.body, answer.size, &object), ST_OK);
    return arena_printf(&c.arena, "/api/v1/tickets/%lld",
                        (long long)json_get_i64(json_get_object_or_null(object, "ticket"), "id", 1, 1000000));
}

static const char *at(const char *path, const char *step)
{
    return arena_printf(&c.arena, "%s/%s", path, step);
}

START_TEST(a_sale_from_scan_to_receipt_and_back)
{
    const char *path =
        open_ticket("{\"lines\":[{\"what\":\"09527000001567\",\"quantity\":2}],\"codes\":[\"TcmHeal5\"]}");
    struct answer answer = post(at(path, "lines"), "{\"what\":\"S-GINGER-TEA\"}"), again;
    struct ask pay = { .method = "POST",
                       .path = at(path, "payment"),
                       .cookie = staff,
                       .key = "pay-once",
                       .body = "{\"total_cents\":2130,\"tenders\":[{\"kind\":\"card\",\"amount_cents\":1000},"
                               "{\"kind\":\"transfer\"}]}" };

    expect(&answer, 200, "5.00 % of 15.98: 0.80 off");
    answer = post(at(path, "quote"), NULL);
    expect(&answer, 200, "\"state\":\"quoted\"");
    expect(&answer, 200, "\"total_cents\":2134");
    answer = ask(&c, &pay);
    expect(&answer, 409, "is not what was quoted: 21.34");
    pay.body = "{\"total_cents\":2134,\"tenders\":[{\"kind\":\"card\",\"amount_cents\":1000},{\"kind\":"
               "\"transfer\"}]}";
    pay.key = "pay-twice";
    answer = ask(&c, &pay);
    expect(&answer, 200, "\"state\":\"paid\"");
    again = ask(&c, &pay);
    ck_assert_str_eq(again.body, answer.body);
    answer = ask(&c, &(struct ask){ .path = at(path, "receipt"), .cookie = staff });
    expect(&answer, 200, "\"shop_name\":\"Arcana Herbs Shop\"");
    expect(&answer, 200, "\"receipt_no\":");
    expect(&answer, 200,
           "{\"tax_category\":\"grocery\",\"name\":\"Teas and "
           "foods\",\"tax_basis_points\":225,\"net_cents\":569,\"tax_cents\":13}");
    answer = ask(&c, &(struct ask){ .path = at(path, "paper?format=png"), .cookie = staff });
    ck_assert_int_eq(answer.status, 200);
    ck_assert_int_eq(memcmp(answer.body, "\x89PNG", 4), 0);
    answer = post(at(path, "refunds/dry-run"), "{\"lines\":[{\"seq\":2}],\"tenders\":[{\"kind\":\"card\"}]}");
    expect(&answer, 200, "{\"total_cents\":582,\"tenders\":[{\"kind\":\"card\",\"amount_cents\":582}]}");
    answer = post(at(path, "refunds/dry-run"), "{}");
    expect(&answer, 200,
           "{\"total_cents\":2134,\"tenders\":[{\"kind\":\"transfer\",\"amount_cents\":1134},{\"kind\":"
           "\"card\",\"amount_cents\":1000}]}");
    answer = post(at(path, "refunds/dry-run"), "{\"lines\":[{\"seq\":2,\"quantity\":2}]}");
    expect(&answer, 409, "is more than was sold");
    answer = post(at(path, "refunds"),
                  "{\"reason\":\"damaged\",\"lines\":[{\"seq\":2,\"disposition\":\"write_off\"}]}");
    expect(&answer, 200, "\"refunded_cents\":582");
    answer = post(at(path, "refunds/dry-run"), "{\"lines\":[{\"seq\":2}]}");
    expect(&answer, 409, "was given back already");
    answer = post(at(path, "refunds"), "{\"reason\":\"damaged\",\"lines\":[{\"seq\":2}]}");
    expect(&answer, 409, "was given back already");
    answer = post(at(path, "void"), "{\"reason\":\"keyed_wrong\"}");
    expect(&answer, 409, "was refunded in part");
    answer = post(at(path, "refunds"), "{\"reason\":\"because\"}");
    expect(&answer, 422, "is not one of the reasons for a refund");
    answer = post(at(path, "refunds"), "{\"reason\":\"changed_mind\"}");
    expect(&answer, 200, "\"state\":\"refunded\"");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/promo-codes/tcmheal5/uses", .cookie = staff });
    expect(&answer, 200, "\"state\":\"returned\"");
}
END_TEST

static int64_t id_of(const struct answer *answer)
{
    struct json_object *object;

    ck_assert_int_eq(json_parse_object(&c, answer->body, answer->size, &object), ST_OK);
    return json_get_i64(object, "id", 1, 1000000);
}

START_TEST(papers_are_held_against_rules)
{
    const char *path = open_ticket("{\"lines\":[{\"what\":\"S-GINGER-TEA\"}]}");
    struct answer answer = post(at(path, "quote"), NULL);

    answer = post(at(path, "payment"), "{\"total_cents\":612,\"tenders\":[{\"kind\":\"card\"}]}");
    answer = ask(&c, &(struct ask){ .path = at(path, "paper-lint?profile=hk_549f"), .cookie = staff });
    expect(&answer, 200, "\"field\":\"invoice_number\"");
    expect(&answer, 200, "Cap 549F reg 8(2)(d)");
    answer = post(at(path, "paper-overrides"), "{\"reason\":\"added_by_hand\"}");
    expect(&answer, 422, "note");
    answer = post(at(path, "paper-overrides"), "{\"reason\":\"added_by_hand\",\"note\":\"stamped\"}");
    ck_assert_int_eq(answer.status / 100, 2);
    answer = ask(&c, &(struct ask){ .path = "/api/v1/beyond-use-rules", .cookie = staff });
    expect(&answer, 200, "\"id\":\"raw_decoction_fresh\"");
}
END_TEST

START_TEST(a_prescription_is_printed_once_it_is_signed)
{
    struct answer answer =
        send_as(doctor, "POST", "/api/v1/patients", "{\"family_name\":\"Paper\",\"born_on\":\"1980-05-05\"}");
    const long long patient = (long long)id_of(&answer);
    const char *path;

    answer = send_as(doctor, "POST", arena_printf(&c.arena, "/api/v1/patients/%lld/medicines", patient),
                     "{\"asked\":true}");
    answer = send_as(doctor, "POST", "/api/v1/prescriptions",
                     arena_printf(&c.arena,
                                  "{\"patient_id\":%lld,\"dosage_form\":\"raw_decoction\",\"days\":3,"
                                  "\"herbs\":[{\"herb\":\"Fu Ling\",\"mg\":12000}]}",
                                  patient));
    path = arena_printf(&c.arena, "/api/v1/prescriptions/%lld", (long long)id_of(&answer));
    answer = send_as(doctor, "POST", at(path, "papers"), "{\"kind\":\"prescription\"}");
    expect(&answer, 409, "unsigned");
    answer = send_as(doctor, "POST", at(path, "signature"), "{\"version\":1}");
    answer = send_as(doctor, "POST", at(path, "papers"), "{\"kind\":\"patient\"}");
    expect(&answer, 422, "goes by the number of: order");
    answer = send_as(doctor, "POST", at(path, "papers"), "{\"kind\":\"prescription-a5\"}");
    expect(&answer, 201, "\"copy_no\":1");
    answer = ask(&c, &(struct ask){ .path = at(path, "paper?format=png"), .cookie = doctor });
    ck_assert_int_eq(answer.status, 200);
    ck_assert_int_eq(memcmp(answer.body, "\x89PNG", 4), 0);
    answer = ask(&c, &(struct ask){ .path = at(path, "paper-lint?profile=cn_rx_2007"), .cookie = doctor });
    expect(&answer, 200, "\"document\":\"prescription\"");
}
END_TEST

/* The id of the first row of a list. */
static long long first_id(const char *path)
{
    struct answer answer = ask(&c, &(struct ask){ .path = path, .cookie = staff });
    const char *id = strstr(answer.body, "\"id\":");

    ck_assert_msg(answer.status == 200 && id != NULL, "%s: %s", path, answer.body);
    return strtoll(id + sizeof "\"id\":" - 1, NULL, 10);
}

START_TEST(a_scan_again_joins_its_line)
{
    const char *path = open_ticket("{\"lines\":[{\"what\":\"S-GINGER-TEA\",\"join\":true}]}");
    const long long tea = first_id("/api/v1/items?q=S-GINGER-TEA"),
                    lot = first_id(arena_printf(&c.arena, "/api/v1/lots?item=%lld", tea));
    const char *label =
        arena_printf(&c.arena, "{\"what\":\"yaofang-lot-%lld\",\"unit\":\"each\",\"join\":true}", lot);
    struct answer answer =
        post(at(path, "lines"), "{\"what\":\"09527000002038\",\"quantity\":2,\"join\":true}");

    expect(&answer, 200, "\"line_no\":1,");
    expect(&answer, 200, "\"quantity\":3,");
    ck_assert_ptr_null(strstr(answer.body, "\"line_no\":2,"));
    answer = post(at(path, "lines"), label);
    expect(&answer, 200, "\"line_no\":2,");
    answer = post(at(path, "lines"), label);
    expect(&answer, 200, "\"quantity\":2,");
    ck_assert_ptr_null(strstr(answer.body, "\"line_no\":3,"));
    answer = post(at(path, "lines"), "{\"what\":\"S-GINGER-TEA\"}");
    expect(&answer, 200, "\"line_no\":3,");
    answer = post(at(path, "lines"), "{\"what\":\"S-GINGER-TEA\",\"quantity\":1000000000,\"join\":true}");
    expect(&answer, 422, "is 1 to 1000000000");
    answer = post(at(path, "lines"), "{\"what\":\"YAOFANG-LOT-999999\",\"join\":true}");
    expect(&answer, 404, "is no item or lot of this shop");
}
END_TEST

static const char *receipt_of(const struct answer *answer)
{
    const char *no = strstr(answer->body, "\"receipt_no\":");

    ck_assert_ptr_nonnull(no);
    return arena_printf(&c.arena, "%lld", strtoll(no + sizeof "\"receipt_no\":" - 1, NULL, 10));
}

START_TEST(a_sale_is_found_by_its_number_its_receipt_or_its_customer)
{
    const char *none = open_ticket("{\"lines\":[{\"what\":\"S-GINGER-TEA\"}]}"),
               *paid = open_ticket("{\"patient_id\":1,\"lines\":[{\"what\":\"S-MUSLIN-BAG\"}]}");
    struct answer answer = post(at(paid, "quote"), NULL);
    const char *number = strrchr(paid, '/') + 1;

    ck_assert_ptr_nonnull(none);
    answer = post(at(paid, "payment"), "{\"total_cents\":440,\"tenders\":[{\"kind\":\"card\"}]}");
    expect(&answer, 200, "\"state\":\"paid\"");
    ck_assert_int_eq(first_id(arena_printf(&c.arena, "/api/v1/tickets?q=%%23%s", number)),
                     strtoll(number, NULL, 10));
    ck_assert_int_eq(first_id("/api/v1/tickets?q=d-0001"), strtoll(number, NULL, 10));
    answer = ask(&c, &(struct ask){ .path = at(paid, "receipt"), .cookie = staff });
    number = arena_printf(&c.arena, "\"id\":%s,", number);
    answer =
        ask(&c, &(struct ask){ .path = arena_printf(&c.arena, "/api/v1/tickets?q=%s", receipt_of(&answer)),
                               .cookie = staff });
    expect(&answer, 200, number);
    answer = ask(&c, &(struct ask){ .path = "/api/v1/tickets?q=999999", .cookie = staff });
    expect(&answer, 200, "{\"rows\":[]}");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/orders/unpaid", .cookie = staff });
    expect(&answer, 200, "\"rows\":");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/orders/unpaid", .cookie = doctor });
    expect(&answer, 403, "");
}
END_TEST

START_TEST(a_dry_run_explains_and_stores_nothing)
{
    struct answer answer =
        post("/api/v1/promo-codes/tea2/dry-run",
             "{\"lines\":[{\"what\":\"S-GINGER-TEA\",\"quantity\":4},{\"what\":\"S-CLAY-POT\"}]}");

    expect(&answer, 200, "\"why\":\"its share of 2.00: 2.00 off\"");
    expect(&answer, 200, "\"why\":\"not among grocery\"");
    answer = post("/api/v1/promo-codes/nothing/dry-run", "{\"lines\":[{\"what\":\"S-GINGER-TEA\"}]}");
    expect(&answer, 404, "is no promo code of this shop");
    answer = post("/api/v1/promo-codes/tea2/dry-run", "{}");
    expect(&answer, 422, "or lines must be given, not both");
    answer = post("/api/v1/promo-codes/tea2/dry-run", "{\"lines\":[{\"what\":\"NO-SUCH\"}]}");
    expect(&answer, 404, "is no item or lot of this shop");
}
END_TEST

START_TEST(terms_rules_and_settings_are_for_those_who_may)
{
    struct answer answer =
        send_as(doctor, "POST", "/api/v1/promo-codes", "{\"code\":\"x\",\"amount_cents\":5}");

    expect(&answer, 403, "");
    answer = post(
        "/api/v1/promo-codes",
        "{\"code\":\"summer\",\"amount_cents\":5,\"include\":\"tea;grocery\",\"valid_from\":\"2026-02-30\"}");
    expect(&answer, 422, "valid_from");
    answer = post("/api/v1/promo-codes", "{\"code\":\"summer\",\"amount_cents\":5,\"include\":\"grocery\"}");
    expect(&answer, 201, "\"code\":\"SUMMER\"");
    answer = send_as(staff, "PUT", "/api/v1/promo-codes/summer",
                     "{\"seen_version\":1,\"amount_cents\":7,\"change_note\":\"more\"}");
    expect(&answer, 200, "\"version\":2");
    answer = post("/api/v1/promo-codes/summer/end", NULL);
    expect(&answer, 200, "\"state\":\"ended\"");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/promo-codes/summer/versions", .cookie = doctor });
    expect(&answer, 200, "\"change_note\":\"more\"");
    answer = post("/api/v1/price-rules", "{\"name\":\"Pots\",\"kind\":\"fixed\",\"price_cents\":100}");
    expect(&answer, 422, "fixed wants an item");
    answer = post("/api/v1/price-rules", "{\"name\":\"Pots\",\"kind\":\"fixed\",\"sku\":\"S-CLAY-POT\","
                                         "\"price_cents\":2999,\"per_quantity\":1}");
    expect(&answer, 201, "\"state\":\"in force\"");
    answer = send_as(admin, "PUT", "/api/v1/tax-categories/book",
                     "{\"name\":\"Books\",\"rate_basis_points\":10001}");
    expect(&answer, 422, "rate_basis_points");
    answer =
        send_as(staff, "PUT", "/api/v1/tax-categories/book", "{\"name\":\"Books\",\"rate_basis_points\":0}");
    expect(&answer, 403, "");
    answer = send_as(admin, "PUT", "/api/v1/sale-settings",
                     "{\"tax_included\":true,\"handover_needs_payment\":false,\"quote_minutes\":15,\"drawer_"
                     "limit_cents\":200}");
    expect(&answer, 200, "\"quote_minutes\":15");
    answer = post("/api/v1/promo-codes/tcmheal5/dry-run", "{\"lines\":[{\"what\":\"S-CLAY-POT\"}]}");
    expect(&answer, 200, ", Pots\"");
    expect(&answer, 200, "\"tax_cents\":265,\"tax_included\":true,\"total_cents\":2849");
}
END_TEST

START_TEST(prices_and_what_a_rule_would_make_of_them)
{
    static const char pots[] =
        "{\"name\":\"Pots again\",\"kind\":\"fixed\",\"sku\":\"S-CLAY-POT\",\"price_cents\":100,"
        "\"per_quantity\":1,\"priority\":9}";
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/prices?q=clay+pot", .cookie = staff });

    expect(&answer, 200, "\"sku\":\"S-CLAY-POT\"");
    expect(&answer, 200, "\"all\":1,");
    expect(&answer, 200, "\"own_cents\":3499");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/prices?q=clay+pot", .cookie = doctor });
    expect(&answer, 403, "");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/prices?only=cheap", .cookie = staff });
    expect(&answer, 422, "by_rule");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/prices?dosage_form=elixir", .cookie = staff });
    expect(&answer, 404, "is no dosage form");
    answer = send_as(doctor, "POST", "/api/v1/price-rules/dry-run", pots);
    expect(&answer, 403, "");
    answer = post("/api/v1/price-rules/dry-run", pots);
    expect(&answer, 200, "\"price_cents\":100,\"rule\":null");
    expect(&answer, 200, "\"below_cost\":true,\"by_this_rule\":true");
    answer = post("/api/v1/price-rules/dry-run?sku=S-GINGER-TEA", pots);
    expect(&answer, 200, "\"by_this_rule\":false");
    answer =
        post("/api/v1/price-rules/dry-run", "{\"name\":\"Pots\",\"kind\":\"fixed\",\"price_cents\":100}");
    expect(&answer, 422, "fixed wants an item");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/price-rules", .cookie = staff });
    ck_assert_ptr_null(strstr(answer.body, "Pots again"));
    answer = post("/api/v1/fees", "{\"name\":\"Pouches\",\"per\":\"packet\",\"amount_cents\":100}");
    expect(&answer, 201, "\"state\":\"in force\"");
    answer =
        post("/api/v1/fees",
             arena_printf(&c.arena,
                          "{\"name\":\"Pouches\",\"per\":\"packet\",\"amount_cents\":120,\"replaces\":%s}",
                          answer_member(&c, &answer, "id")));
    expect(&answer, 201, "\"amount_cents\":120");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/fees", .cookie = staff });
    ck_assert_ptr_null(strstr(answer.body, "\"amount_cents\":100"));
    answer = ask(&c, &(struct ask){ .path = "/api/v1/dosage-forms", .cookie = doctor });
    expect(&answer, 200, "\"zh_hant\"");
}
END_TEST

START_TEST(a_drawer_over_http)
{
    struct answer answer = post("/api/v1/drawers", "{\"register\":\"till\",\"float_cents\":5000}");
    const char *path = arena_printf(&c.arena, "/api/v1/drawers/%s", answer_member(&c, &answer, "id"));

    expect(&answer, 201, "\"expected_cents\":5000");
    answer = post(at(path, "moves"), "{\"kind\":\"pay_out\",\"amount_cents\":200,\"reason\":\"stamps\"}");
    expect(&answer, 200, "\"expected_cents\":4800");
    answer = post(at(path, "close"), "{\"counts\":[{\"denomination_cents\":100,\"pieces\":48},{"
                                     "\"denomination_cents\":100,\"pieces\":0}]}");
    expect(&answer, 409, "stands twice");
    answer = post(at(path, "close"), "{\"counts\":[{\"denomination_cents\":100,\"pieces\":49}]}");
    expect(&answer, 200, "\"difference_cents\":100");
    answer = ask(&c, &(struct ask){ .path = at(path, "counts"), .cookie = staff });
    expect(&answer, 200, "\"sum_cents\":4900");
}
END_TEST

/* A reason is a word with its terms beside its sentence, and stays so with what was quoted. */
START_TEST(reasons_come_as_words_for_other_languages)
{
    struct answer answer = post("/api/v1/price-rules", "{\"name\":\"Patches\",\"kind\":\"fixed\",\"sku\":"
                                                       "\"S-TIGER-BALM-PATCH\",\"price_cents\":777,"
                                                       "\"per_quantity\":1}");
    const char *rule = answer_member(&c, &answer, "id");
    const char *path =
        open_ticket("{\"lines\":[{\"what\":\"S-TIGER-BALM-PATCH\"}],\"codes\":[\"tcmheal5\"]}");
    const char *priced = arena_printf(&c.arena,
                                      "\"price_note\":\"rule %s, Patches\",\"price_reason\":\"rule_fixed\","
                                      "\"price_terms\":{\"id\":%s,\"rule\":\"Patches\"}",
                                      rule, rule);

    answer = ask(&c, &(struct ask){ .path = path, .cookie = staff });
    expect(&answer, 200, priced);
    expect(&answer, 200,
           "\"reason\":\"percent_of\",\"terms\":{\"percent_basis_points\":500,\"before_cents\":777,"
           "\"off_cents\":39}");
    answer =
        post("/api/v1/promo-codes", "{\"code\":\"later\",\"amount_cents\":5,\"valid_from\":\"2199-12-01\"}");
    answer = post(at(path, "codes"), "{\"code\":\"later\"}");
    expect(&answer, 200, "\"reason\":\"begins_on\",\"terms\":{\"starts_on\":\"2199-12-01\"}");
    expect(&answer, 200,
           "\"reason\":\"code_itself\",\"terms\":{\"why\":{\"reason\":\"begins_on\",\"terms\":{");
    answer = post(at(path, "quote"), NULL);
    answer = ask(&c, &(struct ask){ .path = path, .cookie = staff });
    priced = strstr(answer.body, "\"quote_lines\":[");
    ck_assert_ptr_nonnull(priced);
    ck_assert_msg(strstr(priced, "\"price_reason\":\"rule_fixed\"") < strstr(priced, "\"price\":{"), "%s",
                  priced);
}
END_TEST

SUITE(counter)
{
    Suite *suite = suite_create("counter");
    TCase *tests = tcase_create("counter");

    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_sale_from_scan_to_receipt_and_back);
    tcase_add_test(tests, papers_are_held_against_rules);
    tcase_add_test(tests, a_prescription_is_printed_once_it_is_signed);
    tcase_add_test(tests, a_scan_again_joins_its_line);
    tcase_add_test(tests, a_sale_is_found_by_its_number_its_receipt_or_its_customer);
    tcase_add_test(tests, a_dry_run_explains_and_stores_nothing);
    tcase_add_test(tests, terms_rules_and_settings_are_for_those_who_may);
    tcase_add_test(tests, prices_and_what_a_rule_would_make_of_them);
    tcase_add_test(tests, a_drawer_over_http);
    tcase_add_test(tests, reasons_come_as_words_for_other_languages);
    suite_add_tcase(suite, tests);
    return suite;
}
