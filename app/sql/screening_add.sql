-- A screening; its critical_count is fixed here, and the findings must number that many before the transaction ends.
INSERT INTO screenings (shop_id, prescription_id, version, patient_id, profile_version, knowledge_version, critical_count, made_by)
VALUES ($1::bigint, $2::bigint, $3::integer, $4::bigint, $5::integer, $6::text, $7::integer, $8::bigint)
RETURNING id AS number
