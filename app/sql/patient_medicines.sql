-- What a patient takes now.
SELECT id, typed, drug_id AS ref_id, '' AS kind, directions AS note, indication, started_on AS since, noted_at
  FROM patient_medicines
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND stopped_at IS NULL
 ORDER BY id
