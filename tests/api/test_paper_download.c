/* Paper over HTTP: reports in their formats, parameters refused by name, labels of orders that are not there. */
#include <stdlib.h>
#include <string.h>

#include "api/progress.h"
#include "api/temporary.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_paper"

static struct ctx c;
static const char *cookie;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    cookie = sign_in_as(&c, DATABASE, "sam.ortiz");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

static struct answer get(const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie });
}

/* Little and much, and begun anew in between: what is read is what was written last. */
START_TEST(what_is_spooled_reads_back_whole)
{
    struct spool *spool = spool_new(&c);
    const size_t sizes[] = { 5, 9000000, 0, 4 * 1024 * 1024, 4 * 1024 * 1024 + 1 };

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        FILE *file = spool_open(spool);
        const char *data;
        size_t size;

        ck_assert_ptr_nonnull(file);
        for (size_t n = 0; n < sizes[i]; n++)
            putc((int)('a' + (n + i) % 23), file);
        ck_assert_int_eq(fclose(file), 0);
        ck_assert_int_eq(spool_read(&c, spool, &data, &size), ST_OK);
        ck_assert_uint_eq(size, sizes[i]);
        for (size_t n = 0; n < size; n++)
            if (data[n] != (char)('a' + (n + i) % 23))
                ck_abort_msg("byte %zu of %zu", n, size);
    }
}
END_TEST

START_TEST(reports_come_in_every_format)
{
    struct answer answer = get("/api/v1/reports");

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"name\":\"stock-on-hand\""));
    answer = get("/api/v1/reports/stock-on-hand");
    ck_assert_msg(answer.status == 200, "%s", answer.body);
    ck_assert_ptr_nonnull(strstr(answer_header(&c, &answer, "Content-Type"), "spreadsheetml"));
    ck_assert_ptr_nonnull(strstr(answer_header(&c, &answer, "Content-Disposition"), "stock-on-hand.xlsx"));
    ck_assert(answer.size > 10000 && memcmp(answer.body, "PK", 2) == 0);
    ck_assert_pstr_eq(answer_header(&c, &answer, "Transfer-Encoding"),
                      "chunked"); /* begun before it was made */
    answer = get("/api/v1/reports/stock-on-hand?format=csv&sheet=by%20category");
    ck_assert_int_eq(answer.status, 200);
    ck_assert(strstr(answer.body, "category,items") != NULL);
    answer = get("/api/v1/reports/expiring?format=csv&days=30");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "expires_on,days_left"));
    answer = get("/api/v1/reports/stock-on-hand?format=json&kind=product");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_null(strstr(answer.body, "\"item_kind\":\"raw\""));
}
END_TEST

START_TEST(what_is_wrong_is_named)
{
    struct answer answer = get("/api/v1/reports/nothing");

    ck_assert_int_eq(answer.status, 404);
    answer = get("/api/v1/reports/lot-ledger?from=yesterday");
    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(answer_member(&c, &answer, "value"), "yesterday");
    ck_assert_int_eq(get("/api/v1/reports/reorder?colour=3").status, 422);
    ck_assert_int_eq(get("/api/v1/reports/reorder?format=doc").status, 422);
    ck_assert_int_eq(get("/api/v1/reports/reorder?format=csv&sheet=none").status, 404);
    ck_assert_int_eq(get("/api/v1/reports/compounding-register").status, 403);
    ck_assert_int_eq(get("/api/v1/reports/backup").status, 403);
    answer = get("/api/v1/reports/monographs?herb=dang_gui,nothing");
    ck_assert_int_eq(answer.status, 422);
    ck_assert_str_eq(answer_member(&c, &answer, "value"), "nothing");
    ck_assert_int_eq(get("/api/v1/orders/1/label").status, 404);
    ck_assert_int_eq(get("/api/v1/orders/1/label?format=gif").status, 422);
    ck_assert_int_eq(get("/api/v1/orders/1/label?kind=poster").status, 404);
    answer = ask(&c, &(struct ask){ .path = "/api/v1/orders/1/labels",
                                    .cookie = cookie,
                                    .key = "k1",
                                    .body = "{\"kind\":\"patient\"}" });
    ck_assert_int_eq(answer.status, 404);
    cookie = sign_in_as(&c, DATABASE, "curator.han");
    ck_assert_int_eq(get("/api/v1/reports/lot-ledger").status, 403); /* as /lots/:id/moves */
}
END_TEST

START_TEST(how_far_a_report_is_can_be_asked)
{
    struct board *board = board_open();
    const int place = board_begin(board, 7, "mine");
    struct progress progress;

    board_note(board, place, "patients", 0);
    board_note(board, place, "patients", 5000);
    board_note(board, place, "stock_moves", 0);
    board_note(board, place, "stock_moves", 10000);
    ck_assert(board_find(board, 7, "mine", &progress));
    ck_assert_str_eq(progress.sheet, "stock_moves");
    ck_assert_int_eq(progress.rows, 10000);
    ck_assert_int_eq(progress.all, 15000);
    ck_assert(!board_find(board, 8, "mine", &progress)); /* another's */
    board_done(board, place);
    ck_assert(!board_find(board, 7, "mine", &progress));
    for (int i = 0; i < 64; i++)
        ck_assert_int_ge(board_begin(board, 7, "many"), 0);
    ck_assert_int_eq(board_begin(board, 7, "one too many"), -1);
    board_note(board, -1, "x", 1);
    board_done(board, -1);
    board_close(board);
    ck_assert_int_eq(get("/api/v1/report-progress/nothing").status, 404);
    ck_assert_int_eq(get("/api/v1/reports/stock-on-hand?format=csv&progress=mine").status, 200);
    ck_assert_int_eq(get("/api/v1/report-progress/mine").status, 404); /* it is over */
}
END_TEST

SUITE(paper_download)
{
    return suite_of("paper_download", 60, make_database, setup, teardown,
                    TESTS(what_is_spooled_reads_back_whole, reports_come_in_every_format,
                          what_is_wrong_is_named, how_far_a_report_is_can_be_asked));
}
