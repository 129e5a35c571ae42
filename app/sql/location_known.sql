-- Whether something new may name a place; the item $3, if any, keeps the one it has.
SELECT p.retired_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.id = $3::bigint AND i.home_location_id = p.id) AS retired
  FROM locations p WHERE p.shop_id = $1 AND p.code = $2
