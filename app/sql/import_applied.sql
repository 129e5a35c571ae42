-- All of it is done. The unique index lets the same file through once.
UPDATE imports SET state = 'applied', applied_at = now(), applied_by = $3::bigint, touched_at = now()
 WHERE shop_id = $1::bigint AND id = $2 AND state = 'ready'
