-- Adds the use of the settled days that are not added yet, at most a season at a time: nothing is booked of these any more (schema/0069).
-- Beside a day's use stands the sum up to it. What is read begins at the instant where the last time ended; hours that a new time zone
-- counts to a day that is added already go to the next. Two services at once: the second finds the first one's row changed and adds
-- nothing.
WITH zone AS (
    SELECT time_zone AS name FROM shops WHERE id = $1
), span AS (
    SELECT coalesce(d.through + 1, (m.first AT TIME ZONE z.name)::date) AS since, coalesce(d.until_at, m.first) AS since_at,
           shop_settled_day($1) AS until
      FROM zone z
     CROSS JOIN (SELECT min(at) AS first FROM stock_moves WHERE shop_id = $1) m
      LEFT JOIN use_days d ON d.shop_id = $1
), bounded AS (
    SELECT s.since, s.since_at, e.until, (e.until + 1)::timestamp AT TIME ZONE z.name AS until_at
      FROM zone z CROSS JOIN span s CROSS JOIN LATERAL (SELECT least(s.until, s.since + 91) AS until) e
     WHERE s.since <= s.until
), through AS (
    INSERT INTO use_days (shop_id, through, until_at) SELECT $1, until, until_at FROM bounded
    ON CONFLICT (shop_id) DO UPDATE SET through = excluded.through, until_at = excluded.until_at
     WHERE use_days.through = (SELECT since - 1 FROM bounded)
    RETURNING shop_id
), used AS (
    SELECT u.item_id, greatest(u.used_on, b.since) AS used_on, sum(u.quantity)::bigint AS quantity
      FROM bounded b CROSS JOIN ledger_uses($1, b.since_at, b.until_at) u
     WHERE EXISTS (SELECT FROM through)
     GROUP BY 1, 2
), added AS (
    INSERT INTO item_uses (shop_id, item_id, used_on, quantity, total)
    SELECT $1, u.item_id, u.used_on, u.quantity, coalesce(before.total, 0) + sum(u.quantity) OVER (PARTITION BY u.item_id ORDER BY u.used_on)
      FROM used u
      LEFT JOIN LATERAL (SELECT e.total FROM item_uses e WHERE e.shop_id = $1 AND e.item_id = u.item_id
                          ORDER BY e.used_on DESC LIMIT 1) before ON true
    RETURNING item_id
)
SELECT EXISTS (SELECT FROM through) AS done, (SELECT count(*) FROM added) AS uses_added
