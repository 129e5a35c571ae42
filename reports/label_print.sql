-- Counts a print of each order of a list ($2, $4) and keeps what it said. With $5 the first copy's content stands for every later one
-- (PRODUCT law 9).
INSERT INTO printed_labels (shop_id, order_id, kind, copy_no, content, printed_by)
SELECT $1::bigint, p.order_id, $3::text, coalesce(last.copy_no, 0) + row_number() OVER (PARTITION BY p.order_id),
       coalesce(first.content, p.content::jsonb), $6::bigint
  FROM unnest($2::bigint[], $4::text[]) AS p (order_id, content)
  LEFT JOIN printed_labels first ON first.shop_id = $1 AND first.order_id = p.order_id AND first.kind = $3 AND first.copy_no = 1
                                AND $5::boolean
  LEFT JOIN LATERAL (SELECT l.copy_no FROM printed_labels l
                      WHERE l.shop_id = $1 AND l.order_id = p.order_id AND l.kind = $3
                      ORDER BY l.copy_no DESC LIMIT 1) last ON true
