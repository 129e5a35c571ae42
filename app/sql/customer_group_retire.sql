-- Takes a group of customers out of use ($3), or back into it.
UPDATE customer_groups SET retired_at = CASE WHEN $3::boolean THEN coalesce(retired_at, now()) END WHERE shop_id = $1 AND customer_group = $2
