-- Locks the order's lots and reserves what its lines want of them (schema/0050 says how).
SELECT t.line_no, t.herb_id, h.pinyin, h.hanzi, t.wanted, t.barred, t.lot_id, t.lot_code, t.expires_on, t.location_id, t.location, t.taken
  FROM order_reserve($1, $2, $3::integer, $4::date, $5::date, $6::timestamptz) t
  JOIN herbs h ON h.id = t.herb_id
 ORDER BY t.line_no, t.expires_on NULLS LAST, t.lot_id, t.location_id
