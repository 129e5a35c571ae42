-- One migrator at a time; the lock goes with the session.
SELECT pg_advisory_lock(7266843)
