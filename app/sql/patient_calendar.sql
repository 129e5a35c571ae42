-- The day it is in the shop, where it is, the months a patient ($2) has lived, and the days version $4 of prescription $3 is taken;
-- from today on for $5 days when it is not signed yet. With $6 packets that are about to be ordered, the days of those are added: from
-- today, or from when what is supplied already is used up.
SELECT t.today, s.jurisdiction,
       coalesce(extract(year FROM age(t.today, p.born_on)) * 12 + extract(month FROM age(t.today, p.born_on)), 0)::integer AS age_months,
       CASE WHEN n.days IS NULL THEN coalesce(c.first_on, t.today) WHEN c.supplied AND c.last_on + 1 >= t.today THEN c.first_on
            ELSE t.today END AS first_on,
       CASE WHEN n.days IS NULL THEN coalesce(c.last_on, t.today + $5::integer - 1)
            WHEN c.supplied THEN greatest(c.last_on + 1, t.today) + n.days - 1 ELSE t.today + n.days - 1 END AS last_on
  FROM shops s
  CROSS JOIN (SELECT shop_today($1::bigint) AS today) t
  JOIN patients p ON p.shop_id = s.id AND p.id = $2::bigint
  LEFT JOIN (SELECT c.*, c.handed_over OR c.order_id IS NOT NULL AS supplied FROM courses c) c
         ON c.shop_id = s.id AND c.patient_id = p.id AND c.prescription_id = $3::bigint AND c.version = $4::integer
  LEFT JOIN LATERAL (SELECT (v.days * $6::integer + v.packets - 1) / v.packets AS days FROM prescription_versions v
                      WHERE v.shop_id = s.id AND v.prescription_id = $3::bigint AND v.version = $4::integer
                        AND $6::integer > 0) n ON true
 WHERE s.id = $1::bigint
