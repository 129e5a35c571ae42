-- What came back of an order, what is still out after it, and how it was destroyed; who may be the witness: somebody else than its
-- destroyer, or the same person from the second look on, and one of the two a pharmacist.
SELECT r.return_no, r.packets, r.order_packets - r.packets_upto AS packets_left, r.reason, q.english AS reason_english, r.note,
       u.display_name AS received_by, r.received_at, d.method, m.english AS method_english, d.note AS destruction_note,
       d.destroyed_by AS destroyer_id, b.display_name AS destroyed_by, d.destroyed_at,
       holds_role(r.shop_id, d.destroyed_by, '{pharmacist}') AS destroyed_by_pharmacist,
       d.destroyed_at + make_interval(mins => s.delay_minutes) AS second_look_from,
       w.display_name AS witnessed_by, t.witnessed_at, t.single_person_mode_id IS NOT NULL AS single_person
  FROM order_returns r
  JOIN order_reasons q ON q.use = r.use AND q.code = r.reason
  JOIN users u ON u.shop_id = r.shop_id AND u.id = r.received_by
  LEFT JOIN order_destructions d ON d.shop_id = r.shop_id AND d.order_id = r.order_id AND d.return_no = r.return_no
  LEFT JOIN order_reasons m ON m.use = d.use AND m.code = d.method
  LEFT JOIN users b ON b.shop_id = d.shop_id AND b.id = d.destroyed_by
  LEFT JOIN single_person_modes s ON s.shop_id = r.shop_id AND s.switched_off_at IS NULL
  LEFT JOIN destruction_witnesses t ON t.shop_id = r.shop_id AND t.order_id = r.order_id AND t.return_no = r.return_no
  LEFT JOIN users w ON w.shop_id = t.shop_id AND w.id = t.witnessed_by
 WHERE r.shop_id = $1 AND r.order_id = $2
 ORDER BY r.return_no
