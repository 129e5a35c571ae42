-- The stored hash of a user's password.
SELECT password_hash FROM users WHERE shop_id = $1 AND id = $2
