/* An order's side ways for a person at a terminal: little packets, decoctions, stops, what came back; and what they call for next. */
#include <string.h>

#include "compound.h"
#include "core/order_packets.h"
#include "db/db.h"
#include "sql.h"

enum { WORDS_COLUMNS = 28 };

/* The little packets with what is handled apart; with none there is nothing to say. */
static void show_packets(struct ctx *c, struct text *out, const struct order_packets *groups, size_t n)
{
    for (size_t i = 0; i < n && n > 1; i++) {
        const struct packing *p = &groups[i].group.packing;

        text_addf(out, "%s  ", i == 0 ? "\nPackets:\n" : "");
        compound_column(out, *groups[i].words == '\0' ? "main" : groups[i].words, WORDS_COLUMNS);
        text_addf(out, "%d of %s", p->packets, weight_text(&c->arena, p->lightest));
        if (p->heaviest.mg != p->lightest.mg)
            text_addf(out, " to %s", weight_text(&c->arena, p->heaviest));
        text_add(out, ": ");
        for (size_t k = 0; k < groups[i].group.count; k++)
            text_addf(out, "%s%s", k == 0 ? "" : ", ", groups[i].herbs[k]);
        text_add_char(out, '\n');
    }
}

/* A boil of the order. */
struct boil {
    const char *scheme, *machine, *started_by, *outcome, *note;
    struct instant started_at;
    int64_t water_ml, bags, bag_ml;
};

static const struct column boil_columns[] = {
    COLUMN(struct boil, scheme),     COLUMN(struct boil, machine),
    COLUMN(struct boil, started_by), COLUMN(struct boil, outcome),
    COLUMN(struct boil, note),       COLUMN(struct boil, started_at),
    COLUMN(struct boil, water_ml),   COLUMN(struct boil, bags),
    COLUMN(struct boil, bag_ml),     COLUMNS_END,
};

static void show_boils(struct ctx *c, struct text *out, const struct boil *boils, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct boil *b = &boils[i];

        text_addf(out, "%s  %s in %s, %lld ml of water (%s, %s)", i == 0 ? "\nDecocted:\n" : "", b->scheme,
                  b->machine, (long long)b->water_ml, b->started_by, instant_text(&c->arena, b->started_at));
        if (b->bags > 0)
            text_addf(out, ": %lld bags of %lld ml", (long long)b->bags, (long long)b->bag_ml);
        else if (*b->outcome != '\0')
            text_addf(out, ": failed, %s", b->note);
        text_add_char(out, '\n');
    }
}

/* What the pot of a weighed order wants next; false: nothing. */
static bool show_next_boil(struct text *out, int64_t id, const char *state, const struct boil *boils,
                           size_t n)
{
    const struct boil *last = n == 0 ? NULL : &boils[n - 1];
    const bool anew = last == NULL || *last->outcome != '\0';

    if (strcmp(state, "weighed") != 0 || (last != NULL && last->bags > 0))
        return false;
    text_addf(out, "\nNext: yaofang compound %s %lld --as PERSON %s\n", anew ? "decoct" : "decocted",
              (long long)id, anew ? "--machine CODE" : "--bags N --bag-ml ML");
    return true;
}

/* A hold, or a question to the prescriber. */
struct stop {
    int64_t stop_no;
    const char *kind, *reason_english, *note, *placed_by, *verdict, *answer, *answered_by, *ended_by,
        *ended_note;
    struct instant placed_at, ended_at;
};

static const struct column stop_columns[] = {
    COLUMN(struct stop, stop_no),
    COLUMN(struct stop, kind),
    COLUMN(struct stop, reason_english),
    COLUMN(struct stop, note),
    COLUMN(struct stop, placed_by),
    COLUMN(struct stop, verdict),
    COLUMN(struct stop, answer),
    COLUMN(struct stop, answered_by),
    COLUMN(struct stop, ended_by),
    COLUMN(struct stop, ended_note),
    COLUMN(struct stop, placed_at),
    COLUMN(struct stop, ended_at),
    COLUMNS_END,
};

static void show_stops(struct ctx *c, struct text *out, const struct stop *stops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct stop *s = &stops[i];

        text_addf(out, "%s  %lld. %s: %s%s%s (%s, %s)\n", i == 0 ? "\nStopped:\n" : "", (long long)s->stop_no,
                  strcmp(s->kind, "hold") == 0 ? "on hold" : "asked", s->reason_english,
                  *s->reason_english != '\0' && *s->note != '\0' ? ": " : "", s->note, s->placed_by,
                  instant_text(&c->arena, s->placed_at));
        if (*s->answered_by != '\0')
            text_addf(out, "     %s: %s (%s)\n", s->verdict, s->answer, s->answered_by);
        if (*s->ended_by != '\0')
            text_addf(out, "     ended%s%s (%s, %s)\n", *s->ended_note == '\0' ? "" : ": ", s->ended_note,
                      s->ended_by, instant_text(&c->arena, s->ended_at));
    }
}

/* What ends the first stop that has no end. */
static bool show_next_stop(struct text *out, int64_t id, const struct stop *stops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool asked = strcmp(stops[i].kind, "query") == 0 && *stops[i].answered_by == '\0';

        if (*stops[i].ended_by != '\0')
            continue;
        text_addf(out, "\nNext: yaofang compound %s %lld --stop %lld %s\n", asked ? "reply" : "lift",
                  (long long)id, (long long)stops[i].stop_no,
                  asked ? "--as PRESCRIBER --verdict as_written --note TEXT" : "--as PHARMACIST --note TEXT");
        return true;
    }
    return false;
}

/* What came back after the hand-over. */
struct back {
    int64_t return_no, packets;
    const char *reason_english, *note, *received_by, *method_english, *destroyed_by, *witnessed_by;
};

static const struct column back_columns[] = {
    COLUMN(struct back, return_no),    COLUMN(struct back, packets),      COLUMN(struct back, reason_english),
    COLUMN(struct back, note),         COLUMN(struct back, received_by),  COLUMN(struct back, method_english),
    COLUMN(struct back, destroyed_by), COLUMN(struct back, witnessed_by), COLUMNS_END,
};

static void show_returns(struct text *out, const struct back *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct back *b = &list[i];

        text_addf(out, "%s  %lld. %lld packet%s: %s%s%s (%s)", i == 0 ? "\nReturned:\n" : "",
                  (long long)b->return_no, (long long)b->packets, b->packets == 1 ? "" : "s",
                  b->reason_english, *b->note == '\0' ? "" : ": ", b->note, b->received_by);
        if (*b->destroyed_by != '\0')
            text_addf(out, "; %s (%s)", b->method_english, b->destroyed_by);
        text_addf(out, "%s%s\n", *b->witnessed_by == '\0' ? "" : ", witnessed by ", b->witnessed_by);
    }
}

static bool show_next_return(struct text *out, int64_t id, const struct back *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (*list[i].witnessed_by != '\0')
            continue;
        if (*list[i].destroyed_by == '\0')
            text_addf(out,
                      "\nNext: yaofang compound destroy %lld --return %lld --as PERSON --reason METHOD\n",
                      (long long)id, (long long)list[i].return_no);
        else
            text_addf(out, "\nNext: yaofang compound witness %lld --return %lld --as ANOTHER-PERSON\n",
                      (long long)id, (long long)list[i].return_no);
        return true;
    }
    return false;
}

/* Whether the shop boils it, and whether it is stopped. */
struct facts {
    bool decocts, stopped;
};

static const struct column fact_columns[] = {
    COLUMN(struct facts, decocts),
    COLUMN(struct facts, stopped),
    COLUMNS_END,
};

enum status compound_show_ways(struct ctx *c, struct text *out, int64_t id, const char *state, bool *next)
{
    struct stop *stops;
    struct boil *boils;
    struct back *returns;
    struct order_packets *groups;
    struct facts facts;
    size_t stop_count, boil_count, group_count, return_count;
    bool found;

    TRY(db_row(c, &q_order_show, PARAMS(SHOP(c), I64(id)), fact_columns, &facts, &found));
    TRY(db_all(c, &q_order_stops, PARAMS(SHOP(c), I64(id)), stop_columns, sizeof *stops, &stops,
               &stop_count));
    TRY(db_all(c, &q_order_decoctions, PARAMS(SHOP(c), I64(id)), boil_columns, sizeof *boils, &boils,
               &boil_count));
    TRY(db_all(c, &q_order_returns, PARAMS(SHOP(c), I64(id)), back_columns, sizeof *returns, &returns,
               &return_count));
    TRY(order_packets(c, id, &groups, &group_count));
    show_packets(c, out, groups, group_count);
    show_boils(c, out, boils, boil_count);
    show_stops(c, out, stops, stop_count);
    show_returns(out, returns, return_count);
    *next = show_next_return(out, id, returns, return_count) ||
            (facts.stopped && show_next_stop(out, id, stops, stop_count)) ||
            (!facts.stopped && facts.decocts && show_next_boil(out, id, state, boils, boil_count));
    return ST_OK;
}
