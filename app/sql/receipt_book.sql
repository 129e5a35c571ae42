-- The moves of a delivery: from the supplier to each line's place.
SELECT stock_book($1, array_agg(l.id), array_agg(o.id), array_agg(n.location_id), array_agg(n.quantity), 'received', NULL, $2,
                  '', $3::bigint) AS moves
  FROM receipts r
 CROSS JOIN unnest($4::bigint[], $5::text[], $6::bigint[], $7::bigint[]) n (item_id, lot_code, location_id, quantity)
  JOIN lots l ON l.shop_id = $1 AND l.item_id = n.item_id AND l.supplier_id = r.supplier_id AND l.lot_code = n.lot_code
 CROSS JOIN LATERAL (SELECT id FROM locations WHERE shop_id = $1 AND kind = 'supplier' ORDER BY id LIMIT 1) o
 WHERE r.shop_id = $1 AND r.id = $2
