-- The day it is in the shop, where it is, the months a patient ($2) has lived, and the days version $4 of prescription $3 is taken;
-- from today on for $5 days when it is not signed yet.
SELECT t.today, s.jurisdiction,
       coalesce(extract(year FROM age(t.today, p.born_on)) * 12 + extract(month FROM age(t.today, p.born_on)), 0)::integer AS age_months,
       coalesce(c.first_on, t.today) AS first_on, coalesce(c.last_on, t.today + $5::integer - 1) AS last_on
  FROM shops s
  CROSS JOIN (SELECT shop_today($1::bigint) AS today) t
  JOIN patients p ON p.shop_id = s.id AND p.id = $2::bigint
  LEFT JOIN courses c ON c.shop_id = s.id AND c.patient_id = p.id AND c.prescription_id = $3::bigint AND c.version = $4::integer
 WHERE s.id = $1::bigint
