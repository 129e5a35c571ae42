-- Returns that wait to be destroyed or witnessed, the longest first.
SELECT r.order_id, r.return_no, r.packets, r.reason, q.english AS reason_english, r.note, r.received_at, u.display_name AS received_by,
       b.display_name AS destroyed_by, d.destroyed_at, p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name
  FROM order_returns r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN order_reasons q ON q.use = r.use AND q.code = r.reason
  JOIN users u ON u.shop_id = r.shop_id AND u.id = r.received_by
  LEFT JOIN order_destructions d ON d.shop_id = r.shop_id AND d.order_id = r.order_id AND d.return_no = r.return_no
  LEFT JOIN users b ON b.shop_id = d.shop_id AND b.id = d.destroyed_by
 WHERE r.shop_id = $1
   AND NOT EXISTS (SELECT FROM destruction_witnesses w WHERE w.shop_id = r.shop_id AND w.order_id = r.order_id
                      AND w.return_no = r.return_no)
 ORDER BY r.received_at, r.order_id
