-- The import that a key made, and whether the same person asked for the same; `idle`: nobody has read on for a minute.
SELECT id, state, kind = $3 AND checksum = $4 AND settings = jsonb_object($5::text[], $6::text[])
                  AND made_by IS NOT DISTINCT FROM $7::bigint AS same,
       touched_at < now() - interval '1 minute' AS idle
  FROM imports WHERE shop_id = $1::bigint AND request_key = $2
