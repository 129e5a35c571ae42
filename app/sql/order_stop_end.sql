-- A stop's end, with its event. The order goes on by the next statement, when no other stop is left.
WITH done AS (
    INSERT INTO order_stop_ends (shop_id, order_id, stop_no, kind, placed_by, taken_back, note, ended_by)
    SELECT $1, p.order_id, p.stop_no, p.kind, p.placed_by, $5::boolean, coalesce($6, ''), $4
      FROM order_stops p WHERE p.shop_id = $1 AND p.order_id = $2 AND p.stop_no = $3::integer
    RETURNING order_id, kind
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, CASE d.kind WHEN 'hold' THEN 'hold_lifted' ELSE 'query_closed' END, o.state, coalesce($6, ''), $4
  FROM done d JOIN orders o ON o.shop_id = $1 AND o.id = d.order_id
