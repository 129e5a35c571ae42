/* What a shop wants at its bench. */
#include "core/bench.h"

#include <string.h>

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct now {
    const char *identity;
    int packet_checks, density_permille;
    bool total_check;
};

static const struct column now_columns[] = {
    COLUMN(struct now, identity),
    COLUMN(struct now, packet_checks),
    COLUMN(struct now, density_permille),
    COLUMN(struct now, total_check),
    COLUMNS_END,
};

static enum status check(struct ctx *c, const struct bench_settings *s)
{
    if (s->identity != NULL && strcmp(s->identity, "choice") != 0 && strcmp(s->identity, "scan") != 0 &&
        strcmp(s->identity, "second_person") != 0)
        ctx_note(c, ST_INVALID, "identity", s->identity, "is choice, scan or second_person");
    if (s->packet_checks < -1 || s->packet_checks > 100)
        ctx_note(c, ST_INVALID, "packet_checks", arena_printf(&c->arena, "%lld", (long long)s->packet_checks),
                 "is 0 to 100");
    if (s->density_permille < -1 || s->density_permille > 1000)
        ctx_note(c, ST_INVALID, "density_permille",
                 arena_printf(&c->arena, "%lld", (long long)s->density_permille), "is 0 to 1000");
    return ctx_fault_or_ok(c);
}

static enum status set(struct ctx *c, void *arg)
{
    const struct bench_settings *s = arg;
    struct now now;
    bool found;

    TRY(db_row(c, &q_bench_settings_show, PARAMS(SHOP(c)), now_columns, &now, &found));
    if (s->identity != NULL)
        now.identity = s->identity;
    if (s->packet_checks >= 0)
        now.packet_checks = (int)s->packet_checks;
    if (s->total_check >= 0)
        now.total_check = s->total_check == 1;
    if (s->density_permille >= 0)
        now.density_permille = (int)s->density_permille;
    TRY(db_run(c, &q_bench_settings_set,
               PARAMS(SHOP(c), TEXT(now.identity), I64(now.packet_checks), BOOL(now.total_check),
                      I64(now.density_permille))));
    return audit_note(c, "bench_set", "shop",
                      arena_printf(&c->arena,
                                   "identity %s, %d packets weighed again%s, spoons from %d permille",
                                   now.identity, now.packet_checks, now.total_check ? " and all of it" : "",
                                   now.density_permille));
}

enum status bench_set(struct ctx *c, const struct bench_settings *settings)
{
    struct bench_settings want = *settings;

    TRY(person_require(c, ROLE_ADMIN, "say what the bench wants"));
    TRY(check(c, settings));
    return db_tx(c, set, &want);
}
