-- An operation is called off, or was entered by mistake.
UPDATE patient_operations SET ended_at = now()
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND id = $3::bigint AND ended_at IS NULL
