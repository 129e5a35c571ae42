-- Books the lots of a return that was destroyed: from the patient's side to loss, never into the shop.
WITH lists AS (
    SELECT array_agg(lot_id) AS lots, array_agg(quantity) AS quantities, count(*) AS wanted
      FROM return_lots WHERE shop_id = $1 AND order_id = $2 AND return_no = $3::integer AND quantity > 0
)
SELECT l.wanted, CASE WHEN l.wanted > 0 AND place_of($1, 'loss') IS NOT NULL AND place_of($1, 'patient') IS NOT NULL
                      THEN stock_book_for($1, l.lots, array_fill(place_of($1, 'patient'), ARRAY[l.wanted::integer]),
                                          array_fill(place_of($1, 'loss'), ARRAY[l.wanted::integer]), l.quantities, 'lost', 'order', $2,
                                          'return ' || $3::integer || ', destroyed', $4)
                      ELSE 0 END AS moves
  FROM lists l
