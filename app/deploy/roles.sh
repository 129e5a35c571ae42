#!/bin/sh
# Makes the three roles and the database on a PostgreSQL of yours, once, as its superuser: psql finds the server by the
# usual PG* variables. docker-compose.yml runs it when its database is new.
#
#   YAOFANG_OWNER_PASSWORD=… YAOFANG_APP_PASSWORD=… app/deploy/roles.sh
#
# yaofang_owner owns the tables and runs migrate and seed; yaofang_app is the service; yaofang_read reads, within a shop.
set -eu
: "${YAOFANG_OWNER_PASSWORD:?}" "${YAOFANG_APP_PASSWORD:?}"
export PGUSER="${POSTGRES_USER:-${PGUSER:-postgres}}"

psql -v ON_ERROR_STOP=1 -q -d postgres <<'END'
\getenv owner_password YAOFANG_OWNER_PASSWORD
\getenv app_password YAOFANG_APP_PASSWORD
CREATE ROLE yaofang_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE yaofang_app LOGIN PASSWORD :'app_password';
CREATE ROLE yaofang_read NOLOGIN;
GRANT yaofang_app, yaofang_read TO yaofang_owner;
CREATE DATABASE yaofang OWNER yaofang_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
END
