SELECT pg_advisory_unlock(7266843)
