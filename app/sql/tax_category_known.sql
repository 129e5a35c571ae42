-- Whether something new may name a tax category; the item $3, if any, keeps the one it has. The lock waits for whoever takes it out of
-- use just now, and holds her off until what is new stands.
SELECT x.retired_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM items i WHERE i.shop_id = $1 AND i.id = $3::bigint AND i.tax_category = $2) AS retired
  FROM tax_categories x WHERE x.shop_id = $1 AND x.tax_category = $2 FOR KEY SHARE OF x
