-- The prescriber's answer to a query, with its event.
WITH said AS (
    INSERT INTO query_answers (shop_id, order_id, stop_no, asked_by, verdict, answer, answered_by, single_person_mode_id)
    SELECT $1, p.order_id, p.stop_no, p.placed_by, $5::text, $6, $4, $7::bigint
      FROM order_stops p WHERE p.shop_id = $1 AND p.order_id = $2 AND p.stop_no = $3::integer
    RETURNING order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, 'query_answered', o.state, $5::text || ': ' || $6, $4 FROM said s JOIN orders o ON o.shop_id = $1 AND o.id = s.order_id
