-- From the value at the beginning of the month of day $2 to the value at the end of that day: what came and went, by the ledger's reasons.
-- Of each lot one reason after the other, each is worth what it changes of the lot's rounded value: so opening and changes add up to
-- the closing value to the cent.
-- What the month before closed with, and what this one changed up to some of its days, is kept (schema/0053, 0073): `opened` and
-- `kept`, the latter nearest to the end of that day, from where the moves in between are added or taken back. What is not kept is
-- read from the ledger, and without an opening reckoned back from the balances of now. $3 = kind of item.
WITH days AS (
    SELECT (date_trunc('month', coalesce($2::date, shop_today($1))::timestamp) AT TIME ZONE s.time_zone) AS opening,
           ((coalesce($2::date, shop_today($1)) + 1)::timestamp AT TIME ZONE s.time_zone) AS closing
      FROM shops s WHERE s.id = $1
), opened AS (
    SELECT m.month FROM days d JOIN stock_months m ON m.shop_id = $1 AND m.closed AND m.until_at = d.opening LIMIT 1
), kept AS (
    SELECT k.month, k.part, k.at, CASE WHEN k.at <= d.closing THEN 1 ELSE -1 END AS sign
      FROM days d
      JOIN stock_months m ON m.shop_id = $1 AND m.began_at = d.opening AND m.began_at < m.until_at
     CROSS JOIN LATERAL (
            SELECT NULL::date AS month, NULL::timestamptz AS part, m.began_at AS at
             UNION ALL SELECT NULL, p.until_at, p.until_at FROM month_parts p WHERE p.shop_id = $1 AND p.month = m.month
             UNION ALL SELECT m.month, NULL, m.until_at) k
     WHERE EXISTS (SELECT FROM opened)
     ORDER BY abs(extract(epoch FROM k.at - d.closing)), k.at LIMIT 1
), span AS (
    SELECT CASE WHEN o.month IS NULL THEN d.opening ELSE least(coalesce(k.at, d.opening), d.closing) END AS since,
           CASE WHEN o.month IS NULL THEN now() + interval '1 day' ELSE greatest(coalesce(k.at, d.opening), d.closing) END AS until,
           CASE WHEN o.month IS NULL THEN d.closing ELSE 'infinity' END AS counted, coalesce(k.sign, 1) AS sign
      FROM days d LEFT JOIN opened o ON true LEFT JOIN kept k ON true
), moves AS MATERIALIZED (
    SELECT m.lot_id, m.reason, m.counts, (SELECT sign FROM span) * sum(m.moves)::bigint AS moves,
           (SELECT sign FROM span) * sum(CASE WHEN t.internal THEN m.quantity ELSE -m.quantity END)::bigint AS change
      FROM (SELECT lot_id, from_location_id, to_location_id, reason, at < (SELECT counted FROM span) AS counts, count(*) AS moves,
                   sum(quantity)::bigint AS quantity
              FROM stock_moves
             WHERE shop_id = $1 AND at >= (SELECT since FROM span) AND at < (SELECT until FROM span)
             GROUP BY 1, 2, 3, 4, 5
            OFFSET 0) m
      JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
      JOIN locations t ON t.shop_id = $1 AND t.id = m.to_location_id
     WHERE f.internal <> t.internal
     GROUP BY 1, 2, 3
), changes AS MATERIALIZED (
    SELECT c.lot_id, c.reason, sum(c.moves)::bigint AS moves, sum(c.change)::bigint AS change
      FROM (SELECT lot_id, reason, moves, change FROM moves WHERE counts
             UNION ALL
            SELECT lot_id, reason, moves, change FROM lot_months WHERE shop_id = $1 AND month = (SELECT month FROM kept)
             UNION ALL
            SELECT lot_id, reason, moves, change FROM lot_month_parts WHERE shop_id = $1 AND until_at = (SELECT part FROM kept)) c
     GROUP BY c.lot_id, c.reason HAVING sum(c.moves) > 0
), held AS (
    SELECT e.lot_id, sum(e.quantity)::bigint AS quantity
      FROM (SELECT lot_id, quantity FROM lot_closings WHERE shop_id = $1 AND month = (SELECT month FROM opened)
             UNION ALL
            SELECT b.lot_id, b.quantity
              FROM lots l
             CROSS JOIN LATERAL (SELECT lot_id, quantity FROM balances
                                  WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
             WHERE l.shop_id = $1 AND l.in_stock AND NOT EXISTS (SELECT FROM opened)
             UNION ALL
            SELECT lot_id, -change FROM moves WHERE NOT EXISTS (SELECT FROM opened)
             UNION ALL
            SELECT lot_id, 0 FROM changes) e
     GROUP BY e.lot_id
), valued AS MATERIALIZED (
    SELECT h.lot_id, h.quantity, l.cost_cents, l.cost_quantity
      FROM held h
     CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND id = h.lot_id OFFSET 0) l
     WHERE $3::text IS NULL OR EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.id = l.item_id AND i.item_kind = $3::text)
), steps AS (
    SELECT c.reason, c.moves, c.change, v.cost_cents, v.cost_quantity,
           v.quantity + sum(c.change) OVER (PARTITION BY c.lot_id ORDER BY c.reason) AS after
      FROM changes c
      JOIN valued v ON v.lot_id = c.lot_id
), sums AS (
    SELECT 1 AS n, 'opening' AS what, NULL::bigint AS moves, coalesce(sum(round(quantity::numeric * cost_cents / cost_quantity)), 0) AS cents
      FROM valued
    UNION ALL
    SELECT 2, reason, sum(moves)::bigint, sum(round(after::numeric * cost_cents / cost_quantity)
                                    - round((after - change)::numeric * cost_cents / cost_quantity))
      FROM steps GROUP BY reason
)
SELECT what, moves, cents::bigint AS cost_cents
  FROM (SELECT * FROM sums UNION ALL SELECT 3, 'closing', NULL, sum(cents) FROM sums) all_of
 ORDER BY n, what
