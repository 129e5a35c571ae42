-- Somebody looked at a picked lot: it is the one meant.
INSERT INTO identity_checks (shop_id, order_id, allocation_no, line_no, lot_id, location_id, identity_rule, picker_id, how, code,
                             checked_by, single_person_mode_id)
SELECT k.shop_id, k.order_id, k.allocation_no, $3::integer, $4, $5, k.identity_rule, k.picker_id, $6, $7, $8, $9::bigint
  FROM orders o
  JOIN order_picks k ON k.shop_id = o.shop_id AND k.order_id = o.id AND k.allocation_no = o.allocation_no
 WHERE o.shop_id = $1 AND o.id = $2
