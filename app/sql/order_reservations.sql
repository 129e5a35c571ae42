-- What is set aside for an order, line by line, what of it was weighed, what lies there now, and why
-- the lot may not be used any more, if so, and whether it still has to be looked at.
SELECT r.line_no, r.lot_id, r.location_id, r.quantity AS planned, coalesce(w.weighed, 0) AS weighed,
       r.expires_at <= now() AS ran_out, a.tolerance_permille::bigint AS tolerance_permille,
       n.herb, n.unit = 'each' AS counted, l.lot_code, b.quantity AS there,
       coalesce(lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), a.course_ends_on), '') AS refusal,
       a.identity_rule <> 'choice' AND i.lot_id IS NULL AS unidentified
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  JOIN reservations r ON r.shop_id = a.shop_id AND r.order_id = a.order_id AND r.allocation_no = a.allocation_no
  JOIN order_line_names n ON n.shop_id = r.shop_id AND n.order_id = r.order_id AND n.line_no = r.line_no
  JOIN lots l ON l.shop_id = r.shop_id AND l.id = r.lot_id
  JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
  LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                       AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
  LEFT JOIN identity_checks i ON i.shop_id = r.shop_id AND i.order_id = r.order_id AND i.allocation_no = r.allocation_no
                             AND i.line_no = r.line_no AND i.lot_id = r.lot_id AND i.location_id = r.location_id
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY r.line_no, l.expires_on NULLS LAST, r.lot_id, r.location_id
