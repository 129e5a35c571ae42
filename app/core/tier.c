/* Tiers: asked of the database where there is one at hand, else of a copy of all shops' tiers under a lock. */
#include "core/tier.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "core/alert.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "intake/csv.h"
#include "sql.h"

struct tier_row {
    int64_t shop_id; /* 0 = the reference */
    const char *role, *moment, *severity, *tier;
};

struct tier_book {
    pthread_mutex_t mutex;
    struct arena arena;
    struct tier_row *rows;
    size_t count;
};

static const struct column seed_columns[] = {
    COLUMN(struct tier_row, role),
    COLUMN(struct tier_row, moment),
    COLUMN(struct tier_row, severity),
    COLUMN(struct tier_row, tier),
    COLUMNS_END,
};
static const struct column row_columns[] = {
    COLUMN(struct tier_row, shop_id),  COLUMN(struct tier_row, role), COLUMN(struct tier_row, moment),
    COLUMN(struct tier_row, severity), COLUMN(struct tier_row, tier), COLUMNS_END,
};
static const struct column word_columns[] = { COLUMN(struct tier_row, severity),
                                              COLUMN(struct tier_row, tier), COLUMNS_END };

/* The word as a constant: it outlives what it was read from. Listed when nobody says otherwise. */
static const char *constant(const char *tier)
{
    static const char *const words[] = { "interrupt", "quiet" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], tier) == 0)
            return words[i];
    return "list";
}

static void clear(struct tiers *tiers)
{
    for (size_t i = 0; i < sizeof tiers->of / sizeof *tiers->of; i++)
        tiers->of[i] = "list";
}

enum status tiers_read(struct ctx *c, enum moment moment, struct tiers *tiers)
{
    struct tier_row *rows;
    size_t n;

    clear(tiers);
    TRY(db_all(c, &q_tiers_of_role, PARAMS(SHOP(c), TEXT(alert_role(c, moment)), TEXT(moment_word(moment))),
               word_columns, sizeof *rows, &rows, &n));
    for (size_t i = 0; i < n; i++)
        tiers->of[severity_parse(rows[i].severity)] = constant(rows[i].tier);
    return ST_OK;
}

struct setting_up {
    const char *role, *moment, *severity, *tier;
};

static enum status set(struct ctx *c, void *arg)
{
    const struct setting_up *s = arg;

    TRY(db_run(
        c, &q_tier_set,
        PARAMS(SHOP(c), TEXT(s->role), TEXT(s->moment), TEXT(s->severity), TEXT_OR_NULL(s->tier), USER(c))));
    return audit_note(c, "tier_set", "shop",
                      arena_printf(&c->arena, "%s, %s, %s: %s", s->role, s->moment, s->severity,
                                   s->tier == NULL ? "as the reference" : s->tier));
}

enum status tier_set(struct ctx *c, const char *role, const char *moment, const char *severity,
                     const char *tier)
{
    struct setting_up s = { role, moment, severity, tier };

    TRY(person_require(c, ROLE_ADMIN, "say what interrupts whom"));
    if (moment_parse(moment) == MOMENT_COUNT)
        ctx_note(c, ST_INVALID, "moment", moment, "is add, sign, release, handover, refill or lookup");
    if (severity_parse(severity) == SEVERITY_NONE)
        ctx_note(c, ST_INVALID, "severity", severity, "is contraindicated, major, moderate or minor");
    if (tier != NULL && strcmp(tier, "list") != 0 && strcmp(constant(tier), tier) != 0)
        ctx_note(c, ST_INVALID, "tier", tier, "is interrupt, list or quiet");
    TRY(ctx_fault_or_ok(c));
    return db_tx(c, set, &s);
}

struct tier_book *tier_book_open(void)
{
    struct tier_book *book = calloc(1, sizeof *book);

    if (book == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&book->mutex, NULL);
    arena_init(&book->arena);
    return book;
}

void tier_book_close(struct tier_book *book)
{
    if (book == NULL)
        return;
    arena_close(&book->arena);
    pthread_mutex_destroy(&book->mutex);
    free(book);
}

static enum status read_rows(struct ctx *c, struct tier_row **rows, size_t *count)
{
    static const char name[] = "reference/tiers.csv";
    const struct asset *file;
    void *list;

    if (c->db != NULL)
        return db_all(c, &q_tiers_of_all, NO_PARAMS, row_columns, sizeof **rows, rows, count);
    file = asset_find(assets_seed, name);
    if (file == NULL)
        return ctx_fail(c, ST_BROKEN, name, NULL, "is not built into the program");
    TRY(csv_read(c, name, file->data, file->size, seed_columns, NULL, sizeof **rows, &list, count));
    *rows = list;
    return ST_OK;
}

enum status tier_book_refresh(struct ctx *c, struct tier_book *book)
{
    struct tier_row *rows;
    size_t n;

    TRY(read_rows(c, &rows, &n));
    pthread_mutex_lock(&book->mutex);
    arena_reset(&book->arena);
    book->rows = arena_array(&book->arena, n, sizeof *rows);
    book->count = n;
    for (size_t i = 0; i < n; i++)
        book->rows[i] = (struct tier_row){
            .shop_id = rows[i].shop_id,
            .role = arena_text(&book->arena, rows[i].role),
            .moment = arena_text(&book->arena, rows[i].moment),
            .severity = arena_text(&book->arena, rows[i].severity),
            .tier = constant(rows[i].tier),
        };
    pthread_mutex_unlock(&book->mutex);
    return ST_OK;
}

/* A shop's own row stands behind the reference's in the list, and so wins. */
void tier_book_read(const struct ctx *c, struct tier_book *book, enum moment moment, struct tiers *tiers)
{
    const char *role = alert_role(c, moment), *word = moment_word(moment);

    clear(tiers);
    pthread_mutex_lock(&book->mutex);
    for (size_t i = 0; i < book->count; i++) {
        const struct tier_row *row = &book->rows[i];

        if ((row->shop_id == 0 || row->shop_id == c->who.shop_id) && strcmp(row->role, role) == 0 &&
            strcmp(row->moment, word) == 0)
            tiers->of[severity_parse(row->severity)] = row->tier;
    }
    pthread_mutex_unlock(&book->mutex);
}
