-- Patients by a part of name, code or phone; the newest first. Everybody when nothing is asked for.
SELECT id, code, trim(given_name || ' ' || family_name) AS name, name_hanzi, sex, born_on, phone, language, profile_version,
       medicines_asked_at IS NOT NULL AS medicines_asked, demo
  FROM patients
 WHERE shop_id = $1::bigint
   AND ($2::text IS NULL
        OR strpos(lower(concat_ws(' ', given_name, family_name, given_name, name_hanzi, code, phone)), lower($2::text)) > 0)
 ORDER BY id DESC
 LIMIT least(coalesce($3::bigint, 50), 200)
