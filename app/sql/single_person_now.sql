-- The single-person mode that is in force, if any.
SELECT id FROM single_person_modes WHERE shop_id = $1 AND switched_off_at IS NULL
