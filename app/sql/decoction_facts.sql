-- What a run of an order goes by: whether the shop decocts it, what was weighed, the scheme $3, and the machine with the code $4.
SELECT o.decocts, coalesce(order_weighed($1, o.id, o.allocation_no), 0) AS herbs_mg,
       coalesce(s.id, '') AS scheme_id, s.soak_minutes::bigint AS soak_minutes, s.water_ml_per_100g::bigint AS water_ml_per_100g,
       s.first_boil_minutes::bigint AS first_boil_minutes, s.second_boil_minutes::bigint AS second_boil_minutes,
       coalesce(m.id, 0) AS machine_id, coalesce(m.capacity_ml, 0)::bigint AS capacity_ml, coalesce(b.order_id, 0) AS busy_with,
       EXISTS (SELECT FROM decoction_runs r WHERE r.shop_id = $1 AND r.order_id = o.id AND r.done) AS done
  FROM orders o
  LEFT JOIN decoction_schemes s ON s.id = $3 AND s.retired_at IS NULL
  LEFT JOIN decoction_machines m ON m.shop_id = $1 AND m.code = $4 AND m.retired_at IS NULL
  LEFT JOIN decoction_runs b ON b.shop_id = $1 AND b.machine_id = m.id AND b.ended_at IS NULL
 WHERE o.shop_id = $1 AND o.id = $2
