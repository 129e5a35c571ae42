-- Deliveries, newest first: all, one, or those of a supplier; with their lines.
SELECT r.id, s.code AS supplier, s.name AS supplier_name, r.invoice, r.received_at, u.display_name AS received_by,
       r.purchase_order_id, r.undone_at, v.display_name AS undone_by,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', l.id, 'sku', i.sku, 'name', i.name, 'name_hanzi', i.name_hanzi, 'unit', i.unit,
                                                     'lot_code', l.lot_code, 'expires_on', l.expires_on, 'status', l.status,
                                                     'location', p.code, 'quantity', m.quantity) ORDER BY m.id), '[]')
          FROM (SELECT * FROM stock_moves m WHERE m.shop_id = r.shop_id AND m.receipt_id = r.id
                   AND m.reason IN ('received', 'arrived') ORDER BY m.id LIMIT 1000) m
          JOIN lots l ON l.shop_id = m.shop_id AND l.id = m.lot_id
          JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
          JOIN locations p ON p.shop_id = m.shop_id AND p.id = m.to_location_id) AS lines
  FROM receipts r
  JOIN suppliers s ON s.shop_id = r.shop_id AND s.id = r.supplier_id
  LEFT JOIN users u ON u.shop_id = r.shop_id AND u.id = r.received_by
  LEFT JOIN users v ON v.shop_id = r.shop_id AND v.id = r.undone_by
 WHERE r.shop_id = $1 AND ($2::bigint IS NULL OR r.id = $2::bigint) AND ($3::text IS NULL OR s.code = $3)
 ORDER BY r.id DESC
 LIMIT least(coalesce($4::bigint, 100), 1000)
