-- A supplier. No row when the code is taken.
INSERT INTO suppliers (shop_id, code, name, name_hanzi, phone, email, city, lead_time_days, supplies, certificate_note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::integer, $9, $10) ON CONFLICT (shop_id, code) DO NOTHING RETURNING id
