-- What was paid into a drawer and out of it beside sales.
SELECT m.id, m.kind, m.amount_cents, m.reason, u.display_name AS moved_by, m.at
  FROM cash_moves m
  JOIN users u ON u.shop_id = m.shop_id AND u.id = m.moved_by
 WHERE m.shop_id = $1 AND m.session_id = $2
 ORDER BY m.id
