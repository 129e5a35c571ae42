-- A bearer token of a user.
INSERT INTO api_tokens (shop_id, user_id, name, token_hash)
SELECT shop_id, id, $3, $4 FROM users WHERE shop_id = $1 AND username = $2
