-- A medicine is not taken any more.
UPDATE patient_medicines SET stopped_at = now()
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND id = $3::bigint AND stopped_at IS NULL
