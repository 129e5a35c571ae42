-- Every event of the alert budget, as it happened. $2, $3 = first and last day in the shop's time; $4 = one rule.
SELECT to_char(e.at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS happened_at, e.rule_id, e.rule_origin AS origin,
       e.rule_version AS version, e.severity, e.finding_kind AS kind, e.about, e.what, e.reason, e.note, e.role, u.display_name AS person,
       e.moment, e.source, e.prescription_id AS prescription_no, e.order_id AS order_no
  FROM alert_events e
  JOIN shops s ON s.id = e.shop_id
  LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.user_id
 WHERE e.shop_id = $1::bigint
   AND ($2::date IS NULL OR e.at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
   AND ($4::text IS NULL OR e.rule_id = $4::text)
 ORDER BY e.id
