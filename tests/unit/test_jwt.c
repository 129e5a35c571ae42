/* Tokens and keys of other systems: what fits, what does not, and why. The keys' private halves were thrown away. */
#include <string.h>

#include "http/jwt.h"
#include "support/runner.h"

static const char es384_key[] =
    "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEaA7gUIf+6P4+ADG4B1F4V3KUqJINSyiG\n75km7T"
    "rXWPFWp4i8kdSxYXhql3pNTJFTV/oSft4nbw4nyxh593Ouz5Vhf+/ZHiZ/\n6ACh/dPHKs/cl2v3BzVoMLbrKK+lKHCs\n-----E"
    "ND PUBLIC KEY-----\n";
static const char es384_jwk[] =
    "{\"kty\": \"EC\", \"crv\": \"P-384\", \"kid\": \"k\", \"x\": \"aA7gUIf-6P4-ADG4B1F4V3KUqJINSyiG75km7"
    "TrXWPFWp4i8kdSxYXhql3pNTJFT\", \"y\": \"V_oSft4nbw4nyxh593Ouz5Vhf-_ZHiZ_6ACh_dPHKs_cl2v3BzVoMLbrKK-l"
    "KHCs\"}";
static const char rs384_key[] =
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt/k/biqNLn1gw7y+/2xk\nwKOgEY"
    "ew+NNdM/+oC6HVz9Gy4VdEiwAVQk8txE7AaYaLMOF1/TYAAJyct5z0hWw9\ntsoN9+Zz2MWKB9dbo+3U+Vq0Cwnz9HR6NIFtCdix"
    "XLs1hKRkY18ivhKKtg2GDH2t\nsWN+8qldeNQc9fO1HTDl+HeQtSTkwXv7/DB3DBGG7xxIHAUs9y2nqUHW7TDzJigU\nUVkFSgwe"
    "hc31BdTWBkXQDCK8nCjybO5eVd4NIW7M8PvFiYlUs2FaOB5+ITZx7q4e\nJJfOINI9dGqK9IOL4wq6HROglgt8xiM4wx9iyAiafh"
    "Fx9BtxyI5oczm3gN84meYx\nmwIDAQAB\n-----END PUBLIC KEY-----\n";

/* Issued 2001-09-09T01:46:40Z for https://cds.test/cds-services/x, good for 200 seconds. */
static const char es384_token[] =
    "eyJhbGciOiAiRVMzODQiLCAidHlwIjogIkpXVCIsICJraWQiOiAiayJ9.eyJpc3MiOiAiaHR0cHM6Ly9laHIudGVzdCIsICJhdWQ"
    "iOiAiaHR0cHM6Ly9jZHMudGVzdC9jZHMtc2VydmljZXMveCIsICJleHAiOiAxMDAwMDAwMjAwLCAiaWF0IjogMTAwMDAwMDAwMCw"
    "gImp0aSI6ICJqMSJ9.vj5Alju9ClW1D76IXjGCOLaeDOWOuigGQarUtYgWe0bqeC-3sRSlthr8DNbpLZ0rQVG-FbdtRmkdC84PwR"
    "f8S2MBB9FWsfBdy2ow5nYL1ozaFr26-6bQwjYdtKJDG8Wf";
static const char rs384_token[] =
    "eyJhbGciOiAiUlMzODQiLCAidHlwIjogIkpXVCIsICJraWQiOiAiayJ9.eyJpc3MiOiAiaHR0cHM6Ly9laHIudGVzdCIsICJhdWQ"
    "iOiAiaHR0cHM6Ly9jZHMudGVzdC9jZHMtc2VydmljZXMveCIsICJleHAiOiAxMDAwMDAwMjAwLCAiaWF0IjogMTAwMDAwMDAwMCw"
    "gImp0aSI6ICJqMSJ9.DXqElk7tyGfVvCrxrCQ7Sfu4qURqEVq9vxBRC8qyK934h51EYskpoJs0pJn6ZlzDHViXHsqxF5RQGI4dfI"
    "YPibg7UGradWf72Ai_OSBjEZd19z1Pm80TjRK1EtH2kkM1dVFhrCDTbY6L1AyxfKt4Ijwj5UagmF0t7tZKAp20eddf07U2XYqsVv"
    "RCfGVEZlp1y3FC--skRZHYz-v073S9hFEx0MGiZLK7upEMP3o4RbBJ7qBZ3tN12Lj9iADp2CbQRmwBYdIwNg5W47_dFjmBhadJAM"
    "6W0MrSwct9yBO-XdhyCSyGC95vdN92iujTytIVdxgv-YFUMW_1k_4pey-bGQ";

#define AUDIENCE "https://cds.test/cds-services/x"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct instant at(int64_t seconds)
{
    return (struct instant){ (1000000000 + seconds) * 1000000 };
}

static bool fits(const char *key, const struct jwt *token)
{
    return signature_matches(key, token->algorithm, token->content, token->signature);
}

START_TEST(a_signature_fits_its_key_alone)
{
    struct jwt es, rs;
    char *changed = arena_text(&c.arena, es384_token);

    ck_assert_int_eq(jwt_read(&c, es384_token, &es), ST_OK);
    ck_assert_int_eq(jwt_read(&c, rs384_token, &rs), ST_OK);
    ck_assert_str_eq(es.issuer, "https://ehr.test");
    ck_assert_str_eq(rs.algorithm, "RS384");
    ck_assert(fits(es384_key, &es));
    ck_assert(fits(rs384_key, &rs));
    ck_assert(!fits(rs384_key, &es));
    ck_assert(!fits(es384_key, &rs));
    es.algorithm = "RS384";
    ck_assert(!fits(es384_key, &es));
    changed[strlen(changed) - 8] = changed[strlen(changed) - 8] == 'A' ? 'B' : 'A';
    ck_assert_int_eq(jwt_read(&c, changed, &es), ST_OK);
    ck_assert(!fits(es384_key, &es));
}
END_TEST

START_TEST(a_token_is_for_one_service_and_a_short_while)
{
    struct jwt token;

    ck_assert_int_eq(jwt_read(&c, es384_token, &token), ST_OK);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE, at(0)), ST_OK);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE "/", at(229)), ST_OK);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE, at(230)), ST_UNKNOWN_USER);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE, at(-30)), ST_OK);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE, at(-31)), ST_UNKNOWN_USER);
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE "y", at(0)), ST_UNKNOWN_USER);
    token.expires = token.issued + JWT_SECONDS_MOST + 1;
    ck_assert_int_eq(jwt_check(&c, &token, AUDIENCE, at(0)), ST_UNKNOWN_USER);
}
END_TEST

START_TEST(what_is_no_token_is_refused)
{
    static const char *const wrong[] = {
        "",
        ".",
        "..",
        "a.b.c",
        "a.b.c.d",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJIUzM4NCIsImtpZCI6ImsifQ.e30.AAAA",
    };
    struct jwt token;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(jwt_read(&c, wrong[i], &token) == ST_UNKNOWN_USER, "%s", wrong[i]);
}
END_TEST

START_TEST(keys_come_as_pem_or_json_and_are_one)
{
    const char *algorithm, *pem, *other;

    ck_assert_int_eq(jwt_key_read(&c, "key", es384_key, "k", &algorithm, &pem), ST_OK);
    ck_assert_str_eq(algorithm, "ES384");
    ck_assert_int_eq(jwt_key_read(&c, "key", es384_jwk, "k", &algorithm, &other), ST_OK);
    ck_assert_str_eq(pem, other);
    ck_assert_int_eq(jwt_key_read(&c, "key", "{\"kty\":\"oct\",\"k\":\"AAAA\"}", "k", &algorithm, &pem),
                     ST_INVALID);
    ck_assert_int_eq(jwt_key_read(&c, "key", "-----BEGIN PRIVATE KEY-----", "k", &algorithm, &pem),
                     ST_INVALID);
    ck_assert_int_eq(jwt_key_read(&c, "key", "{\"keys\":[]}", "k", &algorithm, &pem), ST_INVALID);
}
END_TEST

SUITE(jwt)
{
    return suite_of("jwt", 4, NULL, setup, teardown,
                    TESTS(a_signature_fits_its_key_alone, a_token_is_for_one_service_and_a_short_while,
                          what_is_no_token_is_refused, keys_come_as_pem_or_json_and_are_one));
}
