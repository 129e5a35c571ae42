-- Whether this very file was applied and not undone since: a file is applied once.
SELECT i.id, i.applied_at, coalesce(u.display_name, 'the system') AS applied_by
  FROM imports i LEFT JOIN users u ON u.shop_id = i.shop_id AND u.id = i.applied_by
 WHERE i.shop_id = $1::bigint AND i.kind = $2 AND i.checksum = $3 AND i.state = 'applied'
