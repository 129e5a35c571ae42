-- Signs out. What ended stays, so that it can be seen later.
UPDATE sessions SET ended_at = now() WHERE shop_id = $1 AND token_hash = $2 AND ended_at IS NULL
