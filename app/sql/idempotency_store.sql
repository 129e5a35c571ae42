-- Keeps the answer in the transaction of the change.
UPDATE idempotency_keys SET status = $3, answer = $4, location = $5::text WHERE shop_id = $1 AND key = $2
