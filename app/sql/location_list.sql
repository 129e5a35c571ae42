-- The shop's places, with $3 also those out of use, or one of them.
SELECT id, code, name, kind, internal, restricted, retired_at FROM locations
 WHERE shop_id = $1 AND ($2::bigint IS NULL OR id = $2::bigint)
   AND ($2::bigint IS NOT NULL OR $3::boolean OR retired_at IS NULL)
 ORDER BY internal DESC, code
