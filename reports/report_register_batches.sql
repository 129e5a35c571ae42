-- What was made ahead: every lot that went into every checked batch, with its supplier, what came out, and the two people. $2, $3 =
-- first and last day of the check in the shop's time.
SELECT to_char(k.checked_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS checked_at, b.id AS batch_no, i.name AS made,
       i.name_hanzi AS made_hanzi, b.lot_code AS made_lot, t.expires_on AS beyond_use_on, n.line_no, j.name, j.name_hanzi, l.lot_code,
       u.name AS supplier, l.expires_on, g.quantity_mg, m.display_name AS made_by, c.display_name AS checked_by,
       CASE WHEN k.single_person_mode_id IS NULL THEN 'two people' ELSE 'one person' END AS state, k.note
  FROM batch_checks k
  JOIN shops s ON s.id = $1
  JOIN batches b ON b.shop_id = $1 AND b.id = k.batch_id
  JOIN items i ON i.shop_id = $1 AND i.id = b.item_id
  JOIN lots t ON t.shop_id = $1 AND t.id = k.lot_id
  JOIN batch_lines n ON n.shop_id = $1 AND n.batch_id = b.id
  JOIN items j ON j.shop_id = $1 AND j.id = n.item_id
  JOIN batch_picks g ON g.shop_id = $1 AND g.batch_id = b.id AND g.line_no = n.line_no
  JOIN lots l ON l.shop_id = $1 AND l.id = g.lot_id
  JOIN suppliers u ON u.shop_id = $1 AND u.id = l.supplier_id
  JOIN users m ON m.shop_id = $1 AND m.id = k.maker_id
  JOIN users c ON c.shop_id = $1 AND c.id = k.checker_id
 WHERE k.shop_id = $1
   AND ($2::date IS NULL OR k.checked_at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR k.checked_at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
 ORDER BY k.checked_at, b.id, n.line_no, l.lot_code
