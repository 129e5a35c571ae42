-- A place of the shop where goods lie.
INSERT INTO locations (shop_id, code, name, kind, restricted) VALUES ($1, $2, $3, $4, $5) RETURNING id
