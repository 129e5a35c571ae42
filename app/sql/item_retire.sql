-- Takes an item out of use ($3), or back into it. What is left of it can be sold.
UPDATE items SET retired_at = CASE WHEN $3::boolean THEN coalesce(retired_at, now()) END, version = version + 1
 WHERE shop_id = $1 AND id = $2
RETURNING sku AS code
