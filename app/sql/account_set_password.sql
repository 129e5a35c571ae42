-- Sets the hash of a new password.
UPDATE users SET password_hash = $3 WHERE shop_id = $1 AND username = $2
