-- A place of the shop where goods lie. No row when the code is taken.
INSERT INTO locations (shop_id, code, name, kind, restricted) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop_id, code) DO NOTHING RETURNING id
