-- A price rule ends; what was sold by it stays as it was.
UPDATE price_rules SET ended_at = now(), ended_by = $3::bigint WHERE shop_id = $1 AND id = $2 AND ended_at IS NULL
