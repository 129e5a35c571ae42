-- The packets of an order that were weighed again, every attempt; number 0 is all of it.
SELECT p.packet_no, p.attempt_no, p.planned AS planned_mg, p.weighed AS weighed_mg, p.tolerance_permille, p.within,
       u.display_name AS checked_by, p.checked_at, r.line AS scale_line
  FROM packet_checks p
  JOIN users u ON u.shop_id = p.shop_id AND u.id = p.checked_by
  LEFT JOIN scale_readings r ON r.shop_id = p.shop_id AND r.id = p.reading_id
 WHERE p.shop_id = $1 AND p.order_id = $2
 ORDER BY p.packet_no, p.attempt_no
