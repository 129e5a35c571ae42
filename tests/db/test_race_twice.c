/* The same done by two at once: one does it, once, and the other is told why not. */
#include <string.h>
#include <unistd.h>

#include "api/print_paper.h"
#include "core/bench.h"
#include "core/decoction.h"
#include "core/order.h"
#include "core/order_return.h"
#include "core/print_job.h"
#include "support/crowd.h"
#include "support/device.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_race_twice"

enum { ROUNDS = 10 };

static int64_t lot;
static int lots;

SCENE_MADE(scene_make(DATABASE))

static void setup(void)
{
    scene_open(DATABASE, "mei.lin");
    lot =
        stage_lot(&c, "ma_huang", SQL("T-%d-%d", (int)getpid(), ++lots), GRAMS(5000), 300, "released", "A01");
}

/* Both pharmacists begin to do that, to the same or (other not 0) to two: one is refused. */
static void one_wins(enum status (*work)(struct ctx *, struct person_at_work *), int64_t id, int64_t other,
                     const char *part)
{
    struct person_at_work two[2] = {
        { .username = "mei.lin", .work = work, .id = id },
        { .username = "david.chen", .work = work, .id = other == 0 ? id : other },
    };

    crowd_one_wins(DATABASE, two, ST_CONFLICT, part);
}

static int64_t released(const char *form)
{
    int64_t order = stage_order_as(&c, form, "ma_huang", GRAMS(70), 7);

    MUST(order_allocate(&c, order, DATE_NONE));
    stage_release(&c, order);
    return order;
}

static int64_t weighed(const char *form)
{
    int64_t order = released(form);

    lot = sql_number(&c, SQL("SELECT min(lot_id) FROM reservations WHERE order_id = %lld", (long long)order));
    MUST(stage_weigh(&c, order, lot, GRAMS(70)));
    return order;
}

static int64_t rows(const char *table, int64_t order)
{
    return sql_number(&c, SQL("SELECT count(*) FROM %s WHERE order_id = %lld", table, (long long)order));
}

static enum status identify(struct ctx *own, struct person_at_work *person)
{
    const struct identity_scan scan = { .code = arena_printf(&own->arena, "T-%d-%d", (int)getpid(), lots) };

    return order_identify(own, person->id, &scan, 1);
}

START_TEST(a_lot_is_looked_at_once)
{
    const struct bench_settings scanned = { "scan", -1, -1, -1 };

    act_as(&c, "admin");
    MUST(bench_set(&c, &scanned));
    act_as(&c, "sam.ortiz");
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t order = released("raw_decoction");

        MUST(order_pick(&c, order));
        one_wins(identify, order, 0, "was looked at already, by ");
        ck_assert_int_eq(rows("identity_checks", order), 1);
    }
    act_as(&c, "admin");
    MUST(bench_set(&c, &(struct bench_settings){ "choice", -1, -1, -1 }));
}
END_TEST

static enum status take_back_all(struct ctx *own, struct person_at_work *person)
{
    return order_return(own, person->id, 7, "not_needed", NULL, NULL);
}

static enum status take_back_one(struct ctx *own, struct person_at_work *person)
{
    return order_return(own, person->id, 1, "not_needed", NULL, NULL);
}

static int64_t handed_over(void)
{
    int64_t order = weighed("raw_decoction");

    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    MUST(order_hand_over(&c, order, "the patient", true));
    act_as(&c, "mei.lin");
    return order;
}

START_TEST(a_packet_comes_back_once)
{
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t order = handed_over();

        one_wins(take_back_all, order, 0, "are 1 to the 0 that are out");
        ck_assert_int_eq(rows("order_returns", order), 1);
    }
}
END_TEST

START_TEST(different_packets_come_back_both)
{
    struct person_at_work people[7];
    const int64_t order = handed_over();

    for (int i = 0; i < 7; i++)
        people[i] = (struct person_at_work){ .username = "sam.ortiz", .work = take_back_one, .id = order };
    for (int i = 0, won = (int)crowd_run(DATABASE, people, 7); i < 7; i++)
        ck_assert_msg(won == 7, "%d of 7: %s", won, people[i].fault);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT max(packets_upto) FROM order_returns WHERE order_id = %lld",
                                        (long long)order)),
                     7);
}
END_TEST

static enum status resume(struct ctx *own, struct person_at_work *person)
{
    return order_lift(own, person->id, 1, false, "she called");
}

START_TEST(a_hold_is_lifted_once)
{
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t order = stage_order(&c, "ma_huang", GRAMS(10), 7);

        MUST(order_hold(&c, order, "patient_asked", NULL, NULL));
        one_wins(resume, order, 0, "has no stop without an end");
        ck_assert_int_eq(rows("order_stop_ends", order), 1);
        MUST(order_allocate(&c, order, DATE_NONE));
        MUST(order_cancel(&c, order, "the round is over"));
    }
}
END_TEST

static enum status boil_in(struct ctx *own, int64_t order, const char *pot)
{
    return decoction_begin(own, order, &(struct decoction_wish){ "general", pot, -1, -1, -1, -1, 0 });
}

static enum status boil(struct ctx *own, struct person_at_work *person)
{
    return boil_in(own, person->id, "POT");
}

static enum status boil_anywhere(struct ctx *own, struct person_at_work *person)
{
    return boil_in(own, person->id, strcmp(person->username, "mei.lin") == 0 ? "POT" : "KETTLE");
}

START_TEST(a_pot_boils_one_order_and_an_order_boils_once)
{
    int64_t machine;

    MUST(decoction_machine_add(&c, "POT", "A pot", 20000, &machine));
    MUST(decoction_machine_add(&c, "KETTLE", "A kettle", 20000, &machine));
    for (int round = 0; round < ROUNDS; round++) {
        const int64_t first = weighed("decocted_liquid"), second = weighed("decocted_liquid");
        int64_t boiling;

        one_wins(boil, first, second, "is busy with ");
        ck_assert_int_eq(rows("decoction_runs", first) + rows("decoction_runs", second), 1);
        boiling = rows("decoction_runs", first) == 1 ? first : second;
        MUST(decoction_fail(&c, boiling, "boiled over"));
        one_wins(boil_anywhere, boiling, 0, "is being decocted");
        ck_assert_int_eq(rows("decoction_runs", boiling), 2);
        MUST(decoction_fail(&c, boiling, "the round is over"));
    }
}
END_TEST

static const char paper_bytes[] = "^XA^FDone label^FS^XZ";

/* A job for a printer at that address. */
static int64_t queued(const char *uri)
{
    const struct print_paper paper = {
        .kind = "test", .title = "A label", .pieces = 1, .data = paper_bytes, .size = sizeof paper_bytes - 1
    };
    static int printers;
    struct printer printer;
    const struct printer_new new = { .code = SQL("P%d-%d", (int)getpid(), ++printers),
                                     .name = "A printer",
                                     .uri = uri,
                                     .format = "zpl",
                                     .dpi = 203,
                                     .media_width = 60000 };
    int64_t id;

    act_as(&c, "admin");
    MUST(printer_add(&c, &new, &id));
    act_as(&c, "mei.lin");
    MUST(printer_find(&c, new.code, NULL, NULL, &printer));
    MUST(print_job_open(&c, NULL, &id));
    MUST(print_job_add(&c, id, 1, &printer, &paper));
    return id;
}

static enum status claim(struct ctx *own, struct person_at_work *person)
{
    struct print_job job;
    bool again;

    TRY(print_job_claim(own, person->id, 1, &job, &again));
    return again ? ST_OK : ST_NOT_FOUND;
}

START_TEST(a_job_has_one_sender)
{
    for (int round = 0; round < ROUNDS; round++)
        one_wins(claim, queued("tcp://127.0.0.1:9"), 0, "sen");
}
END_TEST

static enum status send(struct ctx *own, struct person_at_work *person)
{
    const struct config config = { .devices = "127.*" };
    struct print_sent sent;

    return print_send(own, &config, person->id, 1, &sent);
}

START_TEST(a_label_comes_out_once)
{
    struct device *device = device_sink(0, false);
    const int64_t job = queued(device_address(device));
    struct person_at_work people[6];
    const char *took;
    size_t size;

    for (int i = 0; i < 6; i++)
        people[i] = (struct person_at_work){ .username = "sam.ortiz", .work = send, .id = job };
    ck_assert_uint_ge(crowd_run(DATABASE, people, 6), 1);
    for (int i = 0; i < 6;
         i++) /* who came when it was out is told so; who came while it went, that somebody sends it */
        ck_assert_msg(people[i].status == ST_OK ||
                          (people[i].status == ST_CONFLICT && strstr(people[i].fault, "sen") != NULL),
                      "%s", people[i].fault);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM print_job_steps WHERE job_id = %lld AND state = 'sent'",
                           (long long)job)),
        1);
    took = device_took(device, &size);
    ck_assert(size == sizeof paper_bytes - 1 && memcmp(took, paper_bytes, size) == 0);
    device_end(device);
}
END_TEST

static enum status weigh_more(struct ctx *own, struct person_at_work *person)
{
    return stage_weigh(own, person->id, lot, GRAMS(52));
}

/* A lot is promised to its last gram to two orders, and each weighs a little more than planned. */
START_TEST(a_lot_is_weighed_out_once)
{
    lot = stage_lot(&c, "jing_jie", "T-LAST", GRAMS(100), 300, "released", "A01");
    for (int round = 0; round < ROUNDS; round++) {
        struct person_at_work two[2] = { { .username = "mei.lin", .work = weigh_more },
                                         { .username = "sam.ortiz", .work = weigh_more } };

        for (int i = 0; i < 2; i++) {
            two[i].id = stage_order(&c, "jing_jie", GRAMS(50), 7);
            MUST(order_allocate(&c, two[i].id, DATE_NONE));
            stage_release(&c, two[i].id);
        }
        crowd_one_wins(DATABASE, two, ST_SHORT, "is more than is left of");
        ck_assert_int_eq(rows("weighings", two[0].id) + rows("weighings", two[1].id), 1);
        for (int i = 0; i < 2; i++)
            MUST(order_cancel(&c, two[i].id, "the round is over"));
    }
}
END_TEST

SUITE(race_twice)
{
    return suite_of("race_twice", 240, make, setup, scene_close,
                    TESTS(a_lot_is_looked_at_once, a_packet_comes_back_once, different_packets_come_back_both,
                          a_hold_is_lifted_once, a_pot_boils_one_order_and_an_order_boils_once,
                          a_job_has_one_sender, a_label_comes_out_once, a_lot_is_weighed_out_once));
}
