/* Packets and units by integer division; the remainders are handed round, never dropped. */
#include "clinic/dosing_pack.h"

enum { PACKETS_MOST = 1000, BINDER_MOST = 5000 };
#define UNIT_MOST INT64_C(20000)
#define UNITS_MOST INT64_C(100000)
#define DOSES_MOST INT64_C(10000)

static enum status within(struct ctx *c, const char *field, int64_t value, int64_t least, int64_t most)
{
    if (value < least || value > most)
        return ctx_fail(c, ST_INVALID, field, arena_printf(&c->arena, "%lld", (long long)value),
                        "must lie between %lld and %lld", (long long)least, (long long)most);
    return ST_OK;
}

enum status dosing_pack(struct ctx *c, const struct weight *totals, size_t count, int packets,
                        struct packing *out)
{
    struct packet_share *shares = arena_array(&c->arena, count + 1, sizeof *shares);
    struct weight whole = { 0 };
    int next = 0;

    TRY(within(c, "packets", packets, 1, PACKETS_MOST));
    for (size_t i = 0; i < count; i++) {
        TRY(within(c, "lines", totals[i].mg, 0, WEIGHT_LIMIT_MG));
        shares[i].base.mg = totals[i].mg / packets;
        shares[i].extra = (int)(totals[i].mg % packets);
        shares[i].start = next;
        next = (next + shares[i].extra) % packets;
        whole = weight_plus(whole, totals[i]);
    }
    *out = (struct packing){
        .packets = packets,
        .count = count,
        .shares = shares,
        .lightest = { whole.mg / packets },
        .heavy = (int)(whole.mg % packets),
    };
    out->heaviest.mg = out->lightest.mg + (out->heavy > 0);
    if (out->heavy == 0)
        out->heavy = packets;
    return ST_OK;
}

struct weight packing_cell(const struct packing *packing, size_t herb, int packet)
{
    const struct packet_share *share = &packing->shares[herb];
    int from_start = packet - share->start;

    if (from_start < 0)
        from_start += packing->packets;
    return (struct weight){ share->base.mg + (from_start < share->extra) };
}

/* Whether packet `packet` holds something else than the one before it: only where a herb's longer share begins or ends. */
static bool run_ends(const struct packing *packing, int packet)
{
    for (size_t i = 0; i < packing->count; i++)
        if (packing_cell(packing, i, packet).mg != packing_cell(packing, i, packet - 1).mg)
            return true;
    return false;
}

void packing_runs(struct arena *arena, const struct packing *packing, struct packet_run **out, size_t *count)
{
    struct packet_run *runs = arena_array(arena, (size_t)packing->packets, sizeof *runs);
    size_t n = 0;

    for (int packet = 0; packet < packing->packets; packet++) {
        if (packet > 0 && !run_ends(packing, packet)) {
            runs[n - 1].last = packet;
            continue;
        }
        runs[n] = (struct packet_run){ .first = packet, .last = packet };
        for (size_t i = 0; i < packing->count; i++)
            runs[n].weight = weight_plus(runs[n].weight, packing_cell(packing, i, packet));
        n++;
    }
    *out = runs;
    *count = n;
}

static int64_t divide_up(int64_t a, int64_t b)
{
    return a / b + (a % b != 0);
}

enum status dosing_overage(struct ctx *c, const struct weight *weights, size_t count, int permille,
                           struct weight *out)
{
    TRY(within(c, "overage_permille", permille, 0, OVERAGE_MOST));
    for (size_t i = 0; i < count; i++) {
        TRY(within(c, "lines", weights[i].mg, 0, WEIGHT_LIMIT_MG));
        out[i].mg = scale_i64(weights[i].mg, 1000 + permille, 1000);
    }
    return ST_OK;
}

static enum status check_wish(struct ctx *c, const struct units_wish *wish, int64_t doses)
{
    TRY(within(c, "binder_permille", wish->binder_permille, 0, BINDER_MOST));
    TRY(within(c, "doses", doses, 1, DOSES_MOST));
    if (wish->unit.mg == 0 && wish->count == 0)
        return ctx_fail(c, ST_INVALID, "unit_mg", "0", "or unit_count must say how they are made");
    if (wish->unit.mg != 0 && wish->count != 0)
        return ctx_fail(c, ST_INVALID, "unit_count", arena_printf(&c->arena, "%lld", (long long)wish->count),
                        "follows from unit_mg: give one of the two");
    if (wish->unit.mg != 0)
        return within(c, "unit_mg", wish->unit.mg, 1, UNIT_MOST);
    return within(c, "unit_count", wish->count, 1, UNITS_MOST);
}

struct units units_of(struct weight total, struct weight unit, int64_t count, int64_t doses)
{
    return (struct units){
        .count = count,
        .unit = unit,
        .content = { total.mg / count },
        .heavy = total.mg % count,
        .filler = { count * unit.mg - total.mg },
        .per_dose = count / doses,
        .spare = count % doses,
    };
}

enum status dosing_units(struct ctx *c, struct weight total, struct units_wish wish, int64_t doses,
                         struct units *out)
{
    int64_t mass; /* herb and binder; the binder rounded up, so that no unit is filled beyond its weight */

    TRY(check_wish(c, &wish, doses));
    TRY(within(c, "total", total.mg, 1, WEIGHT_LIMIT_MG));
    mass = total.mg + divide_up(total.mg * wish.binder_permille, 1000);
    if (wish.unit.mg != 0)
        wish.count = divide_up(divide_up(mass, wish.unit.mg), doses) * doses;
    else
        wish.unit.mg = divide_up(mass, wish.count);
    TRY(within(c, "unit_count", wish.count, 1, UNITS_MOST));
    TRY(within(c, "unit_mg", wish.unit.mg, 1, UNIT_MOST));
    *out = units_of(total, wish.unit, wish.count, doses);
    return ST_OK;
}
