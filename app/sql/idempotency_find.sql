-- The answer a key was given.
SELECT user_id, operation, body_hash, status, answer, location FROM idempotency_keys WHERE shop_id = $1 AND key = $2
