/* Every route of the service, one row each: included several times with the macros below defined, so that the table, the
   handlers' declarations and the tests see the same list. To add a route: a row here, a function (or a statement) in
   api/<noun>.c (app/sql/<name>.sql), its test.

   READ_ROW ( path, query, from, roles, summary, answer )   data: one row as an object, 404 when none
   READ_ROWS( path, query, from, roles, summary, answer )   data: {"rows":[…]}
   CALL     ( method, path, function, lane, roles, summary, body, answer )   a handler that changes nothing lasting
   WRITE    ( method, path, function, lane, roles, summary, body, answer )   a handler that changes state: the wrapper
            asks for Idempotency-Key and runs handler and key in one transaction

   from: the statement's parameters in order, separated by spaces: "shop" "user" (of who asks), ":id" (path, whole number),
   ":name.text" (path), "?q" (query text, NULL when absent), "?limit.int", "?on.date", "?all.bool".
   roles: ROLE_ bits joined by |, ROLE_ANY (signed in) or ROLE_PUBLIC. lane: NONE (no database), FAST, SLOW.
   body, answer: names of schemas in api/schemas.h, or NULL. */

/* health */
CALL(GET, "/healthz", get_healthz, NONE, ROLE_PUBLIC, "Whether the process answers", NULL, "health")
CALL(GET, "/readyz", get_readyz, FAST, ROLE_PUBLIC, "Whether the database and the rule book can be used", NULL, "ready")
CALL(GET, "/metrics", get_metrics, NONE, ROLE_PUBLIC, "Figures for Prometheus", NULL, NULL)
CALL(GET, "/api/v1/openapi.json", get_openapi, NONE, ROLE_PUBLIC, "This document", NULL, NULL)
