-- The stop, with its event; the order was marked by the statement before. Comes back with its number.
WITH made AS (
    INSERT INTO order_stops (shop_id, order_id, stop_no, kind, state, reason, note, placed_by)
    SELECT $1, o.id, 1 + (SELECT coalesce(max(p.stop_no), 0) FROM order_stops p WHERE p.shop_id = $1 AND p.order_id = $2), $4::text,
           o.state, $5::text, coalesce($6, ''), $3
      FROM orders o WHERE o.shop_id = $1 AND o.id = $2
    RETURNING order_id, stop_no, state, kind
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
    SELECT $1, order_id, CASE kind WHEN 'hold' THEN 'held' ELSE 'queried' END, state, concat_ws(': ', $5::text, nullif($6, '')), $3 FROM made
)
SELECT stop_no::bigint AS stop_no FROM made
