/* The built-in seed files go to the database as plain cells: the schema's functions and the seed_… statements know the tables. */
#include "core/seed.h"

#include <string.h>

#include "base/asset.h"
#include "base/secret.h"
#include "base/text.h"
#include "db/db.h"
#include "intake/csv.h"
#include "sql.h"

/* Reference tables, in the order of their foreign keys. */
static const char *const reference[] = {
    "herbs",
    "herb_monographs",
    "herb_synonyms",
    "homonyms",
    "formulas",
    "formula_items",
    "formula_monographs",
    "formula_synonyms",
    "drug_classes",
    "drug_class_synonyms",
    "drugs",
    "drug_products",
    "conditions",
    "condition_synonyms",
    "procedures",
    "rules",
    "general_rules",
    "patterns",
    "pattern_formulas",
    "dosage_forms",
    "decoction_schemes",
    "beyond_use_rules",
    "granule_ratios",
    "products",
    "product_synonyms",
    "label_fields",
    "label_profiles",
    "label_phrases",
    "tiers",
    "jurisdictions",
    "regulations",
    "herb_limits",
    "allergens",
    "child_doses",
};

/* Files of the demo shop after shop.csv and users.csv, with the statements that load them. lots.csv feeds three. */
static const struct {
    const char *file;
    const struct query *query;
} demo[] = {
    { "suppliers", &q_seed_demo_suppliers },
    { "tax_categories", &q_seed_demo_tax_categories },
    { "locations", &q_seed_demo_locations },
    { "items", &q_seed_demo_items },
    { "lots", &q_seed_demo_receipts },
    { "lots", &q_seed_demo_lots },
    { "lots", &q_seed_demo_book },
    { "promo_codes", &q_seed_demo_promo_codes },
    { "patients", &q_seed_demo_patients },
    { "patient_medicines", &q_seed_demo_patient_medicines },
    { "patient_conditions", &q_seed_demo_patient_conditions },
    { "patient_allergies", &q_seed_demo_patient_allergies },
};

struct counts {
    int64_t inserted, updated, retired, unchanged;
};

static const struct column count_columns[] = {
    COLUMN(struct counts, inserted),
    COLUMN(struct counts, updated),
    COLUMN(struct counts, retired),
    COLUMN(struct counts, unchanged),
    COLUMNS_END,
};

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

static enum status cells_of(struct ctx *c, const char *folder, const char *name, struct csv_cells *cells)
{
    const char *path = arena_printf(&c->arena, "%s/%s.csv", folder, name);
    const struct asset *file = asset_find(assets_seed, path);

    if (file == NULL)
        return ctx_fail(c, ST_BROKEN, path, NULL, "is not built into the program");
    return csv_cells_read(c, path, file->data, file->size, cells);
}

static struct param header_of(const struct csv_cells *cells)
{
    return TEXTS(cells->header, cells->width);
}

static struct param rows_of(const struct csv_cells *cells)
{
    return TEXTS(cells->cells, cells->rows * cells->width);
}

static enum status load_reference(struct ctx *c, struct seed_report *report)
{
    for (size_t i = 0; i < sizeof reference / sizeof reference[0]; i++) {
        struct csv_cells cells;
        struct counts counts;
        bool found;

        TRY(cells_of(c, "reference", reference[i], &cells));
        TRY(db_row(c, &q_seed_reference, PARAMS(TEXT(reference[i]), header_of(&cells), rows_of(&cells)),
                   count_columns, &counts, &found));
        report->inserted += counts.inserted;
        report->updated += counts.updated;
        report->retired += counts.retired;
        report->unchanged += counts.unchanged;
    }
    if (report->inserted + report->updated + report->retired == 0)
        return ST_OK;
    TRY(db_run(c, &q_knowledge_notify, NO_PARAMS));
    return db_run(c, &q_rescreen_every_shop, PARAMS(TEXT("the reference data was brought up to date")));
}

/* Each person of the file gets a password nobody has seen; only its hash is stored. */
static enum status load_users(struct ctx *c, struct seed_report *report)
{
    struct csv_cells cells;
    struct text sign_in;
    const char **hashes;
    size_t name_at = 0;

    TRY(cells_of(c, "demo", "users", &cells));
    while (name_at + 1 < cells.width && strcmp(cells.header[name_at], "username") != 0)
        name_at++;
    hashes = arena_array(&c->arena, cells.rows + 1, sizeof *hashes);
    text_init(&sign_in, &c->arena);
    for (size_t i = 0; i < cells.rows; i++) {
        const char *password = secret_password(&c->arena);

        TRY(password_hash(c, password, &hashes[i]));
        text_addf(&sign_in, "%s %s\n", cells.cells[i * cells.width + name_at], password);
    }
    report->sign_in = sign_in.data;
    return db_run(c, &q_seed_demo_users,
                  PARAMS(SHOP(c), header_of(&cells), rows_of(&cells), TEXTS(hashes, cells.rows)));
}

static enum status load_demo(struct ctx *c, struct seed_report *report)
{
    struct csv_cells cells;
    struct id_row shop;

    TRY(cells_of(c, "demo", "shop", &cells));
    TRY(db_row(c, &q_seed_demo_shop, PARAMS(header_of(&cells), rows_of(&cells)), id_columns, &shop,
               &report->demo_made));
    if (!report->demo_made)
        return ST_OK;
    c->who.shop_id = shop.id;
    TRY(load_users(c, report));
    for (size_t i = 0; i < sizeof demo / sizeof demo[0]; i++) {
        TRY(cells_of(c, "demo", demo[i].file, &cells));
        TRY(db_run(c, demo[i].query, PARAMS(SHOP(c), header_of(&cells), rows_of(&cells))));
    }
    return ST_OK;
}

struct loading {
    bool demo;
    struct seed_report *report;
};

static enum status load(struct ctx *c, void *arg)
{
    const struct loading *want = arg;

    *want->report = (struct seed_report){ .sign_in = "" };
    TRY(db_run(c, &q_seed_lock, NO_PARAMS));
    TRY(load_reference(c, want->report));
    return want->demo ? load_demo(c, want->report) : ST_OK;
}

enum status seed_load(struct ctx *c, bool with_demo, struct seed_report *report)
{
    struct loading want = { .demo = with_demo, .report = report };

    return db_tx(c, load, &want);
}
