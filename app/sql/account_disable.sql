-- From now on the account may do nothing; it stays, because records name it.
UPDATE users SET disabled_at = now() WHERE shop_id = $1 AND username = $2 AND disabled_at IS NULL
