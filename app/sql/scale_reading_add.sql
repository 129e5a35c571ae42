-- What a scale said, as it said it.
INSERT INTO scale_readings (shop_id, scale_id, weight_mg, rounded, line, read_by)
VALUES ($1, $2, $3::bigint, $4, $5, $6) RETURNING id, read_at
