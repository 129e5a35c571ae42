-- A machine of the shop.
INSERT INTO decoction_machines (shop_id, code, name, capacity_ml, added_by) VALUES ($1, $2, $3, $4::integer, $5) RETURNING id
