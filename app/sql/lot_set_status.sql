-- A lot's status with its reason, kept as an event too. The row lock makes it wait for an allocation that is choosing lots.
WITH changed AS (
    UPDATE lots SET status = $3, status_reason = $4 WHERE shop_id = $1 AND id = $2 RETURNING id
)
INSERT INTO lot_events (shop_id, lot_id, status, reason, user_id)
SELECT $1, id, $3, $4, $5::bigint FROM changed
