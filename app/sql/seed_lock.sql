-- One seeding at a time.
SELECT pg_advisory_xact_lock(7266845)
