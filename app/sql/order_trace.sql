-- An order back: every lot that went into it (or is set aside for it), what each was made of, and whence all of that came.
SELECT o.id, o.state, p.code AS patient_code, trim(p.family_name || ' ' || p.given_name) AS patient, p.phone,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'lot_id', g.lot_id, 'unit', i.unit, 'herb', coalesce(h.pinyin || ' ' || h.hanzi, i.name), 'sku', i.sku, 'lot_code', l.lot_code,
                   'expires_on', l.expires_on, 'status', l.status, 'quantity', g.quantity, 'booked', g.booked,
                   'supplier', s.name, 'certificate', l.certificate,
                   'receipts', (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('receipt_id', r.id, 'invoice', r.invoice,
                                                          'supplier', q.name, 'received_at', r.received_at)), '[]')
                                  FROM stock_moves m JOIN receipts r ON r.shop_id = $1 AND r.id = m.receipt_id
                                  JOIN suppliers q ON q.shop_id = $1 AND q.id = r.supplier_id
                                 WHERE m.shop_id = $1 AND m.lot_id IN (SELECT lot_id FROM lot_ancestors($1, ARRAY[g.lot_id]))),
                   'made_of', (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', a.id, 'lot_code', a.lot_code, 'sku', t.sku,
                                                         'name', t.name, 'supplier', q.name) ORDER BY a.id), '[]')
                                 FROM lot_ancestors($1, ARRAY[g.lot_id]) f
                                 JOIN lots a ON a.shop_id = $1 AND a.id = f.lot_id AND a.id <> g.lot_id
                                 JOIN items t ON t.shop_id = $1 AND t.id = a.item_id
                                 JOIN suppliers q ON q.shop_id = $1 AND q.id = a.supplier_id)) ORDER BY g.line_no, g.lot_id), '[]')
          FROM (SELECT v.line_no, v.lot_id, sum(coalesce(w.weighed, v.quantity))::bigint AS quantity,
                       bool_or(k.order_id IS NOT NULL) AS booked
                  FROM reservations v
                  LEFT JOIN weighings w ON w.shop_id = v.shop_id AND w.order_id = v.order_id AND w.allocation_no = v.allocation_no
                                       AND w.line_no = v.line_no AND w.lot_id = v.lot_id AND w.location_id = v.location_id
                  LEFT JOIN final_checks k ON k.shop_id = v.shop_id AND k.order_id = v.order_id
                 WHERE v.shop_id = $1 AND v.order_id = o.id AND v.allocation_no = o.allocation_no
                 GROUP BY v.line_no, v.lot_id) g
          JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
          JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
          JOIN suppliers s ON s.shop_id = $1 AND s.id = l.supplier_id
          LEFT JOIN herbs h ON h.id = i.herb_id) AS lots
  FROM orders o
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
 WHERE o.shop_id = $1 AND o.id = $2
