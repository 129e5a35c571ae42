-- A new prescription, entered from a paper ($4) or written here; its first version follows in the same transaction.
INSERT INTO prescriptions (shop_id, patient_id, created_by, intake_id) VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint)
RETURNING id AS number
