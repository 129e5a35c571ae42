/* Packets weighed again before the final check. */
#include <string.h>

#include "core/audit.h"
#include "core/bench.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { PACKETS_MOST = 200 };

struct fact {
    int64_t packet_no, planned, tolerance_permille, packets, attempts;
};

struct state {
    int64_t wanted, done, off;
    bool total_wanted, total_done;
};

static const struct column fact_columns[] = {
    COLUMN(struct fact, packet_no), COLUMN(struct fact, planned),  COLUMN(struct fact, tolerance_permille),
    COLUMN(struct fact, packets),   COLUMN(struct fact, attempts), COLUMNS_END,
};
static const struct column state_columns[] = {
    COLUMN(struct state, wanted),       COLUMN(struct state, done),       COLUMN(struct state, off),
    COLUMN(struct state, total_wanted), COLUMN(struct state, total_done), COLUMNS_END,
};

struct packets_job {
    int64_t id;
    const struct packet_weight *packets;
    size_t count, off;
};

static enum status weigh_packet(struct ctx *c, struct packets_job *job, const struct packet_weight *packet)
{
    const char *field = arena_printf(&c->arena, "packets[%lld]", (long long)packet->packet_no);
    struct weight weighed = packet->weighed;
    struct fact fact;
    int64_t away;
    bool found;

    TRY(db_row(c, &q_packet_check_facts, PARAMS(SHOP(c), I64(job->id), I64S(&packet->packet_no, 1)),
               fact_columns, &fact, &found));
    if (!found || packet->packet_no < 0 || packet->packet_no > fact.packets)
        return ctx_fail(c, ST_INVALID, field, NULL,
                        "is none of the order's packets: it has %lld (0 is all of it)",
                        (long long)(found ? fact.packets : 0));
    if (packet->reading_id != 0)
        TRY(order_reading(c, field, packet->reading_id, &weighed));
    if (weighed.mg < 0 || weighed.mg > WEIGHT_LIMIT_MG)
        return ctx_fail(c, ST_INVALID, field, weight_text(&c->arena, weighed), "is no weight");
    away = weighed.mg > fact.planned ? weighed.mg - fact.planned : fact.planned - weighed.mg;
    job->off += away * 1000 > fact.planned * fact.tolerance_permille;
    return db_run(c, &q_packet_check_add,
                  PARAMS(SHOP(c), I64(job->id), I64(packet->packet_no), I64(fact.attempts + 1),
                         I64(fact.planned), WEIGHT(weighed), I64(fact.tolerance_permille),
                         I64_OR_NULL(packet->reading_id), USER(c)));
}

static enum status weigh(struct ctx *c, void *arg)
{
    static const char *const from[] = { "weighed", NULL };
    struct packets_job *job = arg;
    struct locked_order order;

    job->off = 0;
    TRY(order_lock(c, job->id, from, "checked packet by packet", &order));
    for (size_t i = 0; i < job->count; i++)
        TRY(weigh_packet(c, job, &job->packets[i]));
    return audit_note(c, "packets_weighed", order_subject(c, job->id),
                      arena_printf(&c->arena, "%zu weighed, %zu off", job->count, job->off));
}

enum status order_weigh_packets(struct ctx *c, int64_t id, const struct packet_weight *packets, size_t count,
                                size_t *off)
{
    struct packets_job job = { .id = id, .packets = packets, .count = count };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "weigh packets"));
    if (count == 0 || count > PACKETS_MOST)
        return ctx_fail(c, ST_INVALID, "checks", NULL, "are 1 to %d", PACKETS_MOST);
    TRY(db_tx(c, weigh, &job));
    *off = job.off;
    return ST_OK;
}

enum status order_packets_checked(struct ctx *c, int64_t id)
{
    struct state s;
    bool found;

    TRY(db_row(c, &q_packet_check_state, PARAMS(SHOP(c), I64(id)), state_columns, &s, &found));
    if (!found)
        return ST_OK;
    if (s.off > 0)
        ctx_note(c, ST_CONFLICT, "packets", NULL,
                 "%lld weighed again %s outside the tolerance: put right and weigh once more",
                 (long long)s.off, s.off == 1 ? "is" : "are");
    if (s.done < s.wanted)
        ctx_note(c, ST_CONFLICT, "packets", NULL, "%lld of %lld must be weighed again before the final check",
                 (long long)(s.wanted - s.done), (long long)s.wanted);
    if (s.total_wanted && !s.total_done)
        ctx_note(c, ST_CONFLICT, "packets", NULL, "all of it must be weighed again: packet number 0");
    return ctx_fault_or_ok(c);
}
