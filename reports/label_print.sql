-- Counts a print of each order (or prescription, $7) of a list ($2, $4) and keeps what it said. With $5 the first copy's content stands
-- for every later one (PRODUCT law 9).
WITH pages AS (
    SELECT p.id, p.content::jsonb AS content, row_number() OVER (PARTITION BY p.id) AS n
      FROM unnest($2::bigint[], $4::text[]) AS p (id, content)
), of_prescriptions AS (
    INSERT INTO printed_prescriptions (shop_id, prescription_id, kind, copy_no, content, printed_by)
    SELECT $1::bigint, p.id, $3::text, p.n + coalesce((SELECT max(copy_no) FROM printed_prescriptions l
                                                WHERE l.shop_id = $1 AND l.prescription_id = p.id AND l.kind = $3), 0), p.content, $6::bigint
      FROM pages p WHERE $7::text = 'prescription'
)
INSERT INTO printed_labels (shop_id, order_id, kind, copy_no, content, printed_by)
SELECT $1::bigint, p.id, $3::text, coalesce(last.copy_no, 0) + p.n, coalesce(first.content, p.content), $6::bigint
  FROM pages p
  LEFT JOIN printed_labels first ON first.shop_id = $1 AND first.order_id = p.id AND first.kind = $3 AND first.copy_no = 1
                                AND $5::boolean
  LEFT JOIN LATERAL (SELECT l.copy_no FROM printed_labels l
                      WHERE l.shop_id = $1 AND l.order_id = p.id AND l.kind = $3
                      ORDER BY l.copy_no DESC LIMIT 1) last ON true
 WHERE $7 = 'order'
