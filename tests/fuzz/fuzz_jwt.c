/* Signed tokens and keys of other systems: taken apart, checked, and no signature ever fits. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "http/jwt.h"

const char *const fuzz_seeds[] = {
    /* {"alg":"ES384","typ":"JWT","kid":"k"}.{"iss":"i","aud":"u","exp":200,"iat":100,"jti":"j"}.(96 bytes) */
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImsifQ."
    "eyJpc3MiOiJpIiwiYXVkIjoidSIsImV4cCI6MjAwLCJpYXQiOjEwMCwianRpIjoiaiJ9."
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd"
    "Hh8gISIjJCUmJygpKissLS4v",
    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJpIn0.",
    "{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"k\",\"x\":\"AAAA\",\"y\":\"BBBB\"}",
    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
    "-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE\n-----END PUBLIC KEY-----\n",
    NULL,
};

/* A key on P-384 whose private half nobody kept. */
static const char key[] = "-----BEGIN PUBLIC KEY-----\n"
                          "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEpguLTh1Q0UD4XOrOV8b/qkmc3hKvCcrn\n"
                          "7FqwfIdm7k64LWnH+XuMQPEV7WwJuRsHuG7ybQmvdVX+rjFKiPJP5/KTOIBXxw8C\n"
                          "mtjhUIxE1WnUNyZ1drvPmcs18gAR8q6A\n"
                          "-----END PUBLIC KEY-----\n";

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    const char *algorithm, *pem;
    struct jwt token;

    if (memchr(data, '\0', size) != NULL)
        return;
    if (jwt_read(c, data, &token) == ST_OK) {
        if (signature_matches(key, token.algorithm, token.content, token.signature))
            abort();
        if (jwt_check(c, &token, "u", (struct instant){ 150000000 }) == ST_OK &&
            token.expires - token.issued > JWT_SECONDS_MOST)
            abort();
    }
    ctx_forgive(c);
    if (jwt_key_read(c, "key", data, "k", &algorithm, &pem) == ST_OK && strstr(pem, "PUBLIC KEY") == NULL)
        abort();
}
