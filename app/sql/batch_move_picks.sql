-- The picked lots to the place for what is being made, or with $3 true back to where they lay.
SELECT stock_book_for($1, array_agg(p.lot_id), array_agg(CASE WHEN $3::boolean THEN m.id ELSE p.location_id END),
                      array_agg(CASE WHEN $3::boolean THEN p.location_id ELSE m.id END), array_agg(p.quantity_mg), 'moved', 'batch', $2::bigint,
                      'batch ' || $2::bigint, $4::bigint) AS moves
  FROM batch_picks p CROSS JOIN (SELECT place_of($1, 'making') AS id) m
 WHERE p.shop_id = $1 AND p.batch_id = $2
HAVING count(*) > 0
