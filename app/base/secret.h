/* Random tokens, keyed hashes and passwords. The only includer of libsodium. */
#ifndef YAOFANG_BASE_SECRET_H
#define YAOFANG_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/ctx.h"

enum { SECRET_KEY_SIZE = 32, SECRET_HASH_SIZE = 32 };

struct secret_key {
    unsigned char bytes[SECRET_KEY_SIZE];
};

struct secret_hash {
    unsigned char bytes[SECRET_HASH_SIZE];
};

/* Passwords are 12 to 128 characters of anything (ASVS 2.1.1, 2.1.2). */
enum { PASSWORD_SHORTEST = 12, PASSWORD_LONGEST = 128 };

/* The key of this installation, from STATE_DIR/secret.key; made, readable by its owner alone, when there is none. Services
   that share a database must share it. */
enum status secret_key_load(struct ctx *c, const char *state_dir, struct secret_key *key) MUST_CHECK;

/* 256 random bits as 43 characters of base64url. */
const char *secret_token(struct arena *arena);

/* A password for a person to type once: 20 letters and digits that cannot be mistaken for each other, about 96 bits. */
const char *secret_password(struct arena *arena);

/* A random UUID (RFC 9562, version 4). */
const char *secret_uuid(struct arena *arena);

/* The bytes of base64url without padding (RFC 7515 §2), in the arena; false for anything else, leftover bits included. */
bool base64url_decode(struct arena *arena, const char *text, size_t size, const unsigned char **data,
                      size_t *data_size);

/* BLAKE2b with a key: how tokens are stored and looked up. */
struct secret_hash secret_hash(const struct secret_key *key, const void *data, size_t size);

/* BLAKE2b without a key of all that a file holds, read from its start: whether two files are the same. */
enum status secret_digest(struct ctx *c, FILE *file, struct secret_hash *hash) MUST_CHECK;

/* SHA-256 (FIPS 180-4), as 64 hexadecimal digits in lower case: the checksum others state of a file. */
const char *secret_sha256(struct arena *arena, const void *data, size_t size);

/* As 64 hexadecimal digits. */
const char *secret_hash_text(struct arena *arena, const struct secret_hash *hash);
bool secret_hash_same(const struct secret_hash *a, const struct secret_hash *b);

/* Argon2id with 64 MiB and 3 passes, about 55 ms and 64 MiB while it runs: call it in the slow lane only, whose two workers
   bound the memory. ST_INVALID, naming the rule, for a password that is too short or too long. */
enum status password_hash(struct ctx *c, const char *password, const char **hash) MUST_CHECK;

/* Whether the password fits; with a NULL hash it takes the same time and says no. */
bool password_matches(const char *hash, const char *password);

#endif
