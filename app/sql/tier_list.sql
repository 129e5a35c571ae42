-- How loudly findings are shown to whom, when, in this shop; `reference`: what holds where the shop has none of its own.
SELECT t.role, t.moment, t.severity, coalesce(s.tier, t.tier) AS tier, t.tier AS reference, u.display_name AS changed_by, s.changed_at
  FROM tiers t
  LEFT JOIN shop_tiers s ON s.shop_id = $1::bigint AND s.role = t.role AND s.moment = t.moment AND s.severity = t.severity
  LEFT JOIN users u ON u.shop_id = s.shop_id AND u.id = s.changed_by
 WHERE t.retired_at IS NULL
 ORDER BY t.role, array_position('{add,sign,release,handover,refill,lookup}'::text[], t.moment::text),
          array_position('{contraindicated,major,moderate,minor}'::text[], t.severity::text)
