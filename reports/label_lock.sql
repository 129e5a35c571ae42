-- Held until the transaction ends: two prints of one paper ($3: of what, and which kind) get copy numbers one after the other. A list's
-- are taken by number, so that two lists never wait for each other. (What it is of cannot be locked for this: an order that was handed
-- over is out of reach for updates, and a label may still be printed again.)
SELECT count(pg_advisory_xact_lock(hashtextextended($3::text, $1::bigint * 1000003 + i.id)))
  FROM (SELECT id FROM unnest($2::bigint[]) AS u (id) ORDER BY id) i
