-- Whether something new may name a group of customers. The lock waits for whoever takes it out of use just now, and holds her off until
-- what is new stands.
SELECT retired_at IS NOT NULL AS retired FROM customer_groups WHERE shop_id = $1 AND customer_group = $2 FOR KEY SHARE
