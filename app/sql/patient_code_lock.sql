-- New patients of a shop get their codes one after another: held until the end of the transaction.
SELECT pg_advisory_xact_lock(7266845, hashint8($1::bigint))
