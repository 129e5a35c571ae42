/* People of the shop over HTTP, for its administrators. A password is made here, hashed, and put into this one answer only: what is kept
   under the Idempotency-Key, for a week, says null in its place, so neither the database nor a backup ever holds it. Whose answer got
   lost on the way makes another. */
#include <string.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "api/read.h"
#include "base/text.h"
#include "core/account.h"
#include "core/person.h"
#include "sql.h"

enum {
    USERNAME_LONGEST = 63,
    NAME_LONGEST = 120,
    REGISTRATION_LONGEST = 120,
    ROLES_MOST = 5,
    WORD_LONGEST = 20
};

static enum status reply_person(struct ctx *c, struct reply *out, const char *username)
{
    return reply_row(c, out, &q_people_list, PARAMS(SHOP(c), TEXT(username)));
}

/* Each password costs 64 MiB and a twentieth of a second, and shows a secret: whoever got hold of an administrator's window shall not
   take over the whole shop with it in one go. */
static enum status password_allowed(struct ctx *c, struct request *in)
{
    struct limiter *limiter = api_of(in)->limiter;
    const char *name = arena_printf(&c->arena, "passwords of %lld", (long long)c->who.user_id);

    if (limiter_full(limiter, name, LIMIT_PASSWORDS))
        return ctx_fail(c, ST_TOO_MANY, NULL, NULL, "you made %d passwords; go on in %d minutes",
                        LIMIT_PASSWORDS, LIMIT_WINDOW_SECONDS / 60);
    limiter_count(limiter, name);
    return ST_OK;
}

static const char *password_answer(struct ctx *c, const char *username, const char *password)
{
    struct text text;
    struct json_writer w;

    text_init(&text, &c->arena);
    json_init(&w, &text);
    json_open_object(&w, NULL);
    json_text(&w, "username", username);
    json_text(&w, "password", password);
    json_close_object(&w);
    return text.data;
}

static void reply_password(struct ctx *c, struct reply *out, const char *username, const char *password)
{
    const char *answer = password_answer(c, username, password);

    reply_bytes(c, out, "application/json", answer, strlen(answer), NULL);
    out->kept = password_answer(c, username, NULL);
}

static unsigned read_roles(struct ctx *c, struct json_object *body)
{
    size_t n;
    const char **words = json_get_texts(body, "roles", ROLES_MOST, WORD_LONGEST, &n);

    return person_roles_typed(c, "roles", words, n);
}

enum status post_person(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct account account;
    int64_t id;

    TRY(in_body(in, &body));
    account = (struct account){
        .username = json_get_text(body, "username", USERNAME_LONGEST),
        .display_name = json_get_text(body, "display_name", NAME_LONGEST),
        .registration = json_get_text_or(body, "registration", REGISTRATION_LONGEST, NULL),
        .roles = read_roles(c, body),
    };
    TRY(in_end(in));
    TRY(password_allowed(c, in));
    account.password = secret_password(&c->arena);
    TRY(account_create(c, &account, &id));
    reply_created(c, out, "/api/v1/people/%s", account.username);
    reply_password(c, out, account.username, account.password);
    return ST_OK;
}

enum status put_person(struct ctx *c, struct request *in, struct reply *out)
{
    struct account_change change = { .username = in_path_text(in, "username") };
    struct json_object *body;

    TRY(in_body(in, &body));
    change.display_name = json_get_text_or(body, "display_name", NAME_LONGEST, NULL);
    change.registration = json_get_text_or(body, "registration", REGISTRATION_LONGEST, NULL);
    change.roles_given = json_has(body, "roles");
    change.roles = read_roles(c, body);
    TRY(in_end(in));
    TRY(account_change(c, &change, &out->stranger));
    return reply_person(c, out, change.username);
}

/* Never one's own: that takes the old one (PUT /api/v1/session/password), or an open window would be enough. */
enum status post_person_password(struct ctx *c, struct request *in, struct reply *out)
{
    const char *username = in_path_text(in, "username"), *password = secret_password(&c->arena);

    TRY(in_end(in));
    if (text_same(username, c->who.username))
        return ctx_fail(c, ST_DENIED, "username", username,
                        "is you: change your own password with the old one");
    TRY(password_allowed(c, in));
    TRY(person_find(c, username, &out->stranger));
    TRY(account_set_password(c, username, password));
    reply_password(c, out, username, password);
    return ST_OK;
}

enum status post_person_disable(struct ctx *c, struct request *in, struct reply *out)
{
    const char *username = in_path_text(in, "username");

    TRY(in_end(in));
    TRY(account_disable(c, username, &out->stranger));
    return reply_person(c, out, username);
}

enum status post_person_enable(struct ctx *c, struct request *in, struct reply *out)
{
    const char *username = in_path_text(in, "username");

    TRY(in_end(in));
    TRY(account_enable(c, username, &out->stranger));
    return reply_person(c, out, username);
}

static enum status end_tokens(struct ctx *c, struct request *in, struct reply *out, int64_t token_id)
{
    const char *username = in_path_text(in, "username");

    TRY(in_end(in));
    TRY(account_end_tokens(c, username, token_id, &out->stranger));
    return reply_person(c, out, username);
}

enum status post_person_tokens_end(struct ctx *c, struct request *in, struct reply *out)
{
    return end_tokens(c, in, out, 0);
}

enum status post_person_token_end(struct ctx *c, struct request *in, struct reply *out)
{
    return end_tokens(c, in, out, in_path_id(in, "id"));
}
