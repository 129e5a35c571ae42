/* Which herbs of an order share a packet. */
#include "clinic/packet_groups.h"

#include <string.h>

#include "base/text.h"

/* What sets a herb apart, in the order of the work. */
static const char *const apart[] = { "decoct_first", "decoct_separately", "wrap",          "add_late",
                                     "melt",         "dissolve_powder",   "take_drenched", "not_decocted" };
enum { APART = sizeof apart / sizeof *apart };

/* Whether a list of codes holds one. */
static bool holds(const char *codes, const char *code)
{
    const size_t length = strlen(code);

    for (const char *at = codes; *at != '\0';
         at += at[strcspn(at, ";")] == ';' ? strcspn(at, ";") + 1 : strcspn(at, ";"))
        if (strncmp(at, code, length) == 0 && (at[length] == ';' || at[length] == '\0'))
            return true;
    return false;
}

/* One bit for each code that sets the herb apart: the earlier in the work, the higher. 0: among the rest. */
static unsigned kind_of(const char *handling)
{
    unsigned kind = 0;

    for (int i = 0; i < APART; i++)
        if (holds(handling, apart[i]))
            kind |= 1U << (APART - 1 - i);
    return kind;
}

static const char *codes_of(struct arena *arena, unsigned kind)
{
    struct text codes;

    text_init(&codes, arena);
    for (int i = 0; i < APART; i++)
        if (kind & 1U << (APART - 1 - i))
            text_addf(&codes, "%s%s", codes.size == 0 ? "" : ";", apart[i]);
    return codes.data;
}

/* The group of the lines of one kind. */
static enum status group_make(struct ctx *c, const struct packet_line *lines, const unsigned *kinds,
                              size_t count, unsigned kind, int packets, struct packet_group *out)
{
    size_t *places = arena_array(&c->arena, count, sizeof *places);
    struct weight *totals = arena_array(&c->arena, count, sizeof *totals);

    *out = (struct packet_group){ .handling = codes_of(&c->arena, kind), .lines = places };
    for (size_t i = 0; i < count; i++)
        if (kinds[i] == kind) {
            places[out->count] = i;
            totals[out->count++] = lines[i].total;
            out->total = weight_plus(out->total, lines[i].total);
        }
    return dosing_pack(c, totals, out->count, packets, &out->packing);
}

enum status packet_groups(struct ctx *c, const struct packet_line *lines, size_t count, int packets,
                          struct packet_group **out, size_t *group_count)
{
    unsigned *kinds = arena_array(&c->arena, count + 1, sizeof *kinds);
    struct packet_group *groups = arena_array(&c->arena, count + 1, sizeof *groups);
    unsigned next = 0;
    size_t n = 0, left = count;

    for (size_t i = 0; i < count; i++)
        kinds[i] = kind_of(lines[i].handling);
    while (left > 0) {
        size_t of_kind = 0;

        for (size_t i = 0; i < count; i++)
            of_kind += kinds[i] == next;
        if (of_kind > 0)
            TRY(group_make(c, lines, kinds, count, next, packets, &groups[n++]));
        left -= of_kind;
        /* the next kind: after the main one the highest, then ever lower ones */
        unsigned before = next == 0 ? ~0U : next;

        next = 0;
        for (size_t i = 0; i < count; i++)
            if (kinds[i] < before && kinds[i] > next)
                next = kinds[i];
    }
    *out = groups;
    *group_count = n;
    return ST_OK;
}
