/* What libmicrohttpd lets pass and we do not: requests two parsers could read differently, and limits (PLATFORM A.3). */
#include <string.h>

#include "base/text.h"
#include "support/bare.h"
#include "support/runner.h"

/* What came from whom, and the status it must get; 0: the connection is closed without an answer. */
static const struct {
    const char *name;
    const char *bytes;
    size_t size; /* 0: until the NUL */
    int status;
} conformance[] = {
    { "plain", "GET /word HTTP/1.1\r\n" HOST END, 0, 200 },
    { "worker", "GET /fast HTTP/1.1\r\n" HOST END, 0, 200 },
    { "HEAD", "HEAD /word HTTP/1.1\r\n" HOST END, 0, 200 },
    { "CL with TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
      0, 400 },
    { "two CL",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}" SMUGGLED,
      0, 400 },
    { "two equal CL",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
    { "two TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
      0, 400 },
    { "odd TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED, 0,
      400 },
    { "TE list", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      0, 400 },
    { "negative CL", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: -1\r\n\r\n", 0, 400 },
    { "no Host", "GET /word HTTP/1.1\r\n" END, 0, 400 },
    { "two Hosts", "GET /word HTTP/1.1\r\n" HOST HOST END, 0, 400 },
    { "space before colon", "GET /word HTTP/1.1\r\nHost : test\r\n" END, 0, 400 },
    { "TRACE", "TRACE /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "CONNECT", "CONNECT /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "invented method", "BREW /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "wrong method", "DELETE /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "no such path", "GET /nothing HTTP/1.1\r\n" HOST END, 0, 404 },
    { "escaped NUL", "GET /word%00 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "escaped slash", "GET /wo%2Frd HTTP/1.1\r\n" HOST END, 0, 400 },
    { "broken escape", "GET /word%4 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "bad UTF-8 in the path", "GET /word%C3%28 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "bad UTF-8 in the query", "GET /word?q=%FF HTTP/1.1\r\n" HOST END, 0, 400 },
    { "NUL in the query", "GET /word?q=%00 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "unknown parameter", "GET /word?colour=red HTTP/1.1\r\n" HOST END, 0, 422 },
    /* libmicrohttpd 0.9.75 cuts a value at a NUL before anybody sees it: harmless, unless a proxy in front reads on. */
    /* libmicrohttpd 0.9.75 cuts a value at a NUL before anybody sees it: harmless, unless a proxy in front reads on. */
    { "NUL in a header", "GET /word HTTP/1.1\r\n" HOST "X-A: a\0b\r\n" END,
      sizeof "GET /word HTTP/1.1\r\n" HOST "X-A: a\0b\r\n" END - 1, 200 },
    { "control in a header", "GET /word HTTP/1.1\r\n" HOST "X-A: a\001b\r\n" END, 0, 400 },
    { "JSON", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 12\r\n" END "{\"word\":\"a\"}", 0,
      200 },
    { "chunked",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END
      "6\r\n{\"word\r\n6\r\n\":\"a\"}\r\n0\r\n\r\n",
      0, 200 },
    { "no content type", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 12\r\n" END "{\"word\":\"a\"}", 0,
      415 },
    { "form",
      "POST /echo HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
      "Content-Length: 6\r\n" END "word=a",
      0, 415 },
    { "broken JSON", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 7\r\n" END "{\"word\"", 0,
      400 },
    { "no body", "POST /echo HTTP/1.1\r\n" HOST END, 0, 400 },
    { "unknown field",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 18\r\n" END "{\"word\":\"a\",\"b\":1}", 0,
      422 },
    { "too long a field",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 22\r\n" END "{\"word\":\"abcdefghijk\"}", 0,
      422 },
    { "declared too large", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 10485760\r\n\r\n", 0,
      413 },
};

START_TEST(requests_get_the_status_they_deserve)
{
    for (size_t i = 0; i < sizeof conformance / sizeof conformance[0]; i++) {
        size_t size = conformance[i].size == 0 ? strlen(conformance[i].bytes) : conformance[i].size;
        int before = atomic_load(&bare_handled);
        const char *heard = say_and_hear(conformance[i].bytes, size);

        ck_assert_msg(status_of(heard) == conformance[i].status, "%s: %s", conformance[i].name, heard);
        ck_assert_msg(count_of(heard, "HTTP/1.1 2") == (conformance[i].status == 200),
                      "%s: the smuggled was answered: %s", conformance[i].name, heard);
        if (conformance[i].status == 400 && strstr(conformance[i].bytes, SMUGGLED) != NULL)
            ck_assert_msg(atomic_load(&bare_handled) == before, "%s: the smuggled was run",
                          conformance[i].name);
    }
}
END_TEST

START_TEST(every_answer_carries_the_security_headers)
{
    static const char *const wanted[] = {
        "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "Cache-Control: no-store\r\n",
        "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' "
        "data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'\r\n",
    };
    static const char *const requests[] = {
        "GET /word HTTP/1.1\r\n" HOST END,
        "GET /fast HTTP/1.1\r\n" HOST END,
        "GET /nothing HTTP/1.1\r\n" HOST END,
        "TRACE /word HTTP/1.1\r\n" HOST END,
    };

    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++)
            ck_assert_msg(strstr(say_and_hear(requests[i], strlen(requests[i])), wanted[k]) != NULL,
                          "%s lacks %s", requests[i], wanted[k]);
    ck_assert_ptr_nonnull(strstr(say_and_hear(requests[3], strlen(requests[3])), "application/problem+json"));
    ck_assert_ptr_null(strstr(say_and_hear(requests[0], strlen(requests[0])),
                              "Server:")); /* no version banner (ASVS 14.3.3) */
}
END_TEST

START_TEST(a_chunked_body_beyond_the_limit_is_413)
{
    char chunk[0x400 + 16];
    int fd = dial();

    say(fd, "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END,
        strlen("POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END));
    memset(chunk, ' ', sizeof chunk);
    memcpy(chunk, "400\r\n", 5);
    memcpy(chunk + 5 + 0x400, "\r\n", 2);
    for (int i = 0; i < SMALL_BODY / 0x400 + 2; i++)
        say(fd, chunk, 5 + 0x400 + 2);
    say(fd, "0\r\n\r\n", 5);
    ck_assert_int_eq(status_of(hear(fd)), 413);
}
END_TEST

START_TEST(huge_headers_are_refused)
{
    struct text text;
    int status;

    text_init(&text, &bare.arena);
    text_add(&text, "GET /word HTTP/1.1\r\n" HOST "X-A: ");
    for (int i = 0; i < 50000; i++)
        text_add_char(&text, 'a');
    text_add(&text, "\r\n" END);
    status = status_of(say_and_hear(text.data, text.size));
    ck_assert_msg(status == 431 || status == 413 || status == 0, "%d", status);
    ck_assert_int_eq(status_of(say_and_hear(SMUGGLED, sizeof SMUGGLED - 1)), 200);
}
END_TEST

SUITE(conformance)
{
    return suite_of("conformance", 60, NULL, bare_start, bare_stop,
                    TESTS(requests_get_the_status_they_deserve, every_answer_carries_the_security_headers,
                          a_chunked_body_beyond_the_limit_is_413, huge_headers_are_refused));
}
