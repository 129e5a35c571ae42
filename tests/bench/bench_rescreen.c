/* How long it takes to screen everything again after the rule book changed: from the request in the queue to the last raised
   finding stored, by two workers as two services would be. Needs a database that rescreen_seed.sql has filled. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/text.h"
#include "core/knowledge_db.h"
#include "core/rescreen.h"
#include "core/rescreen_job.h"
#include "db/db.h"

enum { WORKERS_MOST = 8 };

static const struct query store_keys = {
    .name = "store_keys",
    .sql = "UPDATE screenings s SET finding_keys = g.keys::bigint[], knowledge_version = $3::text"
           "  FROM unnest($1::bigint[], $2::text[]) AS g (id, keys) WHERE s.id = g.id AND s.shop_id = "
           "$4::bigint",
};
static const struct query add_rule = {
    .name = "add_rule",
    .sql = "INSERT INTO rules (id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect, "
           "action,"
           " source, confidence) VALUES ('bench_rule', 'herb_drug', 'herb', 'chen_pi', 'drug', 'metformin', "
           "'major',"
           " 'a rule of the benchmark', 'stop', 'bench', 'low') ON CONFLICT DO NOTHING",
};
static const struct query figures_of = {
    .name = "figures_of",
    .sql = "SELECT sum(screened)::bigint AS screened, sum(raised)::bigint AS raised, (SELECT count(*) FROM "
           "work_items) AS items,"
           " (SELECT count(*) FROM screenings WHERE made_by IS NULL) AS stored"
           "  FROM rescreen_jobs WHERE cause = 'rule_book'",
};

struct figures {
    int64_t screened, raised, items, stored;
};
static const struct column figure_columns[] = { COLUMN(struct figures, screened),
                                                COLUMN(struct figures, raised), COLUMN(struct figures, items),
                                                COLUMN(struct figures, stored), COLUMNS_END };

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(struct ctx *c, enum status status)
{
    if (status == ST_OK)
        return;
    fprintf(stderr, "bench_rescreen: %s %s\n", c->fault.count == 0 ? "" : c->fault.items[0].rule,
            c->cause == NULL ? "" : c->cause);
    exit(1);
}

static int64_t shop; /* set once, before the workers start */

/* Statements of this file are none of the program's, so they cannot be prepared by number: only the workers' are. */
static void open_as(struct ctx *c, const char *variable, bool prepared)
{
    const struct db_options options = { .url = getenv(variable), .prepared = prepared };

    ctx_init(c);
    must(c, db_open_owned(c, &options));
    c->who.shop_id = shop;
}

struct baseline {
    const char *version;
    int64_t stored;
};

/* What is found now becomes what was found before. */
static enum status keep(struct ctx *c, const struct rescreen_result *results, size_t count, void *arg)
{
    struct baseline *baseline = arg;
    int64_t *ids = arena_array(&c->arena, count, sizeof *ids);
    const char **keys = arena_array(&c->arena, count, sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        struct text text;

        text_init(&text, &c->arena);
        text_add_char(&text, '{');
        for (size_t j = 0; j < results[i].count; j++)
            text_addf(&text, "%s%lld", j == 0 ? "" : ",", (long long)results[i].findings[j].key);
        text_add_char(&text, '}');
        ids[i] = results[i].screening_id;
        keys[i] = text.data;
    }
    baseline->stored += (int64_t)count;
    return db_run(c, &store_keys,
                  PARAMS(I64S(ids, count), TEXTS(keys, count), TEXT(baseline->version), SHOP(c)));
}

static void make_baseline(void)
{
    struct ctx c;
    struct knowledge *knowledge;
    struct rescreen_figures figures;
    struct baseline baseline = { 0 };
    double began = seconds();

    open_as(&c, "DATABASE_SUPER_URL", false);
    must(&c, knowledge_from_database(&c, &knowledge));
    baseline.version = knowledge_version(&c.arena, knowledge);
    must(&c, rescreen_walk(&c, knowledge, NULL, (struct rescreen_scope){ 0 }, keep, &baseline, &figures));
    printf("baseline_findings_per_prescription %.1f\n",
           (double)figures.raised / (double)figures.prescriptions);
    printf("baseline_seconds %.1f\n", seconds() - began);
    knowledge_close(knowledge);
    ctx_close(&c);
}

static const struct knowledge *none_published(struct ctx *c, void *arg)
{
    (void)c;
    (void)arg;
    return NULL;
}

static void *work(void *arg)
{
    struct ctx c;
    struct rescreener *rescreener = rescreener_open(none_published, NULL);
    bool worked = true;

    (void)arg;
    open_as(&c, "DATABASE_URL", true);
    while (worked) {
        struct ctx step;

        ctx_init(&step);
        step.db = c.db;
        must(&step, rescreener_step(&step, rescreener, &worked));
        ctx_close(&step);
    }
    rescreener_close(rescreener);
    ctx_close(&c);
    return NULL;
}

static void measure(int workers)
{
    pthread_t threads[WORKERS_MOST];
    struct figures figures;
    struct ctx c;
    double began;
    bool found;

    open_as(&c, "DATABASE_OWNER_URL", false);
    must(&c, db_run(&c, &add_rule, NO_PARAMS));
    began = seconds();
    must(&c, rescreen_request(&c, "a rule of the benchmark"));
    for (int i = 0; i < workers; i++)
        if (pthread_create(&threads[i], NULL, work, NULL) != 0)
            exit(1);
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    began = seconds() - began;
    must(&c, db_row(&c, &figures_of, NO_PARAMS, figure_columns, &figures, &found));
    printf("prescriptions %lld\nseconds %.1f\nper_second %.0f\nraised %lld\nwork_items %lld\n"
           "screenings_stored %lld\nclient_cpu_seconds %.1f\n",
           (long long)figures.screened, began, (double)figures.screened / began, (long long)figures.raised,
           (long long)figures.items, (long long)figures.stored, (double)clock() / CLOCKS_PER_SEC);
    ctx_close(&c);
}

int main(int argc, char **argv)
{
    int workers = argc > 2 ? atoi(argv[2]) : 0;

    if (argc != 3 || workers < 0 || workers > WORKERS_MOST) {
        fprintf(stderr, "bench_rescreen SHOP_ID baseline|WORKERS\n");
        return 2;
    }
    shop = strtoll(argv[1], NULL, 10);
    if (workers == 0)
        make_baseline();
    else
        measure(workers);
    return 0;
}
