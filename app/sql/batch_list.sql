-- Batches, newest first: all, one, or those of a state; with what went in, what came out, and by whom.
SELECT b.id, i.sku, i.name, i.name_hanzi, i.unit, b.formula_id, b.lot_code, b.planned_quantity, b.piece_mg, b.keeps_days,
       p.code AS location, b.note, b.state, u.display_name AS planned_by, b.planned_at, k.maker_id, v.display_name AS made_by, k.made_at,
       k.note AS making_note, k.used_mg, k.yield_quantity, k.loss_mg, w.display_name AS checked_by, c.checked_at, c.note AS check_note,
       m.id IS NOT NULL AS single_person_mode, c.lot_id, l.expires_on, l.cost_cents,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('line_no', n.line_no, 'sku', t.sku, 'name', t.name, 'name_hanzi', t.name_hanzi,
                   'quantity_mg', n.quantity_mg,
                   'lots', (SELECT coalesce(jsonb_agg(jsonb_build_object('lot_id', o.id, 'lot_code', o.lot_code, 'expires_on',
                                                      o.expires_on, 'location', q.code, 'quantity_mg', x.quantity_mg)
                                            ORDER BY o.expires_on NULLS LAST, o.id), '[]')
                              FROM batch_picks x
                              JOIN lots o ON o.shop_id = x.shop_id AND o.id = x.lot_id
                              JOIN locations q ON q.shop_id = x.shop_id AND q.id = x.location_id
                             WHERE x.shop_id = n.shop_id AND x.batch_id = n.batch_id AND x.line_no = n.line_no)) ORDER BY n.line_no), '[]')
          FROM batch_lines n JOIN items t ON t.shop_id = n.shop_id AND t.id = n.item_id
         WHERE n.shop_id = b.shop_id AND n.batch_id = b.id) AS lines
  FROM batches b
  JOIN items i ON i.shop_id = b.shop_id AND i.id = b.item_id
  JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
  JOIN users u ON u.shop_id = b.shop_id AND u.id = b.planned_by
  LEFT JOIN batch_makings k ON k.shop_id = b.shop_id AND k.batch_id = b.id
  LEFT JOIN users v ON v.shop_id = k.shop_id AND v.id = k.maker_id
  LEFT JOIN batch_checks c ON c.shop_id = b.shop_id AND c.batch_id = b.id
  LEFT JOIN users w ON w.shop_id = c.shop_id AND w.id = c.checker_id
  LEFT JOIN lots l ON l.shop_id = c.shop_id AND l.id = c.lot_id
  LEFT JOIN single_person_modes m ON m.shop_id = b.shop_id AND m.switched_off_at IS NULL
 WHERE b.shop_id = $1 AND ($2::bigint IS NULL OR b.id = $2::bigint) AND ($3::text IS NULL OR b.state = $3)
 ORDER BY b.id DESC
 LIMIT least(coalesce($4::bigint, 100), 500)
