-- Held until the transaction ends: two prints of one order's label get copy numbers one after the other. A list's are taken by number, so
-- that two lists never wait for each other. (The order's own row cannot be locked for this: after hand-over it is out of reach for
-- updates, and a label may still be printed again.)
SELECT count(pg_advisory_xact_lock(hashtextextended($3::text, $1::bigint * 1000003 + i.id)))
  FROM (SELECT id FROM unnest($2::bigint[]) AS u (id) ORDER BY id) i
