-- Corrections, newest first: all, one, or those of a state.
SELECT a.id, a.use, a.reason, r.english AS reason_words, r.zh_hans, r.zh_hant, a.lot_id, l.lot_code, i.sku, i.name, i.unit,
       f.code AS from_location, t.code AS to_location, a.quantity, a.order_id, a.reference, a.note, a.value_cents, a.limit_cents,
       a.state, u.display_name AS asked_by, a.asked_by AS asked_by_id, a.asked_at, v.display_name AS decided_by, a.decided_at
  FROM adjustments a
  JOIN stock_reasons r ON r.use = a.use AND r.code = a.reason
  JOIN lots l ON l.shop_id = a.shop_id AND l.id = a.lot_id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  JOIN locations f ON f.shop_id = a.shop_id AND f.id = a.from_location_id
  JOIN locations t ON t.shop_id = a.shop_id AND t.id = a.to_location_id
  JOIN users u ON u.shop_id = a.shop_id AND u.id = a.asked_by
  LEFT JOIN users v ON v.shop_id = a.shop_id AND v.id = a.decided_by
 WHERE a.shop_id = $1 AND ($2::bigint IS NULL OR a.id = $2::bigint) AND ($3::text IS NULL OR a.state = $3)
 ORDER BY a.id DESC
 LIMIT least(coalesce($4::bigint, 200), 1000)
