/* What a shop is furnished with over HTTP: taking places, suppliers and items out of use, what lies in a place, what came from whom. */
#include <stdlib.h>
#include <string.h>

#include "support/desk.h"

#define DATABASE "api_furnish"

static const char *staff, *pharmacist, *admin;

DESK({ &staff, "sam.ortiz" }, { &pharmacist, "mei.lin" }, { &admin, "admin" })

#define PATH(...) arena_printf(&c.arena, __VA_ARGS__)

/* Bodies have ' for ". */
static struct answer act(const char *cookie, const char *method, const char *path, const char *json,
                         int status, const char *part)
{
    char *body = json == NULL ? NULL : arena_text(&c.arena, json);
    struct answer answer;

    for (char *at = body; at != NULL && *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    answer = desk_send(cookie, method, PATH("/api/v1/%s", path), body);
    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL,
                  "%s %s: wanted %d with %s, got %d: %s", path, body == NULL ? "" : body, status, part,
                  answer.status, answer.body);
    return answer;
}

/* Adds what `json` says and gives its id. */
static const char *made(const char *path, const char *json, const char *part)
{
    struct answer answer = act(staff, "POST", path, json, 201, part);

    return answer_member(&c, &answer, "id");
}

static bool shows(const char *path, const char *part)
{
    struct answer answer = ask(&c, &(struct ask){ .path = PATH("/api/v1/%s", path), .cookie = pharmacist });

    ck_assert_msg(answer.status == 200, "%s: %d %s", path, answer.status, answer.body);
    return strstr(answer.body, part) != NULL;
}

START_TEST(what_is_out_of_use_is_not_offered)
{
    const char *at, *from, *what;

    at = PATH("locations/%s/retired",
              made("locations", "{'code':'OLD','name':'Old','kind':'cabinet'}", "OLD"));
    from = PATH("suppliers/%s/retired",
                made("suppliers",
                     "{'code':'GONE','name':'Gone','supplies':'roots','certificate_note':'on paper'}",
                     "\"supplies\":\"roots\""));
    what = PATH("items/%s/retired",
                made("items",
                     "{'sku':'R-OLD','item_kind':'raw','herb':'gan cao','price_cents':10,'home':'OLD',"
                     "'gtin':'4006381333931','reorder_quantity':500000}",
                     "\"retired_at\":null"));
    ck_assert(shows("items?q=4006381333931", "R-OLD") && !shows("items?q=4006381333932", "R-OLD"));
    ck_assert(shows("items?home=OLD", "R-OLD") && !shows("items?home=A01", "R-OLD"));
    ck_assert(shows("locations?belongs=true", "R-OLD") && !shows("locations", "R-OLD"));
    ck_assert(shows("reports/reorder?format=json", "R-OLD"));
    act(pharmacist, "POST", what, "{'retired':true}", 403, "staff");
    act(staff, "POST", what, "{}", 422, "retired");
    act(staff, "POST", at, "{'retired':true}", 409, "belong in this place");
    act(staff, "POST", what, "{'retired':true}", 200, "\"retired_at\":\"");
    act(staff, "POST", at, "{'retired':true}", 200, "\"retired_at\":\"");
    act(staff, "POST", from, "{'retired':true}", 200, "\"retired_at\":\"");
    act(staff, "POST", "locations/999999/retired", "{'retired':true}", 404, "no place");
    ck_assert(!shows("items?q=R-OLD", "R-OLD") && shows("items?q=R-OLD&all=true", "R-OLD"));
    ck_assert(!shows("locations", "\"OLD\"") && shows("locations?all=true", "\"OLD\""));
    ck_assert(!shows("suppliers", "GONE") && shows("suppliers?all=true", "on paper"));
    ck_assert(!shows("reports/reorder?format=json", "R-OLD"));
    act(staff, "POST", from, "{'retired':false}", 200, "\"retired_at\":null");
    ck_assert(shows("suppliers", "GONE"));
}
END_TEST

/* The places where the ledger itself ends are no places to take out of use. */
START_TEST(the_ledgers_own_places_stay)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/locations", .cookie = staff });
    const char *at = strstr(answer.body, "\"kind\":\"patient\"");

    ck_assert_ptr_nonnull(at);
    while (strncmp(at, "\"id\":", 5) != 0)
        at--;
    act(staff, "POST", PATH("locations/%.*s/retired", (int)strspn(at + 5, "0123456789"), at + 5),
        "{'retired':true}", 404, "no place for goods");
}
END_TEST

/* While anything lies in a place it stays; what is left of an item out of use is listed. */
START_TEST(what_lies_there_is_told_and_kept_in_use)
{
    const char *place, *supplier, *item, *lots;

    place = made("locations", "{'code':'KEEP','name':'Chest','kind':'cabinet'}", "KEEP");
    supplier = made("suppliers", "{'code':'FROM','name':'From Herbs'}", "FROM");
    item = made("items", "{'sku':'R-KEEP','item_kind':'raw','herb':'da zao','price_cents':5}", "da_zao");
    lots = PATH("locations/%s/lots", place);
    ck_assert(!shows(lots, "R-KEEP"));
    act(staff, "POST", "receipts",
        "{'supplier':'FROM','invoice':'F1','lines':[{'sku':'R-KEEP','lot_code':'K1','quantity':500000,"
        "'unit':'mg','location':'KEEP','expires_on':'2031-05','certificate':'COA 1','cost_cents':700}]}",
        201, "\"id\"");
    ck_assert(shows(lots, "\"quantity\":500000"));
    ck_assert(shows(PATH("supplies?supplier=%s", supplier), "\"sku\":\"R-KEEP\""));
    ck_assert(shows(PATH("supplies?item=%s", item), "\"cost_cents\":700"));
    ck_assert(!shows("supplies", "R-KEEP"));
    act(staff, "POST", PATH("locations/%s/retired", place), "{'retired':true}", 409, "move them first");
    act(staff, "POST", PATH("items/%s/retired", item), "{'retired':true}", 200, "R-KEEP");
    ck_assert(shows("items?q=R-KEEP", "\"on_hand\":500000"));
}
END_TEST

/* An item out of use fills what is prescribed while something is left of it, and nothing after that: it is not bought again. */
START_TEST(what_is_out_of_use_and_gone_fills_nothing)
{
    struct ctx super;
    const char *item;
    static const char filled[] =
        "SELECT coalesce(item_for(shop_id, 'raw_decoction', 'bai_lian', '', 1000), 0) FROM items "
        "WHERE sku = 'R-RARE'";

    database_open_test(&super, DATABASE, TEST_SUPER);
    item = made("items", "{'sku':'R-RARE','item_kind':'raw','herb':'bai_lian','price_cents':10}", "bai_lian");
    ck_assert_int_eq(sql_number(&super, filled), strtoll(item, NULL, 10));
    act(staff, "POST", PATH("items/%s/retired", item), "{'retired':true}", 200, "R-RARE");
    ck_assert_int_eq(sql_number(&super, filled), 0);
    act(staff, "POST", "receipts",
        "{'supplier':'GLB','invoice':'RARE','lines':[{'sku':'R-RARE','lot_code':'RARE1','quantity':50000,"
        "'unit':'mg','location':'A01','expires_on':'2031-05','certificate':'COA 1'}]}",
        201, "\"id\"");
    ck_assert_int_eq(sql_number(&super, filled), strtoll(item, NULL, 10));
    ctx_close(&super);
}
END_TEST

START_TEST(a_group_out_of_use_gets_no_new_prices)
{
    const char *rule, *ticket;

    act(staff, "PUT", "customer-groups/guests", "{'name':'Guests'}", 200, "\"retired_at\":null");
    ticket = made("tickets", "{'customer_group':'guests'}", "guests");
    rule = made("price-rules",
                "{'name':'Guests pay less','kind':'off','off_basis_points':500,'customer_group':'guests'}",
                "guests");
    act(pharmacist, "POST", "customer-groups/guests/retired", "{'retired':true}", 403, "staff");
    act(staff, "POST", "customer-groups/nobody/retired", "{'retired':true}", 404, "no group of customers");
    act(staff, "POST", "customer-groups/guests/retired", "{}", 422, "retired");
    act(staff, "POST", "customer-groups/guests/retired", "{'retired':true}", 409,
        "\"field\":\"price_rules\",\"value\":\"1\"");
    ck_assert(shows("customer-groups", "guests"));
    act(staff, "POST", PATH("price-rules/%s/end", rule), NULL, 200, "ended");
    act(staff, "POST", "customer-groups/guests/retired", "{'retired':true}", 200, "\"retired_at\":\"");
    ck_assert(!shows("customer-groups", "guests") && shows("customer-groups?all=true", "guests"));
    act(staff, "POST", "tickets", "{'customer_group':'guests'}", 409, "is out of use");
    act(staff, "POST", "price-rules",
        "{'name':'Again','kind':'off','off_basis_points':500,'customer_group':'guests'}", 409,
        "\"value\":\"guests\",\"rule\":\"is out of use\"");
    act(staff, "POST", "price-rules/dry-run",
        "{'name':'Again','kind':'off','off_basis_points':500,'customer_group':'guests'}", 409,
        "is out of use");

    /* A ticket that was its own before stays, and one of nobody's does not become one. */
    act(staff, "PUT", PATH("tickets/%s", ticket), "{'customer_group':'guests'}", 200, "guests");
    act(staff, "PUT", PATH("tickets/%s", made("tickets", "{}", "\"customer_group\":null")),
        "{'customer_group':'guests'}", 409, "is out of use");
    act(staff, "POST", "customer-groups/guests/retired", "{'retired':false}", 200, "\"retired_at\":null");
    act(staff, "POST", "tickets", "{'customer_group':'guests'}", 201, "guests");
}
END_TEST

START_TEST(a_tax_category_out_of_use_taxes_what_it_taxed)
{
    static const char change[] = "{'name':'Cups','price_cents':5,'price_per_quantity':1,'tax_category':'%s'}";
    const char *item, *fee, *path;

    act(admin, "PUT", "tax-categories/cups", "{'name':'Cups','rate_basis_points':700}", 200, "cups");
    act(admin, "PUT", "tax-categories/cups2", "{'name':'Cups','rate_basis_points':800}", 200, "cups2");
    item = made("items",
                "{'sku':'R-CUP','item_kind':'raw','herb':'da zao','price_cents':5,'tax_category':'cups'}",
                "\"tax_category\":\"cups\"");
    fee = made("fees", "{'name':'Cup','per':'order','amount_cents':5,'tax_category':'cups'}", "cups");
    path = PATH("items/%s", item);
    act(staff, "POST", "tax-categories/cups/retired", "{'retired':true}", 403, "admin");
    act(admin, "POST", "tax-categories/nobody/retired", "{'retired':true}", 404, "no tax category");
    act(admin, "POST", "tax-categories/cups/retired", "{'retired':true}", 409,
        "\"field\":\"items\",\"value\":\"1\"");
    act(staff, "PUT", path, PATH(change, "cups2"), 200, "cups2");
    act(admin, "POST", "tax-categories/cups/retired", "{'retired':true}", 409,
        "\"field\":\"fees\",\"value\":\"1\"");
    act(staff, "POST", PATH("fees/%s/end", fee), NULL, 200, "ended");
    act(admin, "POST", "tax-categories/cups/retired", "{'retired':true}", 200, "\"retired_at\":\"");
    ck_assert(!shows("tax-categories", "\"cups\"") && shows("tax-categories?all=true", "\"cups\""));
    act(staff, "PUT", path, PATH(change, "cups"), 409, "\"value\":\"cups\",\"rule\":\"is out of use\"");
    act(staff, "POST", "items",
        "{'sku':'R-CUP2','item_kind':'raw','herb':'da zao','price_cents':5,'tax_category':'cups'}", 409,
        "is out of use");
    act(staff, "POST", "fees", "{'name':'Cup','per':'order','amount_cents':5,'tax_category':'cups'}", 409,
        "is out of use");
    act(staff, "POST", "price-rules",
        "{'name':'Cups','kind':'off','off_basis_points':500,'tax_category':'cups'}", 409, "is out of use");

    /* An item that is out of use and gone keeps its category, also when it is changed. */
    act(staff, "POST", PATH("items/%s/retired", item), "{'retired':true}", 200, "R-CUP");
    act(admin, "POST", "tax-categories/cups2/retired", "{'retired':true}", 200, "cups2");
    act(staff, "PUT", path, PATH(change, "cups2"), 200, "\"tax_category\":\"cups2\"");
    act(admin, "POST", "tax-categories/cups/retired", "{'retired':false}", 200, "\"retired_at\":null");
    act(staff, "PUT", path, PATH(change, "cups"), 200, "\"tax_category\":\"cups\"");
}
END_TEST

/* What is out of use is named in nothing new; goods that are there all the same leave it, and what was done with it is undone. */
START_TEST(nothing_new_names_what_is_out_of_use)
{
    static const char delivery[] =
        "{'supplier':'%s','invoice':'%s',%s'lines':[{'sku':'R-GUI-ZHI','lot_code':'%s','quantity':500000,"
        "'unit':'mg','location':'%s','expires_on':'2031-05','certificate':'COA 1','cost_cents':700}]}";
    static const char move[] = "{'lines':[{'lot_id':%s,'from':'%s','to':'%s','quantity':%d}]}";
    static const char order[] =
        "{'supplier':'SHUT','lines':[{'sku':'R-GUI-ZHI','quantity':500000,'unit':'mg'}]}";
    const char *place, *supplier, *ordered, *lot, *receipt, *count;
    struct ctx super;

    place = made("locations", "{'code':'SHUT','name':'Shut','kind':'cabinet'}", "SHUT");
    supplier = PATH("suppliers/%s/retired", made("suppliers", "{'code':'SHUT','name':'Shut'}", "SHUT"));
    ordered = made("purchase-orders", order, "SHUT");
    act(staff, "POST", PATH("purchase-orders/%s/state", ordered), "{'state':'sent'}", 200, "sent");
    receipt = made("receipts", PATH(delivery, "SHUT", "S1", "", "SHUT-1", "SHUT"), "\"id\"");
    database_open_test(&super, DATABASE, TEST_SUPER);
    lot = PATH("%lld", (long long)sql_number(&super, "SELECT id FROM lots WHERE lot_code = 'SHUT-1'"));
    count = made("counts", "{'title':'All'}", "\"id\"");

    /* As when the goods arrive in the same moment as the place goes out of use. */
    sql_must(&super, "UPDATE locations SET retired_at = now() WHERE code = 'SHUT'");
    act(staff, "POST", supplier, "{'retired':true}", 200, "SHUT");

    act(staff, "POST", "receipts", PATH(delivery, "GLB", "S2", "", "SHUT-2", "SHUT"), 409,
        "\"field\":\"lines[0].location\",\"value\":\"SHUT\",\"rule\":\"is out of use\"");
    act(staff, "POST", "receipts/check", PATH(delivery, "GLB", "S2", "", "SHUT-2", "SHUT"), 409,
        "is out of use");
    act(staff, "POST", "receipts", PATH(delivery, "SHUT", "S2", "", "SHUT-2", "A01"), 409,
        "\"field\":\"supplier\",\"value\":\"SHUT\",\"rule\":\"is out of use\"");
    act(staff, "POST", "purchase-orders", order, 409, "is out of use");
    act(staff, "PUT", "pars", "{'location':'SHUT','sku':'R-GUI-ZHI','quantity':5}", 409, "is out of use");
    act(staff, "POST", "counts", "{'title':'Shut','places':['SHUT']}", 409, "is out of use");
    act(staff, "POST", PATH("counts/%s/lines", count), PATH("{'lot_id':%s,'location':'SHUT'}", lot), 409,
        "\"field\":\"location\",\"value\":\"SHUT\",\"rule\":\"is out of use\"");
    act(staff, "POST", "items",
        "{'sku':'R-SHUT','item_kind':'raw','herb':'da zao','price_cents':5,'home':'SHUT'}", 409,
        "\"field\":\"home\"");
    act(staff, "POST", "moves", PATH(move, lot, "A01", "SHUT", 1000), 409, "\"rule\":\"is out of use\"");
    ck_assert_int_eq(sql_number(&super, "SELECT count(*) FROM receipts WHERE invoice = 'S2'"), 0);

    /* Out of it, back, what was ordered before, and no more said of it. */
    act(staff, "POST", "moves", PATH(move, lot, "SHUT", "A01", 1000), 204, "");
    act(staff, "POST", "receipts",
        PATH(delivery, "SHUT", "S3", PATH("'purchase_order_id':%s,", ordered), "SHUT-3", "A01"), 201,
        "\"id\"");
    sql_must(&super, "UPDATE locations SET retired_at = NULL WHERE code = 'SHUT'");
    act(staff, "POST", "moves", PATH(move, lot, "A01", "SHUT", 1000), 204, "");
    sql_must(&super, "UPDATE locations SET retired_at = now() WHERE code = 'SHUT'");
    act(pharmacist, "POST", PATH("receipts/%s/undo", receipt), "{'reason':'wrong'}", 200, "");
    act(staff, "PUT", "pars", "{'location':'SHUT','sku':'R-GUI-ZHI','quantity':0}", 204, "");
    ck_assert(!shows(PATH("locations/%s/lots", place), "R-GUI-ZHI"));
    ctx_close(&super);
}
END_TEST

START_TEST(what_is_ordered_is_found_by_supplier)
{
    act(staff, "POST", "purchase-orders",
        "{'supplier':'GLB','lines':[{'sku':'R-GUI-ZHI','quantity':500000,'unit':'mg'}]}", 201, "GLB");
    ck_assert(shows("purchase-orders?supplier=GLB", "\"supplier\":\"GLB\""));
    ck_assert(!shows("purchase-orders?supplier=JGX", "\"supplier\":\"GLB\""));
}
END_TEST

/* What is not said of a pack stays; 0 takes it away. */
START_TEST(a_pack_can_be_taken_away)
{
    const char *path = PATH(
        "items/%s",
        made("items",
             "{'sku':'R-PACK','item_kind':'raw','herb':'bai zhu','price_cents':5,'pack_quantity':500000}",
             "\"pack_quantity\":500000"));

    act(staff, "PUT", path, "{'name':'Bai Zhu','price_cents':5,'price_per_quantity':1000}", 200,
        "\"pack_quantity\":500000");
    act(staff, "PUT", path, "{'name':'Bai Zhu','price_cents':5,'price_per_quantity':1000,'pack_quantity':0}",
        200, "\"pack_quantity\":null");
    act(staff, "PUT", path, "{'name':'Bai Zhu','price_cents':5,'price_per_quantity':1000,'pack_quantity':-1}",
        422, "pack_quantity");
    act(staff, "POST", "items",
        "{'sku':'R-P','item_kind':'raw','herb':'bai zhu','price_cents':5,'pack_quantity':0}", 422,
        "pack_quantity");
}
END_TEST

/* Goods are entered, priced, received by the code on their pack and sold; never under a name that has to be screened. */
START_TEST(goods_are_sold_and_never_screened)
{
    const char *path =
        PATH("items/%s", made("items",
                              "{'sku':'MUG','item_kind':'goods','name':'Tea mug','name_hanzi':'茶杯',"
                              "'price_cents':1250,'gtin':'5901234123457','tax_category':'general'}",
                              "\"item_kind\":\"goods\""));
    struct answer answer;
    const char *ticket;

    act(staff, "POST", "items", "{'sku':'M2','item_kind':'goods','name':'Dong Quai','price_cents':1}", 422,
        "is known to the reference as the herb");
    act(staff, "POST", "items",
        "{'sku':'M2','item_kind':'goods','name':'Mug','herb':'dang_gui','price_cents':1}", 422,
        "\"field\":\"herb\"");
    act(staff, "POST", "items", "{'sku':'M2','item_kind':'goods','price_cents':1}", 422,
        "must be given for goods");
    act(staff, "PUT", path, "{'name':'Coumadin','price_cents':1250,'price_per_quantity':1}", 422,
        "the medicine warfarin");
    act(staff, "PUT", path, "{'name':'Big tea mug','price_cents':1500,'price_per_quantity':1}", 200,
        "Big tea mug");
    act(staff, "POST", "price-rules",
        "{'name':'Goods','kind':'off','off_basis_points':1000,'item_kind':'goods'}", 201,
        "\"item_kind\":\"goods\"");
    ck_assert(shows("prices?item_kind=goods", "\"price_cents\":1350"));
    ck_assert(!shows("prices?item_kind=goods", "\"item_kind\":\"product\""));
    act(staff, "POST", "receipts",
        "{'supplier':'LSW','invoice':'MUGS','lines':[{'sku':'MUG','lot_code':'K1','quantity':3,'location':'"
        "SH01',"
        "'certificate':'seen'}]}",
        201, "\"id\"");
    answer =
        act(staff, "POST", "tickets", "{'lines':[{'what':'5901234123457','quantity':2}]}", 201, "\"open\"");
    ticket = strstr(answer.body, "\"id\":");
    ck_assert_ptr_nonnull(ticket);
    ticket = PATH("tickets/%ld", strtol(ticket + strlen("\"id\":"), NULL, 10));
    answer = act(staff, "POST", PATH("%s/quote", ticket), "{}", 200,
                 "\"total_cents\":2977"); /* 2 × 13.50, 10.25 % tax */
    act(staff, "POST", PATH("%s/payment", ticket), "{'total_cents':2977,'tenders':[{'kind':'card'}]}", 200,
        "\"state\":\"paid\"");
    ck_assert(shows(path, "\"on_hand\":1"));
}
END_TEST

SUITE(furnish)
{
    return suite_of("furnish", 60, make_database, setup, desk_close,
                    TESTS(what_is_out_of_use_is_not_offered, the_ledgers_own_places_stay,
                          what_lies_there_is_told_and_kept_in_use, what_is_out_of_use_and_gone_fills_nothing,
                          nothing_new_names_what_is_out_of_use, a_group_out_of_use_gets_no_new_prices,
                          a_tax_category_out_of_use_taxes_what_it_taxed, what_is_ordered_is_found_by_supplier,
                          a_pack_can_be_taken_away, goods_are_sold_and_never_screened));
}
