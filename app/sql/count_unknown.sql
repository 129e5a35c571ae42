-- Which of the places and SKUs that were named the shop does not have.
SELECT 'places' AS field, n AS name FROM unnest($2::text[]) n
 WHERE NOT EXISTS (SELECT FROM locations p WHERE p.shop_id = $1 AND p.code = n AND p.internal)
UNION ALL
SELECT 'skus', n FROM unnest($3::text[]) n WHERE NOT EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.sku = n)
