-- One import, or without an id all of them, the newest first.
SELECT i.id, i.kind, i.file_name, i.state, i.settings, coalesce(i.rows_total, 0) AS rows_total, i.rows_done, i.faults,
       i.made_at, i.applied_at, i.undone_at, m.display_name AS made_by, a.display_name AS applied_by,
       u.display_name AS undone_by
  FROM imports i
  LEFT JOIN users m ON m.shop_id = i.shop_id AND m.id = i.made_by
  LEFT JOIN users a ON a.shop_id = i.shop_id AND a.id = i.applied_by
  LEFT JOIN users u ON u.shop_id = i.shop_id AND u.id = i.undone_by
 WHERE i.shop_id = $1::bigint AND ($2::bigint IS NULL OR i.id = $2::bigint)
 ORDER BY i.id DESC LIMIT 200
