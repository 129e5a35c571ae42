-- A new account.
INSERT INTO users (shop_id, username, display_name, registration, password_hash)
VALUES ($1, $2, $3, $4, $5) RETURNING id
