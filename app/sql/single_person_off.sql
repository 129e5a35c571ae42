-- Ends the single-person mode.
UPDATE single_person_modes SET switched_off_at = now() WHERE shop_id = $1 AND switched_off_at IS NULL
