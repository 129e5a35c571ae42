/* GnuTLS behind our own words: reading public keys, verifying signatures. */
#include "base/signature.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

enum { P384_BYTES = 48 };

static void key_free(void *key)
{
    gnutls_pubkey_deinit(key);
}

static gnutls_datum_t datum(struct bytes bytes)
{
    return (gnutls_datum_t){ (unsigned char *)(size_t)bytes.data, (unsigned)bytes.size };
}

static gnutls_pubkey_t key_new(struct ctx *c)
{
    gnutls_pubkey_t key;

    if (gnutls_pubkey_init(&key) != GNUTLS_E_SUCCESS)
        arena_out_of_memory();
    arena_defer(&c->arena, key_free, key);
    return key;
}

/* The one algorithm a key is used with; NULL for a key of another sort or too weak a one. */
static const char *algorithm_of(gnutls_pubkey_t key)
{
    unsigned bits = 0;
    gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;

    switch (gnutls_pubkey_get_pk_algorithm(key, &bits)) {
    case GNUTLS_PK_RSA:
        return bits >= SIGNATURE_RSA_LEAST_BITS ? "RS384" : NULL;
    case GNUTLS_PK_ECDSA:
        (void)gnutls_pubkey_export_ecc_raw2(key, &curve, NULL, NULL, 0);
        return curve == GNUTLS_ECC_CURVE_SECP384R1 ? "ES384" : NULL;
    default:
        return NULL;
    }
}

static enum status export(struct ctx *c, const char *field, gnutls_pubkey_t key, const char **algorithm,
                          const char **pem) {
    gnutls_datum_t out;

    *algorithm = algorithm_of(key);
    if (*algorithm == NULL) return ctx_fail(c, ST_INVALID, field, NULL,
                                            "must be a key on P-384, or RSA of at least %d bits",
                                            SIGNATURE_RSA_LEAST_BITS);
    if (gnutls_pubkey_export2(key, GNUTLS_X509_FMT_PEM, &out) !=
        GNUTLS_E_SUCCESS) return ctx_fail(c, ST_INVALID, field, NULL, "cannot be written as PEM");
    *pem = arena_text_n(&c->arena, (const char *)out.data, out.size);
    gnutls_free(out.data);
    return ST_OK;
}

enum status signature_key(struct ctx *c, const char *field, const char *pem, const char **algorithm,
                          const char **canonical)
{
    gnutls_pubkey_t key = key_new(c);
    const gnutls_datum_t text = datum((struct bytes){ (const unsigned char *)pem, strlen(pem) });

    if (strstr(pem, "PRIVATE KEY") != NULL)
        return ctx_fail(c, ST_INVALID, field, NULL,
                        "is a private key; give the public one, and make a new pair");
    if (gnutls_pubkey_import(key, &text, GNUTLS_X509_FMT_PEM) != GNUTLS_E_SUCCESS)
        return ctx_fail(c, ST_INVALID, field, NULL, "must be a public key in PEM or a JSON Web Key");
    return export(c, field, key, algorithm, canonical);
}

enum status signature_key_ec(struct ctx *c, const char *field, struct bytes x, struct bytes y,
                             const char **pem)
{
    gnutls_pubkey_t key = key_new(c);
    const gnutls_datum_t x_datum = datum(x), y_datum = datum(y);
    const char *algorithm;

    if (x.size != P384_BYTES || y.size != P384_BYTES ||
        gnutls_pubkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_SECP384R1, &x_datum, &y_datum) != GNUTLS_E_SUCCESS)
        return ctx_fail(c, ST_INVALID, field, NULL, "must be a point on P-384");
    return export(c, field, key, &algorithm, pem);
}

enum status signature_key_rsa(struct ctx *c, const char *field, struct bytes modulus, struct bytes exponent,
                              const char **pem)
{
    gnutls_pubkey_t key = key_new(c);
    const gnutls_datum_t m = datum(modulus), e = datum(exponent);
    const char *algorithm;

    if (m.size == 0 || e.size == 0 || gnutls_pubkey_import_rsa_raw(key, &m, &e) != GNUTLS_E_SUCCESS)
        return ctx_fail(c, ST_INVALID, field, NULL, "must be an RSA modulus and exponent");
    return export(c, field, key, &algorithm, pem);
}

static bool ecdsa_matches(gnutls_pubkey_t key, const gnutls_datum_t *data, struct bytes signature)
{
    const gnutls_datum_t r = datum((struct bytes){ signature.data, P384_BYTES });
    const gnutls_datum_t s = datum((struct bytes){ signature.data + P384_BYTES, P384_BYTES });
    gnutls_datum_t der = { NULL, 0 };
    bool same;

    if (signature.size != (size_t)2 * P384_BYTES || gnutls_encode_rs_value(&der, &r, &s) != GNUTLS_E_SUCCESS)
        return false;
    same = gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_ECDSA_SHA384, 0, data, &der) >= 0;
    gnutls_free(der.data);
    return same;
}

bool signature_matches(const char *pem, const char *algorithm, struct bytes data, struct bytes signature)
{
    const gnutls_datum_t text = datum((struct bytes){ (const unsigned char *)pem, strlen(pem) });
    const gnutls_datum_t said = datum(data), signed_with = datum(signature);
    const char *own = NULL;
    gnutls_pubkey_t key;
    bool same = false;

    if (gnutls_pubkey_init(&key) != GNUTLS_E_SUCCESS)
        arena_out_of_memory();
    if (gnutls_pubkey_import(key, &text, GNUTLS_X509_FMT_PEM) == GNUTLS_E_SUCCESS)
        own = algorithm_of(key);
    if (own != NULL && strcmp(own, algorithm) == 0) {
        if (strcmp(own, "ES384") == 0)
            same = ecdsa_matches(key, &said, signature);
        else
            same = gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_RSA_SHA384, 0, &said, &signed_with) >= 0;
    }
    gnutls_pubkey_deinit(key);
    return same;
}
