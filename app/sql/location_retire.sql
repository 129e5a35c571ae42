-- Takes a place out of use ($3), or back into it. The places of the ledger itself stay as they are.
UPDATE locations SET retired_at = CASE WHEN $3::boolean THEN coalesce(retired_at, now()) END
 WHERE shop_id = $1 AND id = $2 AND internal AND kind NOT IN ('transit', 'making')
RETURNING code
