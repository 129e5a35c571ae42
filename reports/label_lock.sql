-- Held until the transaction ends: two prints of one order's label get copy numbers one after the other. (The order's own row
-- cannot be locked for this: after hand-over it is out of reach for updates, and a label may still be printed again.)
SELECT pg_advisory_xact_lock(hashtextextended($3::text, $1::bigint * 1000003 + $2::bigint))
