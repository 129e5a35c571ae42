/* `yaofang verify`: proves what must always hold of the stored data, shop by shop: balances are the sums of their moves, the
   documents of stock agree with them, sales agree with goods and money, and the audit trail is what it was when it was sealed. */
#include <stdio.h>

#include "commands.h"
#include "core/audit.h"
#include "core/stock.h"
#include "core/ticket.h"
#include "database.h"
#include "db/db.h"
#include "sql.h"

struct shop {
    int64_t id;
    const char *slug, *name;
};

static const struct column shop_columns[] = {
    COLUMN(struct shop, id),
    COLUMN(struct shop, slug),
    COLUMN(struct shop, name),
    COLUMNS_END,
};

static enum status verify_shop(struct ctx *c, const struct shop *shop)
{
    struct stock_difference *differences;
    struct ticket_difference *sales;
    struct stock_fault *faults;
    int64_t sealed, broken;
    size_t n, sale_count, wrong;

    c->who = (struct who){ .shop_id = shop->id };
    TRY(stock_verify(c, &differences, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_BROKEN,
                 arena_printf(&c->arena, "%s lot %lld", shop->slug, (long long)differences[i].lot_id),
                 arena_printf(&c->arena, "%lld", (long long)differences[i].balance),
                 "is the balance at location %lld, and its moves sum to %lld",
                 (long long)differences[i].location_id, (long long)differences[i].ledger);
    TRY(ticket_verify(c, &sales, &sale_count));
    for (size_t i = 0; i < sale_count; i++)
        ctx_note(c, ST_BROKEN,
                 arena_printf(&c->arena, "%s ticket %lld", shop->slug, (long long)sales[i].ticket_id), NULL,
                 "%s", sales[i].what);
    TRY(stock_verify_documents(c, &faults, &wrong));
    for (size_t i = 0; i < wrong; i++)
        ctx_note(c, ST_BROKEN, arena_printf(&c->arena, "%s %s", shop->slug, faults[i].subject),
                 faults[i].value, "%s", faults[i].rule);
    TRY(audit_verify(c, &sealed, &broken));
    if (broken > 0)
        ctx_note(c, ST_BROKEN, arena_printf(&c->arena, "%s audit", shop->slug),
                 arena_printf(&c->arena, "%lld", (long long)broken), "seals no longer fit their entries");
    if (n == 0 && sale_count == 0 && wrong == 0 && broken == 0)
        printf("%s: every balance is the sum of its moves, every document of stock agrees, every sale its "
               "lines, "
               "lots and money; the audit trail is whole (%lld new entries "
               "sealed).\n",
               shop->slug, (long long)sealed);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    struct shop *shops;
    size_t n;

    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(db_all(c, &q_shop_list, NO_PARAMS, shop_columns, sizeof *shops, &shops, &n));
    for (size_t i = 0; i < n; i++)
        TRY(verify_shop(c, &shops[i]));
    return ctx_fault_or_ok(c);
}

const struct command command_verify = {
    .name = "verify",
    .summary = "prove that balances are their moves, sales add up and the audit trail is whole",
    .operands = "",
    .more = "Exit status 70 when something does not hold; each thing is named.\n",
    .run = run,
};
