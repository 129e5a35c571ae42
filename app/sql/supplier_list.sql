-- The shop's suppliers, with $3 also those out of use, or one of them; with how many lots came from each.
SELECT s.id, s.code, s.name, s.name_hanzi, s.phone, s.email, s.city, s.supplies, s.certificate_note, s.lead_time_days, s.retired_at,
       (SELECT count(*) FROM lots l WHERE l.shop_id = s.shop_id AND l.supplier_id = s.id) AS lots
  FROM suppliers s
 WHERE s.shop_id = $1 AND ($2::bigint IS NULL OR s.id = $2::bigint)
   AND ($2::bigint IS NOT NULL OR $3::boolean OR s.retired_at IS NULL)
 ORDER BY s.code
