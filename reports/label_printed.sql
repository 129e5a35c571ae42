-- The newest copy of what was printed of each paper of a list ($2 of what $3 says), or the copy $5.
SELECT i.id, p.copy_no, n.copy_no AS newest, p.content
  FROM unnest($2::bigint[]) AS i (id)
 CROSS JOIN LATERAL (SELECT l.copy_no FROM printed_labels l
                      WHERE l.shop_id = $1::bigint AND l.about = $3::text AND l.subject_id = i.id AND l.kind = $4::text
                      ORDER BY l.copy_no DESC LIMIT 1) n
 CROSS JOIN LATERAL (SELECT l.copy_no, l.content::text AS content FROM printed_labels l
                      WHERE l.shop_id = $1 AND l.about = $3 AND l.subject_id = i.id AND l.kind = $4
                        AND l.copy_no = coalesce($5::integer, n.copy_no)) p
