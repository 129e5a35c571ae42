-- A batch that has not ended, with its row lock; who made it, and the single-person mode that would let the maker check it.
SELECT b.id, b.state, b.item_id, b.piece_mg, b.lot_code,
       coalesce((SELECT sum(p.quantity_mg) FROM batch_picks p WHERE p.shop_id = $1 AND p.batch_id = b.id), 0)::bigint AS used_mg,
       coalesce((SELECT k.maker_id FROM batch_makings k WHERE k.shop_id = $1 AND k.batch_id = b.id), 0) AS maker_id,
       coalesce((SELECT m.id FROM single_person_modes m WHERE m.shop_id = $1 AND m.switched_off_at IS NULL), 0) AS mode_id
  FROM batches b
 WHERE b.shop_id = $1 AND b.id = $2 AND b.state NOT IN ('checked', 'cancelled')
   FOR NO KEY UPDATE OF b
