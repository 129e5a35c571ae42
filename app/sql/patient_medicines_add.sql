-- Medicines as said and as understood, in the order given. The kinds ($4) say nothing here.
INSERT INTO patient_medicines (shop_id, patient_id, typed, drug_id, directions, indication, started_on, noted_by)
SELECT $1::bigint, $2::bigint, typed, id, note, indication, since::date, $9::bigint
  FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       WITH ORDINALITY AS line (typed, kind, id, note, indication, since, no)
 ORDER BY no
