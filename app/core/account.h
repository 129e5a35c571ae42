/* People's and machines' accounts: who may sign in, with what, as which roles. Tokens and passwords are stored as hashes only;
   how a token is hashed is the caller's (base/secret.h). */
#ifndef YAOFANG_CORE_ACCOUNT_H
#define YAOFANG_CORE_ACCOUNT_H

#include "base/ctx.h"
#include "base/date.h"

enum { SESSION_HOURS = 12 };

/* Fills c->who from a stored token. ST_UNKNOWN_USER when it is unknown, ended, run out, or its user disabled. A session says when the
   password is one that another administrator had made (password_to_change): her owner may then only choose her own. A bearer token
   never says it: it was made by whoever has the machine, not with that password, the administrator never saw it, and what runs with
   it (a till, a scale) must not stop because a person forgot her password. Whoever wants it ended has account_end_tokens. */
enum status account_by_session(struct ctx *c, const char *token_hash) MUST_CHECK;
enum status account_by_token(struct ctx *c, const char *token_hash) MUST_CHECK;

struct sign_in {
    const char *username;
    const char *shop; /* slug; NULL when the name alone says it */
    const char *password;
    const char *token_hash; /* of the new session */
    const char *address;    /* of the client, kept with the session; may be NULL */
    const char *agent;
};

/* Checks the password (about 55 ms: slow lane), starts a session and fills c->who. ST_UNKNOWN_USER, without saying which part
   was wrong; ST_INVALID naming `shop` when several shops know the name. */
enum status account_sign_in(struct ctx *c, const struct sign_in *in) MUST_CHECK;
enum status account_sign_out(struct ctx *c, const char *token_hash) MUST_CHECK;

/* The shop with that slug into c->who.shop_id; with NULL, the only shop there is. ST_NOT_FOUND, naming those there are. */
enum status account_choose_shop(struct ctx *c, const char *slug) MUST_CHECK;

struct account {
    const char *username;
    const char *display_name;
    const char *registration; /* licence number, printed where the law wants it; may be NULL */
    const char *password;     /* NULL: cannot sign in with a password */
    unsigned roles;
};

/* Makes an account in c->who's shop. ST_CONFLICT when the name is taken. */
enum status account_create(struct ctx *c, const struct account *account, int64_t *id) MUST_CHECK;

/* ST_DENIED when it is not the password of who asks. */
enum status account_password_is(struct ctx *c, const char *password) MUST_CHECK;

/* Sets a new password and ends all of the user's sessions. Whoever sets another's is kept with it until she chooses her own, and what
   she signs in with meanwhile says password_to_change. Set by whoever has the machine (no user acts) it is taken as hers. */
enum status account_set_password(struct ctx *c, const char *username, const char *password) MUST_CHECK;

/* What may change of a person. A text that is NULL stays as it is; registration "none" takes it away. */
struct account_change {
    const char *username; /* who is meant; it stays for ever, because records name it */
    const char *display_name;
    const char *registration;
    bool roles_given;
    unsigned roles; /* all she holds from now on */
};

/* The changes of another's account. Each gives her id, so that a caller who remembers what she may do can forget it, is ST_NOT_FOUND
   for nobody's name, and is written into the audit trail with who did it. Two laws bind them: the shop keeps an administrator who
   can sign in with a password, and nobody changes her own roles (schema/0075 holds both again). */

/* ST_DENIED for one's own roles, ST_CONFLICT when the last administrator would lose that role. */
enum status account_change(struct ctx *c, const struct account_change *change, int64_t *id) MUST_CHECK;

/* The user may not do anything any more; sessions end for ever, tokens rest until she is enabled again. ST_CONFLICT for the last
   administrator, or when it is so already. */
enum status account_disable(struct ctx *c, const char *username, int64_t *id) MUST_CHECK;
enum status account_enable(struct ctx *c, const char *username, int64_t *id) MUST_CHECK;

/* Ends one bearer token of hers, or with 0 all she has. ST_NOT_FOUND when that is none. */
enum status account_end_tokens(struct ctx *c, const char *username, int64_t token_id, int64_t *id) MUST_CHECK;

/* Stores a machine's bearer token, `name` saying what it is for. */
enum status account_add_token(struct ctx *c, const char *username, const char *name,
                              const char *token_hash) MUST_CHECK;

struct account_row {
    const char *username;
    const char *display_name;
    const char *registration; /* "" for none */
    const char *roles;        /* separated by ';' */
    bool disabled;
    bool has_password;
    int tokens;
};

/* The shop's accounts by name. */
enum status account_list(struct ctx *c, struct account_row **rows, size_t *n) MUST_CHECK;

#endif
