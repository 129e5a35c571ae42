-- The shop's places.
SELECT id, code, name, kind, internal, restricted FROM locations WHERE shop_id = $1 ORDER BY internal DESC, code
