-- The shop's places, or one of them.
SELECT id, code, name, kind, internal, restricted FROM locations
 WHERE shop_id = $1 AND ($2::bigint IS NULL OR id = $2::bigint)
 ORDER BY internal DESC, code
