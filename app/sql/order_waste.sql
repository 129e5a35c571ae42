-- An order is wasted: the row, the state, what was reserved and its packets given back. The loss is booked by the next statement of
-- the same transaction.
WITH given_back AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), spoiled AS (
    UPDATE decoction_runs SET ended_by = $3, ended_at = now(), outcome = 'failed', note = 'the order was wasted'
     WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), lost AS (
    INSERT INTO order_wastes (shop_id, order_id, reason, note_needed, note, after_check, wasted_by)
    SELECT $1, $2, code, note_needed, coalesce($5, ''), $6::boolean, $3 FROM order_reasons WHERE use = 'waste' AND code = $4
), moved AS (
    UPDATE orders SET state = 'wasted' WHERE shop_id = $1 AND id = $2
    RETURNING id, prescription_id, version, supply_no, packets
), owed AS (
    UPDATE supplies s SET packets_ordered = s.packets_ordered - m.packets FROM moved m
     WHERE s.shop_id = $1 AND s.prescription_id = m.prescription_id AND s.version = m.version AND s.supply_no = m.supply_no
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'wasted', 'wasted', concat_ws(': ', $4, nullif($5, '')), $3 FROM moved
