-- The witness of a destruction, with its event. The lots are booked by the next statement.
WITH made AS (
    INSERT INTO destruction_witnesses (shop_id, order_id, return_no, destroyed_by, witnessed_by, single_person_mode_id)
    SELECT $1, d.order_id, d.return_no, d.destroyed_by, $4, $5::bigint
      FROM order_destructions d WHERE d.shop_id = $1 AND d.order_id = $2 AND d.return_no = $3::integer
    RETURNING order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, order_id, 'destruction_witnessed', 'handed_over', '', $4 FROM made
