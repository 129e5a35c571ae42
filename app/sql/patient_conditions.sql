-- What a patient has now.
SELECT id, typed, condition_id AS ref_id, '' AS kind, note, '' AS indication, since, noted_at, NULL::date AS noted_on,
       NULL::date AS stopped_on
  FROM patient_conditions
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND ended_at IS NULL
 ORDER BY id
