-- A group of customers, new or with another name.
INSERT INTO customer_groups (shop_id, customer_group, name) VALUES ($1, $2, $3)
ON CONFLICT (shop_id, customer_group) DO UPDATE SET name = excluded.name
