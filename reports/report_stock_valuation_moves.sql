-- From the value at the beginning of the month of day $2 to the value at the end of that day: what came and went, by the ledger's reasons.
-- Of each lot one reason after the other, each is worth what it changes of the lot's rounded value: so opening and changes add up to
-- the closing value to the cent.
-- $3 = kind of item.
WITH days AS (
    SELECT (date_trunc('month', coalesce($2::date, shop_today($1))::timestamp) AT TIME ZONE s.time_zone) AS opening,
           ((coalesce($2::date, shop_today($1)) + 1)::timestamp AT TIME ZONE s.time_zone) AS closing
      FROM shops s WHERE s.id = $1
), moves AS (
    SELECT m.id, m.at, m.lot_id, m.reason, CASE WHEN t.internal THEN m.quantity ELSE 0 END - CASE WHEN f.internal THEN m.quantity ELSE 0 END AS change
      FROM stock_moves m
      JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
      JOIN locations t ON t.shop_id = $1 AND t.id = m.to_location_id
     WHERE m.shop_id = $1 AND m.at >= (SELECT opening FROM days) AND m.at < (SELECT now() + interval '1 day')
       AND f.internal <> t.internal
), held AS (
    SELECT e.lot_id, sum(e.quantity)::bigint AS quantity
      FROM (SELECT b.lot_id, b.quantity
              FROM lots l JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
             WHERE l.shop_id = $1 AND l.in_stock
             UNION ALL
            SELECT lot_id, -change FROM moves) e
     GROUP BY e.lot_id
), valued AS MATERIALIZED (
    SELECT h.lot_id, h.quantity, l.cost_cents, l.cost_quantity
      FROM held h
     CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND id = h.lot_id OFFSET 0) l
     WHERE $3::text IS NULL OR EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.id = l.item_id AND i.item_kind = $3::text)
), changes AS (
    SELECT m.lot_id, m.reason, count(*) AS moves, sum(m.change) AS change
      FROM moves m
     WHERE m.at < (SELECT closing FROM days)
     GROUP BY m.lot_id, m.reason
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
