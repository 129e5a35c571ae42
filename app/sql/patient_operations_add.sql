-- Planned operations, in the order given. Kinds ($4), ids ($5) and indications ($7) say nothing here.
INSERT INTO patient_operations (shop_id, patient_id, typed, planned_on, note, noted_by)
SELECT $1::bigint, $2::bigint, typed, since::date, note, $9::bigint
  FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       WITH ORDINALITY AS line (typed, kind, id, note, indication, since, no)
 ORDER BY no
