/* Signatures of other systems' keys: RSASSA-PKCS1-v1_5 and ECDSA on P-384, both with SHA-384 (RFC 7518 names them RS384 and
   ES384). The only includer of GnuTLS. Private keys never come here. */
#ifndef YAOFANG_BASE_SIGNATURE_H
#define YAOFANG_BASE_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

enum { SIGNATURE_RSA_LEAST_BITS = 2048 };

struct bytes {
    const unsigned char *data;
    size_t size;
};

/* What a PEM public key signs with, "ES384" or "RS384", and the key as this program writes it. ST_INVALID naming `field` for
   what is no public key, a private one, another curve, or RSA below SIGNATURE_RSA_LEAST_BITS. */
enum status signature_key(struct ctx *c, const char *field, const char *pem, const char **algorithm,
                          const char **canonical) MUST_CHECK;

/* The same from the numbers of a JSON Web Key (RFC 7518 §6.2, §6.3), big-endian. */
enum status signature_key_ec(struct ctx *c, const char *field, struct bytes x, struct bytes y,
                             const char **pem) MUST_CHECK;
enum status signature_key_rsa(struct ctx *c, const char *field, struct bytes modulus, struct bytes exponent,
                              const char **pem) MUST_CHECK;

/* Whether `signature` (ES384: r and s, 48 bytes each) is the key's over `data`. An algorithm that is not the key's is no match;
   there is no algorithm without a key. */
bool signature_matches(const char *pem, const char *algorithm, struct bytes data, struct bytes signature);

#endif
