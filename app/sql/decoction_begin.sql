-- A run for an order, begun $11 minutes ago, with its event. The order's row is locked.
WITH made AS (
    INSERT INTO decoction_runs (shop_id, order_id, run_no, scheme_id, machine_id, capacity_ml, herbs_mg, soak_minutes, water_ml,
                                first_boil_minutes, second_boil_minutes, started_by, started_at)
    SELECT $1, $2, 1 + (SELECT coalesce(max(r.run_no), 0) FROM decoction_runs r WHERE r.shop_id = $1 AND r.order_id = $2), $4::text,
           m.id, m.capacity_ml, $6, $7::integer, $8::integer, $9::integer, $10::integer, $3, now() - make_interval(mins => $11::integer)
      FROM decoction_machines m WHERE m.shop_id = $1 AND m.id = $5
    RETURNING order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, 'decoction_begun', o.state, $4::text || ', ' || $8::integer || ' ml', $3 FROM made m JOIN orders o ON o.shop_id = $1 AND o.id = m.order_id
