-- Books out what was really weighed, from each drawer to the patient.
SELECT stock_book($1, array_agg(w.lot_id), array_agg(w.location_id), array_agg(p.id), array_agg(w.weighed), 'dispensed', $2,
                  NULL, '', $3) AS moves
  FROM orders o
  JOIN weighings w ON w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no
 CROSS JOIN LATERAL (SELECT id FROM locations WHERE shop_id = $1 AND kind = 'patient' ORDER BY id LIMIT 1) p
 WHERE o.shop_id = $1 AND o.id = $2
