-- What this moment sees: a rule book read from now on holds everything visible in it.
SELECT pg_current_snapshot()::text AS seen
