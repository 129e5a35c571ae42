-- The picking list of an order, drawer by drawer as one walks: which lot of what, how much, what lies there, until when it is good, who
-- looked whether it is the right one, what was weighed, which weight outside the band a second person accepted last, and why the lot may
-- not be used any more, if so.
SELECT p.code AS location, p.name AS location_name, r.line_no, n.herb_id, n.pinyin, n.hanzi, n.unit, nullif(t.preparation, '') AS preparation, t.sku,
       l.lot_code, lot_own_code(l.id) AS own_code, r.lot_id, r.location_id, l.expires_on, r.quantity AS planned_mg, b.quantity AS there_mg,
       a.identity_rule, i.how AS identified_how, u.display_name AS identified_by, i.checked_at AS identified_at,
       w.weighed AS weighed_mg, w.gross_mg, w.tare_mg, a.tolerance_permille, r.expires_at <= now() AS ran_out,
       lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), a.course_ends_on) AS refusal,
       v.weighed AS approved_mg, v.approved_by_id, v.approved_by
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  JOIN reservations r ON r.shop_id = a.shop_id AND r.order_id = a.order_id AND r.allocation_no = a.allocation_no
  JOIN order_line_names n ON n.shop_id = r.shop_id AND n.order_id = r.order_id AND n.line_no = r.line_no
  JOIN items t ON t.shop_id = n.shop_id AND t.id = n.item_id
  JOIN lots l ON l.shop_id = r.shop_id AND l.id = r.lot_id
  JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
  LEFT JOIN identity_checks i ON i.shop_id = r.shop_id AND i.order_id = r.order_id AND i.allocation_no = r.allocation_no
                             AND i.line_no = r.line_no AND i.lot_id = r.lot_id AND i.location_id = r.location_id
  LEFT JOIN users u ON u.shop_id = i.shop_id AND u.id = i.checked_by
  LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                       AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
  LEFT JOIN LATERAL (SELECT y.weighed, y.approved_by AS approved_by_id, z.display_name AS approved_by
                       FROM weighing_approvals y JOIN users z ON z.shop_id = y.shop_id AND z.id = y.approved_by
                      WHERE y.shop_id = r.shop_id AND y.order_id = r.order_id AND y.allocation_no = r.allocation_no
                        AND y.line_no = r.line_no AND y.lot_id = r.lot_id AND y.location_id = r.location_id
                      ORDER BY y.approved_at DESC LIMIT 1) v ON true
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY p.code, r.line_no, l.expires_on NULLS LAST, r.lot_id
