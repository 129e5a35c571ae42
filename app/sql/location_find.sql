-- A place where goods lie, by its code.
SELECT id, code, name, kind, restricted FROM locations WHERE shop_id = $1 AND code = $2 AND internal
