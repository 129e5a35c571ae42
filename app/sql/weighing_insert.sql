-- Weights of reserved lots. What was weighed no longer runs out of time.
WITH given AS (
    SELECT * FROM unnest($5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
                         $12::bigint[])
           g (line_no, lot_id, location_id, weighed, approved_by, gross, tare, reading_id)
), kept AS (
    UPDATE reservations r SET expires_at = 'infinity'
      FROM given g
     WHERE r.shop_id = $1 AND r.order_id = $2 AND r.allocation_no = $3::integer
       AND r.line_no = g.line_no AND r.lot_id = g.lot_id AND r.location_id = g.location_id
)
INSERT INTO weighings (shop_id, order_id, allocation_no, line_no, lot_id, location_id, planned, weighed, tolerance_permille,
                       weighed_by, approved_by, gross_mg, tare_mg, reading_id)
SELECT $1, $2, $3::integer, r.line_no, r.lot_id, r.location_id, r.quantity, g.weighed, a.tolerance_permille, $4,
       nullif(g.approved_by, 0), nullif(g.gross, 0), CASE WHEN g.gross > 0 THEN g.tare END, nullif(g.reading_id, 0)
  FROM given g
  JOIN reservations r ON r.shop_id = $1 AND r.order_id = $2 AND r.allocation_no = $3::integer
                     AND r.line_no = g.line_no AND r.lot_id = g.lot_id AND r.location_id = g.location_id
  JOIN allocations a ON a.shop_id = $1 AND a.order_id = $2 AND a.allocation_no = $3::integer
