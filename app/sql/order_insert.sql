-- The order with its lines and its first event, counted in its supply ($10), of which it takes $11 packets: the supply is opened with
-- it ($13; $12 and $18 are the days the one before was opened and handed over, $14 and $15 why earlier than due), or its count raised. Taken up again from nothing,
-- the last supply begins on this day. $16: the wasted order it replaces; $17: the shop decocts it, also when its form does not say
-- so. A line without a herb is a ready-made product that goes along, which an event names.
WITH made AS (
    INSERT INTO orders (shop_id, prescription_id, version, patient_id, created_by, supply_no, packets, replaces_id, decocts)
    SELECT $1, $2, $3::integer, p.patient_id, $4, $10::integer, $11::integer, $16::bigint, $17::boolean OR d.decocted IS NOT DISTINCT FROM 'shop'
      FROM prescriptions p
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = p.id AND v.version = $3::integer
      JOIN dosage_forms d ON d.id = v.dosage_form
     WHERE p.shop_id = $1 AND p.id = $2
    RETURNING id
), opened AS (
    INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, interval_days, packets_ordered, opened_on,
                          previous_opened_on, previous_handed_on, early_reason, early_note, early_by)
    SELECT $1, $2, v.version, $10::integer, v.packets, v.refills, v.refill_interval_days, $11::integer, shop_today($1), $12::date,
           $18::date, $14::text, coalesce($15, ''), CASE WHEN $14::text IS NOT NULL THEN $4::bigint END
      FROM prescription_versions v
     WHERE v.shop_id = $1 AND v.prescription_id = $2 AND v.version = $3::integer AND $13::boolean
), raised AS (
    UPDATE supplies s
       SET packets_ordered = s.packets_ordered + $11::integer,
           opened_on = CASE WHEN s.packets_ordered = 0 AND NOT EXISTS (
                                     SELECT FROM supplies n WHERE n.shop_id = s.shop_id AND n.prescription_id = s.prescription_id
                                        AND n.version = s.version AND n.supply_no = s.supply_no + 1)
                            THEN shop_today($1) ELSE s.opened_on END
     WHERE s.shop_id = $1 AND s.prescription_id = $2 AND s.version = $3::integer AND s.supply_no = $10::integer
       AND NOT $13::boolean
), lines AS (
    INSERT INTO order_lines (shop_id, order_id, line_no, herb_id, item_id, crude_mg, quantity)
    SELECT $1, m.id, l.line_no, nullif(l.herb_id, ''), l.item_id, l.crude_mg, l.quantity
      FROM made m CROSS JOIN unnest($5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[])
           l (line_no, herb_id, item_id, crude_mg, quantity)
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
    SELECT $1, id, 'entered', 'entered', CASE WHEN $16::bigint IS NOT NULL THEN 'in place of order ' || $16::bigint ELSE '' END, $4
      FROM made
), shelf AS (
    INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
    SELECT $1, m.id, 'goes_along', 'entered', string_agg(t.name || ' × ' || l.quantity, ', ' ORDER BY l.line_no), $4
      FROM made m
     CROSS JOIN unnest($5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[]) l (line_no, herb_id, item_id, crude_mg, quantity)
      JOIN items t ON t.shop_id = $1 AND t.id = l.item_id AND t.item_kind = 'product'
     GROUP BY m.id
)
SELECT id FROM made
