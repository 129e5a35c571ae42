-- Ends an order and gives back what was reserved.
WITH given_back AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), moved AS (
    UPDATE orders SET state = 'cancelled' WHERE shop_id = $1 AND id = $2 RETURNING id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'cancelled', 'cancelled', $4, $3 FROM moved
