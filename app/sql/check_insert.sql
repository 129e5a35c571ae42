-- The final check: its row, the reservations used up, the state. Beyond use is the rule for what was made (schema/0061) or the earliest
-- expiry of what went in, whichever is sooner, with the reason in words. An order the shop decocts stands on its finished run. The booking is the next
-- statement of the same transaction.
WITH used AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL
), moved AS (
    UPDATE orders SET state = 'checked' WHERE shop_id = $1 AND id = $2
    RETURNING id, prescription_id, version, allocation_no, decocts
), checked AS (
    INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, single_person_mode_id, second_look_from,
                              total_weighed, beyond_use_on, beyond_use_because, note, decocts, run_no)
    SELECT $1, m.id, $3, $4, $5::bigint, $8::timestamptz, $6::bigint,
           least(shop_today($1) + b.days, e.expires_on),
           coalesce(CASE WHEN e.expires_on IS NULL OR shop_today($1) + b.days < e.expires_on THEN b.because ELSE e.because END, ''),
           coalesce($7, ''), m.decocts,
           (SELECT r.run_no FROM decoction_runs r WHERE r.shop_id = $1 AND r.order_id = $2 AND r.done)
      FROM moved m
      JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = m.prescription_id AND v.version = m.version
      JOIN shops s ON s.id = $1
      LEFT JOIN LATERAL beyond_use_rule($1, m.id, v.dosage_form, m.decocts, s.label_profile,
                                        order_fact($1, m.id, m.prescription_id, 'packing')) b ON true
      LEFT JOIN LATERAL (
        SELECT l.expires_on, 'earliest ingredient: ' || coalesce(h.pinyin, i.name) || ', lot ' || l.lot_code || ', expires ' || l.expires_on AS because
          FROM weighings w
          JOIN lots l ON l.shop_id = $1 AND l.id = w.lot_id
          JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
          LEFT JOIN herbs h ON h.id = i.herb_id
         WHERE w.shop_id = $1 AND w.order_id = $2 AND w.allocation_no = m.allocation_no AND l.expires_on IS NOT NULL
         ORDER BY l.expires_on, w.line_no LIMIT 1) e ON true
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, id, 'checked', 'checked', coalesce($7, ''), $4 FROM moved
