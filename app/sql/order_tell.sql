-- An event of an order that does not move its state.
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, $4, o.state, coalesce($5, ''), $3 FROM orders o WHERE o.shop_id = $1 AND o.id = $2
