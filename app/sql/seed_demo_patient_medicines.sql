-- What demo patients take.
INSERT INTO patient_medicines (shop_id, patient_id, typed, drug_id, directions, indication, started_on)
SELECT $1, p.id, r->>'typed', r->>'drug_id', r->>'directions', r->>'indication',
       shop_today($1) - (r->>'started_days_ago')::integer
  FROM rows_of($2::text[], $3::text[]) r JOIN patients p ON p.shop_id = $1 AND p.code = r->>'patient'
