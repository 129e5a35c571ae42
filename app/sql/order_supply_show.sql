-- The supply an order is taken from: which it is, how much of it is ordered and owed, and how many refills are left;
-- the next is due counted from the hand-over of the last, so its day is not known before that.
SELECT s.supply_no, s.packets, s.packets_ordered, CASE WHEN s.ended_at IS NULL THEN s.packets - s.packets_ordered ELSE 0 END AS packets_owed,
       s.opened_on, s.refills, s.refills - n.last AS refills_left, s.interval_days, n.next_due_on, s.packets_handed, s.handed_over_on,
       s.early_reason, s.early_note, e.display_name AS early_by, s.ended_reason, s.ended_note, d.display_name AS ended_by, s.ended_at
  FROM orders o
  JOIN supplies s ON s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id AND s.version = o.version
                 AND s.supply_no = o.supply_no
  CROSS JOIN LATERAL (SELECT x.supply_no AS last,
                             CASE WHEN x.packets_handed = x.packets_ordered
                                       AND (x.packets_ordered = x.packets OR x.ended_at IS NOT NULL) THEN coalesce(x.handed_over_on, x.opened_on)
                                                                                 + x.interval_days END AS next_due_on
                        FROM supplies x
                       WHERE x.shop_id = s.shop_id AND x.prescription_id = s.prescription_id AND x.version = s.version
                       ORDER BY x.supply_no DESC LIMIT 1) n
  LEFT JOIN users e ON e.shop_id = s.shop_id AND e.id = s.early_by
  LEFT JOIN users d ON d.shop_id = s.shop_id AND d.id = s.ended_by
 WHERE o.shop_id = $1 AND o.id = $2
