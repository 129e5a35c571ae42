-- The first rows of a delivery to fill in: what is still to come of purchase order $2; without one there are none.
SELECT i.sku, i.name, i.gtin, NULL AS lot_code, NULL::date AS expires_on, NULL::date AS made_on,
       CASE i.unit WHEN 'mg' THEN l.quantity - l.received_quantity END AS quantity_mg, NULL AS unit,
       CASE i.unit WHEN 'each' THEN l.quantity - l.received_quantity END AS pieces,
       CASE l.received_quantity WHEN 0 THEN l.cost_cents END AS cost_cents, NULL AS location, NULL AS certificate
  FROM purchase_order_lines l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 WHERE l.shop_id = $1::bigint AND l.purchase_order_id = $2::bigint AND l.quantity > l.received_quantity
 ORDER BY l.line_no
