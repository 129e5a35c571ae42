-- Starts a session of $4 hours.
INSERT INTO sessions (shop_id, token_hash, user_id, expires_at, address, agent)
VALUES ($1, $2, $3, now() + make_interval(hours => $4::int), $5, left($6::text, 200))
