-- A new prescription; its first version follows in the same transaction.
INSERT INTO prescriptions (shop_id, patient_id, created_by) VALUES ($1::bigint, $2::bigint, $3::bigint)
RETURNING id AS number
