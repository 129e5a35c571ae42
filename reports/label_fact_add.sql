-- A fact that labels print; the newest of a field counts.
INSERT INTO label_facts (shop_id, order_id, prescription_id, patient_id, user_id, field, text, noted_by)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::text, $7::text, $8::bigint)
