-- An import whose reader was lost is read again from the start: by one, because the second finds it touched.
UPDATE imports SET touched_at = now(), rows_done = 0
 WHERE shop_id = $1::bigint AND id = $2 AND state = 'checking' AND touched_at < now() - interval '1 minute'
