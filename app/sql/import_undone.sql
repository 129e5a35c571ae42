-- All of it was taken back.
UPDATE imports SET state = 'undone', undone_at = now(), undone_by = $3::bigint, touched_at = now()
 WHERE shop_id = $1::bigint AND id = $2 AND state = 'applied'
