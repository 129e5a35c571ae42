-- A prescription written elsewhere was received.
INSERT INTO intakes (shop_id, patient_id, prescriber_id, number, written_on, how, replaces_id, note, received_by)
VALUES ($1, $2, $3, coalesce($4, ''), $5::date, $6, $7::bigint, coalesce($8, ''), $9)
RETURNING id
