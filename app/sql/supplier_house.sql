-- The shop itself as the supplier of what it makes.
INSERT INTO suppliers (shop_id, code, name) SELECT $1, 'HOUSE', name FROM shops WHERE id = $1
    ON CONFLICT (shop_id, code) DO NOTHING
