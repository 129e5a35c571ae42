-- The system may not ask any more; the next request with its key is refused.
UPDATE cds_clients SET disabled_at = now() WHERE shop_id = $1 AND id = $2 AND disabled_at IS NULL
