-- A piece of work is done by the one who has taken it.
UPDATE work_items SET outcome = $3::text, note = $4::text, done_by = $5::bigint, done_at = now()
 WHERE shop_id = $1::bigint AND id = $2::bigint
