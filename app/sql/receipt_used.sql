-- What of a delivery does not lie where it was put any more, or is set aside for an order: why it cannot be undone.
SELECT i.sku, l.lot_code, p.code AS location, m.quantity, coalesce(b.quantity, 0) AS there, i.unit,
       coalesce((SELECT sum(r.quantity) FROM reservations r WHERE r.shop_id = $1 AND r.lot_id = m.lot_id
                    AND r.location_id = m.to_location_id AND r.ended_at IS NULL AND r.expires_at > now()), 0)::bigint AS reserved
  FROM (SELECT lot_id, to_location_id, sum(quantity)::bigint AS quantity FROM stock_moves
         WHERE shop_id = $1 AND receipt_id = $2 AND reason = 'received' GROUP BY lot_id, to_location_id) m
  JOIN lots l ON l.shop_id = $1 AND l.id = m.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  JOIN locations p ON p.shop_id = $1 AND p.id = m.to_location_id
  LEFT JOIN balances b ON b.shop_id = $1 AND b.lot_id = m.lot_id AND b.location_id = m.to_location_id
 WHERE coalesce(b.quantity, 0)
       - coalesce((SELECT sum(r.quantity) FROM reservations r WHERE r.shop_id = $1 AND r.lot_id = m.lot_id
                      AND r.location_id = m.to_location_id AND r.ended_at IS NULL AND r.expires_at > now()), 0) < m.quantity
 ORDER BY i.sku, l.lot_code
 LIMIT 50
