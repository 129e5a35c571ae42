-- A fee is charged no more.
UPDATE fees SET ended_at = now(), ended_by = $3::bigint WHERE shop_id = $1 AND id = $2 AND ended_at IS NULL
