/* Ready-made products go along with an order as lines of it: asked for or worked out, set aside, put in, priced, checked, booked and
   traced; without them it is not handed over. */
#include <string.h>

#include "core/furnish.h"
#include "core/order.h"
#include "core/substitute.h"
#include "db/db.h"
#include "sql.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_order_products"
#define PRODUCT "S-XIAO-YAO-GRANULE"

SCENE_WITH_RULES("dr.wu")

static void hold(const char *status)
{
    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET status = '%s' WHERE item_id IN (SELECT id FROM items WHERE sku IN "
                   "('R-CHAI-HU', 'R-BAI-ZHU'))",
                   status));
}

/* Signed: Xiao Yao San of which chai hu and bai zhu come in the ready-made granules, and huang qi is weighed. */
static int64_t with_product(void)
{
    struct prescription_draft draft =
        test_draft(&c, test_patient_new(&c, k), "Xiao Yao San", "huang_qi", 15000);
    struct substitute_wish wish = { .version = 1 };
    const struct offer *whole = NULL;
    struct offers offers;
    int64_t made, version;

    act_as(&c, "dr.wu");
    counter_must(&c, prescription_create(&c, k, &draft, &wish.prescription_id));
    hold("held");
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    for (size_t i = 0; i < offers.count; i++)
        if (strstr(offers.list[i].summary, "Xiao Yao San concentrated granules") != NULL)
            whole = &offers.list[i];
    ck_assert_ptr_nonnull(whole);
    counter_must(&c, substitute_propose(&c, k, &wish, whole->key, NULL, &made));
    hold("released");
    counter_must(&c, substitute_answer(&c, k, made, true, NULL, &wish.prescription_id, &version));
    (void)test_answer_all(&c, wish.prescription_id, version);
    counter_must(&c, prescription_sign(&c, k, wish.prescription_id, version));
    act_as(&c, "mei.lin");
    return wish.prescription_id;
}

static int64_t order_of(int64_t prescription, int64_t pieces, int64_t packets)
{
    const struct order_product product = { PRODUCT, pieces };
    const struct order_wish wish = { .prescription_id = prescription,
                                     .packets = packets,
                                     .products = &product,
                                     .product_count = pieces == 0 ? 0 : 1 };
    int64_t order;

    counter_must(&c, order_enter(&c, k, &wish, &order));
    return order;
}

static int64_t pieces_of(int64_t order)
{
    return sql_number(&c, SQL("SELECT coalesce((SELECT quantity FROM order_lines WHERE order_id = %lld AND "
                              "herb_id IS NULL), 0)",
                              (long long)order));
}

static int64_t weighings(int64_t order, struct order_weighing **list)
{
    static const struct column columns[] = {
        COLUMN(struct order_weighing, line_no),
        COLUMN(struct order_weighing, lot_id),
        COLUMN(struct order_weighing, location_id),
        COLUMN_NAMED(struct order_weighing, weighed, "planned"),
        COLUMNS_END,
    };
    size_t n;

    counter_must(&c, db_all(&c, &q_order_reservations, PARAMS(SHOP(&c), I64(order)), columns, sizeof **list,
                            list, &n));
    return (int64_t)n;
}

/* Which of them are the two pieces. */
static int64_t product_at(const struct order_weighing *list, int64_t n)
{
    int64_t at = 0;

    while (at < n && list[at].weighed.mg != 2)
        at++;
    ck_assert_int_lt(at, n);
    return at;
}

static void content(int64_t mg)
{
    struct item item;
    int64_t id;

    act_as(&c, "admin");
    counter_must(&c, item_find(&c, PRODUCT, &id, &item));
    item.content.mg = mg;
    counter_must(&c, item_change(&c, NULL, id, 0, &item));
    act_as(&c, "mei.lin");
}

START_TEST(pieces_are_asked_for_or_worked_out)
{
    const struct order_product wrong = { "S-GINGER-TEA", 1 }, many = { PRODUCT, 10001 };
    struct order_wish wish = { .prescription_id = with_product() };
    const int64_t second = with_product();
    int64_t order;

    counter_refused(&c, ST_INVALID, order_enter(&c, k, &wish, &order), "products", "has no stated content");
    wish.product_count = 1;
    wish.products = &wrong;
    counter_refused(&c, ST_INVALID, order_enter(&c, k, &wish, &order), "products[0]",
                    "is no ready-made product of");
    wish.products = &many;
    counter_refused(&c, ST_INVALID, order_enter(&c, k, &wish, &order), "products[0]",
                    "pieces are 1 to 10000");
    ck_assert_int_eq(pieces_of(order_of(wish.prescription_id, 2, 0)), 2);
    content(150000); /* of 381.5 g of crude herb: 3 pieces */
    ck_assert_int_eq(pieces_of(order_of(second, 0, 3)),
                     3); /* the first packets have them all: a piece is not divided */
    ck_assert_int_eq(pieces_of(order_of(second, 0, 4)), 0);
    stage_fate(&c, DATABASE, "UPDATE items SET content_mg = NULL WHERE sku = '" PRODUCT "'");
}
END_TEST

struct text_row {
    const char *content;
};

static const char *sheet(const struct query *query, const struct param *params, size_t count)
{
    static const struct column columns[] = { COLUMN(struct text_row, content), COLUMNS_END };
    struct text_row row;
    bool found;

    counter_must(&c, db_row(&c, query, params, count, columns, &row, &found));
    return row.content;
}

START_TEST(a_product_is_set_aside_put_in_booked_and_traced)
{
    const int64_t order = order_of(with_product(), 2, 0), before = counter_on_hand(&c, PRODUCT);
    const struct ticket_want want = { .order_id = order, .quantity = 1 };
    struct ticket_price price;
    struct order_weighing *list, wrong;
    const char *record;
    int64_t n, product;

    counter_must(&c, order_allocate(&c, order, DATE_NONE));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT sum(r.quantity) FROM reservations r JOIN lots l ON l.id = "
                                        "r.lot_id JOIN items i ON i.id = "
                                        "l.item_id WHERE r.order_id = %lld AND i.sku = '" PRODUCT "'",
                                        (long long)order)),
                     2);
    counter_must(&c, ticket_price_lines(&c, &(struct ticket_customer){ 0 }, &want, 1, NULL, 0, &price));
    ck_assert_uint_eq(price.pricing.lines[0].part_count, 2);
    ck_assert_int_eq(price.pricing.lines[0].list.cents, 546 + 2 * 2499); /* 105 g at 5.20 per 100 g */
    counter_must(&c, order_release(&c, k, order));
    n = weighings(order, &list);
    product = product_at(list, n);
    wrong = list[product];
    wrong.weighed.mg = 1;
    counter_refused(&c, ST_CONFLICT, order_weigh(&c, order, &wrong, 1), "weighings[0]",
                    "is counted, not weighed: 2 pieces");
    for (int64_t i = 0; i < n; i++)
        if (i != product)
            counter_must(&c, order_weigh(&c, order, &list[i], 1));
    act_as(&c, "david.chen");
    counter_refused(&c, ST_CONFLICT, order_check(&c, order, NULL), "order_id",
                    "released"); /* the product is not in */
    act_as(&c, "mei.lin");
    counter_must(&c, order_weigh(&c, order, &list[product], 1));
    act_as(&c, "david.chen");
    counter_must(&c, order_check(&c, order, NULL));
    ck_assert_int_eq(counter_on_hand(&c, PRODUCT), before - 2);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT total_weighed FROM final_checks WHERE order_id = %lld", (long long)order)),
        105000);
    ck_assert_ptr_nonnull(strstr(sheet(&q_label_weigh_sheet, PARAMS(SHOP(&c), I64S(&order, 1))),
                                 "Xiao Yao San concentrated granules 逍遥散颗粒 × 2: SH04, lot LSW-82066"));
    record = sheet(&q_label_patient, PARAMS(SHOP(&c), I64S(&order, 1), TEXT(NULL), TEXT(NULL), NONE()));
    ck_assert_msg(strstr(record, "+ Xiao Yao San concentrated granules 逍遥散颗粒 × 2") != NULL, "%s",
                  record);
    counter_must(&c, order_hand_over(&c, order, "the patient", true));
    counter_expect_sound(&c);
}
END_TEST

/* A recall between check and hand-over stops the order, whatever it is a lot of; so does too little of it at the start. */
START_TEST(a_recalled_product_does_not_leave_the_shop)
{
    const int64_t order = order_of(with_product(), 1, 0);
    struct order_weighing *list;
    int64_t n, many;

    counter_must(&c, order_allocate(&c, order, DATE_NONE));
    counter_must(&c, order_release(&c, k, order));
    n = weighings(order, &list);
    counter_must(&c, order_weigh(&c, order, list, (size_t)n));
    act_as(&c, "david.chen");
    counter_must(&c, order_check(&c, order, NULL));
    stage_fate(&c, DATABASE, "UPDATE lots SET status = 'recalled' WHERE lot_code = 'LSW-82066'");
    counter_refused(&c, ST_CONFLICT, order_hand_over(&c, order, "the patient", true), "lot", "is recalled");
    stage_fate(&c, DATABASE, "UPDATE lots SET status = 'released' WHERE lot_code = 'LSW-82066'");
    counter_must(&c, order_hand_over(&c, order, "the patient", true));
    many = order_of(with_product(), 500, 0);
    ck_assert_int_eq(order_allocate(&c, many, DATE_NONE), ST_SHORT);
    ck_assert_ptr_nonnull(strstr(fault_text(&c), "Xiao Yao San"));
    ctx_forgive(&c);
}
END_TEST

SUITE(order_products)
{
    return suite_of("order_products", 60, make, setup, scene_close,
                    TESTS(pieces_are_asked_for_or_worked_out, a_product_is_set_aside_put_in_booked_and_traced,
                          a_recalled_product_does_not_leave_the_shop));
}
