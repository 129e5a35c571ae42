-- A stop of an order without an end: that one ($3), or ($3 NULL) the only ones there are, the first first.
SELECT p.stop_no::bigint AS stop_no, p.kind, p.placed_by, a.stop_no IS NOT NULL AS answered, now() >= d.second_look_from AS second_look_due,
       d.second_look_from, coalesce(m.id, 0) AS mode_id, coalesce(r.english, p.note) AS why, u.display_name AS placed_name,
       p.placed_at
  FROM order_stops p
  JOIN users u ON u.shop_id = p.shop_id AND u.id = p.placed_by
  LEFT JOIN order_reasons r ON r.use = p.use AND r.code = p.reason
  LEFT JOIN query_answers a ON a.shop_id = p.shop_id AND a.order_id = p.order_id AND a.stop_no = p.stop_no
  LEFT JOIN single_person_modes m ON m.shop_id = p.shop_id AND m.switched_off_at IS NULL
 CROSS JOIN LATERAL (SELECT p.placed_at + make_interval(mins => m.delay_minutes) AS second_look_from) d
 WHERE p.shop_id = $1 AND p.order_id = $2 AND ($3::integer IS NULL OR p.stop_no = $3::integer)
   AND NOT EXISTS (SELECT FROM order_stop_ends e WHERE e.shop_id = p.shop_id AND e.order_id = p.order_id AND e.stop_no = p.stop_no)
 ORDER BY p.stop_no
