-- What an order's label, or the paper of a prescription or ticket ($5), of a kind was let through without, by a profile's rules.
SELECT o.field, o.fault, r.english || ': ' || o.note || ' (' || coalesce(u.display_name, 'the system') || ', '
       || to_char(o.overridden_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI') || ')' AS why
  FROM (SELECT field, fault, reason, note, overridden_by, overridden_at FROM label_overrides
         WHERE $5::text = 'order' AND shop_id = $1::bigint AND order_id = $2::bigint AND kind = $3::text AND profile_id = $4::text
        UNION ALL
        SELECT field, fault, reason, note, overridden_by, overridden_at FROM paper_overrides
         WHERE $5 = 'prescription' AND shop_id = $1 AND prescription_id = $2 AND kind = $3 AND profile_id = $4
        UNION ALL
        SELECT field, fault, reason, note, overridden_by, overridden_at FROM paper_overrides
         WHERE $5 = 'ticket' AND shop_id = $1 AND ticket_id = $2 AND kind = $3 AND profile_id = $4) o
  JOIN label_override_reasons r ON r.code = o.reason
  JOIN shops s ON s.id = $1
  LEFT JOIN users u ON u.shop_id = $1 AND u.id = o.overridden_by
 ORDER BY o.field, o.fault, o.overridden_at
