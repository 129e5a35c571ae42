-- Turns the ingredients into the lot ($3) and the loss: the loss is shared among the ingredients by weight, whole milligrams by
-- largest remainder, so that what went in is what came out and what was lost, to the milligram.
WITH picks AS (
    SELECT p.lot_id, sum(p.quantity_mg) AS mg, k.loss_mg, k.used_mg, k.yield_quantity
      FROM batch_picks p JOIN batch_makings k ON k.shop_id = p.shop_id AND k.batch_id = p.batch_id
     WHERE p.shop_id = $1 AND p.batch_id = $2
     GROUP BY p.lot_id, k.loss_mg, k.used_mg, k.yield_quantity
), shares AS (
    SELECT *, floor(mg * loss_mg / used_mg) AS least, mg * loss_mg / used_mg - floor(mg * loss_mg / used_mg) AS rest FROM picks
), lost AS (
    SELECT lot_id, mg, yield_quantity,
           (least + CASE WHEN row_number() OVER (ORDER BY rest DESC, lot_id) <= loss_mg - sum(least) OVER () THEN 1 ELSE 0 END)::bigint AS loss
      FROM shares
), places AS (
    SELECT place_of($1, 'making') AS making, place_of($1, 'loss') AS loss, place_of($1, 'production') AS made,
           (SELECT location_id FROM batches WHERE shop_id = $1 AND id = $2) AS goal
)
SELECT coalesce((SELECT stock_book_for($1, array_agg(l.lot_id), array_agg(p.making), array_agg(p.loss), array_agg(l.loss), 'lost', 'batch',
                                       $2::bigint, 'batch ' || $2::bigint, $4::bigint) FROM lost l CROSS JOIN places p WHERE l.loss > 0 HAVING count(*) > 0), 0)
       + (SELECT stock_book_for($1, array_agg(l.lot_id), array_agg(p.making), array_agg(p.made), array_agg((l.mg - l.loss)::bigint), 'used',
                                'batch', $2::bigint, 'batch ' || $2::bigint, $4::bigint) FROM lost l CROSS JOIN places p WHERE l.mg > l.loss)
       + (SELECT stock_book_for($1, ARRAY[$3::bigint], ARRAY[p.made], ARRAY[p.goal], ARRAY[l.yield_quantity], 'made', 'batch', $2::bigint,
                                'batch ' || $2::bigint, $4::bigint) FROM places p CROSS JOIN (SELECT min(yield_quantity) AS yield_quantity FROM lost) l) AS moves
