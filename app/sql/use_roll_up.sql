-- Adds the use of the days that are over and not added yet, at most a season at a time. A day counts as over when the next one is
-- too: then no transaction that began on it is still open. Two services at once: the second finds the first one's row changed
-- and adds nothing.
WITH span AS (
    SELECT coalesce((SELECT through + 1 FROM use_days WHERE shop_id = $1),
                    (SELECT ((SELECT min(m.at) FROM stock_moves m WHERE m.shop_id = $1) AT TIME ZONE s.time_zone)::date
                       FROM shops s WHERE s.id = $1)) AS since, shop_today($1) - 2 AS until
), bounded AS (
    SELECT since, least(until, since + 91) AS until FROM span WHERE since <= until
), through AS (
    INSERT INTO use_days (shop_id, through) SELECT $1, until FROM bounded
    ON CONFLICT (shop_id) DO UPDATE SET through = excluded.through
     WHERE use_days.through = (SELECT since - 1 FROM bounded)
    RETURNING shop_id
), added AS (
    INSERT INTO item_uses (shop_id, item_id, used_on, quantity)
    SELECT $1, u.item_id, u.used_on, u.quantity
      FROM bounded b CROSS JOIN ledger_uses($1, b.since, b.until) u
     WHERE EXISTS (SELECT FROM through)
    RETURNING item_id
)
SELECT EXISTS (SELECT FROM through) AS done, (SELECT count(*) FROM added) AS uses_added
