-- Returns of an order are counted up, and so are taken in, destroyed and witnessed one after another, until the end of the transaction.
-- An advisory lock, because an order that was handed over cannot be updated, and so not be locked by its row. Two orders whose numbers
-- meet in the hash wait for each other for nothing.
SELECT pg_advisory_xact_lock(7266846, hashint8($1::bigint))
