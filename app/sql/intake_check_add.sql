-- The newest version was compared with the paper.
INSERT INTO intake_checks (shop_id, intake_id, prescription_id, version, entered_by, matches, note, checked_by, single_person_mode_id)
VALUES ($1, $2, $3, $4::integer, $5, $6, coalesce($7, ''), $8, $9::bigint)
