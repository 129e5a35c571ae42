-- Every move of stock, in the order it happened: what went from where to where, why, for whom and by whom. $2, $3 = first
-- and last day in the shop's time; $4 = item (part of its name, or its SKU); $5 = lot code.
SELECT to_char(m.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS moved_at, m.id AS move_no,
       i.name, i.name_hanzi, i.sku, l.lot_code, f.code AS from_place, t.code AS to_place, m.reason,
       CASE i.unit WHEN 'mg' THEN m.quantity END AS quantity_mg,
       CASE i.unit WHEN 'each' THEN m.quantity END AS pieces,
       m.order_id AS order_no, r.invoice, u.display_name AS person, m.note
  FROM stock_moves m
  JOIN shops s ON s.id = $1
  JOIN lots l ON l.shop_id = $1 AND l.id = m.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
  JOIN locations t ON t.shop_id = $1 AND t.id = m.to_location_id
  LEFT JOIN receipts r ON r.shop_id = $1 AND r.id = m.receipt_id
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = m.user_id
 WHERE m.shop_id = $1
   AND ($2::date IS NULL OR m.at >= (SELECT $2::date::timestamp AT TIME ZONE time_zone FROM shops WHERE id = $1))
   AND ($3::date IS NULL OR m.at < (SELECT ($3::date + 1)::timestamp AT TIME ZONE time_zone FROM shops WHERE id = $1))
   AND ($4::text IS NULL OR i.sku = $4::text OR i.name ILIKE '%' || $4::text || '%' OR i.name_hanzi LIKE '%' || $4::text || '%')
   AND ($5::text IS NULL OR l.lot_code_key = lower($5::text))
 ORDER BY m.id
