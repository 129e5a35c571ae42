-- The shop's places, with $3 also those out of use, or one of them; with $4 also which items belong in each.
SELECT p.id, p.code, p.name, p.kind, p.internal, p.restricted, p.retired_at, b.items AS belongs
  FROM locations p
  LEFT JOIN (SELECT home_location_id,
                    jsonb_agg(jsonb_build_object('id', id, 'sku', sku, 'name', name, 'name_hanzi', name_hanzi) ORDER BY name, id) AS items
               FROM items WHERE shop_id = $1 AND $4::boolean AND retired_at IS NULL
              GROUP BY home_location_id) b ON b.home_location_id = p.id
 WHERE p.shop_id = $1 AND ($2::bigint IS NULL OR p.id = $2::bigint)
   AND ($2::bigint IS NOT NULL OR $3::boolean OR p.retired_at IS NULL)
 ORDER BY p.internal DESC, p.code
