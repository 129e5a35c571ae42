-- The hand-over, on a screening ($6) as the release: refused by handovers_all_acknowledged while a critical finding lacks its
-- answer or a pharmacist's reading, and finding no row when the patient's profile is no longer the one screened (the share lock
-- keeps it so until commit). From here on the order does not change. Its supply counts it, and the day from which
-- a refill counts.
WITH patient AS (
    SELECT p.id, p.profile_version FROM orders o JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
     WHERE o.shop_id = $1 AND o.id = $2
       FOR SHARE OF p
), handed AS (
    INSERT INTO handovers (shop_id, order_id, prescription_id, version, screening_id, critical_count, handed_by, received_by,
                           counselled)
    SELECT $1, $2, s.prescription_id, s.version, s.id, s.critical_count, $3, $4, $5
      FROM screenings s JOIN patient p ON p.id = s.patient_id AND p.profile_version = s.profile_version
     WHERE s.shop_id = $1 AND s.id = $6
    RETURNING order_id
), moved AS (
    UPDATE orders SET state = 'handed_over' WHERE shop_id = $1 AND id IN (SELECT order_id FROM handed)
    RETURNING id, prescription_id, version, supply_no, packets
), supplied AS (
    UPDATE supplies s SET packets_handed = s.packets_handed + m.packets, handed_over_on = shop_today($1) FROM moved m
     WHERE s.shop_id = $1 AND s.prescription_id = m.prescription_id AND s.version = m.version AND s.supply_no = m.supply_no
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'handed_over', 'handed_over', $4, $3 FROM moved
