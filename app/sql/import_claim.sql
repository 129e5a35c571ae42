-- A new import, unless its key was used before: then no row. Two that come at once meet at the unique key.
INSERT INTO imports (shop_id, kind, file_name, checksum, request_key, settings, made_by)
VALUES ($1, $2, $3, $4, $5, jsonb_object($6::text[], $7::text[]), $8::bigint)
ON CONFLICT (shop_id, request_key) DO NOTHING
RETURNING id
