-- What somebody at the counter means: an item by SKU or GTIN ($2: as scanned or typed; $3: 14 digits), a lot by its code, or by
-- item and lot code together ($4), or by the shop's own code on its label. `refusal` is why the lot may not be sold. One row per meaning. OFFSET 0: the
-- lots of the code first, then their items, whatever a kept plan thinks of $3.
SELECT i.id AS item_id, 0::bigint AS lot_id, i.sku, i.name, i.unit, '' AS refusal
  FROM items i
 WHERE i.shop_id = $1 AND $4::text IS NULL AND (i.sku = upper($2) OR i.sku = $2 OR lpad(i.gtin, 14, '0') = $3::text)
UNION ALL
SELECT i.id, l.id, i.sku, i.name, i.unit, coalesce(lot_refusal(l.status, l.expires_on, shop_today($1), shop_today($1)), '')
  FROM (SELECT * FROM lots WHERE shop_id = $1 AND lot_code_key = (SELECT lower(coalesce($4::text, $2))) OFFSET 0) l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 WHERE ($3::text IS NULL OR lpad(i.gtin, 14, '0') = $3::text)
UNION ALL
SELECT i.id, l.id, i.sku, i.name, i.unit, coalesce(lot_refusal(l.status, l.expires_on, shop_today($1), shop_today($1)), '')
  FROM (SELECT * FROM lots WHERE shop_id = $1 AND id = lot_of_own_code($2) OFFSET 0) l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 WHERE $4::text IS NULL
 ORDER BY lot_id, item_id
