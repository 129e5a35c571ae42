-- The end of an order's run, with its event.
WITH ended AS (
    UPDATE decoction_runs SET ended_by = $3, ended_at = now(), outcome = $4::text, bags = $5::integer, bag_ml = $6::integer,
           note = coalesce($7, '')
     WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
    RETURNING order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, CASE $4::text WHEN 'done' THEN 'decocted' ELSE 'decoction_failed' END, o.state,
       CASE $4::text WHEN 'done' THEN $5::integer || ' x ' || $6::integer || ' ml' ELSE coalesce($7, '') END, $3
  FROM ended e JOIN orders o ON o.shop_id = $1 AND o.id = e.order_id
