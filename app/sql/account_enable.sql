-- The account may be used again, with the password and the tokens it had.
UPDATE users SET disabled_at = NULL WHERE shop_id = $1 AND username = $2 AND disabled_at IS NOT NULL
