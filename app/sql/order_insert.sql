-- The order with its lines and its first event.
WITH made AS (
    INSERT INTO orders (shop_id, prescription_id, version, patient_id, created_by)
    SELECT $1, $2, $3::integer, patient_id, $4 FROM prescriptions WHERE shop_id = $1 AND id = $2
    RETURNING id
), lines AS (
    INSERT INTO order_lines (shop_id, order_id, line_no, herb_id, item_id, crude_mg, quantity)
    SELECT $1, m.id, l.line_no, l.herb_id, l.item_id, l.crude_mg, l.quantity
      FROM made m CROSS JOIN unnest($5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[])
           l (line_no, herb_id, item_id, crude_mg, quantity)
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, user_id) SELECT $1, id, 'entered', 'entered', $4 FROM made
)
SELECT id FROM made
