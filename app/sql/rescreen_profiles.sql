-- What patients $2 < id <= $3 take or stopped lately (part 0), have (1), do not tolerate (2), and which operations they await (3), in
-- the order of patient_medicines.sql and its like, which say the same of one patient. By patient, part and place.
SELECT patient_id, part, typed, ref_id, kind, since, noted_on, stopped_on
  FROM (SELECT m.patient_id, 0 AS part, false AS later, m.id, m.typed, m.drug_id::text AS ref_id, '' AS kind, NULL::date AS since,
               (m.noted_at AT TIME ZONE s.time_zone)::date AS noted_on, NULL::date AS stopped_on
          FROM shops s JOIN patient_medicines m ON m.shop_id = s.id
         WHERE s.id = $1::bigint AND m.patient_id > $2::bigint AND m.patient_id <= $3::bigint AND m.stopped_at IS NULL
        UNION ALL
        SELECT m.patient_id, 0, true, m.id, m.typed, m.drug_id::text, '', NULL, (m.noted_at AT TIME ZONE s.time_zone)::date,
               coalesce(m.last_taken_on, (m.stopped_at AT TIME ZONE s.time_zone)::date)
          FROM shops s JOIN patient_medicines m ON m.shop_id = s.id
         WHERE s.id = $1::bigint AND m.patient_id > $2::bigint AND m.patient_id <= $3::bigint
           AND m.stopped_at > now() - interval '400 days'
        UNION ALL
        SELECT patient_id, 1, false, id, typed, condition_id::text, '', NULL, NULL, NULL FROM patient_conditions
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND ended_at IS NULL
        UNION ALL
        SELECT patient_id, 2, false, id, typed, coalesce(herb_id, drug_id)::text, allergen_kind, NULL, NULL, NULL FROM patient_allergies
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND ended_at IS NULL
        UNION ALL
        SELECT patient_id, 3, false, id, typed, '', '', planned_on, NULL, NULL FROM patient_operations
         WHERE shop_id = $1::bigint AND patient_id > $2::bigint AND patient_id <= $3::bigint AND ended_at IS NULL) l
 ORDER BY patient_id, part, later, id
