-- The hand-over: from here on the order does not change.
WITH handed AS (
    INSERT INTO handovers (shop_id, order_id, handed_by, received_by, counselled, critical_count)
    SELECT $1, order_id, $3, $4, $5, critical_count FROM releases WHERE shop_id = $1 AND order_id = $2
    RETURNING order_id
), moved AS (
    UPDATE orders SET state = 'handed_over' WHERE shop_id = $1 AND id IN (SELECT order_id FROM handed) RETURNING id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'handed_over', 'handed_over', $4, $3 FROM moved
