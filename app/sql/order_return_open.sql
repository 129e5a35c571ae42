-- Returns of an order that are not destroyed and witnessed yet: that one ($3), or all.
SELECT r.return_no::bigint AS return_no, coalesce(d.destroyed_by, 0) AS destroyed_by, u.display_name AS destroyed_name,
       coalesce(m.id, 0) AS mode_id, coalesce(now() >= s.second_look_from, false) AS second_look_due, s.second_look_from
  FROM order_returns r
  LEFT JOIN order_destructions d ON d.shop_id = r.shop_id AND d.order_id = r.order_id AND d.return_no = r.return_no
  LEFT JOIN users u ON u.shop_id = d.shop_id AND u.id = d.destroyed_by
  LEFT JOIN single_person_modes m ON m.shop_id = r.shop_id AND m.switched_off_at IS NULL
 CROSS JOIN LATERAL (SELECT d.destroyed_at + make_interval(mins => m.delay_minutes) AS second_look_from) s
 WHERE r.shop_id = $1 AND r.order_id = $2 AND ($3::integer IS NULL OR r.return_no = $3::integer)
   AND NOT EXISTS (SELECT FROM destruction_witnesses w WHERE w.shop_id = r.shop_id AND w.order_id = r.order_id
                      AND w.return_no = r.return_no)
 ORDER BY r.return_no
