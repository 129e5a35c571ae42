-- The last day a medicine was taken ($4): it is stopped with that; of one that is stopped already the day is put right.
UPDATE patient_medicines SET stopped_at = coalesce(stopped_at, now()), last_taken_on = $4::date
 WHERE shop_id = $1::bigint AND patient_id = $2::bigint AND id = $3::bigint
