-- What demo patients do not bear.
INSERT INTO patient_allergies (shop_id, patient_id, typed, allergen_kind, herb_id, drug_id, reaction, severity)
SELECT $1, p.id, r->>'typed', r->>'allergen_kind', r->>'herb_id', r->>'drug_id', r->>'reaction', r->>'severity'
  FROM rows_of($2::text[], $3::text[]) r JOIN patients p ON p.shop_id = $1 AND p.code = r->>'patient'
