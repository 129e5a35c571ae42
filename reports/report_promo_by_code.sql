-- Promo codes with how often and for how much each was used.
SELECT p.code, t.description, count(u.id) FILTER (WHERE u.state = 'committed') AS used,
       count(u.id) FILTER (WHERE u.state = 'reserved') AS reserved, count(u.id) FILTER (WHERE u.state = 'released') AS released,
       count(u.id) FILTER (WHERE u.state = 'returned') AS returned, t.max_uses,
       coalesce(sum(c.discount_cents) FILTER (WHERE u.state = 'committed'), 0)::bigint AS discount_cents
  FROM promo_codes p
  JOIN promo_terms t ON t.shop_id = p.shop_id AND t.code = p.code AND t.version = p.version
  JOIN shops s ON s.id = p.shop_id
  LEFT JOIN promo_uses u ON u.shop_id = p.shop_id AND u.code = p.code
   AND (u.reserved_at AT TIME ZONE s.time_zone)::date BETWEEN coalesce($2::date, '-infinity') AND coalesce($3::date, 'infinity')
  LEFT JOIN payments y ON y.shop_id = u.shop_id AND y.ticket_id = u.ticket_id
  LEFT JOIN quote_codes c ON c.shop_id = y.shop_id AND c.ticket_id = y.ticket_id AND c.quote_no = y.quote_no AND c.use_id = u.id
 WHERE p.shop_id = $1
 GROUP BY p.shop_id, p.code, t.shop_id, t.code, t.version
 ORDER BY p.code
