-- A scale of the bench. No row when a scale in use has that code.
INSERT INTO scales (shop_id, code, name, uri, protocol, unit, asks, capacity_mg, minimum_mg, resolution_mg, added_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bigint, $9::bigint, $10::bigint, $11)
ON CONFLICT (shop_id, code) WHERE removed_at IS NULL DO NOTHING
RETURNING id
