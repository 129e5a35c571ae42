-- The newest copy of what was printed of each order (or prescription, $4) of a list ($2).
SELECT i.id, p.copy_no, p.content::text AS content
  FROM unnest($2::bigint[]) AS i (id)
 CROSS JOIN LATERAL (
    (SELECT l.copy_no, l.content FROM printed_labels l
      WHERE $4::text = 'order' AND l.shop_id = $1::bigint AND l.order_id = i.id AND l.kind = $3::text
      ORDER BY l.copy_no DESC LIMIT 1)
    UNION ALL
    (SELECT l.copy_no, l.content FROM printed_prescriptions l
      WHERE $4 = 'prescription' AND l.shop_id = $1 AND l.prescription_id = i.id AND l.kind = $3
      ORDER BY l.copy_no DESC LIMIT 1)) p
