-- Demo patients, born so long before today that their age stays.
INSERT INTO patients (shop_id, code, family_name, given_name, name_hanzi, sex, born_on, weight_mg, occupation, phone, language,
                      patterns, complaint, medicines_asked_at, demo)
SELECT $1, r->>'code', r->>'family_name', coalesce(r->>'given_name', ''), r->>'name_hanzi', r->>'sex',
       (shop_today($1) - make_interval(years => (r->>'age_years')::integer, days => (r->>'age_extra_days')::integer))::date,
       (r->>'weight_grams')::bigint * 1000, r->>'occupation', r->>'phone', coalesce(r->>'language', 'english'), r->>'patterns',
       r->>'complaint', CASE r->>'medicines_asked' WHEN 'yes' THEN now() END, true
  FROM rows_of($2::text[], $3::text[]) r
