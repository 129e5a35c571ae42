-- Somebody takes a piece of work, over from another if it must be.
UPDATE work_items SET taken_by = $3::bigint, taken_at = now() WHERE shop_id = $1::bigint AND id = $2::bigint
