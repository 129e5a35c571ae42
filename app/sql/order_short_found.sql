-- What a go at reserving for an order ($2) lacked, as order_reserve told it ($3), line by line; and whether there still is such an order:
-- one that was entered by the transaction that was refused is gone with it.
SELECT l.line_no::bigint AS line_no, l.herb, l.wanted, l.there, l.barred, l.counted,
       EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.id = $2) AS kept
  FROM jsonb_to_recordset($3::jsonb) AS l (line_no integer, herb text, wanted bigint, there bigint, barred bigint, counted boolean)
 ORDER BY l.line_no
