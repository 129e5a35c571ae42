-- The order's new state with its event. The row is locked already.
WITH moved AS (
    UPDATE orders SET state = $3 WHERE shop_id = $1 AND id = $2 RETURNING id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, $3, $3, coalesce($5, ''), $4 FROM moved
