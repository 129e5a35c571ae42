-- The shop's groups of customers: one ($2), or all, those out of use too ($3).
SELECT customer_group, name, retired_at FROM customer_groups
 WHERE shop_id = $1 AND ($2::text IS NULL OR customer_group = $2) AND ($2::text IS NOT NULL OR $3::boolean OR retired_at IS NULL)
 ORDER BY retired_at IS NOT NULL, customer_group
