-- How far the reading is.
UPDATE imports SET rows_done = $3, touched_at = now() WHERE shop_id = $1::bigint AND id = $2
