-- Locks the order's lots and reserves what its lines want of them (schema/0050 says how). A line without a herb is a ready-made product.
SELECT t.line_no, coalesce(t.herb_id, '') AS herb_id, coalesce(h.pinyin, i.name) AS pinyin, coalesce(h.hanzi, i.name_hanzi, '') AS hanzi,
       coalesce(i.unit = 'each', false) AS counted, t.wanted, t.barred, t.lot_id, t.lot_code, t.expires_on, t.location_id, t.location, coalesce(t.taken, 0) AS planned
  FROM order_reserve($1, $2, $3::integer, $4::date, $5::date, $6::timestamptz) t
  LEFT JOIN herbs h ON h.id = t.herb_id
  LEFT JOIN LATERAL (SELECT g.name, g.name_hanzi, g.unit
                       FROM order_lines n JOIN items g ON g.shop_id = n.shop_id AND g.id = n.item_id
                      WHERE t.herb_id IS NULL AND n.shop_id = $1 AND n.order_id = $2 AND n.line_no = t.line_no) i ON true
 ORDER BY t.line_no, t.expires_on NULLS LAST, t.lot_id, t.location_id
