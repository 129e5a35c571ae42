-- Uses a token up: no row when it was used before. Two that come at once meet at the primary key.
INSERT INTO cds_tokens (shop_id, client_id, token_id, expires_at)
VALUES ($1, $2, $3, to_timestamp($4::bigint))
ON CONFLICT DO NOTHING
