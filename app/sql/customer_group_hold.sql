-- Holds a group of customers while it is looked who uses it: a price rule that names it waits, or is waited for and then seen.
SELECT customer_group AS code FROM customer_groups WHERE shop_id = $1 AND customer_group = $2 FOR UPDATE
