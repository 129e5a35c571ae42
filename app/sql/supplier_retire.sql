-- Takes a supplier out of use ($3), or back into it.
UPDATE suppliers SET retired_at = CASE WHEN $3::boolean THEN coalesce(retired_at, now()) END
 WHERE shop_id = $1 AND id = $2
RETURNING code
