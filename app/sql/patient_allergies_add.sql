-- Allergies as said and as understood, in the order given. Indications ($7) and dates ($8) say nothing here.
INSERT INTO patient_allergies (shop_id, patient_id, typed, allergen_kind, herb_id, drug_id, reaction, noted_by)
SELECT $1::bigint, $2::bigint, typed, kind, CASE WHEN kind = 'herb' THEN id END, CASE WHEN kind = 'drug' THEN id END, note,
       $9::bigint
  FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       WITH ORDINALITY AS line (typed, kind, id, note, indication, since, no)
 ORDER BY no
