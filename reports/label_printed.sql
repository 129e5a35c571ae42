-- The newest copy of what was printed of each order of a list ($2).
SELECT i.id, p.copy_no, p.content
  FROM unnest($2::bigint[]) AS i (id)
 CROSS JOIN LATERAL (SELECT l.copy_no, l.content::text AS content FROM printed_labels l
                      WHERE l.shop_id = $1::bigint AND l.order_id = i.id AND l.kind = $3::text
                      ORDER BY l.copy_no DESC LIMIT 1) p
