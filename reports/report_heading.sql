-- Who a report is made for and when in the shop's time, as printed on it ($3: the instant).
SELECT s.name AS shop_name, s.currency,
       coalesce((SELECT u.display_name FROM users u WHERE u.shop_id = $1 AND u.id = $2::bigint), 'the system') AS person,
       to_char($3::timestamptz AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') || ' (' || replace(s.time_zone, '_', ' ') || ')' AS made_text
  FROM shops s WHERE s.id = $1
