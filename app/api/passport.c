/* A table of fixed size: a token's hash says its place, a newer token in the same place pushes the older out. */
#include "api/passport.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { PLACES = 2048, NAME_SIZE = 64 };

struct passport {
    struct secret_hash token;
    int64_t until_us; /* 0: nobody */
    int64_t shop_id;
    int64_t user_id;
    unsigned roles;
    bool password_to_change;
    char username[NAME_SIZE];
};

struct passports {
    pthread_mutex_t mutex;
    uint64_t turns; /* how often somebody was forgotten */
    struct passport table[PLACES];
};

struct passports *passports_open(void)
{
    struct passports *passports = calloc(1, sizeof *passports);

    if (passports == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&passports->mutex, NULL);
    return passports;
}

void passports_close(struct passports *passports)
{
    pthread_mutex_destroy(&passports->mutex);
    free(passports);
}

static struct passport *place_of(struct passports *passports, const struct secret_hash *token)
{
    uint32_t number;

    memcpy(&number, token->bytes, sizeof number);
    return &passports->table[number % PLACES];
}

bool passport_find(struct passports *passports, struct arena *arena, const struct secret_hash *token,
                   struct who *who)
{
    const struct passport *passport = place_of(passports, token);
    int64_t now = instant_now().us;
    bool found;

    pthread_mutex_lock(&passports->mutex);
    found = passport->until_us > now && secret_hash_same(&passport->token, token);
    if (found)
        *who = (struct who){
            .user_id = passport->user_id,
            .shop_id = passport->shop_id,
            .username = arena_text(arena, passport->username),
            .roles = passport->roles,
            .password_to_change = passport->password_to_change,
        };
    pthread_mutex_unlock(&passports->mutex);
    return found;
}

uint64_t passport_turns(struct passports *passports)
{
    uint64_t turns;

    pthread_mutex_lock(&passports->mutex);
    turns = passports->turns;
    pthread_mutex_unlock(&passports->mutex);
    return turns;
}

void passport_keep(struct passports *passports, const struct secret_hash *token, const struct who *who,
                   uint64_t turns)
{
    struct passport *passport = place_of(passports, token);
    size_t size = strlen(who->username);

    if (size >= NAME_SIZE)
        return;
    pthread_mutex_lock(&passports->mutex);
    if (passports->turns == turns) {
        *passport = (struct passport){
            .token = *token,
            .until_us = instant_now().us + PASSPORT_SECONDS * INT64_C(1000000),
            .shop_id = who->shop_id,
            .user_id = who->user_id,
            .roles = who->roles,
            .password_to_change = who->password_to_change,
        };
        memcpy(passport->username, who->username, size + 1);
    }
    pthread_mutex_unlock(&passports->mutex);
}

void passport_forget(struct passports *passports, const struct secret_hash *token)
{
    struct passport *passport = place_of(passports, token);

    pthread_mutex_lock(&passports->mutex);
    passports->turns++;
    if (secret_hash_same(&passport->token, token))
        passport->until_us = 0;
    pthread_mutex_unlock(&passports->mutex);
}

void passport_forget_user(struct passports *passports, int64_t shop_id, int64_t user_id)
{
    pthread_mutex_lock(&passports->mutex);
    passports->turns++;
    for (size_t i = 0; i < PLACES; i++)
        if (passports->table[i].shop_id == shop_id && passports->table[i].user_id == user_id)
            passports->table[i].until_us = 0;
    pthread_mutex_unlock(&passports->mutex);
}
