-- The holds of an order and the questions to its prescriber, with answers and ends.
SELECT p.stop_no, p.kind, p.state, p.reason, r.english AS reason_english, p.note, u.display_name AS placed_by, p.placed_at,
       a.verdict, a.answer, w.display_name AS answered_by, a.answered_at, a.single_person_mode_id IS NOT NULL AS single_person,
       e.ended_at, k.display_name AS ended_by, e.note AS ended_note, e.taken_back
  FROM order_stops p
  JOIN users u ON u.shop_id = p.shop_id AND u.id = p.placed_by
  LEFT JOIN order_reasons r ON r.use = p.use AND r.code = p.reason
  LEFT JOIN query_answers a ON a.shop_id = p.shop_id AND a.order_id = p.order_id AND a.stop_no = p.stop_no
  LEFT JOIN users w ON w.shop_id = a.shop_id AND w.id = a.answered_by
  LEFT JOIN order_stop_ends e ON e.shop_id = p.shop_id AND e.order_id = p.order_id AND e.stop_no = p.stop_no
  LEFT JOIN users k ON k.shop_id = e.shop_id AND k.id = e.ended_by
 WHERE p.shop_id = $1 AND p.order_id = $2
 ORDER BY p.stop_no
