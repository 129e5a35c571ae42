-- The last decoction run of an order, if it was ever in a pot.
SELECT m.code AS machine, coalesce(r.outcome, '') AS outcome
  FROM decoction_runs r
  JOIN decoction_machines m ON m.shop_id = r.shop_id AND m.id = r.machine_id
 WHERE r.shop_id = $1 AND r.order_id = $2
 ORDER BY r.run_no DESC
 LIMIT 1
