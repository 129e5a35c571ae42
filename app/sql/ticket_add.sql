-- A new ticket, empty and open.
INSERT INTO tickets (shop_id, patient_id, customer_group, created_by) VALUES ($1, $2::bigint, $3::text, $4) RETURNING id
