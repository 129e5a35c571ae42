-- The run of an order that has not ended, and for how many more minutes it goes.
SELECT run_no::bigint AS run_no, water_ml::bigint AS water_ml,
       greatest(soak_minutes + first_boil_minutes + second_boil_minutes - floor(extract(epoch FROM now() - started_at) / 60), 0)::bigint AS minutes_left
  FROM decoction_runs WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
