-- What patients $2 < id <= $3 take (part 0), have (1) and do not tolerate (2) now, in the order of patient_medicines.sql and its
-- like.
SELECT patient_id, part, typed, ref_id, kind
  FROM (SELECT patient_id, 0 AS part, id, typed, drug_id::text AS ref_id, '' AS kind FROM patient_medicines
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND stopped_at IS NULL
        UNION ALL
        SELECT patient_id, 1, id, typed, condition_id::text, '' FROM patient_conditions
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND ended_at IS NULL
        UNION ALL
        SELECT patient_id, 2, id, typed, coalesce(herb_id, drug_id)::text, allergen_kind FROM patient_allergies
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND ended_at IS NULL) l
 ORDER BY patient_id, part, id
