-- Screenings, several at once; the critical_count of each is fixed here, and its findings must number that many before the
-- transaction ends. $2 to $7 and $10 are parallel lists; finding keys come as the text of an array each.
INSERT INTO screenings (shop_id, prescription_id, version, patient_id, profile_version, critical_count, finding_keys,
                        recipe, knowledge_version, made_by)
SELECT $1::bigint, g.prescription_id, g.version, g.patient_id, g.profile_version, g.critical_count, g.finding_keys::bigint[],
       g.recipe, $8::text, $9::bigint
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $10::text[]) WITH ORDINALITY
       AS g (prescription_id, version, patient_id, profile_version, critical_count, finding_keys, recipe, no)
 ORDER BY g.no
RETURNING id, prescription_id, version
