-- Who a report is made for, as printed on it.
SELECT s.name AS shop_name, coalesce((SELECT u.display_name FROM users u WHERE u.shop_id = $1 AND u.id = $2::bigint), 'the system') AS person
  FROM shops s WHERE s.id = $1
