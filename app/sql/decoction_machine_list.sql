-- The shop's machines ($2: one of them) and the order each is busy with.
SELECT m.id, m.code, m.name, m.capacity_ml, r.order_id AS busy_with, r.started_at AS busy_since, m.retired_at
  FROM decoction_machines m
  LEFT JOIN decoction_runs r ON r.shop_id = m.shop_id AND r.machine_id = m.id AND r.ended_at IS NULL
 WHERE m.shop_id = $1 AND ($2::bigint IS NULL OR m.id = $2::bigint)
 ORDER BY m.retired_at IS NOT NULL, m.code
