/* libsodium behind our own words. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum { ARGON_PASSES = 3, ARGON_MEMORY = 64 * 1024 * 1024 };

static void started(void)
{
    if (sodium_init() < 0)
        arena_out_of_memory();
}

static enum status key_file_fault(struct ctx *c, const char *path)
{
    c->cause = arena_text(&c->arena, strerror(errno));
    return ctx_fail(c, ST_BROKEN, "YAOFANG_STATE", path, "cannot be read or written");
}

/* Two that start at once must end with one key: the file is made whole under another name and linked. */
static enum status key_make(struct ctx *c, const char *path)
{
    const char *draft = arena_printf(&c->arena, "%s.%ld", path, (long)getpid());
    struct secret_key key;
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done;

    if (fd < 0)
        return key_file_fault(c, draft);
    randombytes_buf(key.bytes, sizeof key.bytes);
    done = write(fd, key.bytes, sizeof key.bytes) == (ssize_t)sizeof key.bytes && fsync(fd) == 0;
    done = close(fd) == 0 && done;
    done = done && (link(draft, path) == 0 || errno == EEXIST);
    (void)unlink(draft);
    return done ? ST_OK : key_file_fault(c, path);
}

enum status secret_key_load(struct ctx *c, const char *state_dir, struct secret_key *key)
{
    const char *path = arena_printf(&c->arena, "%s/secret.key", state_dir);
    ssize_t size;
    int fd;

    started();
    (void)mkdir(state_dir, 0711);
    if (access(path, F_OK) != 0)
        TRY(key_make(c, path));
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return key_file_fault(c, path);
    size = read(fd, key->bytes, sizeof key->bytes);
    (void)close(fd);
    if (size != (ssize_t)sizeof key->bytes)
        return ctx_fail(c, ST_BROKEN, "YAOFANG_STATE", path, "must hold %d bytes", SECRET_KEY_SIZE);
    return ST_OK;
}

const char *secret_token(struct arena *arena)
{
    unsigned char random[32];
    size_t size = sodium_base64_ENCODED_LEN(sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(arena, size);

    started();
    randombytes_buf(random, sizeof random);
    return sodium_bin2base64(text, size, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *secret_uuid(struct arena *arena)
{
    unsigned char b[16];

    started();
    randombytes_buf(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    return arena_printf(arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
                        b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
                        b[14], b[15]);
}

bool base64url_decode(struct arena *arena, const char *text, size_t size, const unsigned char **data,
                      size_t *data_size)
{
    unsigned char *out = arena_alloc(arena, size + 1);

    *data = out;
    return sodium_base642bin(out, size + 1, text, size, NULL, data_size, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}

const char *secret_password(struct arena *arena)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    struct text text;

    started();
    text_init(&text, arena);
    for (int i = 0; i < 20; i++) {
        if (i > 0 && i % 5 == 0)
            text_add_char(&text, '-');
        text_add_char(&text, letters[randombytes_uniform(sizeof letters - 1)]);
    }
    return text.data;
}

struct secret_hash secret_hash(const struct secret_key *key, const void *data, size_t size)
{
    struct secret_hash hash;

    (void)crypto_generichash(hash.bytes, sizeof hash.bytes, data, size, key->bytes, sizeof key->bytes);
    return hash;
}

enum status secret_digest(struct ctx *c, FILE *file, struct secret_hash *hash)
{
    crypto_generichash_state state;
    unsigned char piece[16384];
    size_t size;

    rewind(file);
    (void)crypto_generichash_init(&state, NULL, 0, sizeof hash->bytes);
    while ((size = fread(piece, 1, sizeof piece, file)) > 0)
        (void)crypto_generichash_update(&state, piece, size);
    (void)crypto_generichash_final(&state, hash->bytes, sizeof hash->bytes);
    if (ferror(file))
        return ctx_fail(c, ST_INVALID, "file", NULL, "cannot be read to its end");
    rewind(file);
    return ST_OK;
}

const char *secret_sha256(struct arena *arena, const void *data, size_t size)
{
    struct secret_hash hash;

    (void)crypto_hash_sha256(hash.bytes, data, size);
    return secret_hash_text(arena, &hash);
}

const char *secret_hash_text(struct arena *arena, const struct secret_hash *hash)
{
    size_t size = sizeof hash->bytes * 2 + 1;

    return sodium_bin2hex(arena_alloc(arena, size), size, hash->bytes, sizeof hash->bytes);
}

bool secret_hash_same(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

enum status password_hash(struct ctx *c, const char *password, const char **hash)
{
    char *text = arena_alloc(&c->arena, crypto_pwhash_STRBYTES);
    size_t length = utf8_length(password);

    if (length < PASSWORD_SHORTEST || length > PASSWORD_LONGEST)
        return ctx_fail(c, ST_INVALID, "password", NULL, "must be %d to %d characters long",
                        PASSWORD_SHORTEST, PASSWORD_LONGEST);
    started();
    if (crypto_pwhash_str_alg(text, password, strlen(password), ARGON_PASSES, ARGON_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ctx_fail(c, ST_BUSY, "password", NULL, "cannot be checked now: no memory is left");
    *hash = text;
    return ST_OK;
}

bool password_matches(const char *hash, const char *password)
{
    /* What an unknown name is compared with, so that its answer takes as long. */
    static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    bool same;

    started();
    same = crypto_pwhash_str_verify(hash == NULL ? nobody : hash, password, strlen(password)) == 0;
    return same && hash != NULL;
}
