-- The shop's suppliers, or one of them, with how many lots came from each.
SELECT s.id, s.code, s.name, s.name_hanzi, s.phone, s.email, s.city, s.supplies, s.lead_time_days,
       (SELECT count(*) FROM lots l WHERE l.shop_id = s.shop_id AND l.supplier_id = s.id) AS lots
  FROM suppliers s
 WHERE s.shop_id = $1 AND ($2::bigint IS NULL OR s.id = $2::bigint)
 ORDER BY s.code
