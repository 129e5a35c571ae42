-- One lot as its page shows it: what it is, where it lies and what of that is set aside, for which orders, what somebody asked to
-- correct and nobody decided yet, its statuses, newest first, and whence it came. Why it may not be used is said of each place. What
-- an order that is being weighed holds has no `until`: it is held until the order ends.
SELECT l.id, l.item_id, i.sku, i.name, i.name_hanzi, i.unit, i.item_kind, i.preparation, i.herb_id, l.lot_code, l.expires_on,
       l.expiry_precision, l.made_on, l.status, l.status_reason, l.certificate, s.id AS supplier_id, s.code AS supplier, s.name AS supplier_name,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'location_id', p.id, 'location', p.code, 'name', p.name, 'kind', p.kind, 'quantity', b.quantity,
                   'reserved', r.quantity, 'free', greatest(b.quantity - r.quantity, 0),
                   'refusal', lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))))
                   ORDER BY p.code), '[]')
          FROM balances b
          JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
         CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0)::bigint AS quantity FROM reservations
                              WHERE shop_id = b.shop_id AND lot_id = b.lot_id AND location_id = b.location_id
                                AND ended_at IS NULL AND expires_at > now()) r
         WHERE b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0) AS places,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('order_id', r.order_id, 'state', o.state, 'location', p.code,
                                                     'quantity', r.quantity, 'until', nullif(r.expires_at, 'infinity'))
                                  ORDER BY r.order_id), '[]')
          FROM reservations r
          JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
          JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
         WHERE r.shop_id = l.shop_id AND r.lot_id = l.id AND r.ended_at IS NULL AND r.expires_at > now()) AS reservations,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'use', a.use) ORDER BY a.id), '[]')
          FROM adjustments a WHERE a.shop_id = l.shop_id AND a.lot_id = l.id AND a.state = 'asked') AS asked,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', e.status, 'reason', e.reason, 'by', u.display_name, 'at', e.at)
                                  ORDER BY e.id DESC), '[]')
          FROM (SELECT * FROM lot_events WHERE shop_id = l.shop_id AND lot_id = l.id ORDER BY id DESC LIMIT 20) e
          LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.user_id) AS events,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'invoice', r.invoice, 'received_at', r.received_at,
                                                     'purchase_order_id', r.purchase_order_id, 'undone', r.undone_at IS NOT NULL)
                                  ORDER BY r.id), '[]')
          FROM receipts r
         WHERE r.shop_id = l.shop_id
           AND r.id IN (SELECT m.receipt_id FROM stock_moves m
                         WHERE m.shop_id = l.shop_id AND m.lot_id = l.id AND m.receipt_id IS NOT NULL)) AS receipts
  FROM lots l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = l.shop_id AND s.id = l.supplier_id
 WHERE l.shop_id = $1 AND l.id = $2
