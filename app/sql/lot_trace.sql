-- A lot forward and back: what it was made of, what was made of it, whence it came, every order and sale with its patient, the
-- transfers to other shops, and its moves summed by reason. With everything made of it counted in.
WITH family AS (
    SELECT lot_id FROM lot_descendants($1, ARRAY[$2::bigint])
)
SELECT l.id, i.sku, i.name, i.unit, l.lot_code, l.expires_on, l.status, l.status_reason, s.code AS supplier, s.name AS supplier_name,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', a.id, 'lot_code', a.lot_code, 'sku', t.sku, 'name', t.name,
                                                     'supplier', p.name, 'expires_on', a.expires_on) ORDER BY a.id), '[]')
          FROM lot_ancestors($1, ARRAY[$2::bigint]) f
          JOIN lots a ON a.shop_id = $1 AND a.id = f.lot_id AND a.id <> l.id
          JOIN items t ON t.shop_id = $1 AND t.id = a.item_id
          JOIN suppliers p ON p.shop_id = $1 AND p.id = a.supplier_id) AS made_of,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', a.id, 'lot_code', a.lot_code, 'sku', t.sku, 'name', t.name,
                                                     'batch_id', k.batch_id, 'status', a.status) ORDER BY a.id), '[]')
          FROM family f
          JOIN lots a ON a.shop_id = $1 AND a.id = f.lot_id AND a.id <> l.id
          JOIN items t ON t.shop_id = $1 AND t.id = a.item_id
          LEFT JOIN batch_checks k ON k.shop_id = $1 AND k.lot_id = a.id) AS made_into,
       (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('receipt_id', r.id, 'invoice', r.invoice, 'supplier', p.name,
                                                              'received_at', r.received_at)), '[]')
          FROM stock_moves m JOIN receipts r ON r.shop_id = $1 AND r.id = m.receipt_id
          JOIN suppliers p ON p.shop_id = $1 AND p.id = r.supplier_id
         WHERE m.shop_id = $1 AND m.lot_id IN (SELECT lot_id FROM lot_ancestors($1, ARRAY[$2::bigint]))) AS receipts,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('order_id', o.id, 'state', o.state, 'patient_id', p.id, 'patient_code', p.code,
                                                     'patient', trim(p.family_name || ' ' || p.given_name), 'phone', p.phone,
                                                     'quantity', g.quantity, 'lot_id', g.lot_id, 'at', g.at) ORDER BY g.at), '[]')
          FROM (SELECT m.order_id, m.lot_id, sum(m.quantity)::bigint AS quantity, max(m.at) AS at FROM family f
                  JOIN stock_moves m ON m.shop_id = $1 AND m.lot_id = f.lot_id AND m.reason = 'dispensed' AND m.order_id IS NOT NULL
                 GROUP BY m.order_id, m.lot_id) g
          JOIN orders o ON o.shop_id = $1 AND o.id = g.order_id
          JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id) AS orders,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('ticket_id', t.id, 'patient_id', p.id, 'patient', trim(p.family_name || ' '
                                                     || p.given_name), 'phone', p.phone, 'quantity', k.quantity,
                                                     'lot_id', k.lot_id) ORDER BY t.id), '[]')
          FROM family f
          JOIN ticket_lots k ON k.shop_id = $1 AND k.lot_id = f.lot_id
          JOIN tickets t ON t.shop_id = $1 AND t.id = k.ticket_id
          LEFT JOIN patients p ON p.shop_id = $1 AND p.id = t.patient_id) AS sales,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('transfer_id', t.transfer_id, 'to_shop', h.slug, 'quantity', t.quantity,
                                                     'open', t.open_quantity) ORDER BY t.transfer_id), '[]')
          FROM family f JOIN transfer_lines t ON t.shop_id = $1 AND t.lot_id = f.lot_id
          JOIN shop_list() h ON h.id = t.to_shop_id) AS other_shops,
       (SELECT coalesce(jsonb_object_agg(m.reason, m.quantity), '{}')
          FROM (SELECT reason, sum(quantity)::bigint AS quantity FROM stock_moves WHERE shop_id = $1 AND lot_id = l.id
                 GROUP BY reason) m) AS moved,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('location', p.code, 'quantity', b.quantity) ORDER BY p.code), '[]')
          FROM balances b JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
         WHERE b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0) AS lies
  FROM lots l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
 WHERE l.shop_id = $1 AND l.id = $2
