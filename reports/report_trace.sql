-- Everything that happened to the lots of code $2 and to what was made of them: whence it came, who got it, where it lies; in the
-- order of time. NULL: no lot, no rows. OFFSET 0: the family's lots by their keys; the planner takes it for a large one.
WITH family AS (
    SELECT d.lot_id FROM lot_descendants($1, ARRAY(SELECT id FROM lots WHERE shop_id = $1 AND lot_code_key = lower($2::text))) d
)
SELECT to_char(m.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS moved_at, m.reason, i.name, l.lot_code, l.expires_on, l.status,
       CASE WHEN r.id IS NOT NULL THEN 'invoice ' || r.invoice WHEN o.id IS NOT NULL THEN 'order ' || o.id
            WHEN t.id IS NOT NULL THEN 'sale ' || t.id WHEN m.transfer_id IS NOT NULL THEN 'transfer ' || m.transfer_id
            WHEN m.batch_id IS NOT NULL THEN 'batch ' || m.batch_id ELSE m.note END AS document,
       coalesce(v.name, trim(concat_ws(' ', p.given_name, p.family_name))) AS party, p.code AS patient_code, p.phone,
       f.code AS from_place, g.code AS to_place,
       CASE i.unit WHEN 'mg' THEN m.quantity END AS quantity_mg, CASE i.unit WHEN 'each' THEN m.quantity END AS pieces,
       u.display_name AS person
  FROM family y
 CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND id = y.lot_id OFFSET 0) l
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  JOIN shops s ON s.id = $1
  JOIN stock_moves m ON m.shop_id = $1 AND m.lot_id = l.id
  JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
  JOIN locations g ON g.shop_id = $1 AND g.id = m.to_location_id
  LEFT JOIN receipts r ON r.shop_id = $1 AND r.id = m.receipt_id
  LEFT JOIN suppliers v ON v.shop_id = $1 AND v.id = r.supplier_id
  LEFT JOIN orders o ON o.shop_id = $1 AND o.id = m.order_id
  LEFT JOIN ticket_lots k ON k.shop_id = $1 AND k.move_id = m.id
  LEFT JOIN tickets t ON t.shop_id = $1 AND t.id = k.ticket_id
  LEFT JOIN patients p ON p.shop_id = $1 AND p.id = coalesce(o.patient_id, t.patient_id)
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = m.user_id
 ORDER BY m.at, m.id
