-- The record that from now on the filler may check her own work after a delay.
INSERT INTO single_person_modes (shop_id, switched_on_by, delay_minutes) VALUES ($1, $2, $3::integer)
