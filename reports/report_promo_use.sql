-- Every use of a promo code that was reserved, committed or given back: $2, $3 = first and last day it was reserved.
SELECT u.code, u.version, u.state, u.why, u.ticket_id AS ticket_no, y.receipt_no, p.code AS patient_code,
       to_char(u.reserved_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS reserved_at,
       to_char(u.ended_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS ended_at,
       CASE WHEN u.state = 'committed' THEN c.discount_cents END AS discount_cents
  FROM promo_uses u
  JOIN shops s ON s.id = u.shop_id
  LEFT JOIN payments y ON y.shop_id = u.shop_id AND y.ticket_id = u.ticket_id
  LEFT JOIN quote_codes c ON c.shop_id = y.shop_id AND c.ticket_id = y.ticket_id AND c.quote_no = y.quote_no AND c.use_id = u.id
  LEFT JOIN patients p ON p.shop_id = u.shop_id AND p.id = u.patient_id
 WHERE u.shop_id = $1
   AND (u.reserved_at AT TIME ZONE s.time_zone)::date BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')
 ORDER BY u.id
