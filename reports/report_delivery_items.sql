-- What the shop keeps, to look its SKUs up beside a delivery to fill in; $2 is not looked at.
SELECT i.sku, i.name, i.name_hanzi, i.item_kind, CASE i.unit WHEN 'mg' THEN 'by weight' ELSE 'by pieces' END AS kept,
       i.gtin, p.code AS home
  FROM items i
  LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
 WHERE i.shop_id = $1::bigint AND $2::bigint IS NOT DISTINCT FROM $2::bigint
 ORDER BY i.name, i.sku
