-- Returns that wait to be destroyed or witnessed, the longest first; with who may be the witness, as order_returns has it.
SELECT r.order_id, r.return_no, r.packets, r.reason, q.english AS reason_english, r.note, r.received_at, u.display_name AS received_by,
       d.method, e.english AS method_english, d.note AS destruction_note, d.destroyed_by AS destroyer_id,
       b.display_name AS destroyed_by, d.destroyed_at, holds_role(r.shop_id, d.destroyed_by, '{pharmacist}') AS destroyed_by_pharmacist,
       d.destroyed_at + make_interval(mins => s.delay_minutes) AS second_look_from,
       p.code AS patient_code, trim(p.given_name || ' ' || p.family_name) AS patient_name
  FROM order_returns r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN order_reasons q ON q.use = r.use AND q.code = r.reason
  JOIN users u ON u.shop_id = r.shop_id AND u.id = r.received_by
  LEFT JOIN order_destructions d ON d.shop_id = r.shop_id AND d.order_id = r.order_id AND d.return_no = r.return_no
  LEFT JOIN order_reasons e ON e.use = d.use AND e.code = d.method
  LEFT JOIN users b ON b.shop_id = d.shop_id AND b.id = d.destroyed_by
  LEFT JOIN single_person_modes s ON s.shop_id = r.shop_id AND s.switched_off_at IS NULL
 WHERE r.shop_id = $1
   AND NOT EXISTS (SELECT FROM destruction_witnesses w WHERE w.shop_id = r.shop_id AND w.order_id = r.order_id
                      AND w.return_no = r.return_no)
 ORDER BY r.received_at, r.order_id, r.return_no
