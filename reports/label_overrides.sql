-- What an order's label of a kind was let through without, by a profile's rules.
SELECT o.field, o.fault, r.english || ': ' || o.note || ' (' || coalesce(u.display_name, 'the system') || ', '
       || to_char(o.overridden_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') || ')' AS why
  FROM label_overrides o
  JOIN label_override_reasons r ON r.code = o.reason
  JOIN shops s ON s.id = o.shop_id
  LEFT JOIN users u ON u.shop_id = o.shop_id AND u.id = o.overridden_by
 WHERE o.shop_id = $1::bigint AND o.order_id = $2::bigint AND o.kind = $3::text AND o.profile_id = $4::text
 ORDER BY o.field, o.fault
