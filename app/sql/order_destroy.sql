-- A return is destroyed, with its event; it counts once it is witnessed.
WITH made AS (
    INSERT INTO order_destructions (shop_id, order_id, return_no, method, note_needed, note, destroyed_by)
    SELECT $1, $2, $3::integer, code, note_needed, coalesce($6, ''), $4 FROM order_reasons WHERE use = 'destroy' AND code = $5
    RETURNING order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, order_id, 'destroyed', 'handed_over', concat_ws(': ', $5::text, nullif($6, '')), $4 FROM made
