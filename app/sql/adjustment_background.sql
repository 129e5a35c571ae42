-- What stands behind a correction: whether the reason is one for that use and needs a note, the shop's limit, the single-person
-- mode in force, whether the order is the shop's, and how much of the lot it handed out and did not get back (what waits for a decision
-- counted as back).
SELECT r.code IS NOT NULL AS reason_known, coalesce(r.note_needed, false) AS note_needed,
       s.second_person_above_cents AS limit_cents,
       coalesce((SELECT m.id FROM single_person_modes m WHERE m.shop_id = $1 AND m.switched_off_at IS NULL), 0) AS mode_id,
       EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.id = $5::bigint) AS order_known,
       coalesce((SELECT sum(CASE m.reason WHEN 'dispensed' THEN m.quantity ELSE 0 END) FROM stock_moves m
                  WHERE m.shop_id = $1 AND m.order_id = $5::bigint AND m.lot_id = $4), 0)::bigint
       - coalesce((SELECT sum(a.quantity) FROM adjustments a WHERE a.shop_id = $1 AND a.order_id = $5::bigint AND a.lot_id = $4
                      AND a.use = 'customer_return' AND a.state <> 'refused'), 0)::bigint AS handed_out
  FROM shops s
  LEFT JOIN stock_reasons r ON r.use = $2 AND r.code = $3
 WHERE s.id = $1
