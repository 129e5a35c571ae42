-- Purchase orders, newest first: all, one, or those of a state or supplier; with what they hold and what came of it.
SELECT o.id, s.code AS supplier, s.name AS supplier_name, o.state, o.expected_on, o.note, u.display_name AS created_by,
       o.created_at, o.sent_at, o.ended_at,
       (SELECT coalesce(sum(l.cost_cents), 0)::bigint FROM purchase_order_lines l
         WHERE l.shop_id = o.shop_id AND l.purchase_order_id = o.id AND l.quantity > 0) AS cost_cents,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('line_no', l.line_no, 'sku', i.sku, 'name', i.name, 'name_hanzi', i.name_hanzi, 'unit', i.unit,
                                                     'quantity', l.quantity, 'received', l.received_quantity,
                                                     'cost_cents', l.cost_cents) ORDER BY l.line_no), '[]')
          FROM purchase_order_lines l JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
         WHERE l.shop_id = o.shop_id AND l.purchase_order_id = o.id AND l.quantity > 0) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'invoice', r.invoice, 'received_at', r.received_at,
                                                     'undone', r.undone_at IS NOT NULL) ORDER BY r.id), '[]')
          FROM receipts r WHERE r.shop_id = o.shop_id AND r.purchase_order_id = o.id) AS receipts
  FROM purchase_orders o
  JOIN suppliers s ON s.shop_id = o.shop_id AND s.id = o.supplier_id
  LEFT JOIN users u ON u.shop_id = o.shop_id AND u.id = o.created_by
 WHERE o.shop_id = $1 AND ($2::bigint IS NULL OR o.id = $2::bigint) AND ($3::text IS NULL OR o.state = $3)
   AND ($5::text IS NULL OR s.code = $5)
 ORDER BY o.id DESC
 LIMIT least(coalesce($4::bigint, 200), 1000)
