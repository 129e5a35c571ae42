-- Takes a key for this request. A concurrent claim of the same key makes this wait for the other's transaction: when that
-- commits, nothing is inserted here and its answer is found by idempotency_find; when it rolls back, this one has the key.
INSERT INTO idempotency_keys (shop_id, key, user_id, operation, body_hash)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (shop_id, key) DO NOTHING
