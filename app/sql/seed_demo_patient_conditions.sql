-- What demo patients have.
INSERT INTO patient_conditions (shop_id, patient_id, typed, condition_id, note, since)
SELECT $1, p.id, r->>'typed', r->>'condition_id', r->>'note', shop_today($1) - (r->>'since_days_ago')::integer
  FROM rows_of($2::text[], $3::text[]) r JOIN patients p ON p.shop_id = $1 AND p.code = r->>'patient'
