-- The shop's groups of customers.
SELECT customer_group, name FROM customer_groups WHERE shop_id = $1 AND ($2::text IS NULL OR customer_group = $2) ORDER BY customer_group
