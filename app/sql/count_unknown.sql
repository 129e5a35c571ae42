-- Which of the places and SKUs that were named the shop does not have, and which places it does not use.
SELECT 'places' AS field, n AS name, p.id IS NOT NULL AS retired
  FROM unnest($2::text[]) n
  LEFT JOIN locations p ON p.shop_id = $1 AND p.code = n AND p.internal
 WHERE p.id IS NULL OR p.retired_at IS NOT NULL
UNION ALL
SELECT 'skus', n, false FROM unnest($3::text[]) n WHERE NOT EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.sku = n)
