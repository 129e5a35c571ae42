-- A batch that is planned; its lines are the next statement. Without a lot code it is B and the batch's number.
INSERT INTO batches (shop_id, item_id, formula_id, lot_code, planned_quantity, piece_mg, keeps_days, location_id, note, planned_by)
SELECT $1, $2, $3::text, coalesce($4::text, 'B-' || to_char(shop_today($1), 'YYMMDD') || '-'
       || (SELECT 1 + count(*) FROM batches b WHERE b.shop_id = $1)), $5, $6, $7::integer, p.id, coalesce($9, ''), $10
  FROM locations p
 WHERE p.shop_id = $1 AND p.code = $8 AND p.internal AND p.kind NOT IN ('transit', 'making')
RETURNING id
