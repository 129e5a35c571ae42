-- Books as lost what was really weighed for an order, lot by lot: from the drawers it was weighed from, or ($4) from the patient's
-- side, where the final check had booked it. Comes back with how many weighings there were, and how many moves were made of them.
WITH weighed AS (
    SELECT w.lot_id, CASE WHEN $4::boolean THEN place_of($1, 'patient') ELSE w.location_id END AS origin, sum(w.weighed)::bigint AS quantity
      FROM orders o
      JOIN weighings w ON w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no
     WHERE o.shop_id = $1 AND o.id = $2
     GROUP BY w.lot_id, 2
), lists AS (
    SELECT array_agg(lot_id) AS lots, array_agg(origin) AS origins, array_agg(quantity) AS quantities, count(*) AS wanted FROM weighed
)
SELECT l.wanted, CASE WHEN l.wanted > 0 AND place_of($1, 'loss') IS NOT NULL
                      THEN stock_book_for($1, l.lots, l.origins, array_fill(place_of($1, 'loss'), ARRAY[l.wanted::integer]), l.quantities,
                                          'lost', 'order', $2, $5, $3)
                      ELSE 0 END AS moves
  FROM lists l
