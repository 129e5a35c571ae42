/* Goods, which no reference knows: entered under a name that nothing screened has, received, priced, sold; and kept out of whatever a
   patient takes. */
#include <string.h>

#include "core/batch.h"
#include "core/furnish.h"
#include "core/promo.h"
#include "core/sale_setup.h"
#include "core/stock.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_goods"

SCENE_WITH_RULES("sam.ortiz")

static struct item goods(const char *sku, const char *name)
{
    return (struct item){ .sku = sku,
                          .item_kind = "goods",
                          .name = name,
                          .price = { 1250 },
                          .reorder_quantity = -1,
                          .tax_category = "general" };
}

static int64_t added(const char *sku, const char *name)
{
    const struct item item = goods(sku, name);
    int64_t id;

    MUST(item_add(&c, k, &item, &id));
    return id;
}

static void received(const char *sku, const char *lot, const char *expires, int64_t pieces)
{
    const struct receipt_line line = { .sku = sku,
                                       .lot_code = lot,
                                       .expires = expires,
                                       .quantity = pieces,
                                       .location = "SH01",
                                       .cost = { 300 * pieces },
                                       .certificate = "seen" };
    const struct receipt receipt = { .supplier = "LSW", .invoice = lot, .lines = &line, .count = 1 };
    int64_t id;

    MUST(stock_receive(&c, &receipt, &id));
}

static int64_t left(const char *lot)
{
    return sql_number(&c,
                      SQL("SELECT coalesce(sum(b.quantity), 0) FROM lots l JOIN balances b ON b.shop_id = "
                          "l.shop_id AND b.lot_id = l.id AND b.internal WHERE l.lot_code = '%s'",
                          lot));
}

/* What expires goes before what never does. */
START_TEST(goods_are_received_and_sold)
{
    const int64_t id = added("MUG", "Tea mug");
    struct ticket_price price;
    int64_t ticket;

    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM items WHERE id = %lld AND unit = 'each' AND "
                                        "price_per_quantity = 1 AND NOT medicinal AND herb_id IS NULL AND "
                                        "product_id IS NULL",
                                        (long long)id)),
                     1);
    received("MUG", "MUG-FOR-EVER", "", 5);
    received("MUG", "MUG-FILLED", "2199-12-31", 2);
    ticket = counter_open(&c, NULL);
    counter_add(&c, ticket, "MUG", 3);
    counter_sell(&c, ticket, &price);
    ck_assert_int_eq(price.pricing.list.cents, 3 * 1250);
    ck_assert_int_eq(left("MUG-FILLED"), 0);
    ck_assert_int_eq(left("MUG-FOR-EVER"), 4);
    counter_expect_sound(&c);
}
END_TEST

START_TEST(rules_and_codes_are_for_goods_too)
{
    struct price_rule_new rule = { .name = "Goods",
                                   .kind = "off",
                                   .item_kind = "cups",
                                   .price = { -1 },
                                   .markup_basis_points = -1,
                                   .off_basis_points = 2000,
                                   .valid_from = DATE_NONE,
                                   .valid_until = DATE_NONE };
    const struct promo_terms terms = {
        .percent_basis_points = 1000, .include = "goods", .valid_from = DATE_NONE, .valid_until = DATE_NONE
    };
    struct ticket_price price;
    int64_t id, ticket;

    (void)added("BOOK", "A shopkeeper's almanac");
    received("BOOK", "BOOK-1", "", 4);
    act_as(&c, "admin");
    refused(price_rule_add(&c, &rule, &id), ST_INVALID, "product or goods");
    rule.item_kind = "goods";
    MUST(price_rule_add(&c, &rule, &id));
    MUST(promo_add(&c, "CUPS", &terms));
    act_as(&c, "sam.ortiz");
    ticket = counter_open(&c, NULL);
    counter_add(&c, ticket, "BOOK", 1);
    counter_add(&c, ticket, "S-CLAY-POT", 1);
    MUST(ticket_add_code(&c, ticket, "CUPS"));
    MUST(ticket_quote(&c, ticket, &price));
    ck_assert_int_eq(price.pricing.list.cents, 1000 + 3499);
    ck_assert_int_eq(price.pricing.discount.cents, 100);
    act_as(&c, "admin");
    MUST(price_rule_end(&c, id));
}
END_TEST

/* A name that is known in any spelling, script or packing, and what may be sold by it. */
START_TEST(what_the_reference_knows_is_no_goods)
{
    static const struct {
        const char *name, *part;
    } known[] = {
        { "Dang Gui", "the herb Dāng Guī" },
        { "当归片", "the herb" },
        { "tang kuei, 100 g", "the herb" },
        { "mu tong", "the herb" }, /* of several meanings: none is goods */
        { "Tiger Balm Pain Relieving Patch", "has to be a product" },
        { "Bu Zhong Yi Qi Wan, 200 pills", "has to be a product" },
        { "Bu Yang Huan Wu Tang", "has to be a product" },
        { "Coumadin 5 mg", "the medicine warfarin" },
        { "blood thinner", "the medicine" },
    };
    static const char *const free[] = { "Tea mug, blue", "Cupping glasses", "Ginger candy",
                                        "Acupuncture chart", "茶杯" };
    struct item item;
    int64_t id;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        item = goods("KNOWN", known[i].name);
        refused(item_add(&c, k, &item, &id), ST_INVALID, known[i].part);
        item = goods("KNOWN", "Surprise");
        item.name_hanzi = known[i].name;
        refused(item_add(&c, k, &item, &id), ST_INVALID, known[i].part);
    }
    for (size_t i = 0; i < sizeof free / sizeof *free; i++)
        (void)added(SQL("FREE-%zu", i), free[i]);
    MUST(item_find(&c, "FREE-0", &id, &item));
    item.name = "Huang Qi";
    refused(item_change(&c, k, id, 0, &item), ST_INVALID, "the herb");
    item.name = "Tea mug, green";
    item.name_hanzi = "黄芪";
    refused(item_change(&c, k, id, 0, &item), ST_INVALID, "the herb");
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM items WHERE sku = 'FREE-0' AND name = 'Tea mug, blue'"), 1);
    item.name_hanzi = "绿茶杯";
    MUST(item_change(&c, k, id, 0, &item));
}
END_TEST

START_TEST(goods_are_neither_herb_nor_product)
{
    struct item item = goods("ODD", "Odd thing");
    int64_t id;

    item.thing = "dang_gui";
    refused(item_add(&c, k, &item, &id), ST_INVALID, "by their name alone");
    item = goods("ODD", NULL);
    refused(item_add(&c, k, &item, &id), ST_INVALID, "must be given for goods");
    item = goods("ODD", "Odd thing");
    item.unit = "mg";
    refused(item_add(&c, k, &item, &id), ST_INVALID, "is each for goods");
    item.unit = NULL;
    item.ratio = (struct ratio){ 5, 1 };
    refused(item_add(&c, k, &item, &id), ST_INVALID, "belongs to granules");
    item.ratio = (struct ratio){ 0 };
    item.content.mg = 100;
    refused(item_add(&c, k, &item, &id), ST_INVALID, "goods are no medicine");
    item.content.mg = 0;
    item.preparation = "honey-fried";
    refused(item_add(&c, k, &item, &id), ST_INVALID, "belongs to herbs and products");
    id = added("ODD", "Odd thing");
    refused(
        item_change(&c, k, id, 0, &(struct item){ .name = "Odd", .price_per_quantity = 1, .content = { 5 } }),
        ST_INVALID, "goods are no medicine");
    refused(item_change(&c, k, id, 0,
                        &(struct item){ .name = "Odd", .price_per_quantity = 1, .preparation = "x" }),
            ST_INVALID, "goods");
    ck_assert_int_ne(
        sql_try(&c, "INSERT INTO items (shop_id, sku, item_kind, name, unit) VALUES (current_shop(), "
                    "'ODD-2', 'raw', 'Raw', 'mg')"),
        ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "INSERT INTO items (shop_id, sku, item_kind, name, unit, herb_id) VALUES "
                                 "(current_shop(), 'ODD-2', 'goods', 'Dang Gui', 'each', 'dang_gui')"),
                     ST_OK);
}
END_TEST

/* The database refuses whatever the service might one day forget to. */
static void no_medicine(struct ctx *owner, const char *table, const char *column, int64_t id)
{
    ck_assert_int_ne(sql_try(owner, SQL("UPDATE %s SET %s = %lld", table, column, (long long)id)), ST_OK);
    ck_assert_msg(strstr(fault_text(owner), "is no medicine") != NULL ||
                      strstr(fault_text(owner), "are no medicine") != NULL,
                  "%s: %s", table, fault_text(owner));
    ctx_forgive(owner);
}

START_TEST(goods_are_in_no_medicine)
{
    const int64_t id = added("PILLOW", "Small pillow");
    const struct batch_line in[] = { { "PILLOW", 5000 } }, of[] = { { "R-HUANG-QI", 5000 } };
    struct batch_plan plan = {
        .sku = "S-CLAY-POT", .quantity = 1, .piece_mg = 5000, .lines = in, .count = 1, .location = "SH01"
    };
    const struct draft_item chosen = { "huang_qi", "PILLOW" };
    struct prescription_draft draft;
    struct ctx owner;
    int64_t made, order;

    refused(batch_plan(&c, k, &plan, &made), ST_INVALID, "counted in pieces");
    plan.sku = "PILLOW";
    plan.lines = of;
    refused(batch_plan(&c, k, &plan, &made), ST_INVALID, "is goods: what is made of herbs is screened");
    plan.sku = "S-CLAY-POT";
    MUST(batch_plan(&c, k, &plan, &made));
    act_as(&c, "dr.wu");
    draft = test_draft(&c, test_patient_new(&c, k), NULL, "huang_qi", 15000);
    draft.items = &chosen;
    draft.item_count = 1;
    refused(prescription_create(&c, k, &draft, &made), ST_INVALID, "Small pillow, not Huáng Qí");
    act_as(&c, "mei.lin");
    order = stage_order(&c, "ai_ye", GRAMS(10), 3);
    database_open_test(&owner, DATABASE, TEST_OWNER);
    owner.who = c.who;
    no_medicine(&owner, "order_lines", "item_id", id);
    no_medicine(&owner, "prescription_items", "filled_item_id", id);
    no_medicine(&owner, "batches", "item_id", id);
    no_medicine(&owner, "batch_lines", "item_id", id);
    /* Proposals too, of which there are none here: whatever refers to items as medicine does it by that key. */
    ck_assert_int_eq(sql_number(&owner,
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = "
                                "'items'::regclass AND confkey @> (SELECT ARRAY[attnum] FROM pg_attribute "
                                "WHERE attrelid = 'items'::regclass AND attname = 'medicinal')"),
                     5);
    sql_must(&owner,
             SQL("UPDATE order_lines SET quantity = quantity WHERE order_id = %lld", (long long)order));
    ctx_close(&owner);
}
END_TEST

SUITE(goods)
{
    return suite_of("goods", 60, make, setup, scene_close,
                    TESTS(goods_are_received_and_sold, rules_and_codes_are_for_goods_too,
                          what_the_reference_knows_is_no_goods, goods_are_neither_herb_nor_product,
                          goods_are_in_no_medicine));
}
