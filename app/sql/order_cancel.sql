-- Ends an order and gives back what was reserved, and its packets to its supply.
WITH given_back AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), moved AS (
    UPDATE orders SET state = 'cancelled' WHERE shop_id = $1 AND id = $2
    RETURNING id, prescription_id, version, supply_no, packets
), owed AS (
    UPDATE supplies s SET packets_ordered = s.packets_ordered - m.packets FROM moved m
     WHERE s.shop_id = $1 AND s.prescription_id = m.prescription_id AND s.version = m.version AND s.supply_no = m.supply_no
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'cancelled', 'cancelled', $4, $3 FROM moved
