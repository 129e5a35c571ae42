-- The decoction runs of an order.
SELECT r.run_no, r.scheme_id, s.english AS scheme, m.code AS machine, r.herbs_mg, r.soak_minutes, r.water_ml, r.first_boil_minutes,
       r.second_boil_minutes, u.display_name AS started_by, r.started_at, e.display_name AS ended_by, r.ended_at, r.outcome, r.bags,
       r.bag_ml, r.note
  FROM decoction_runs r
  JOIN decoction_schemes s ON s.id = r.scheme_id
  JOIN decoction_machines m ON m.shop_id = r.shop_id AND m.id = r.machine_id
  JOIN users u ON u.shop_id = r.shop_id AND u.id = r.started_by
  LEFT JOIN users e ON e.shop_id = r.shop_id AND e.id = r.ended_by
 WHERE r.shop_id = $1 AND r.order_id = $2
 ORDER BY r.run_no
