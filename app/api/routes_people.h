/* The people's part of routes.h, included there: an administrator keeps the accounts of her shop. Passwords are made by the service and
   shown in one answer, which is not kept: the same Idempotency-Key again answers without the password (api/people.c). */

READ_ROWS("/api/v1/people", &q_people_list, "shop ?username", ROLE_ADMIN,
          "The people of the shop: roles, whether they have a password, their tokens", "account")
READ_ROW("/api/v1/people/:username", &q_people_list, "shop :username.text", ROLE_ADMIN,
         "A person of the shop", "account")
WRITE(POST, "/api/v1/people", post_person, SLOW, ROLE_ADMIN,
      "Add a person; the answer shows the first password, this once", "account_new", "account_password")
WRITE(PUT, "/api/v1/people/:username", put_person, FAST, ROLE_ADMIN,
      "Change name, registration or roles; never one's own roles, never the last administrator's",
      "account_change", "account")
WRITE(POST, "/api/v1/people/:username/password", post_person_password, SLOW, ROLE_ADMIN,
      "Make another's password anew, shown this once; her sessions end", NULL, "account_password")
WRITE(POST, "/api/v1/people/:username/disable", post_person_disable, FAST, ROLE_ADMIN,
      "She may not do anything any more; her sessions end", NULL, "account")
WRITE(POST, "/api/v1/people/:username/enable", post_person_enable, FAST, ROLE_ADMIN,
      "She may again what she might before", NULL, "account")
WRITE(POST, "/api/v1/people/:username/tokens/end", post_person_tokens_end, FAST, ROLE_ADMIN,
      "All her bearer tokens stop working", NULL, "account")
WRITE(POST, "/api/v1/people/:username/tokens/:id/end", post_person_token_end, FAST, ROLE_ADMIN,
      "One of her bearer tokens stops working", NULL, "account")
