-- Operations that are planned.
SELECT id, typed, '' AS ref_id, '' AS kind, note, '' AS indication, planned_on AS since, noted_at, NULL::date AS noted_on,
       NULL::date AS stopped_on
  FROM patient_operations
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND ended_at IS NULL
 ORDER BY id
