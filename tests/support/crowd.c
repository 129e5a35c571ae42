/* A barrier lets them begin together; what they share is the database. */
#include "support/crowd.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/database.h"

struct place {
    pthread_t thread;
    pthread_barrier_t *start;
    const char *database;
    struct person_at_work *person;
};

static void *run(void *arg)
{
    const struct place *place = arg;
    struct person_at_work *person = place->person;
    struct ctx c;

    database_open_test(&c, place->database, TEST_APP);
    act_as(&c, person->username == NULL ? "mei.lin" : person->username);
    (void)pthread_barrier_wait(place->start);
    person->status = person->work(&c, person);
    (void)snprintf(person->fault, sizeof person->fault, "%s", fault_text(&c));
    ctx_close(&c);
    return NULL;
}

unsigned crowd_run(const char *database, struct person_at_work *people, unsigned count)
{
    struct place places[64];
    pthread_barrier_t start;
    unsigned done = 0;

    ck_assert_uint_le(count, sizeof places / sizeof *places);
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, count), 0);
    for (unsigned i = 0; i < count; i++) {
        places[i] = (struct place){ .start = &start, .database = database, .person = &people[i] };
        ck_assert_int_eq(pthread_create(&places[i].thread, NULL, run, &places[i]), 0);
    }
    for (unsigned i = 0; i < count; i++) {
        ck_assert_int_eq(pthread_join(places[i].thread, NULL), 0);
        done += people[i].status == ST_OK;
    }
    ck_assert_int_eq(pthread_barrier_destroy(&start), 0);
    return done;
}

void crowd_one_wins(const char *database, struct person_at_work two[2], enum status refusal, const char *part)
{
    const unsigned won = crowd_run(database, two, 2);
    const struct person_at_work *loser = &two[two[0].status == ST_OK];

    ck_assert_msg(won == 1, "%u won: %s, %s", won, two[0].fault, two[1].fault);
    ck_assert_msg(loser->status == refusal && strstr(loser->fault, part) != NULL, "lost with %s: %s",
                  status_word(loser->status), loser->fault);
}
