-- A lot forward and back: what it was made of, what was made of it, whence all of that came with its papers, every order and sale with
-- its patient, the orders that wait with it, the transfers to other shops, where it lies, and its moves summed by reason. With
-- everything made of it counted in; a sale to nobody known by name has no patient.
WITH family AS (
    SELECT a.id, a.lot_code, a.status, a.expires_on, t.sku, t.name, t.name_hanzi, t.unit
      FROM lot_descendants($1, ARRAY[$2::bigint]) f
      JOIN lots a ON a.shop_id = $1 AND a.id = f.lot_id
      JOIN items t ON t.shop_id = $1 AND t.id = a.item_id
), ancestors AS (
    SELECT lot_id FROM lot_ancestors($1, ARRAY[$2::bigint])
), deliveries AS (
    SELECT DISTINCT m.receipt_id, m.lot_id
      FROM stock_moves m
     WHERE m.shop_id = $1 AND m.lot_id IN (SELECT lot_id FROM ancestors) AND m.receipt_id IS NOT NULL
)
SELECT l.id, l.item_id, i.sku, i.name, i.name_hanzi, i.unit, l.lot_code, l.expires_on, l.expiry_precision, l.made_on, l.status, l.status_reason,
       l.certificate, s.code AS supplier, s.name AS supplier_name,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', a.id, 'lot_code', a.lot_code, 'sku', t.sku, 'name', t.name,
                                                     'name_hanzi', t.name_hanzi, 'supplier', p.name, 'expires_on', a.expires_on,
                                                     'status', a.status) ORDER BY a.id), '[]')
          FROM ancestors f
          JOIN lots a ON a.shop_id = $1 AND a.id = f.lot_id AND a.id <> l.id
          JOIN items t ON t.shop_id = $1 AND t.id = a.item_id
          JOIN suppliers p ON p.shop_id = $1 AND p.id = a.supplier_id) AS made_of,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', f.id, 'lot_code', f.lot_code, 'sku', f.sku, 'name', f.name,
                                                     'name_hanzi', f.name_hanzi, 'batch_id', k.batch_id, 'status', f.status,
                                                     'expires_on', f.expires_on) ORDER BY f.id), '[]')
          FROM family f
          LEFT JOIN batch_checks k ON k.shop_id = $1 AND k.lot_id = f.id
         WHERE f.id <> l.id) AS made_into,
       (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('receipt_id', r.id, 'invoice', r.invoice, 'supplier', p.name,
                                                              'received_at', r.received_at, 'received_by', u.display_name,
                                                              'purchase_order_id', r.purchase_order_id)), '[]')
          FROM deliveries d
          JOIN receipts r ON r.shop_id = $1 AND r.id = d.receipt_id
          JOIN suppliers p ON p.shop_id = $1 AND p.id = r.supplier_id
          LEFT JOIN users u ON u.shop_id = $1 AND u.id = r.received_by) AS receipts,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'file_name', a.file_name, 'sha256', a.sha256,
                                                     'lot_id', a.lot_id, 'receipt_id', a.receipt_id) ORDER BY a.kind, a.id), '[]')
          FROM (SELECT id, kind, file_name, sha256, lot_id, receipt_id FROM attachments
                 WHERE shop_id = $1 AND lot_id IN (SELECT lot_id FROM ancestors)
                 UNION ALL
                SELECT id, kind, file_name, sha256, lot_id, receipt_id FROM attachments
                 WHERE shop_id = $1 AND receipt_id IN (SELECT receipt_id FROM deliveries)) a) AS papers,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('order_id', o.id, 'state', o.state, 'patient_id', p.id, 'patient_code', p.code,
                                                     'patient', trim(p.family_name || ' ' || p.given_name), 'phone', p.phone,
                                                     'quantity', g.quantity, 'unit', g.unit, 'lot_id', g.id, 'lot_code', g.lot_code,
                                                     'at', g.at) ORDER BY g.at), '[]')
          FROM (SELECT m.order_id, f.id, f.lot_code, f.unit, sum(m.quantity)::bigint AS quantity, max(m.at) AS at FROM family f
                  JOIN stock_moves m ON m.shop_id = $1 AND m.lot_id = f.id AND m.reason = 'dispensed' AND m.order_id IS NOT NULL
                 GROUP BY m.order_id, f.id, f.lot_code, f.unit) g
          JOIN orders o ON o.shop_id = $1 AND o.id = g.order_id
          JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id) AS orders,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('order_id', o.id, 'state', o.state, 'patient_id', p.id, 'patient_code', p.code,
                                                     'patient', trim(p.family_name || ' ' || p.given_name), 'phone', p.phone,
                                                     'quantity', g.quantity, 'unit', g.unit, 'lot_id', g.id, 'lot_code', g.lot_code)
                                  ORDER BY o.id), '[]')
          FROM (SELECT v.order_id, v.allocation_no, f.id, f.lot_code, f.unit, sum(v.quantity)::bigint AS quantity FROM family f
                  JOIN reservations v ON v.shop_id = $1 AND v.lot_id = f.id
                 GROUP BY v.order_id, v.allocation_no, f.id, f.lot_code, f.unit) g
          JOIN orders o ON o.shop_id = $1 AND o.id = g.order_id AND o.allocation_no = g.allocation_no
                       AND o.state IN ('allocated', 'released', 'weighed')
          JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id) AS waiting,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('ticket_id', t.id, 'patient_id', p.id, 'patient_code', p.code,
                                                     'patient', trim(p.family_name || ' ' || p.given_name), 'phone', p.phone,
                                                     'quantity', k.quantity, 'unit', f.unit, 'lot_id', k.lot_id,
                                                     'lot_code', f.lot_code, 'at', m.at) ORDER BY t.id), '[]')
          FROM family f
          JOIN ticket_lots k ON k.shop_id = $1 AND k.lot_id = f.id
          JOIN tickets t ON t.shop_id = $1 AND t.id = k.ticket_id
          LEFT JOIN stock_moves m ON m.shop_id = $1 AND m.id = k.move_id
          LEFT JOIN patients p ON p.shop_id = $1 AND p.id = t.patient_id) AS sales,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('transfer_id', t.transfer_id, 'to_shop', h.slug, 'quantity', t.quantity,
                                                     'open', t.open_quantity, 'unit', f.unit, 'lot_code', f.lot_code)
                                  ORDER BY t.transfer_id), '[]')
          FROM family f JOIN transfer_lines t ON t.shop_id = $1 AND t.lot_id = f.id
          JOIN shop_list() h ON h.id = t.to_shop_id) AS other_shops,
       (SELECT coalesce(jsonb_object_agg(m.reason, m.quantity), '{}')
          FROM (SELECT reason, sum(quantity)::bigint AS quantity FROM stock_moves WHERE shop_id = $1 AND lot_id = l.id
                 GROUP BY reason) m) AS moved,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('location', p.code, 'quantity', b.quantity, 'unit', f.unit, 'lot_id', f.id,
                                                     'lot_code', f.lot_code) ORDER BY f.id, p.code), '[]')
          FROM family f
          JOIN balances b ON b.shop_id = $1 AND b.lot_id = f.id AND b.internal AND b.quantity > 0
          JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id) AS lies,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'mock', r.mock, 'reason', r.reason, 'started_at', r.started_at,
                                                     'ended_at', r.ended_at) ORDER BY r.id DESC), '[]')
          FROM recall_lots k JOIN recalls r ON r.shop_id = $1 AND r.id = k.recall_id
         WHERE k.shop_id = $1 AND k.lot_id = l.id) AS recalls
  FROM lots l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
 WHERE l.shop_id = $1 AND l.id = $2
