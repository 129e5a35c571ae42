-- Items of which what may still be used is at or below the re-order quantity, the emptiest first.
WITH stock AS (
    SELECT l.item_id, sum(b.quantity) AS quantity
      FROM lots l
      JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id AND p.kind <> 'quarantine'
     WHERE l.shop_id = $1 AND l.in_stock AND lot_usable(l.status, l.expires_on, shop_today($1))
     GROUP BY l.item_id
)
SELECT i.name, i.name_hanzi, i.sku, i.item_kind,
       CASE WHEN coalesce(s.quantity, 0) = 0 THEN 'none left' ELSE 'low' END AS state,
       CASE i.unit WHEN 'mg' THEN coalesce(s.quantity, 0)::bigint END AS usable_mg,
       CASE i.unit WHEN 'mg' THEN i.reorder_quantity END AS reorder_mg,
       CASE i.unit WHEN 'each' THEN coalesce(s.quantity, 0)::bigint END AS usable_pieces,
       CASE i.unit WHEN 'each' THEN i.reorder_quantity END AS reorder_pieces,
       last.supplier, last.lead_time_days
  FROM items i
  LEFT JOIN stock s ON s.item_id = i.id
  LEFT JOIN LATERAL (
        SELECT p.name AS supplier, p.lead_time_days FROM lots l JOIN suppliers p ON p.shop_id = $1 AND p.id = l.supplier_id
         WHERE l.shop_id = $1 AND l.item_id = i.id ORDER BY l.received_at DESC, l.id DESC LIMIT 1) last ON true
 WHERE i.shop_id = $1 AND i.reorder_quantity IS NOT NULL AND coalesce(s.quantity, 0) <= i.reorder_quantity
 ORDER BY coalesce(s.quantity, 0)::numeric / greatest(i.reorder_quantity, 1), i.name COLLATE "und-x-icu"
