-- Orders that are stopped, the longest first: their open holds and questions ($2: of one kind), for whoever can end them. A
-- prescriber finds the questions about what she signed with $3.
SELECT p.order_id, p.stop_no, p.kind, p.state, p.reason, r.english AS reason_english, p.note, u.display_name AS placed_by, p.placed_at,
       a.answered_at, t.code AS patient_code, trim(t.given_name || ' ' || t.family_name) AS patient_name, o.prescription_id, o.version,
       s.display_name AS prescriber_name
  FROM orders o
  JOIN order_stops p ON p.shop_id = o.shop_id AND p.order_id = o.id
  JOIN users u ON u.shop_id = p.shop_id AND u.id = p.placed_by
  JOIN patients t ON t.shop_id = o.shop_id AND t.id = o.patient_id
  JOIN signatures g ON g.shop_id = o.shop_id AND g.prescription_id = o.prescription_id AND g.version = o.version
  JOIN users s ON s.shop_id = g.shop_id AND s.id = g.signed_by
  LEFT JOIN order_reasons r ON r.use = p.use AND r.code = p.reason
  LEFT JOIN query_answers a ON a.shop_id = p.shop_id AND a.order_id = p.order_id AND a.stop_no = p.stop_no
 WHERE o.shop_id = $1 AND o.stopped_state IS NOT NULL AND o.state = o.stopped_state
   AND NOT EXISTS (SELECT FROM order_stop_ends e WHERE e.shop_id = p.shop_id AND e.order_id = p.order_id AND e.stop_no = p.stop_no)
   AND ($2::text IS NULL OR p.kind = $2) AND (NOT coalesce($3::boolean, false) OR g.signed_by = $4::bigint)
 ORDER BY p.placed_at, p.order_id, p.stop_no
