-- The screening an order stands on: that of its hand-over, else the latest of its version.
SELECT s.id, s.version, screening_is_current(s.shop_id, s.id) AS stands, s.critical_count,
       (SELECT count(*) FROM answers a WHERE a.shop_id = s.shop_id AND a.screening_id = s.id) AS answered_count,
       (SELECT count(*) FROM acknowledgements k WHERE k.shop_id = s.shop_id AND k.screening_id = s.id) AS acknowledged_count,
       u.display_name AS made_by, s.made_at
  FROM orders o
  JOIN screenings s ON s.shop_id = o.shop_id
                   AND s.id = coalesce((SELECT h.screening_id FROM handovers h WHERE h.shop_id = o.shop_id AND h.order_id = o.id),
                                       (SELECT max(l.id) FROM screenings l
                                         WHERE l.shop_id = o.shop_id AND l.prescription_id = o.prescription_id
                                           AND l.version = o.version))
  LEFT JOIN users u ON u.shop_id = s.shop_id AND u.id = s.made_by
 WHERE o.shop_id = $1 AND o.id = $2
