-- Counts, newest first, or one of them.
SELECT c.id, c.title, c.blind, c.limit_permille, c.limit_cents, c.state, u.display_name AS created_by, c.created_at,
       v.display_name AS ended_by, c.ended_at,
       (SELECT count(*) FROM count_lines n WHERE n.shop_id = c.shop_id AND n.count_id = c.id) AS lines,
       (SELECT count(DISTINCT e.line_no) FROM count_entries e WHERE e.shop_id = c.shop_id AND e.count_id = c.id) AS counted,
       (SELECT count(*) FROM count_entries e WHERE e.shop_id = c.shop_id AND e.count_id = c.id) AS entries
  FROM counts c
  LEFT JOIN users u ON u.shop_id = c.shop_id AND u.id = c.created_by
  LEFT JOIN users v ON v.shop_id = c.shop_id AND v.id = c.ended_by
 WHERE c.shop_id = $1 AND ($2::bigint IS NULL OR c.id = $2::bigint)
 ORDER BY c.id DESC
 LIMIT 500
