-- Ends a user's bearer tokens: one, or all with $3 NULL.
UPDATE api_tokens SET revoked_at = now()
 WHERE shop_id = $1 AND user_id = $2 AND revoked_at IS NULL AND ($3::bigint IS NULL OR id = $3)
