-- Keeps the answer in the transaction of the change.
UPDATE idempotency_keys SET status = $3, answer = $4 WHERE shop_id = $1 AND key = $2
