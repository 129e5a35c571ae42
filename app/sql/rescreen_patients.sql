-- What screening asks of patients $2 < id <= $3 besides their profiles. Read before the profiles: a change in between makes a
-- screening stale, never wrongly current.
SELECT id AS patient_id, code, profile_version, medicines_asked_at IS NOT NULL AS medicines_asked, born_on,
       coalesce(extract(year FROM lived) * 12 + extract(month FROM lived), 0)::integer AS age_months, weight_mg, shop.jurisdiction
  FROM patients
  CROSS JOIN (SELECT shop_today($1::bigint) AS today, jurisdiction FROM shops WHERE id = $1::bigint OFFSET 0) shop
  CROSS JOIN LATERAL (SELECT age(shop.today, born_on) AS lived) a
 WHERE shop_id = $1::bigint AND id > $2::bigint AND id <= $3::bigint
 ORDER BY id
