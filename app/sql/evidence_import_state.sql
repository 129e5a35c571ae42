-- How far an import is, and of what kind.
SELECT state, kind FROM imports WHERE shop_id = $1::bigint AND id = $2::bigint
