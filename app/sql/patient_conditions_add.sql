-- Conditions as said and as understood, in the order given. Kinds ($4) and indications ($7) say nothing here.
INSERT INTO patient_conditions (shop_id, patient_id, typed, condition_id, note, since, noted_by)
SELECT $1::bigint, $2::bigint, typed, id, note, since::date, $9::bigint
  FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       WITH ORDINALITY AS line (typed, kind, id, note, indication, since, no)
 ORDER BY no
