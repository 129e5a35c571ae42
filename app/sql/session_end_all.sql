-- Signs a user out everywhere.
UPDATE sessions SET ended_at = now()
 WHERE shop_id = $1 AND ended_at IS NULL
   AND user_id = (SELECT id FROM users WHERE shop_id = $1 AND username = $2)
