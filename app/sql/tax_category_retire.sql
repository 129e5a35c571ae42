-- Takes a tax category out of use ($3), or back into it.
UPDATE tax_categories SET retired_at = CASE WHEN $3::boolean THEN coalesce(retired_at, now()) END WHERE shop_id = $1 AND tax_category = $2
