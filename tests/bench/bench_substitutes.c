/* The whole way to substitutes, as a request goes it: the version read, the stock asked for, everything in it screened for the patient,
   the nearest combinations found. Against the demo shop's items with 120 ready-made formulas put among them, for classic formulas of
   which every third herb is short. Prints milliseconds, on average and at worst. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/knowledge_db.h"
#include "core/person.h"
#include "core/substitute.h"
#include "db/db.h"

enum { RUNS = 60, LINES_LEAST = 6, SHORT_MG = 400000 };

static const struct query add_products = {
    .name = "bench_products",
    .sql = "INSERT INTO products (id, english, kind, formula_id, external, source, confidence)"
           " SELECT 'bench_' || f.id, f.english, 'patent_pill', f.id, 'no', 'bench', 'low' FROM formulas f"
           "  WHERE (SELECT count(*) FROM formula_items i WHERE i.formula_id = f.id) >= 4 ORDER BY f.id "
           "LIMIT 120"
           " ON CONFLICT DO NOTHING",
};
static const struct query add_items = {
    .name = "bench_items",
    .sql = "INSERT INTO items (shop_id, sku, item_kind, product_id, name, unit)"
           " SELECT $1::bigint, upper(id), 'product', id, english, 'each' FROM products WHERE id LIKE "
           "'bench\\_%'"
           " ON CONFLICT DO NOTHING",
};
static const struct query add_lots = {
    .name = "bench_lots",
    .sql = "WITH made AS (INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, status, "
           "in_stock)"
           " SELECT $1::bigint, i.id, (SELECT min(s.id) FROM suppliers s WHERE s.shop_id = $1), i.sku, "
           "'2090-12-31',"
           " 'released', true FROM items i WHERE i.shop_id = $1 AND i.sku LIKE 'BENCH\\_%'"
           "  AND NOT EXISTS (SELECT FROM lots l WHERE l.shop_id = $1 AND l.item_id = i.id) RETURNING "
           "shop_id, id)"
           " INSERT INTO balances (shop_id, lot_id, location_id, quantity, internal)"
           " SELECT m.shop_id, m.id, (SELECT min(p.id) FROM locations p WHERE p.shop_id = $1 AND p.kind = "
           "'drawer'), 50, true"
           "   FROM made m",
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void must(struct ctx *c, enum status status)
{
    if (status == ST_OK)
        return;
    fprintf(stderr, "bench_substitutes: %s %s\n", c->fault.count == 0 ? "" : c->fault.items[0].rule,
            c->cause == NULL ? "" : c->cause);
    exit(1);
}

static void open_as(struct ctx *c, const char *variable, bool prepared, int64_t shop)
{
    const struct db_options options = { .url = getenv(variable), .prepared = prepared };

    ctx_init(c);
    must(c, db_open_owned(c, &options));
    c->who.shop_id = shop;
}

static void stock_up(int64_t shop)
{
    struct ctx c;

    open_as(&c, "DATABASE_SUPER_URL", false, shop);
    must(&c, db_run(&c, &add_products, NO_PARAMS));
    must(&c, db_run(&c, &add_items, PARAMS(I64(shop))));
    must(&c, db_run(&c, &add_lots, PARAMS(I64(shop))));
    ctx_close(&c);
}

/* A prescription of one formula, every third of its herbs in an amount nobody has; 0 when it cannot be made so. */
static int64_t prescribe(struct ctx *c, const struct knowledge *k, const struct formula *formula,
                         int64_t patient)
{
    const struct draft_formula from = { formula->id, { 0 } };
    struct draft_herb *herbs = arena_array(&c->arena, formula->part_count, sizeof *herbs);
    struct prescription_draft draft = {
        .patient_id = patient,
        .dosage_form = "raw_decoction",
        .merge_rule = MERGE_HIGHEST,
        .course = { .days = 7 },
        .formulas = &from,
        .formula_count = 1,
        .herbs = herbs,
    };
    int64_t id;

    for (uint16_t i = 0; i < formula->part_count; i += 3)
        herbs[draft.herb_count++] =
            (struct draft_herb){ k->herbs[formula->parts[i].herb].id, { SHORT_MG }, NULL };
    if (prescription_create(c, k, &draft, &id) == ST_OK)
        return id;
    ctx_forgive(c);
    return 0;
}

struct figures {
    double sum, worst;
    int runs;
    size_t offers;
};

static void measure(struct ctx *c, const struct knowledge *k, int64_t prescription, struct figures *f)
{
    const struct substitute_wish wish = { .prescription_id = prescription };
    struct offers offers;
    const double began = now();
    double took;

    must(c, substitute_find(c, k, &wish, &offers));
    took = now() - began;
    f->offers += offers.count;
    f->sum += took;
    if (took > f->worst)
        f->worst = took;
    f->runs++;
}

int main(int argc, char **argv)
{
    const int64_t shop = argc < 2 ? 1 : strtoll(argv[1], NULL, 10);
    const int64_t user = argc < 3 ? 1 : strtoll(argv[2], NULL, 10);
    const int64_t patient = argc < 4 ? 1 : strtoll(argv[3], NULL, 10);
    struct knowledge *k;
    struct figures f = { 0 };
    struct ctx c;

    stock_up(shop);
    open_as(&c, "DATABASE_URL", true, shop);
    must(&c, knowledge_from_database(&c, &k));
    c.who.user_id = user;
    c.who.roles = ROLE_PRACTITIONER | ROLE_PHARMACIST;
    for (size_t i = 0; i < k->count[REF_FORMULA] && f.runs < RUNS; i++) {
        int64_t id = k->formulas[i].part_count < LINES_LEAST ? 0 : prescribe(&c, k, &k->formulas[i], patient);

        if (id == 0)
            continue;
        if (f.runs == 0) { /* statements are prepared once a connection */
            measure(&c, k, id, &f);
            f = (struct figures){ 0 };
        }
        measure(&c, k, id, &f);
    }
    printf("substitutes_ms %.2f\nsubstitutes_worst_ms %.2f\nprescriptions %d\noffers %zu\n", f.sum / f.runs,
           f.worst, f.runs, f.offers);
    knowledge_close(k);
    ctx_close(&c);
    return 0;
}
