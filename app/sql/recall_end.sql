-- Ends a recall; its lots stay as they are.
UPDATE recalls SET ended_at = now(), ended_by = $3::bigint, ended_note = coalesce($4, '')
 WHERE shop_id = $1 AND id = $2 AND ended_at IS NULL
