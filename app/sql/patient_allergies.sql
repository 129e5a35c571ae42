-- What a patient does not tolerate.
SELECT id, typed, coalesce(herb_id, drug_id) AS ref_id, allergen_kind AS kind, reaction AS note, '' AS indication,
       NULL::date AS since, noted_at, NULL::date AS noted_on, NULL::date AS stopped_on
  FROM patient_allergies
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND ended_at IS NULL
 ORDER BY id
