-- Counts a print and keeps what it said. With $5 the first copy's content stands for every later one (PRODUCT law 9).
INSERT INTO printed_labels (shop_id, order_id, kind, copy_no, content, printed_by)
SELECT $1, $2, $3, coalesce(max(copy_no), 0) + 1,
       coalesce((SELECT f.content FROM printed_labels f
                  WHERE f.shop_id = $1 AND f.order_id = $2 AND f.kind = $3 AND f.copy_no = 1 AND $5::boolean), $4::jsonb),
       $6::bigint
  FROM printed_labels WHERE shop_id = $1 AND order_id = $2 AND kind = $3
RETURNING copy_no, content::text AS content
