-- A patient.
SELECT id, code, trim(given_name || ' ' || family_name) AS name, family_name, given_name, name_hanzi, sex, language, occupation,
       phone, complaint, patterns, born_on, weight_mg, profile_version, medicines_asked_at IS NOT NULL AS medicines_asked,
       medicines_asked_at, coalesce(extract(year FROM age(shop_today(shop_id), born_on)), 0)::integer AS age_years, demo
  FROM patients
 WHERE shop_id = $1::bigint AND id = $2::bigint
