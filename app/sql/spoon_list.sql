-- Measures of spoons, newest first: of a lot, of an order, one of them, or all.
SELECT m.id, m.lot_id, l.lot_code, t.name AS item, m.order_id, m.spoon, m.spoons, m.weighed AS weighed_mg,
       m.weighed / m.spoons AS per_spoon_mg, m.previous_id, m.shift_permille,
       abs(m.shift_permille) > b.density_permille AS shifted, u.display_name AS measured_by, m.measured_at
  FROM spoon_measures m
  JOIN users u ON u.shop_id = m.shop_id AND u.id = m.measured_by
  JOIN bench_settings_now b ON b.shop_id = m.shop_id
  LEFT JOIN lots l ON l.shop_id = m.shop_id AND l.id = m.lot_id
  LEFT JOIN items t ON t.shop_id = l.shop_id AND t.id = l.item_id
 WHERE m.shop_id = $1 AND ($2::bigint IS NULL OR m.id = $2::bigint) AND ($3::bigint IS NULL OR m.lot_id = $3::bigint)
   AND ($4::bigint IS NULL OR m.order_id = $4::bigint)
 ORDER BY m.id DESC LIMIT 200
